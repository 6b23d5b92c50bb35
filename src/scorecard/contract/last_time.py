"""An extract held against the one before: whether it is of the same council, and what should be there and is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.contract.report import Finding, Rows, Severity
from scorecard.contract.sources.piece import sql_name
from scorecard.words.grammar import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    import duckdb

_FEWEST = 20
"""Of so few open children nobody can say whether they are another council's."""
_NOBODY, _NEARLY_ALL = 0.01, 0.95
_OPEN = {
    "ssd_cin_episodes": ("cine_person_id", "cine_referral_date", "cine_close_date"),
    "ssd_cp_plans": ("cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
    "ssd_cla_episodes": ("clae_person_id", "clae_cla_episode_start_date", "clae_cla_episode_ceased_date"),
}
"""Where a child is open: the child, the day it began and the day it ended."""


def held_against_last(
    connection: duckdb.DuckDBPyConnection, rows: Mapping[str, int], before: Mapping[str, Path], day: date
) -> Iterator[Finding]:
    """Findings about tables (by name, with their rows) beside the files of the extract before, which spoke up to a day.

    The tables stand in the connection under their names.
    """
    for table in sorted(set(before) & set(rows)):
        if not rows[table]:
            yield _table_empty(table)
    opened = [_open_in(table, *columns) for table, columns in _OPEN.items() if table in before]
    if not opened or not rows.get("ssd_person"):
        return
    # Names of the contract only; files and the day are bound.
    sql = f"""SELECT count(*), count(p.pers_person_id) FROM ({" UNION ".join(opened)}) AS o
        LEFT JOIN (SELECT DISTINCT pers_person_id FROM ssd_person) AS p ON p.pers_person_id = o.child"""
    files = {table: str(before[table]) for table in _OPEN if table in before}
    then, there = connection.execute(sql, {**files, "day": day}).fetchall()[0]
    if then >= _FEWEST and there <= _NOBODY * then:
        yield _another_council(then, there)
    elif then >= _FEWEST and there < _NEARLY_ALL * then:
        yield _children_gone(then, there)


def _open_in(table: str, child: str, begun: str, ended: str) -> str:
    began, end = sql_name(begun), sql_name(ended)
    return (
        f"SELECT {sql_name(child)} AS child FROM read_parquet(${table})"
        f" WHERE {began} <= $day AND ({end} IS NULL OR {end} > $day) AND {sql_name(child)} IS NOT NULL"
    )


def _table_empty(table: str) -> Finding:
    return Finding(
        "table_empty",
        Severity.BLOCK,
        "The table has no row, and had some in the extract before.",
        "See whether the export filtered everything away.",
        table=table,
    )


def _another_council(then: int, there: int) -> Finding:
    return Finding(
        "another_council",
        Severity.BLOCK,
        f"Of {then:,} children who were open in the extract before, {there:,} {plural(there, 'is', 'are')} in this one:"
        " it is another council's, or every child has a new id.",
        "Take the extract of this council. Where the case system has given new ids, begin a new workspace.",
        table="ssd_person",
    )


def _children_gone(then: int, there: int) -> Finding:
    return Finding(
        "children_gone",
        Severity.BLOCK,
        f"Of {then:,} children who were open in the extract before, {then - there:,} are not in this one, not even as"
        " closed.",
        "See whether the export left out a team, or a kind of case.",
        rows=Rows((), then - there),
        table="ssd_person",
    )
