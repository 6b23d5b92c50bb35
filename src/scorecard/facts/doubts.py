"""Which cases rest on records that break a rule of the contract, and which months cannot be looked back from."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from scorecard.contract.load import load_contract
from scorecard.contract.report import Severity
from scorecard.contract.rules import BROKEN, quoted, record_key, row_day, rules_of
from scorecard.facts.fact import Quality

if TYPE_CHECKING:
    from collections.abc import Collection

    import duckdb

    from scorecard.contract.constraint import Constraint
    from scorecard.definitions.indicator import Indicator
    from scorecard.facts.cases import Cases
    from scorecard.facts.run import Bounds

DOUBTED = "doubted"
"""The column of cases that holds the id of a rule which the record of the case breaks."""

_WORD = re.compile(r"\w+")


def graded(share: str, bounds: Bounds) -> str:
    """The SQL of the grade that a share in doubt makes."""
    return (
        f"CASE WHEN {share} > {bounds.unreliable} THEN '{Quality.UNRELIABLE}'"
        f" WHEN {share} > {bounds.caution} THEN '{Quality.CAUTION}' ELSE '{Quality.SOUND}' END"
    )


def moved_by(indicator: Indicator) -> tuple[Constraint, ...]:
    """The rules whose breaking moves an indicator's figures: those about columns that its definition reads.

    What is only good to know moves none.
    """
    return _moving(indicator.sql)


@cache
def _moving(sql: str) -> tuple[Constraint, ...]:
    named = set(_WORD.findall(sql))
    return tuple(
        rule
        for rule in rules_of(load_contract())
        if rule.severity is not Severity.NOTE and not rule.parts_records and _own_columns(rule) <= named
    )


def _own_columns(rule: Constraint) -> set[str]:
    """Its table, and the columns of it that the rule speaks of."""
    return {rule.table, *(column for table, column in rule.mentions if table == rule.table)}


def mark_doubted(connection: duckdb.DuckDBPyConnection, made: Collection[Cases]) -> None:
    """Mark each case whose record breaks a rule that moves its figure.

    Where the record is the case itself, that one; where the case looks into other records of the child, those dated by
    the day of the case.
    """
    if not _is_put(connection):
        return
    broken = {rule for (rule,) in connection.execute(f"SELECT DISTINCT rule FROM {BROKEN}").fetchall()}  # noqa: S608 - the program's own names
    for cases in made:
        by_table = dict[str, list[str]]()
        for rule in moved_by(cases.indicator):
            if rule.id in broken:
                by_table.setdefault(rule.table, []).append(rule.id)
        for table, rules in by_table.items():
            same = "b.record = c.case_id" if _gives(connection, table, cases) else _OF_THE_CHILD
            # Of several rules the first in the alphabet: the same records give the same words.
            connection.execute(
                f"""UPDATE {cases.table} AS c SET {DOUBTED} = COALESCE(c.{DOUBTED}, m.rule)
                FROM (SELECT c.case_id, c.event_date, MIN(b.rule) AS rule
                      FROM {cases.table} AS c JOIN {BROKEN} AS b ON {same}
                      WHERE b.rule = ANY(?) GROUP BY ALL) AS m
                WHERE m.case_id = c.case_id AND m.event_date = c.event_date""",  # noqa: S608 - ids of definitions
                [rules],
            )


_OF_THE_CHILD = "b.child_id = c.child_id AND (b.day IS NULL OR b.day <= c.event_date)"


def _is_put(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether anybody has looked which rows break a rule: a freeze keeps the marks, and not the records."""
    return bool(connection.execute("FROM duckdb_tables() WHERE table_name = ?", [BROKEN]).fetchall())


def _gives(connection: duckdb.DuckDBPyConnection, table: str, cases: Cases) -> bool:
    """Whether the cases are rows of a table: they then have its keys."""
    key = record_key(load_contract().tables[table])
    sql = f"SELECT 1 FROM {quoted(table)} AS a JOIN {cases.table} AS c ON c.case_id = {key} LIMIT 1"  # noqa: S608 - names of the contract
    return bool(connection.execute(sql).fetchall())


def doubt_history(connection: duckdb.DuckDBPyConnection, made: Collection[Cases], bounds: Bounds) -> None:
    """Doubt the facts that look back over months in which too many records cannot be looked back to.

    Each record is dated by its own day; a window looks back so many calendar months from its first.
    """
    if not _is_put(connection):
        return
    for rule in rules_of(load_contract()):
        looking = [one.indicator for one in made if one.indicator.id in rule.history_of]
        if looking:
            measures = [measure.id for one in looking for measure in one.measures]
            _doubt_looking_back(connection, rule, measures, bounds)


def _doubt_looking_back(
    connection: duckdb.DuckDBPyConnection, rule: Constraint, measures: list[str], bounds: Bounds
) -> None:
    table = load_contract().tables[rule.table]
    day = row_day(table)
    connection.execute(
        f"""INSERT INTO doubts
        WITH monthly AS (
            SELECT year({day}) * 12 + month({day}) - 1 AS month_no, COUNT(*) AS n, COUNT(b.record) AS broken
            FROM {quoted(rule.table)} AS a
            LEFT JOIN (SELECT DISTINCT record FROM {BROKEN} WHERE rule = $rule) AS b ON b.record = {record_key(table)}
            GROUP BY ALL),
        looked AS (
            SELECT w.period, w."window", SUM(m.n) AS n, SUM(m.broken) AS broken
            FROM windows AS w JOIN monthly AS m ON m.month_no BETWEEN w.first_no - $months AND w.last_no GROUP BY ALL)
        SELECT f.indicator, f.period, f."window", f.dimension, f.member, {graded("l.broken / l.n", bounds)},
               'It looks back ' || $months || ' months, and of the records it looks through '
               || format('{{:,}} of {{:,}}', CAST(l.broken AS BIGINT), CAST(l.n AS BIGINT))
               || ' break a rule: ' || $says
        FROM looked AS l JOIN facts AS f ON f.period = l.period AND f."window" = l."window"
        WHERE f.indicator = ANY($measures) AND l.broken > {bounds.caution} * l.n""",  # noqa: S608 - names of the contract
        {"rule": rule.id, "months": rule.history_months, "says": rule.says, "measures": measures},
    )
