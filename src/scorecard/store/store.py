"""The store of one workspace: its rooms, its ledger, and the lease of whoever writes."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.store.by import NOBODY, By
from scorecard.store.lease import holding
from scorecard.store.ledger import Ledger
from scorecard.store.months import Months
from scorecard.store.rules import KeptRules
from scorecard.store.snapshots import Snapshots
from scorecard.store.supplied import Supplies

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Store:
    """Extracts, months as first reported, supplied totals and rules, and what was done to them by whom."""

    folder: Path
    by: By = NOBODY

    @property
    def lease(self) -> Path:
        """The file that says who is writing."""
        return self.folder / "lease.json"

    @property
    def ledger(self) -> Ledger:
        """What was done, by whom and why."""
        return Ledger(self.folder / "ledger.jsonl", self.by)

    @property
    def snapshots(self) -> Snapshots:
        """The extracts that were taken."""
        return Snapshots(self.folder / "snapshots")

    @property
    def supplies(self) -> Supplies:
        """The totals that were supplied."""
        return Supplies(self.folder / "supplied")

    @property
    def rules(self) -> KeptRules:
        """The texts of rules that frozen months were counted by."""
        return KeptRules(self.folder / "rules")

    @property
    def months(self) -> Months:
        """The months that were frozen."""
        return Months(self.folder / "months")

    @contextmanager
    def writing(self) -> Iterator[Ledger]:
        """Be the one writer while this lasts, and have the ledger to say what was done."""
        with holding(self.lease, self.by):
            yield self.ledger
