"""The contract's rules run over records: how many rows break each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.contract.constraint import AS_AT, Constraint, Relation
from scorecard.contract.types import ColumnType

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    import duckdb

    from scorecard.contract.report import Severity
    from scorecard.contract.types import Contract, Table


@dataclass(frozen=True)
class RuleResult:
    """One rule and the number of rows that break it."""

    table: str
    column: str
    rule: str
    sentence: str
    severity: Severity
    rows: int


def run_rules(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    *,
    as_at: date | None = None,
) -> tuple[RuleResult, ...]:
    """Every rule of the contract over records that stand under the contract's table names, kept or broken.

    Without an as-at date the rules that judge what is still open see only what has ended.
    """
    return tuple(
        RuleResult(
            rule.table,
            rule.column,
            rule.rule,
            rule.sentence,
            rule.severity,
            len(broken(connection, rule, "1", quoted, as_at)),
        )
        for rule in rules_of(contract)
    )


_PERSON = "ssd_person"

BROKEN = "broken_rules"
"""The table of rows that break a rule: which rule, the row's key, its child and its day."""


def put_broken(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    as_at: date,
    supplied: Mapping[str, Collection[str]] | None = None,
) -> None:
    """Fill the table of rows that break a rule.

    Where the columns of a table that were `supplied` are known, its rules speak of these alone: what nobody supplied is
    not missing from a record.
    """
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {BROKEN} (rule VARCHAR, record VARCHAR, child_id VARCHAR, day DATE)"
    )
    for table in contract.tables.values():
        # As below: names of the contract only.
        if table.constraints and connection.execute(f"SELECT 1 FROM {quoted(table.name)} LIMIT 1").fetchall():
            for rule in table.constraints:
                if not _is_supplied(rule, supplied or {}):
                    continue
                sql = rule.breaking(f"'{rule.id}', {_row_told(table, rule)}", quoted)
                values = {"as_at": as_at} if AS_AT in sql else None
                connection.execute(f"INSERT INTO {BROKEN} {sql}", values)


def count_broken(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many records break each rule that any breaks, by its id."""
    return dict(connection.execute(f"SELECT rule, COUNT(*) FROM {BROKEN} GROUP BY rule ORDER BY rule").fetchall())


def _is_supplied(rule: Constraint, supplied: Mapping[str, Collection[str]]) -> bool:
    """Whether every column it speaks of was supplied, as far as that is known of its table."""
    known = supplied.get(rule.table)
    return not known or all(column in known for table, column in rule.mentions if table == rule.table)


def _row_told(table: Table, rule: Constraint) -> str:
    person = table.person
    child = f"a.{person.name}" if person else f"a.{table.key[0]}" if table.name == _PERSON else "NULL"
    return f"{record_key(table)}, {child}, {row_day(table, rule.column)}"


def record_key(table: Table, of: str = "a") -> str:
    """The SQL of a row's key, its parts joined as the cases of definitions join them."""
    return " || '/' || ".join(f"CAST({of}.{name} AS VARCHAR)" for name in table.key)


def row_day(table: Table, column: str = "") -> str:
    """The SQL of the day a row is dated by: a rule's own column where that holds a day, else the first that does."""
    days = [one.name for one in (*table.counting, *table.loaded) if one.type in {ColumnType.DATE, ColumnType.MOMENT}]
    days.sort(key=lambda name: name != column)
    return f"CAST(COALESCE({', '.join(f'a.{name}' for name in days)}, NULL) AS DATE)" if days else "CAST(NULL AS DATE)"


def rules_of(contract: Contract) -> Iterator[Constraint]:
    """All constraints, table by table."""
    for table in contract.tables.values():
        yield from table.constraints


def broken(
    connection: duckdb.DuckDBPyConnection,
    rule: Constraint,
    select: str,
    relation: Relation,
    as_at: date | None,
) -> list[tuple[object, ...]]:
    """What is selected from the rows that break one rule."""
    sql = rule.breaking(select, relation)
    values = {"as_at": as_at} if AS_AT in sql else None
    return connection.execute(sql, values).fetchall()


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'
