"""Months as first reported: facts, cases and rules kept together, with the seal of each file."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from scorecard.calendar.periods import Period
from scorecard.store.disk import move_into_place, sha256

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_MANIFEST = "manifest.json"


@dataclass(frozen=True)
class FrozenMonth:
    """One month's freeze. Of several, the latest revision counts; the earlier ones stay."""

    period: Period
    revision: int
    snapshot: str
    frozen_at: str
    rules: Mapping[str, str]
    folder: Path

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
    """The frozen months of one store."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, period: Period) -> FrozenMonth | None:
        """The latest revision of a month, if it has been frozen."""
        revisions = sorted(self._folder.glob(f"{period}/[!.]*/{_MANIFEST}"), key=lambda path: int(path.parent.name))
        return _read(revisions[-1]) if revisions else None

    def all(self) -> tuple[FrozenMonth, ...]:
        """The latest revision of every frozen month, in order."""
        periods = sorted(Period.parse(path.name) for path in self._folder.glob("[0-9]*") if path.is_dir())
        return tuple(month for period in periods if (month := self.get(period)))

    def keep(
        self, period: Period, snapshot: str, frozen_at: str, rules: Mapping[str, str], write: Callable[[Path], None]
    ) -> FrozenMonth:
        """Keep a month as a new revision; `write` puts its files into the folder it is given."""
        # Each writer has an aside of its own: two that freeze a month at once must not write over each other.
        aside = self._folder / str(period) / f".{uuid4().hex}"
        aside.mkdir(parents=True)
        try:
            write(aside)
            seals = {p.relative_to(aside).as_posix(): sha256(p) for p in sorted(aside.rglob("*")) if p.is_file()}
            kept = {"snapshot": snapshot, "frozen_at": frozen_at, "rules": dict(rules), "files": seals}
            return self._as_next_revision(period, aside, kept)
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def _as_next_revision(self, period: Period, aside: Path, kept: Mapping[str, object]) -> FrozenMonth:
        while True:
            latest = self.get(period)
            revision = latest.revision + 1 if latest else 1
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
    )
