"""The whole council, lived through month by month."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING, TypeVar

from scorecard.calendar.periods import Period
from scorecard.synthetic import care, in_need, protection, protection_records
from scorecard.synthetic.adoption import adopt, write_adoptions
from scorecard.synthetic.allocations import write_advisers, write_allocations
from scorecard.synthetic.assessment_backlog import is_printed, take_up, write_assessments
from scorecard.synthetic.assessments import authorise
from scorecard.synthetic.care_records import write_care
from scorecard.synthetic.council import Council
from scorecard.synthetic.early_help import claim, help_early
from scorecard.synthetic.extracts import Archive, archive
from scorecard.synthetic.faults import plant
from scorecard.synthetic.fostering import foster
from scorecard.synthetic.homes import furnish
from scorecard.synthetic.leaving_care import write_leavers
from scorecard.synthetic.placements import move_children
from scorecard.synthetic.plan import MONTHS, load_plan
from scorecard.synthetic.private_fostering import foster_privately
from scorecard.synthetic.referrals import begin_assessments, referrals_of, write_cases
from scorecard.synthetic.reviews import review_care, review_plans
from scorecard.synthetic.schedule import enquiries_of_the_plan
from scorecard.synthetic.staffing import staff
from scorecard.synthetic.strategies import strategies_of_the_plan
from scorecard.synthetic.supervision import supervise
from scorecard.synthetic.visits import visit_everyone
from scorecard.synthetic.workflow import write_steps

if TYPE_CHECKING:
    from scorecard.synthetic.recording import Register
    from scorecard.synthetic.schedule import Conference
    from scorecard.synthetic.strategies import Strategy

Event = TypeVar("Event")

COUNCIL_NAME = "Merrowshire"


@dataclass(frozen=True)
class World:
    """Everything that was ever recorded, and the seed it was drawn with."""

    seed: int
    register: Register

    @cached_property
    def archive(self) -> Archive:
        """The records in a database, made once for all extracts."""
        return archive(self.register)


def live(seed: int) -> World:
    """Draw the lives of one council."""
    council = Council(Random(seed), load_plan())  # noqa: S311 - a made-up council, nothing secret
    enquiries, transfers = enquiries_of_the_plan(council.plan)
    strategies = strategies_of_the_plan(council.plan, enquiries)
    care.found(council)
    repeats = protection.repeats_wanted(council, strategies)
    decided, moving_in = _by_month(strategies, "decided"), _by_month(transfers, "held")
    for month in MONTHS:
        _live_a_month(council, month, decided.get(month, []), moving_in.get(month, []), repeats)
    adopt(council, [one for one in council.care if one.reason in care.ADOPTED])
    in_need.begin_as_counted(council)
    move_children(council)
    furnish(council)
    _write(council)
    return World(seed, council.register)


def _by_month(events: list[Event], day: str) -> dict[Period, list[Event]]:
    """Events by the month in which a day of theirs lies."""
    months: dict[Period, list[Event]] = {}
    for event in events:
        months.setdefault(Period.holding(getattr(event, day)), []).append(event)
    return months


def _live_a_month(
    council: Council, month: Period, strategies: list[Strategy], transfers: list[Conference], repeats: set[int]
) -> None:
    council.tidy(month.back(1).last_day)
    cases = referrals_of(council, month)
    begin_assessments(council, cases, at_once=not is_printed(council, month))
    for conference in transfers:
        protection.transfer_in(council, conference)
    protection.attach(council, strategies, repeats)
    protection.keep_one_long(council, month)
    ended = protection.end_plans(council, month)
    taken_in = care.take_in_from_protection(council, month, ended)
    in_need.follow_protection(council, ended)
    done = authorise(council, month)
    in_need.follow_assessments(council, done)
    care.take_in(council, month, done, taken_in)
    care.let_out(council, month)
    in_need.settle_loose_ends(council, month)
    in_need.end_plans(council, month)
    in_need.retire(council, month)
    take_up(council, month)


def _write(council: Council) -> None:
    write_cases(council)
    write_assessments(council)
    protection_records.write_plans(council)
    in_need.write_plans(council)
    write_care(council)
    write_adoptions(council)
    write_leavers(council)
    review_plans(council)
    review_care(council)
    visit_everyone(council)
    write_allocations(council)
    write_advisers(council)
    foster_privately(council)
    foster(council)
    help_early(council)
    claim(council)
    supervise(council)
    staff(council)
    write_steps(council)
    plant(council.register, council.draw)
    council.workforce.write(council.register)
    council.families.write()
