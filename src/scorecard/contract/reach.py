"""Up to which day the records of an extract reach, and whether that is the day it is said to speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.contract.report import Finding, Severity
from scorecard.contract.sources.piece import sql_name
from scorecard.words.grammar import day_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import duckdb

    from scorecard.contract.types import Contract

_SILENT_DAYS = 31
"""No council is without a contact, a referral or a visit for a whole month."""
_FEWEST = 20
"""Of so few records nobody can say when the next should have come."""


def newest_day(connection: duckdb.DuckDBPyConnection, contract: Contract, until: date) -> date | None:
    """The newest day on which something was recorded as done, no later than another, of what goes on all the time."""
    return _newest(connection, contract, until)[0]


def stops_early(connection: duckdb.DuckDBPyConnection, contract: Contract, as_at: date) -> Iterator[Finding]:
    """Said where all records end more than a month before the day: it may be another month's extract."""
    newest, count = _newest(connection, contract, as_at)
    if newest is None or count < _FEWEST or (as_at - newest).days <= _SILENT_DAYS:
        return
    yield Finding(
        "stops_early",
        Severity.WARN,
        f"The newest contact, referral, visit or the like is of {day_in_words(newest)}, {(as_at - newest).days} days"
        f" before {day_in_words(as_at)}, the day the extract is said to speak of.",
        "See whether it is another month's extract, or `--as-at` another day: what is not in it counts as not done.",
    )


def _newest(connection: duckdb.DuckDBPyConnection, contract: Contract, until: date) -> tuple[date | None, int]:
    dated = [(table.name, table.volume) for table in contract.tables.values() if table.volume]
    # Names of the contract only.
    days = " UNION ALL ".join(f"SELECT CAST({sql_name(day)} AS DATE) AS d FROM {sql_name(name)}" for name, day in dated)
    found = connection.execute(f"SELECT max(d), count(d) FROM ({days}) WHERE d <= ?", [until]).fetchall()
    return found[0][0], found[0][1]
