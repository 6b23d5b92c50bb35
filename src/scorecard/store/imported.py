"""Figures that were printed before the product came: each document kept as it was given, sealed, never altered."""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING

from scorecard.store.disk import aside_for, keep_folder, sha256
from scorecard.store.sealed import sealed, unsealed

if TYPE_CHECKING:
    from pathlib import Path

_RECORD, _FILE = "imported.json", "document"


@dataclass(frozen=True)
class PrintedFigure:
    """One figure as it was printed, under the key of its fact; its parts where they are known; and where it stood."""

    key: str
    value: float
    numerator: float | None
    denominator: float | None
    document: str


@dataclass(frozen=True)
class PastFigures:
    """What one file tells of earlier packs: its name, who entered it, when, which figures."""

    name: str
    entered_by: str
    entered_on: date
    figures: tuple[PrintedFigure, ...]


@dataclass(frozen=True)
class Imported:
    """A file of past figures as it is kept. Of several under one name the latest revision counts; all stay.

    `order` is its place among all that were ever kept.
    """

    given: PastFigures
    revision: int
    order: int
    sha256: str
    folder: Path

    @property
    def id(self) -> str:
        """Its name in the store, which stands with each of its facts."""
        return f"imported/{self.given.name}/{self.revision}"

    @property
    def file(self) -> Path:
        """The file as it was handed in."""
        return next(self.folder.glob(f"{_FILE}.*"))


class Imports:
    """The past figures of one store, by the name of the file they came in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self, known: date | None = None) -> tuple[Imported, ...]:
        """The latest revision of each file, of those entered by a day; the one kept last comes last."""
        latest = dict[str, Imported]()
        for one in self._every():
            if known is None or one.given.entered_on <= known:
                latest[one.given.name] = one
        return tuple(sorted(latest.values(), key=lambda one: one.order))

    def holding(self, file: Path) -> Imported | None:
        """What was kept of a file with these very bytes, where it still counts."""
        seal = sha256(file)
        return next((one for one in self.all() if one.sha256 == seal), None)

    def keep(self, given: PastFigures, file: Path) -> Imported:
        """Keep a file's figures as the next revision of its name; whoever keeps holds the lease."""
        every = self._every()
        revision = 1 + max((one.revision for one in every if one.given.name == given.name), default=0)
        target = self._folder / given.name / str(revision)
        with aside_for(target) as aside:
            kept = aside / f"{_FILE}{file.suffix.lower()}"
            shutil.copyfile(file, kept)
            record = {**asdict(given), "entered_on": given.entered_on.isoformat()}
            record |= {"revision": revision, "order": len(every) + 1, "file": sha256(kept)}
            keep_folder(aside, target, _RECORD, sealed(record))
        return _read(target)

    def _every(self) -> list[Imported]:
        """Every revision of every file, in the order in which they were kept."""
        kept = (_read(path.parent) for path in self._folder.glob(f"*/[!.]*/{_RECORD}"))
        return sorted(kept, key=lambda one: one.order)


def _read(folder: Path) -> Imported:
    record = unsealed(folder / _RECORD, "import the file again")
    given = PastFigures(
        name=record["name"],
        entered_by=record["entered_by"],
        entered_on=date.fromisoformat(record["entered_on"]),
        figures=tuple(PrintedFigure(**figure) for figure in record["figures"]),
    )
    return Imported(given, record["revision"], record["order"], record["file"], folder)
