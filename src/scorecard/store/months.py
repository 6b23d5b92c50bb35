"""Months as first reported: facts, cases and rules kept together, with the seal of each file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from scorecard.calendar.periods import Period
from scorecard.store.disk import aside_for, keep_folder, read_whole, sha256, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_MANIFEST, _CURRENT = "manifest.json", "current.json"


class Kind(StrEnum):
    """What a freeze is: the first of its month, another try before anything was issued, or a correction after it."""

    FIRST = "frozen"
    AGAIN = "frozen again"
    REVISION = "revision"


@dataclass(frozen=True)
class Because:
    """Why a month was kept once more: what kind of freeze it is, what caused it, and the reason somebody gave."""

    kind: Kind = Kind.FIRST
    cause: str = ""
    reason: str = ""


FIRST_TIME = Because()


@dataclass(frozen=True)
class Approval:
    """Who let a revision stand for its month, and why."""

    approved_by: str = ""
    why: str = ""


NOT_NEEDED = Approval()
"""A month's first freeze stands by itself."""


@dataclass(frozen=True)
class FrozenMonth:
    """One month's freeze. Of several, the one that was approved last counts; the others stay beside it.

    `accepted` are the findings that were let stand when it was frozen, each with a name and a reason.
    """

    period: Period
    revision: int
    snapshot: str
    frozen_at: str
    rules: Mapping[str, str]
    folder: Path
    because: Because = FIRST_TIME
    accepted: tuple[Mapping[str, str], ...] = ()
    seals: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def name(self) -> str:
        """How it is referred to: its month and its revision."""
        return f"{self.period}/{self.revision}"

    @property
    def manifest(self) -> Path:
        """The file that says what it holds, with the seal of each file."""
        return self.folder / _MANIFEST

    @property
    def has_cases(self) -> bool:
        """Whether its cases are still there: they are purged before its figures are."""
        return (self.folder / "cases").is_dir()

    @property
    def facts(self) -> Path:
        """Its facts, a Parquet file."""
        return self.folder / "facts.parquet"

    @property
    def teams(self) -> Path:
        """The teams its cases were told by; absent where it was frozen before there were any."""
        return self.folder / "teams.csv"

    @property
    def families(self) -> Path:
        """Which family each child of its cases belonged to; absent where it was frozen before that was kept."""
        return self.folder / "cases" / "_families.parquet"

    @property
    def broken(self) -> Path:
        """How many records broke each rule, by its id; absent where it was frozen before that was kept."""
        return self.folder / "broken_rules.json"

    def cases(self, indicator: str) -> Path:
        """The cases of an indicator, a Parquet file."""
        return self.folder / "cases" / f"{indicator}.parquet"


class Months:
    """The frozen months of one store. A small file a month, written last, says which of its revisions counts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, period: Period) -> FrozenMonth | None:
        """The revision of a month that counts, if it has been frozen."""
        kept = self._current(period)
        return self.revision(period, kept["revision"]) if kept else None

    def all(self) -> tuple[FrozenMonth, ...]:
        """Every frozen month in order, each in the revision that counts."""
        periods = sorted(Period.parse(path.name) for path in self._folder.glob("[0-9]*") if path.is_dir())
        return tuple(month for period in periods if (month := self.get(period)))

    def revision(self, period: Period, number: int) -> FrozenMonth:
        """One revision of a month."""
        return _read(self._folder / str(period) / str(number) / _MANIFEST)

    def revisions(self, period: Period) -> tuple[FrozenMonth, ...]:
        """Every revision of a month, the earliest first, those that were never approved among them."""
        kept = self._folder.glob(f"{period}/[0-9]*/{_MANIFEST}")
        return tuple(sorted((_read(path) for path in kept), key=lambda month: month.revision))

    def approval(self, period: Period) -> Approval:
        """Who let the revision stand that counts, and why; nobody for a month's first freeze."""
        kept = self._current(period)
        return Approval(kept["approved_by"], kept["why"]) if kept else NOT_NEEDED

    def keep(  # noqa: PLR0913, PLR0917 - all that is kept of a freeze
        self,
        period: Period,
        snapshot: str,
        frozen_at: str,
        rules: Mapping[str, str],
        write: Callable[[Path], None],
        because: Because = FIRST_TIME,
        accepted: tuple[Mapping[str, str], ...] = (),
    ) -> FrozenMonth:
        """Keep a month as its next revision, which does not count yet; `write` puts its files into a folder.

        Whoever keeps holds the lease.
        """
        revision = 1 + max((int(path.name) for path in self._folder.glob(f"{period}/[0-9]*")), default=0)
        target = self._folder / str(period) / str(revision)
        with aside_for(target) as aside:
            write(aside)
            seals = {p.relative_to(aside).as_posix(): sha256(p) for p in sorted(aside.rglob("*")) if p.is_file()}
            kept = {"period": str(period), "revision": revision, "snapshot": snapshot, "frozen_at": frozen_at}
            kept |= {"rules": dict(rules), "files": seals, "because": asdict(because), "accepted": list(accepted)}
            keep_folder(aside, target, _MANIFEST, json.dumps(kept, indent=1, sort_keys=True).encode())
        return self.revision(period, revision)

    def let_count(self, frozen: FrozenMonth, approval: Approval = NOT_NEEDED) -> None:
        """Let a revision stand for its month: the last and smallest step, whole or not at all."""
        kept = {"revision": frozen.revision, "manifest": sha256(frozen.manifest), **asdict(approval)}
        current = self._folder / str(frozen.period) / _CURRENT
        write_whole(current, json.dumps(kept, indent=1, sort_keys=True).encode())

    def _current(self, period: Period) -> dict[str, Any] | None:
        kept = read_whole(self._folder / str(period) / _CURRENT)
        return json.loads(kept) if kept else None


def _read(path: Path) -> FrozenMonth:
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return FrozenMonth(
        period=Period.parse(kept["period"]),
        revision=kept["revision"],
        snapshot=kept["snapshot"],
        frozen_at=kept["frozen_at"],
        rules=kept["rules"],
        folder=path.parent,
        because=Because(**{**kept["because"], "kind": Kind(kept["because"]["kind"])}),
        accepted=tuple(kept["accepted"]),
        seals=kept["files"],
    )
