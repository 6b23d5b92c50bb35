"""Totals that came without records: each hand-over kept as it was given, sealed, never altered."""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from scorecard.calendar.periods import Period
from scorecard.store.disk import aside_for, keep_folder, sha256
from scorecard.store.sealed import sealed, unsealed

if TYPE_CHECKING:
    from pathlib import Path

_RECORD, _WORKBOOK = "supplied.json", "supplied.xlsx"


@dataclass(frozen=True)
class SuppliedFigure:
    """One figure under the key of the fact it is meant for; a plain count has no denominator."""

    key: str
    numerator: float
    denominator: float | None


@dataclass(frozen=True)
class HandOver:
    """What one supplier gave for one month: who, when, which figures."""

    period: Period
    supplier: str
    title: str
    given_by: str
    given_on: date
    figures: tuple[SuppliedFigure, ...]


@dataclass(frozen=True)
class Supply:
    """A hand-over as it is kept. Of several, the latest revision counts; the earlier ones stay."""

    given: HandOver
    revision: int
    folder: Path

    @property
    def id(self) -> str:
        """Its name in the store, which stands with each of its facts."""
        return f"supplied/{self.given.period}/{self.given.supplier}/{self.revision}"

    @property
    def workbook(self) -> Path:
        """The workbook as it was handed in."""
        return self.folder / _WORKBOOK


class Supplies:
    """The hand-overs of one store, by month and supplier."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self, known: date | None = None) -> tuple[Supply, ...]:
        """The latest revision of each month and supplier, of those given by a day; in order of months."""
        folders = sorted(path for path in self._folder.glob("[0-9]*/*") if path.is_dir())
        return tuple(supply for folder in folders if (supply := _latest(folder, known)))

    def get(self, period: Period, supplier: str) -> Supply | None:
        """What a supplier last gave for a month, if anything."""
        return _latest(self._folder / str(period) / supplier)

    def named(self, name: str) -> Supply:
        """The hand-over of that id, whether it counts or not."""
        return _read(self._folder / name.removeprefix("supplied/"))

    def keep(self, given: HandOver, workbook: Path) -> Supply:
        """Keep a hand-over as a new revision; the workbook that was kept last stays the revision it is.

        Whoever keeps holds the lease.
        """
        folder = self._folder / str(given.period) / given.supplier
        latest = _latest(folder)
        if latest and sha256(latest.workbook) == sha256(workbook):
            return latest
        revision = latest.revision + 1 if latest else 1
        target = folder / str(revision)
        with aside_for(target) as aside:
            shutil.copyfile(workbook, aside / _WORKBOOK)
            keep_folder(aside, target, _RECORD, sealed(_record(given, revision, sha256(aside / _WORKBOOK))))
        return _read(target)


def _latest(folder: Path, known: date | None = None) -> Supply | None:
    kept = (one for one in reversed(_revisions(folder)) if known is None or one.given.given_on <= known)
    return next(kept, None)


def _revisions(folder: Path) -> list[Supply]:
    return sorted((_read(path.parent) for path in folder.glob(f"[!.]*/{_RECORD}")), key=lambda one: one.revision)


def _record(given: HandOver, revision: int, workbook: str) -> dict[str, Any]:
    record = {**asdict(given), "period": str(given.period), "given_on": given.given_on.isoformat()}
    return {**record, "revision": revision, "workbook": workbook}


def _read(folder: Path) -> Supply:
    record = unsealed(folder / _RECORD, "take the supplier's workbook again")
    given = HandOver(
        period=Period.parse(record["period"]),
        supplier=record["supplier"],
        title=record["title"],
        given_by=record["given_by"],
        given_on=date.fromisoformat(record["given_on"]),
        figures=tuple(SuppliedFigure(**figure) for figure in record["figures"]),
    )
    return Supply(given, record["revision"], folder)
