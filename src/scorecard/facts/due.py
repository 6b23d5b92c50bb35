"""What is owed to each child by when, by the definitions that count how often it was late.

A row is overdue because its case fails the measure the duty names, by the very SQL that adds the measure up: the rows
overdue on a day are the failures of that day's facts, and cannot be anything else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period
from scorecard.definitions.indicator import NOT_RECORDED, Duty
from scorecard.errors import DefinitionError
from scorecard.facts.cases import Cases, make_cases
from scorecard.facts.counting import denominator, has_cases_below, numerator
from scorecard.facts.teams import Teams

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from scorecard.definitions.indicator import Indicator
    from scorecard.definitions.registry import Registry

_DUE_ON, _LAST_DONE_ON = "due_on", "last_done_on"

# The day of a handover belongs to who took the case on; a personal adviser stands where there is no social worker.
ALLOCATED = """
    SELECT invo_person_id AS child_id, invo_professional_id AS worker, invo_professional_team AS team,
           ROW_NUMBER() OVER (PARTITION BY invo_person_id
                              ORDER BY invo_professional_role_id <> 'CW', invo_involvement_start_date DESC,
                                       invo_involvements_id DESC) AS place
    FROM ssd_involvements
    WHERE invo_professional_role_id IN ('CW', '16PLUS')
        AND invo_involvement_start_date <= $day
        AND (invo_involvement_end_date >= $day OR invo_involvement_end_date IS NULL)"""
"""The SQL of each child's workers on a day, with their teams; the one to ask stands at place 1."""


@dataclass(frozen=True)
class Due:
    """One duty towards one child: by when, last done when, whose it is.

    `due_on` is missing where nothing says by when; `days_left` is below nought where the duty is overdue.
    """

    team: str
    worker: str
    child: str
    duty: str
    due_on: date | None
    days_left: int | None
    last_done_on: date | None
    is_overdue: bool

    def falls_due_within(self, days: int) -> bool:
        """Whether it is overdue, or will be due in so many days."""
        return self.is_overdue or (self.days_left is not None and self.days_left <= days)


def make_due(
    connection: duckdb.DuckDBPyConnection, registry: Registry, indicators: Sequence[Indicator], day: date
) -> list[Due]:
    """What is owed on a day under these definitions, by team, worker and day; `report_days` holds that day alone."""
    # A list goes to the team of the day, by the extract's own name for it, whatever became of it before and since.
    cases = make_cases(connection, tuple(indicators), registry, (Period.holding(day),), Teams())
    rows = [row for one in cases.values() for row in _rows(connection, one, day)]
    return sorted(rows, key=lambda one: (one.team, one.worker, one.due_on or date.min, one.duty, one.child))


def duty_of(indicator: Indicator) -> Duty:
    """The duty a definition speaks of."""
    if indicator.duty is None:
        remedy = "Write `duty:` in its front matter, with a title and the measure whose failures are overdue."
        raise DefinitionError(f"`{indicator.id}` speaks of no duty", remedy=remedy, at=indicator.place)
    return indicator.duty


def _rows(connection: duckdb.DuckDBPyConnection, cases: Cases, day: date) -> list[Due]:
    indicator, duty = cases.indicator, duty_of(cases.indicator)
    for column in {_DUE_ON, _LAST_DONE_ON} - set(cases.columns):
        problem = f"the SQL of `{indicator.id}` returns no column `{column}`, which its duty needs"
        raise DefinitionError(problem, remedy="Return it, empty where there is no such day.", at=indicator.place)
    found = connection.execute(
        f"""WITH allocated AS ({ALLOCATED}), owed AS (
            SELECT *, {_fails(cases, duty)} AS fails FROM {cases.table} WHERE event_date = $day)
        SELECT COALESCE(d.dept_team_name, NULLIF(o.dim_team, '{NOT_RECORDED}'), 'No team'),
               COALESCE(a.worker, ''), o.child_id, o.due_on, o.last_done_on, o.fails
        FROM owed AS o
        LEFT JOIN allocated AS a ON a.child_id = o.child_id AND a.place = 1
        LEFT JOIN ssd_department AS d ON d.dept_team_id = o.dim_team
        WHERE o.fails OR o.due_on IS NOT NULL""",  # noqa: S608 - ids of definitions; values are bound
        {"day": day},
    ).fetchall()
    if len({row[2] for row in found}) < len(found):
        problem = f"`{indicator.id}` lists a child more than once for “{duty.title}”"
        remedy = "Return `due_on`, and count as overdue, for one case of each child: choose it by a stated rule."
        raise DefinitionError(problem, remedy=remedy, at=indicator.place)
    return [
        Due(team, worker, child, duty.title, due_on, _days_left(day, due_on, is_overdue=late), done_on, late)
        for team, worker, child, due_on, done_on, late in found
    ]


def _fails(cases: Cases, duty: Duty) -> str:
    """Whether a case fails a measure: of a share it is below and not above the line; of a count it is counted."""
    measure = next(measure for measure in cases.indicator.measures if measure.id == duty.measure)
    counted = numerator(measure, cases.columns)
    if not has_cases_below(measure, cases.columns):
        return f"({counted}) > 0"
    return f"({denominator(measure, cases.columns)}) > 0 AND ({counted}) = 0"


def _days_left(day: date, due_on: date | None, *, is_overdue: bool) -> int | None:
    """Days until it is due. On the days off after its last working day it is due still, and none are left."""
    if due_on is None:
        return None
    days = (due_on - day).days
    return days if is_overdue else max(days, 0)
