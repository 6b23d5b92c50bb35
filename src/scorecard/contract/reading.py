"""How an extract is to be read: what a council has settled for itself about its sources."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from scorecard.contract.mapping.mapping import Mapping as ReportMapping

Source = Path | str
"""A folder, workbook or file; or, as text, the address of a database."""


def listed(source: Source | Sequence[Source]) -> tuple[Source, ...]:
    """One source or several, as several."""
    return (source,) if isinstance(source, str | Path) else tuple(source)


@dataclass(frozen=True)
class Reading:
    """The day an extract was made for, a council's own mapping files, and which of several sources stands for a table.

    `precedence` names, for a table, the layouts in the order in which they stand; without it the source named first
    stands. `as_at_of` is the day up to which a table speaks, where it is not the extract's.
    """

    as_at: date | None = None

    mappings: tuple[ReportMapping, ...] = ()
    precedence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    as_at_of: Mapping[str, date] = field(default_factory=dict)

    def day_of(self, table: str) -> date | None:
        """The day up to which a table speaks."""
        return self.as_at_of.get(table, self.as_at)


AS_IT_COMES = Reading()
"""Nothing settled: the contract's and the sector's layouts, the first source first."""
