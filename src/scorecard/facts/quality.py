"""How far each fact can be trusted: sound, to be read with caution, or unreliable; and why, in plain words.

Every reason for doubt is a row of the table `doubts` for each fact it concerns; of several the worst grade counts, and
all reasons are told. A share in doubt is counted from the cases of the very fact, by the bounds of the run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.contract.load import load_contract
from scorecard.contract.rules import rules_of
from scorecard.facts.asked import CASES_BELOW
from scorecard.facts.cases import put_rows
from scorecard.facts.doubts import DOUBTED, doubt_history, graded
from scorecard.facts.unknown import blank_unknown, doubt_unknown

if TYPE_CHECKING:
    from collections.abc import Collection

    import duckdb

    from scorecard.facts.cases import Cases
    from scorecard.facts.run import Bounds, Run

LEFT_OUT = "left_out"
"""The column of cases that says why one is left out of a rate."""

_SAID = {LEFT_OUT: "Could not be judged and left out", DOUBTED: "Resting on records that break a rule"}

_KEY = ("indicator", "period", '"window"', "dimension", "member")

_DOUBTS = """
CREATE OR REPLACE TEMP TABLE doubts (
    indicator VARCHAR, period VARCHAR, "window" VARCHAR, dimension VARCHAR, member VARCHAR, quality VARCHAR,
    reason VARCHAR);
CREATE OR REPLACE TEMP TABLE causes (measure VARCHAR, month_no INTEGER, cause VARCHAR, cases BIGINT)"""


def grade(connection: duckdb.DuckDBPyConnection, made: Collection[Cases], run: Run) -> None:
    """Grade the facts of a run once they all stand in the table `facts`."""
    connection.execute(_DOUBTS)
    says = [(rule.id, rule.says) for rule in rules_of(load_contract())]
    put_rows(connection, "rules_said", {"id": "VARCHAR", "says": "VARCHAR"}, says)
    for why in _SAID:
        _doubt_by_share(connection, made, why, run.bounds)
    doubt_history(connection, made, run.bounds)
    doubt_unknown(connection, made, run)
    _doubt_what_is_set_against(connection)
    _give_grades(connection)
    blank_unknown(connection)


def _doubt_by_share(connection: duckdb.DuckDBPyConnection, made: Collection[Cases], why: str, bounds: Bounds) -> None:
    """Doubt the facts too many of whose cases are left out, or rest on records that break a rule.

    What is left out of a rate is in the plain count all the same: that is not the worse for it.
    """
    only = f"AND a.below = '{CASES_BELOW}'" if why == LEFT_OUT else ""
    beyond = (
        f"SELECT s.* FROM summed AS s JOIN (SELECT DISTINCT measure, below FROM asked) AS a"  # noqa: S608 - the program's own names
        f" ON a.measure = s.measure {only} WHERE s.{why} > {bounds.caution} * s.cases"
    )
    doubted = {name for (name,) in connection.execute(f"SELECT DISTINCT measure FROM ({beyond})").fetchall()}  # noqa: S608 - as above
    for cases in made:
        for measure in cases.indicator.measures:
            if measure.id in doubted:
                connection.execute(
                    f"INSERT INTO causes SELECT '{measure.id}', month_no, COALESCE(r.says, c.{why}), COUNT(*)"  # noqa: S608 - ids of definitions
                    f" FROM {cases.table} AS c LEFT JOIN rules_said AS r ON r.id = c.{why}"
                    f" WHERE c.{why} IS NOT NULL GROUP BY ALL"
                )
    connection.execute(
        f"""INSERT INTO doubts
        SELECT s.measure, w.period, w."window", s.dimension, s.member, {graded(f"s.{why} / s.cases", bounds)},
               '{_SAID[why]}: ' || s.{why} || ' of ' || s.cases || CASE s.cases WHEN 1 THEN ' case' ELSE ' cases' END
               || '; most often: ' || RTRIM(m.cause, '.') || '.'
        FROM ({beyond}) AS s JOIN windows AS w ON w.window_no = s.window_no
        JOIN (SELECT measure, window_no, ARG_MAX(cause, (cases, cause)) AS cause
              FROM (SELECT c.measure, w.window_no, c.cause, SUM(c.cases) AS cases
                    FROM causes AS c JOIN windows AS w ON c.month_no BETWEEN w.first_no AND w.last_no GROUP BY ALL)
              GROUP BY ALL) AS m ON m.measure = s.measure AND m.window_no = s.window_no;
        DELETE FROM causes"""  # noqa: S608 - words and numbers of the program
    )


def _doubt_what_is_set_against(connection: duckdb.DuckDBPyConnection) -> None:
    """A figure is no better than the one it is set against."""
    connection.execute(
        "INSERT INTO doubts SELECT a.measure, d.* EXCLUDE (indicator, reason), 'What it is set against: ' || d.reason"
        " FROM doubts AS d JOIN (SELECT DISTINCT measure, below FROM asked) AS a ON a.below = d.indicator"
    )


def _give_grades(connection: duckdb.DuckDBPyConnection) -> None:
    """The worst grade of each fact's doubts, which is also the last in the alphabet, and all its reasons."""
    named = ", ".join(_KEY)
    same = " AND ".join(f"d.{name} = facts.{name}" for name in _KEY)
    connection.execute(
        f"""UPDATE facts SET quality = d.quality, reason = TRIM(facts.reason || ' ' || d.reason)
        FROM (SELECT {named}, MAX(quality) AS quality,
                     STRING_AGG(DISTINCT reason, ' ' ORDER BY reason) AS reason
              FROM doubts GROUP BY {named}) AS d
        WHERE {same}"""  # noqa: S608 - the program's own names
    )
