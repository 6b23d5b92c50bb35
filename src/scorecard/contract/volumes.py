"""How many rows a month brought, held against the year before: what an export left out shows by what is not there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.contract.rules import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

    from scorecard.calendar.periods import Period
    from scorecard.contract.types import Table

TOLERATED = 0.3
"""By which share of the median a month may differ from it, up or down."""

_FEWEST = 20
"""Below so many rows a month, chance alone makes such a difference."""

_MONTHS = 12


@dataclass(frozen=True)
class Volume:
    """The rows of one table that are dated in a month, and the median of the twelve months before."""

    table: str
    rows: int
    median: float

    @property
    def difference(self) -> float:
        """How far it lies above the median, or below, as a share of it."""
        return self.rows / self.median - 1

    @property
    def is_usual(self) -> bool:
        """Whether it is as many as in a usual month, or of so few that nobody can say."""
        return abs(self.rows - self.median) <= TOLERATED * self.median


def volumes(connection: duckdb.DuckDBPyConnection, tables: Iterable[Table], period: Period) -> tuple[Volume, ...]:
    """The month's volume of each of these tables; none of one with few rows a month."""
    found = (_volume(connection, table, period) for table in tables)
    return tuple(one for one in found if one.median >= _FEWEST)


def _volume(connection: duckdb.DuckDBPyConnection, table: Table, period: Period) -> Volume:
    months = [str(period.back(step)) for step in range(_MONTHS + 1)]
    # Names of the contract only.
    counted = dict(
        connection.execute(
            f"SELECT strftime({table.volume}, '%Y-%m'), COUNT(*) FROM {quoted(table.name)}"
            f" WHERE {table.volume} >= ? GROUP BY 1",
            [period.back(_MONTHS).first_day],
        ).fetchall()
    )
    before = sorted(counted.get(month, 0) for month in months[1:])
    median = (before[_MONTHS // 2 - 1] + before[_MONTHS // 2]) / 2
    return Volume(table.name, counted.get(months[0], 0), median)
