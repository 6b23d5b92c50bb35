"""What was sent of a month: every file's bytes, the words and who answers for them, and to whom; never altered."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from scorecard.calendar.periods import Period
from scorecard.store.disk import aside_for, keep_folder, sha256, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_MANIFEST, _CURRENT, _FILES = "manifest.json", "current.json", "files"


@dataclass(frozen=True)
class Said:
    """Who answered for the words of one section, and how far they had got when they were sent."""

    section: str
    author: str
    role: str
    state: str


@dataclass(frozen=True)
class Sent:
    """What is said of an edition: which freeze it was made of, to whom it went as typed, and why once more."""

    period: Period
    revision: int
    snapshot: str
    plan: str
    issued_at: str
    issued_by: str
    recipients: tuple[str, ...] = ()
    reason: str = ""
    said: tuple[Said, ...] = ()
    words: str = ""
    """The name of the file of words among the files; empty where nobody wrote any."""


@dataclass(frozen=True)
class Edition:
    """One edition as it is kept, with the seal of each of its files by name."""

    sent: Sent
    number: int
    folder: Path
    seals: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def name(self) -> str:
        """How it is referred to."""
        return f"issued/{self.sent.period}/{self.number}"

    @property
    def manifest(self) -> Path:
        """The file that says what was sent, with the seal of each file."""
        return self.folder / _MANIFEST

    def file(self, name: str) -> Path:
        """Where the bytes of a file lie that was sent."""
        return self.folder / _FILES / name


class Issues:
    """The editions of one store, by month. A small file a month, written last, names the newest."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def latest(self, period: Period) -> Edition | None:
        """The newest edition of a month, if it was issued."""
        current = self._folder / str(period) / _CURRENT
        if not current.exists():
            return None
        number = json.loads(current.read_text(encoding="utf-8"))["edition"]
        return _read(self._folder / str(period) / str(number) / _MANIFEST)

    def editions(self, period: Period) -> tuple[Edition, ...]:
        """Every edition of a month that was issued, the first first."""
        latest = self.latest(period)
        kept = map(_read, self._folder.glob(f"{period}/[0-9]*/{_MANIFEST}"))
        found = (one for one in kept if latest and one.number <= latest.number)
        return tuple(sorted(found, key=lambda one: one.number))

    def all(self) -> Iterator[Edition]:
        """Every edition of every month, in order."""
        for folder in sorted(self._folder.glob("[0-9]*")):
            yield from self.editions(Period.parse(folder.name))

    def keep(self, sent: Sent, files: Mapping[str, Path]) -> Edition:
        """Keep what was sent as the month's next edition, which is not yet the newest; whoever writes holds the lease.

        Its manifest is written when all else lies in its place: a folder without one was never an edition.
        """
        latest = self.latest(sent.period)
        number = latest.number + 1 if latest else 1
        target = self._folder / str(sent.period) / str(number)
        with aside_for(target) as aside:
            (aside / _FILES).mkdir()
            for name, path in files.items():
                shutil.copyfile(path, aside / _FILES / name)
            seals = {path.name: sha256(path) for path in sorted((aside / _FILES).iterdir())}
            kept = {**asdict(sent), "period": str(sent.period), "edition": number, "files": seals}
            data = json.dumps(kept, indent=1, sort_keys=True, ensure_ascii=False).encode()
            shutil.rmtree(target, ignore_errors=True)  # what a crash left before it was the newest
            keep_folder(aside, target, _MANIFEST, data)
        return _read(target / _MANIFEST)

    def let_be_newest(self, edition: Edition) -> None:
        """Make an edition the month's newest: the last and smallest step."""
        kept = {"edition": edition.number, "manifest": sha256(edition.manifest)}
        current = self._folder / str(edition.sent.period) / _CURRENT
        write_whole(current, json.dumps(kept, indent=1, sort_keys=True).encode())


def _read(path: Path) -> Edition:
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    number, seals = kept.pop("edition"), kept.pop("files")
    sent = Sent(
        **{
            **kept,
            "period": Period.parse(kept["period"]),
            "recipients": tuple(kept["recipients"]),
            "said": tuple(Said(**one) for one in kept["said"]),
        }
    )
    return Edition(sent, number, path.parent, seals)
