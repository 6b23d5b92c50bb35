"""Days of enquiries and conferences, drawn before any child is in them.

The same for every seed: how busy the council was is the plan's, whose lives filled it is the draw's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from scorecard.synthetic.plan import ABUSE_CATEGORIES, MONTHS
from scorecard.synthetic.working_days import moved, some_working_day, working_days_from, working_days_within

if TYPE_CHECKING:
    from scorecard.calendar.periods import Period
    from scorecard.synthetic.plan import Plan

_THE_SAME_FOR_EVERY_SEED = 61
ENQUIRY_LIMIT = CONFERENCE_LIMIT = 15
_LONGEST_ENQUIRY, _LONGEST_WAIT = 38, 40
_EARLIEST = date(2017, 4, 18)
_LATE_RECORD_CATEGORY = "EMO"
_FAMILY_OF_THREE_MONTH, _FAMILY_CATEGORY = "2018-09", "EMO"
FAMILY_OF_THREE = 3


@dataclass(frozen=True)
class Conference:
    """One initial conference: when, and the plan it leads to, if it does."""

    held: date
    category: str | None
    recorded: date
    booked: date | None = None
    transferred_in: bool = False
    long_family: bool = False


@dataclass(frozen=True)
class Enquiry:
    """One section 47 enquiry; `outcome` is ICPC where a conference follows."""

    started: date
    ended: date
    outcome: str
    conference: Conference | None = None


def enquiries_of_the_plan(plan: Plan) -> tuple[list[Enquiry], list[Conference]]:
    """Every enquiry, and the conferences that had none because the child's plan moved in from elsewhere."""
    draw = Random(_THE_SAME_FOR_EVERY_SEED)  # noqa: S311 - a made-up council, nothing secret
    categories = {month: _categories(plan, month) for month in MONTHS}
    with_conference = [one for month in MONTHS for one in _conferences(draw, plan, month, categories[month])]
    transfers = [one for month in MONTHS for one in _transfers(draw, plan, month, categories[month])]
    return sorted(with_conference + _others(draw, plan, with_conference), key=lambda one: one.started), transfers


def plans_ending(plan: Plan, month: Period) -> dict[str, int]:
    """How many plans of each category end in the month: what the month's change forces, the rest in proportion."""
    before = _open_before(plan, month)
    change = {one: plan.plans_open(month)[one] - before[one] for one in ABUSE_CATEGORIES}
    ending = {one: max(0, -change[one]) for one in ABUSE_CATEGORIES}
    left = plan.of("protection_plans", "ended", month) - sum(ending.values())
    for _ in range(max(left, 0)):
        most = max(
            ABUSE_CATEGORIES, key=lambda one: before[one] / (ending[one] + 1) if before[one] > ending[one] else 0
        )
        ending[most] += 1
    return ending


def _open_before(plan: Plan, month: Period) -> dict[str, int]:
    return plan.plans_open(month.back(1)) if month > MONTHS[0] else dict.fromkeys(ABUSE_CATEGORIES, 0)


def _categories(plan: Plan, month: Period) -> list[str]:
    """The categories of the plans that start in the month."""
    before, ending, after = _open_before(plan, month), plans_ending(plan, month), plan.plans_open(month)
    started = {one: after[one] - before[one] + ending[one] for one in ABUSE_CATEGORIES}
    return [one for one in ABUSE_CATEGORIES for _ in range(started[one])]


def _conferences(draw: Random, plan: Plan, month: Period, categories: list[str]) -> list[Enquiry]:
    held = plan.of("conferences", "held", month)
    moved_in = plan.of("conferences", "transferred_in", month)
    outcomes: list[str | None] = [*categories[moved_in:], *([None] * (held - len(categories) + moved_in))]
    draw.shuffle(outcomes)
    in_time = plan.of("conferences", "in_time", month)
    timely = draw.sample([True] * in_time + [False] * (held - in_time), held)
    carried = plan.of("conferences", "enquiry_ended_the_month_before", month)
    late_record = plan.of("conferences", "recorded_late", month)
    enquiries = [
        _with_conference(draw, month, outcome, in_time=on_time, carried=place < carried)
        for place, (outcome, on_time) in enumerate(zip(outcomes, timely, strict=True))
    ]
    enquiries = _with_late_records(draw, month, enquiries, late_record)
    if month.last_day == plan.exact["day_before"]["on"] + timedelta(days=1):
        enquiries = _with_a_quiet_last_day(enquiries, month, plan.exact["day_before"]["protection_plans_begun_after"])
    return _with_family_of_three(enquiries) if str(month) == _FAMILY_OF_THREE_MONTH else enquiries


def _with_conference(draw: Random, month: Period, category: str | None, *, in_time: bool, carried: bool) -> Enquiry:
    days = working_days_within(month.first_day, month.last_day)
    if carried:
        held = draw.choice(days[1:7])
        ended = moved(month.first_day, -draw.randint(1, 3))
    else:
        held = draw.choice(days[5:])
        ended = draw.choice(working_days_within(days[max(0, days.index(held) - 6)], moved(held, -1)))
    shortest = working_days_from(ended, held) + 1
    if in_time:
        waited = draw.randint(max(shortest + 2, 8), CONFERENCE_LIMIT)
    else:
        waited = draw.randint(max(shortest + 5, CONFERENCE_LIMIT + 1), draw.choice((22, 24, _LONGEST_WAIT)))
    started = max(moved(held, -waited), _EARLIEST)
    return Enquiry(started, ended, "ICPC", Conference(held, category, held, booked=ended))


def _with_late_records(draw: Random, month: Period, enquiries: list[Enquiry], number: int) -> list[Enquiry]:
    """Some of the plans that began late in the month are entered early in the next."""
    out = list(enquiries)
    for place in range(len(out)):
        conference = out[place].conference
        if not conference or not number:
            continue
        in_time = working_days_from(out[place].started, conference.held) <= CONFERENCE_LIMIT
        if conference.category == _LATE_RECORD_CATEGORY and in_time:
            recorded = some_working_day(draw, month.back(-1).first_day, moved(month.back(-1).first_day, 6))
            out[place] = replace(out[place], conference=replace(conference, recorded=recorded))
            number -= 1
    return out


def _with_a_quiet_last_day(enquiries: list[Enquiry], month: Period, most: int) -> list[Enquiry]:
    """Of the last day's conferences only so many lead to a plan; other days' outcomes are exchanged for theirs."""
    out, to_plan = list(enquiries), [one for one in enquiries if one.conference and one.conference.category]
    last = [one for one in to_plan if one.conference and one.conference.held == month.last_day]
    spare = [one for one in enquiries if one not in to_plan and one.conference and one.conference.held < month.last_day]
    for one, other in zip(last[most:], spare, strict=False):
        if one.conference and other.conference:
            category = one.conference.category
            out[out.index(one)] = replace(one, conference=replace(one.conference, category=None))
            out[out.index(other)] = replace(other, conference=replace(other.conference, category=category))
    return out


def _with_family_of_three(enquiries: list[Enquiry]) -> list[Enquiry]:
    """Three siblings with one enquiry, one conference and one category."""
    places = [
        place for place, one in enumerate(enquiries) if one.conference and one.conference.category == _FAMILY_CATEGORY
    ][:FAMILY_OF_THREE]
    first = enquiries[places[0]]
    together = replace(first, conference=replace(first.conference, long_family=True)) if first.conference else first
    return [together if place in places else one for place, one in enumerate(enquiries)]


def _transfers(draw: Random, plan: Plan, month: Period, categories: list[str]) -> list[Conference]:
    number = plan.of("conferences", "transferred_in", month)
    days = [some_working_day(draw, moved(month.first_day, 8), month.last_day) for _ in range(number)]
    return [
        Conference(day, category, day, transferred_in=True) for day, category in zip(days, categories, strict=False)
    ]


def _others(draw: Random, plan: Plan, with_conference: list[Enquiry]) -> list[Enquiry]:
    """Enquiries that led to no conference make up each month's completions."""
    return [one for month in MONTHS for one in _others_of(draw, plan, month, with_conference)]


def _others_of(draw: Random, plan: Plan, month: Period, with_conference: list[Enquiry]) -> list[Enquiry]:
    already = [one for one in with_conference if month.first_day <= one.ended <= month.last_day]
    number = plan.of("enquiries", "completed", month) - len(already)
    in_time = plan.of("enquiries", "in_time", month) - sum(_timely(one) for one in already)
    outcomes = _other_outcomes(draw, plan, month, number)
    timely = [place < in_time for place in range(number)]
    draw.shuffle(timely)
    crossing, not_before = _crossing_wanted(plan, month, with_conference), _not_before(plan, month)
    if crossing is None:
        return [_free(draw, month, what, on_time, not_before) for what, on_time in zip(outcomes, timely, strict=True)]
    return [
        _at_the_edge(draw, month, what, on_time, crosses=place < crossing)
        for place, (what, on_time) in enumerate(zip(outcomes, timely, strict=True))
    ]


def _timely(enquiry: Enquiry) -> bool:
    return working_days_from(enquiry.started, enquiry.ended) <= ENQUIRY_LIMIT


def _other_outcomes(draw: Random, plan: Plan, month: Period, number: int) -> list[str]:
    exact = plan.exact["enquiry_outcomes"].get(str(month))
    if exact:
        outcomes = [outcome for outcome, times in exact.items() for _ in range(times)]
        return draw.sample(outcomes, number)
    return draw.choices(("NFA", "OTHER"), (84, 16), k=number)


def _crossing_wanted(plan: Plan, month: Period, with_conference: list[Enquiry]) -> int | None:
    """How many of the month's other enquiries must have been open at the end of the month before."""
    edge = month.back(1).last_day
    wanted = plan.exact["open_work"].get(edge.isoformat(), {}).get("enquiries")
    return None if wanted is None else int(wanted) - sum(one.started <= edge < one.ended for one in with_conference)


def _not_before(plan: Plan, month: Period) -> date:
    """No other enquiry reaches back over a printed number of open ones from the second month after it."""
    edge = month.back(2).last_day
    printed = "enquiries" in plan.exact["open_work"].get(edge.isoformat(), {})
    return moved(edge, 1) if printed else _EARLIEST


def _limits(in_time: bool) -> tuple[int, int]:  # noqa: FBT001 - the one thing it says
    return (3, ENQUIRY_LIMIT) if in_time else (ENQUIRY_LIMIT + 1, _LONGEST_ENQUIRY)


def _free(draw: Random, month: Period, outcome: str, in_time: bool, not_before: date) -> Enquiry:  # noqa: FBT001 - as above
    ended = draw.choice(working_days_within(month.first_day, month.last_day))
    return Enquiry(max(moved(ended, -draw.randint(*_limits(in_time))), not_before), ended, outcome)


def _at_the_edge(draw: Random, month: Period, outcome: str, in_time: bool, *, crosses: bool) -> Enquiry:  # noqa: FBT001 - as above
    """An enquiry that began before the month did, or did not."""
    days = working_days_within(month.first_day, month.last_day)
    least, most = _limits(in_time)
    if crosses:
        place = draw.randrange(0, min(len(days), most - 1))
        least = max(least, place + 1)
    else:
        place = draw.randrange(min(least, len(days) - 1), len(days))
        most = min(most, place)
    return Enquiry(moved(days[place], -draw.randint(least, most)), days[place], outcome)
