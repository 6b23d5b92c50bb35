"""The contract's rules run over records: how many rows break each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.contract.constraint import AS_AT, Constraint, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import duckdb

    from scorecard.contract.report import Severity
    from scorecard.contract.types import Contract


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
