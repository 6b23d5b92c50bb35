"""Facts out of their table: as objects for the pack, as rows in the published columns for everyone else."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from scorecard.calendar.periods import Period, Window
from scorecard.facts.fact import Fact, FactKey, Quality, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import duckdb

COLUMNS = (
    "indicator",
    "period",
    "window",
    "dimension",
    "member",
    "as_at",
    "numerator",
    "denominator",
    "value",
    "unit",
    "status",
    "quality",
    "snapshot",
    "definition",
    "supplied_by",
    "reason",
)
"""The columns of `scorecard facts --format csv`, fixed: other people's programs read them."""

_LATER = COLUMNS[-2:]
"""The columns that the first freezes were made without; what they did not know is empty."""

_SELECTED = ", ".join(f"COALESCE({name}, '') AS {name}" if name in _LATER else f'"{name}"' for name in COLUMNS)


def all_facts(table: str) -> str:
    """The query of all facts of a table, in the published columns.

    Freezes made before figures could be supplied have no `supplied_by`, since all of theirs were counted; those made
    before grades had reasons have no `reason`.
    """
    later = ", ".join(f"'' AS {name}" for name in _LATER)
    return f"SELECT {_SELECTED} FROM (FROM {table} UNION ALL BY NAME SELECT {later} WHERE FALSE)"  # noqa: S608 - the program's own names


def fact_rows(
    connection: duckdb.DuckDBPyConnection, table: str, periods: Iterable[Period], indicators: Sequence[str] = ()
) -> list[tuple[Any, ...]]:
    """Rows of facts for these months, and these figures where any are named, in a lasting order."""
    wanted = [str(period) for period in periods]
    return connection.execute(
        f"{all_facts(table)}"
        " WHERE period = ANY(?) AND (len(?) = 0 OR indicator = ANY(?))"
        " ORDER BY indicator, period, \"window\", dimension <> 'all', dimension, member",
        [wanted, list(indicators), list(indicators)],
    ).fetchall()


@cache
def _period(text: str) -> Period:
    """The same few months stand in a hundred thousand rows."""
    return Period.parse(text)


def to_fact(row: Sequence[Any]) -> Fact:
    """One row as a fact."""
    name, period, window, dimension, member, as_at, top, bottom, value, unit, status, quality, *origin = row
    snapshot, definition, supplied_by, reason = origin
    return Fact(
        key=FactKey(name, _period(period), Window(window), dimension, member),
        as_at=as_at,
        numerator=top,
        denominator=bottom,
        value=value,
        unit=unit,
        status=Status(status),
        quality=Quality(quality),
        snapshot=snapshot,
        definition=definition,
        supplied_by=supplied_by,
        reason=reason,
    )


def key_cells(key: FactKey) -> tuple[str, ...]:
    """A key as it stands in the first columns of a row."""
    return key.indicator, str(key.period), key.window, key.dimension, key.member


def to_row(fact: Fact) -> tuple[Any, ...]:
    """A fact as one row, in the published columns."""
    own = COLUMNS[len(key_cells(fact.key)) :]
    return (*key_cells(fact.key), *(getattr(fact, name) for name in own))
