"""The outcomes packed into one column, as JSON in one case system and as a list with commas in another, unpacked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.contract.report import Finding, Severity
from scorecard.contract.sources.piece import sql_name
from scorecard.contract.staging import Stage, where_found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import duckdb

    from scorecard.contract.types import Table

LONGEST = 100
"""A part longer than this is free text, and is not taken."""

_YES = "'Y', 'YES', '1', '1.0', 'TRUE', 'T'"


def unpack(connection: duckdb.DuckDBPyConnection, table: Table, stages: Iterable[Stage]) -> Iterator[Finding]:
    """Fill the table of outcomes: of JSON the keys that say yes or the codes listed, of other text each part.

    Each distinct text is taken apart once. The record is named by the first column of its table's key.
    """
    name = sql_name(table.name)
    for stage in stages:
        for column in stage.packed:
            packed = sql_name(column.name)
            # Names of the contract and of our own tables; every value stays in the engine.
            connection.execute(f"INSERT INTO {name} {_outcomes(stage, packed)}")
            yield from _free_text(connection, stage, column.name)


def _outcomes(stage: Stage, packed: str) -> str:
    record = sql_name(stage.table.key[0])
    person = stage.table.person
    child = f"a.{sql_name(person.name)}" if person and person.name in stage.supplied else "CAST(NULL AS VARCHAR)"
    # As above.
    return (
        f"WITH texts AS (SELECT DISTINCT {packed} AS packed FROM {stage.relation} WHERE {packed} IS NOT NULL),"
        f" parts AS (SELECT packed, unnest({_parts()}) AS part FROM texts)"
        f" SELECT DISTINCT '{stage.table.name}', a.{record}, {child}, trim(p.part)"
        f" FROM {stage.relation} AS a JOIN parts AS p ON p.packed = a.{packed}"
        f" WHERE trim(p.part) <> '' AND length(trim(p.part)) <= {LONGEST} AND a.{record} IS NOT NULL ORDER BY ALL"
    )


def _parts() -> str:
    """The outcomes in one text: JSON object, JSON array, or a list with commas."""
    keys = (
        "list_filter(json_keys(packed), lambda k:"
        f" upper(trim(coalesce(json_extract_string(packed, '$.\"' || k || '\"'), ''))) IN ({_YES}))"
    )
    return (
        "CASE WHEN json_valid(packed) AND json_type(packed) = 'OBJECT'"
        f" THEN {keys}"
        " WHEN json_valid(packed) AND json_type(packed) = 'ARRAY' THEN json_extract_string(packed, '$[*]')"
        " WHEN left(packed, 1) IN ('{', '[') THEN CAST([] AS VARCHAR[])"
        " ELSE string_split(packed, ',') END"
    )


def _free_text(connection: duckdb.DuckDBPyConnection, stage: Stage, column: str) -> Iterator[Finding]:
    packed = f"a.{sql_name(column)}"
    broken = f"{packed} IS NOT NULL AND left({packed}, 1) IN ('{{', '[') AND NOT json_valid({packed})"
    for file, rows in where_found(connection, stage, broken):
        yield Finding(
            "bad_json",
            Severity.WARN,
            "The outcomes begin like JSON but cannot be read as such; none is taken from the cell.",
            "See whether the export cuts the text short.",
            file,
            rows,
            column,
            stage.table.name,
        )
    long = (
        f"{packed} IS NOT NULL AND left({packed}, 1) NOT IN ('{{', '[')"
        f" AND len(list_filter(string_split({packed}, ','), lambda part: length(trim(part)) > {LONGEST})) > 0"
    )
    for file, rows in where_found(connection, stage, long):
        yield Finding(
            "free_text",
            Severity.NOTE,
            f"A part of the outcomes is longer than {LONGEST} letters; it is taken for free text and left out.",
            "Export outcomes as flags or codes.",
            file,
            rows,
            column,
            stage.table.name,
        )
