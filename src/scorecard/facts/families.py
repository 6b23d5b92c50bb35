"""How many families stand behind a small figure: three children in one family are another matter than in three."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.definitions.indicator import Statistic
from scorecard.facts.cases import month_number
from scorecard.facts.counting import numerator, windows_of
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
    """For each small figure of a month, not of its parts, that counts children, how many and in how many families.

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
    window = windows_of(cases.indicator, measure)[0]
    counts = numerator(measure, cases.columns)
    # A column of pounds or days counts no children: there, what is added up is not how many cases there are.
    rows = connection.execute(
        f"""SELECT COUNT(DISTINCT c.child_id), COUNT(DISTINCT f.fami_family_id)
        FROM {cases.table} AS c LEFT JOIN family_of AS f ON f.fami_person_id = c.child_id
        WHERE c.month_no = ? AND ({counts}) > 0
        HAVING COUNT(*) > 0 AND COUNT(*) = SUM({counts}) AND COUNT(DISTINCT c.child_id) < ?
               AND COUNT(*) = COUNT(f.fami_family_id)""",  # noqa: S608 - ids of definitions
        [month_number(period), few],
    ).fetchall()
    return {FactKey(measure.id, period, window): Families(*row) for row in rows}
