"""Tables of one extract that speak up to different days, and how many children that puts out of step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.contract.report import Finding, Severity
from scorecard.contract.sources.piece import sql_name
from scorecard.contract.types import ColumnType
from scorecard.words.grammar import day_in_words, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    import duckdb

    from scorecard.contract.report import TableCount
    from scorecard.contract.types import Contract, Table

MIXED_DAYS = "mixed_days"
_DAYS = (ColumnType.DATE, ColumnType.MOMENT)


def days_of_their_own(tables: Iterable[TableCount], asked: Mapping[str, date], as_at: date) -> dict[str, date]:
    """The tables that speak up to another day than the extract: as was asked for, or as their layouts tell."""
    told = {one.table: one.known_to for one in tables if one.files and one.known_to}
    return {name: day for name, day in told.items() if day < as_at or (name in asked and day > as_at)}


def children_out_of_step(
    connection: duckdb.DuckDBPyConnection, contract: Contract, days: Mapping[str, date], as_at: date
) -> dict[str, int]:
    """For each table of a day of its own, the children of whom it and the others do not tell the same time.

    They are the children with any day in a table that speaks longer, after the day up to which the other speaks. A
    planned day is none, and neither is one after the table's own.
    """
    return {name: _children(connection, contract, days, as_at, name) for name in sorted(days)}


def mixed_days(children: Mapping[str, int], days: Mapping[str, date], as_at: date) -> Iterator[Finding]:
    """What is said of each table of a day of its own."""
    for name, count in children.items():
        longer = "other tables tell" if days[name] < as_at else "it alone tells"
        yield Finding(
            MIXED_DAYS,
            Severity.WARN,
            f"It speaks up to {day_in_words(days[name])}, the extract up to {day_in_words(as_at)}: of {count:,}"
            f" {plural(count, 'child', 'children')} {longer} something that happened between the two.",
            "Export all tables up to one day; until then the pack says so on the pages that the table touches.",
            table=name,
        )


def _children(
    connection: duckdb.DuckDBPyConnection, contract: Contract, days: Mapping[str, date], as_at: date, name: str
) -> int:
    since = min(days[name], as_at)
    longer = [name] if days[name] > as_at else [one for one in contract.tables if days.get(one, as_at) > since]
    told = [
        _told_after(contract.tables[one], number) for number, one in enumerate(longer) if _days(contract.tables[one])
    ]
    if not told:
        return 0
    until = {f"until_{number}": days.get(one, as_at) for number, one in enumerate(longer)}
    sql = f"SELECT count(DISTINCT child) FROM ({' UNION ALL '.join(told)})"  # names of the contract only
    used = {key: day for key, day in until.items() if f"${key})" in sql}
    return int(connection.execute(sql, {"since": since, **used}).fetchall()[0][0])


def _days(table: Table) -> list[str]:
    """The columns of the days on which something happened, where it happened to a child."""
    return (
        [column.name for column in table.loaded if column.type in _DAYS and not column.planned] if _who(table) else []
    )


def _who(table: Table) -> str:
    return table.person.name if table.person else table.key[0] if table.name == "ssd_person" else ""


def _told_after(table: Table, number: int) -> str:
    between = " OR ".join(
        f"(CAST({sql_name(day)} AS DATE) > $since AND CAST({sql_name(day)} AS DATE) <= $until_{number})"
        for day in _days(table)
    )
    # Names of the contract only; the days are bound.
    return f"SELECT {sql_name(_who(table))} AS child FROM {sql_name(table.name)} WHERE {between}"
