"""The store of one workspace: its rooms, its ledger, and the lease of whoever writes."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from scorecard.store import disk
from scorecard.store.by import NOBODY, By
from scorecard.store.imported import Imports
from scorecard.store.issued import Issues
from scorecard.store.lease import holding, must_hold, take_over
from scorecard.store.ledger import Act, Ledger
from scorecard.store.months import Months
from scorecard.store.retention import purged
from scorecard.store.rules import KeptRules
from scorecard.store.snapshots import Snapshots
from scorecard.store.supplied import Supplies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from scorecard.store.ledger import Entry

_LEDGER = "ledger.jsonl"
_MANIFESTS = {
    "snapshots/*": "manifest.json",
    "months/*/*": "manifest.json",
    "issued/*/*": "manifest.json",
    "supplied/*/*/*": "supplied.json",
    "imported/*/*": "imported.json",
    "rules/*": "",
}
"""Where each room keeps what it keeps, and the file, written last, that makes it be there."""

_NUMBERED = {
    "months": {Act.FROZEN, Act.FROZEN_AGAIN, Act.REVISION_OPENED, Act.REVISION_APPROVED},
    "issued": {Act.ISSUED},
}
"""The rooms of numbered folders beside a pointer, and the acts that name one of them."""


@dataclass(frozen=True)
class Store:
    """Extracts, frozen months, supplied totals, past figures and rules, and what was done to them by whom."""

    folder: Path
    by: By = NOBODY

    @property
    def lease(self) -> Path:
        """The file that says who is writing."""
        return self.folder / "lease.json"

    @property
    def ledger(self) -> Ledger:
        """What was done, by whom and why."""
        return Ledger(self.folder / _LEDGER, self.by)

    @property
    def snapshots(self) -> Snapshots:
        """The extracts that were taken."""
        return Snapshots(self.folder / "snapshots", self.purged)

    def purged(self) -> Mapping[str, str]:
        """The extracts and freezes whose records were purged, by name, and on which day."""
        return purged(self.ledger)

    @property
    def supplies(self) -> Supplies:
        """The totals that were supplied."""
        return Supplies(self.folder / "supplied")

    @property
    def imports(self) -> Imports:
        """The figures of earlier packs that were brought in."""
        return Imports(self.folder / "imported")

    @property
    def rules(self) -> KeptRules:
        """The texts of rules that frozen months were counted by."""
        return KeptRules(self.folder / "rules")

    @property
    def months(self) -> Months:
        """The months that were frozen."""
        return Months(self.folder / "months")

    @property
    def issues(self) -> Issues:
        """What was sent of each month."""
        return Issues(self.folder / "issued")

    @contextmanager
    def writing(self) -> Iterator[Ledger]:
        """Be the one writer while this lasts, and have the ledger to say what was done.

        What a writer left who did not come to an end is tidied first.
        """
        with holding(self.lease, self.by) as is_new:
            if is_new:
                self._tidy()
            yield _HeldLedger(self)

    def take_over(self) -> By | None:
        """Break the lease of a writer who is gone, and have the ledger say so; whose it was, if there was one."""
        holder = take_over(self.lease)
        if holder is not None:
            with self.writing() as ledger:
                ledger.add(Act.TAKEN_OVER, self.lease.name, told={"from": asdict(holder)})
        return holder

    def _tidy(self) -> None:
        left = [
            path for room, manifest in _MANIFESTS.items() for path in self.folder.glob(room) if _is_left(path, manifest)
        ]
        entries = self.ledger.all()
        # A share may be slow to show a manifest that another machine wrote: what the ledger names was kept.
        named = {f"/{entry.to}" for entry in entries}
        for path in left:
            if path.name.startswith(".") or not any(path.as_posix().endswith(name) for name in named):
                disk.system.remove(path)
        if entries and not self.ledger.broken():
            for path in self._unnamed(entries):
                disk.system.remove(path)

    def _unnamed(self, entries: Iterable[Entry]) -> Iterator[Path]:
        """What a writer kept and did not come to name in the ledger: nothing was said to be done by it.

        Only what comes after the one that counts: of the others somebody may have lost the lines.
        """
        for room, acts in _NUMBERED.items():
            named = {entry.to for entry in entries if entry.act in acts}
            for manifest in [*self.folder.glob(f"{room}/*/[0-9]*/manifest.json")]:
                kept, month = manifest.parent, manifest.parent.parent
                counts = disk.read_whole(month / "current.json")
                last = max(json.loads(counts).get(one, 0) for one in ("revision", "edition")) if counts else 0
                if f"{month.name}/{kept.name}" not in named and int(kept.name) > last:
                    yield kept


class _HeldLedger(Ledger):
    """The ledger in the hands of whoever holds the lease: nothing is added once it was taken over."""

    def __init__(self, store: Store) -> None:
        super().__init__(store.folder / _LEDGER, store.by)
        self._lease = store.lease

    def add(self, act: Act, to: str, *, why: str = "", told: Mapping[str, Any] | None = None) -> Entry:
        must_hold(self._lease)
        return super().add(act, to, why=why, told=told)


def _is_left(path: Path, manifest: str) -> bool:
    """Whether a writer left this before it was kept: an aside, or a folder that has no manifest."""
    return path.name.startswith(".") or bool(manifest and path.is_dir() and not (path / manifest).exists())
