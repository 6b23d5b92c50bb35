"""Months as first reported: facts, cases and rules kept together, with the seal of each file."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from scorecard.calendar.periods import Period
from scorecard.store.disk import move_into_place, sha256, write_whole

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
        current = self._folder / str(period) / _CURRENT
        if not current.exists():
            return None
        return self.revision(period, json.loads(current.read_text(encoding="utf-8"))["revision"])

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
        kept = json.loads((self._folder / str(period) / _CURRENT).read_text(encoding="utf-8"))
        return Approval(kept["approved_by"], kept["why"])

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
        """Keep a month as its next revision, which does not count yet; `write` puts its files into a folder."""
        # Each writer has an aside of its own: two that freeze a month at once must not write over each other.
        aside = self._folder / str(period) / f".{uuid4().hex}"
        aside.mkdir(parents=True)
        try:
            write(aside)
            seals = {p.relative_to(aside).as_posix(): sha256(p) for p in sorted(aside.rglob("*")) if p.is_file()}
            kept = {"snapshot": snapshot, "frozen_at": frozen_at, "rules": dict(rules), "files": seals}
            return self._as_next_revision(
                period, aside, {**kept, "because": asdict(because), "accepted": list(accepted)}
            )
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def let_count(self, frozen: FrozenMonth, approval: Approval = NOT_NEEDED) -> None:
        """Let a revision stand for its month: the last and smallest step, whole or not at all."""
        kept = {"revision": frozen.revision, "manifest": sha256(frozen.manifest), **asdict(approval)}
        current = self._folder / str(frozen.period) / _CURRENT
        write_whole(current, json.dumps(kept, indent=1, sort_keys=True).encode())

    def _as_next_revision(self, period: Period, aside: Path, kept: Mapping[str, object]) -> FrozenMonth:
        while True:
            revision = 1 + max((one.revision for one in self.revisions(period)), default=0)
            manifest = json.dumps({"period": str(period), "revision": revision, **kept}, indent=1, sort_keys=True)
            (aside / _MANIFEST).write_text(manifest, encoding="utf-8")
            target = aside.with_name(str(revision))
            try:
                move_into_place(aside, target)
            except OSError:
                # Another writer may have taken this revision a moment ago: then ours is the next.
                if not (target / _MANIFEST).exists():
                    raise
            else:
                return _read(target / _MANIFEST)


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
