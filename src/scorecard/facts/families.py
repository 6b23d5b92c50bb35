"""How many families stand behind a small figure: three children in one family are another matter than in three."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.definitions.indicator import Statistic
from scorecard.facts.aggregate import dimension_and_member, grouping_sets
from scorecard.facts.cases import month_number
from scorecard.facts.counting import months_of, numerator, windows_of
from scorecard.facts.fact import FactKey

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

    from scorecard.calendar.periods import Period
    from scorecard.definitions.indicator import Measure
    from scorecard.facts.cases import Cases

FEW = 10
"""Below so many, families are told."""

# A person may stand in two families; one is taken by a stated rule, the first by its id, so that a child is in one.
FAMILY_OF = "SELECT fami_person_id, MIN(fami_family_id) AS fami_family_id FROM ssd_family GROUP BY fami_person_id"


@dataclass(frozen=True)
class Families:
    """How many children a figure counts, and in how many families they live."""

    children: int
    families: int


def families_behind(
    connection: duckdb.DuckDBPyConnection, counted: Iterable[Cases], period: Period, few: int = FEW
) -> dict[FactKey, Families]:
    """For each small figure of a month that counts children, how many and in how many families.

    Nothing is said of a figure one of whose children has no family recorded. `connection` holds the cases and
    `ssd_family`.
    """
    connection.execute(f"CREATE OR REPLACE TEMP TABLE family_of AS {FAMILY_OF}")
    found = dict[FactKey, Families]()
    for cases in counted:
        for measure in cases.indicator.measures:
            if measure.statistic is Statistic.RATIO:
                found |= _behind(connection, cases, measure, period, few)
    return found


def _behind(
    connection: duckdb.DuckDBPyConnection, cases: Cases, measure: Measure, period: Period, few: int
) -> dict[FactKey, Families]:
    ends = {window: months_of(window, period) for window in windows_of(cases.indicator, measure)}
    windows = ", ".join(
        f"('{name}', {month_number(first)}, {month_number(last)})" for name, (first, last) in ends.items()
    )
    counts = numerator(measure, cases.columns)
    # A column of pounds or days counts no children: there, what is added up is not how many cases there are.
    rows = connection.execute(
        f"""SELECT w.name, {dimension_and_member(cases)}, COUNT(DISTINCT c.child_id), COUNT(DISTINCT f.fami_family_id)
        FROM (VALUES {windows}) AS w (name, first_no, last_no)
        JOIN {cases.table} AS c ON c.month_no BETWEEN w.first_no AND w.last_no AND ({counts}) > 0
        LEFT JOIN family_of AS f ON f.fami_person_id = c.child_id
        GROUP BY {grouping_sets(cases, "w.name")}
        HAVING COUNT(*) = SUM({counts}) AND COUNT(DISTINCT c.child_id) < ? AND COUNT(*) = COUNT(f.fami_family_id)""",  # noqa: S608 - ids of definitions
        [few],
    ).fetchall()
    windows_by_name = {str(name): name for name in ends}
    return {
        FactKey(measure.id, period, windows_by_name[name], dimension, member): Families(children, families)
        for name, dimension, member, children, families in rows
    }
