"""How figures tie: the way from one month's end to the next, and what does not add up where it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.pack.document import Cell, Column, Note, Notice, NumberTable, Row
from scorecard.words.grammar import joined, lowered, plural, printed_day
from scorecard.words.numbers import counted
from scorecard.words.phrase import Label, Number, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.findings.sums import BrokenSum
    from scorecard.findings.ties import Cohort, RollForward, SameCohort
    from scorecard.pack.desk import Desk
    from scorecard.pack.document import Part
    from scorecard.pack.plan import TopicPlan
    from scorecard.words.phrase import Phrase

_HEADING = "These figures do not tie."


def ties_of(desk: Desk, plan: TopicPlan) -> tuple[Part, ...]:
    """The counts a topic follows, and every broken tie of the figures it tells of."""
    rolled = desk.context.ties.roll_forwards
    followed = (rolled[name] for name in plan.follows if name in rolled)
    tables = (_table(desk, plan, one) for one in followed)
    broken = (Notice(_HEADING, phrase) for phrase in _broken(desk, plan))
    return (*tables, *broken, *_on_two_days(desk, plan))


def _table(desk: Desk, plan: TopicPlan, rolled: RollForward) -> NumberTable:
    title = desk.measures[rolled.measure].title
    lines = rolled.lines
    rows = tuple(
        Row(
            Cell((Label(line.words),)),
            (Cell((_number(line.text, rolled, line.words),)),),
            total=line is lines[-1],
        )
        for line in lines
    )
    caption = f"{title}: from {rolled.period.back(1).label} to {rolled.period.label}, child by child"
    return NumberTable(f"{plan.id}-ties", caption, "", (Column("Number"),), rows, kind="ties")


def _number(text: str, rolled: RollForward, what: str) -> Number:
    return Number(text, f"{rolled.measure}/{rolled.period}/month_end#{what}", Source.FINDING)


def _broken(desk: Desk, plan: TopicPlan) -> Iterator[Phrase]:
    told = _told(plan)
    for name, rolled in desk.context.ties.roll_forwards.items():
        if name in told and not rolled.holds:
            yield _left_over(desk, rolled)
    yield from (_differs(desk, tie) for tie in _cohorts(desk, plan) if not tie.holds)
    for broken in desk.broken_sums:
        if broken.key.indicator in told:
            yield _sum(desk, broken)


def _on_two_days(desk: Desk, plan: TopicPlan) -> tuple[Note, ...]:
    """The same children looked at on two days: who is only in the one count and only in the other."""
    ties = (tie for tie in _cohorts(desk, plan) if tie.holds and tie.only_one | tie.only_other)
    return tuple(Note(_differs(desk, tie)) for tie in ties)


def _cohorts(desk: Desk, plan: TopicPlan) -> Iterator[SameCohort]:
    """The cohorts, used twice, of the figures a topic tells of."""
    for tie in desk.context.ties.cohorts:
        indicator = desk.context.indicators.get(tie.other.measure)
        if indicator and _told(plan) & {measure.id for measure in indicator.measures}:
            yield tie


def _told(plan: TopicPlan) -> set[str]:
    return {*plan.measures, *plan.follows}


def _left_over(desk: Desk, rolled: RollForward) -> Phrase:
    """Who came or left without a start or an end."""
    odd = {
        "came into the count without a start": rolled.came_unexplained,
        "left it without an end": rolled.left_unexplained,
    }
    told: list[Phrase] = [
        (_number(counted(held.total()), rolled, words), f" {words}") for words, held in odd.items() if held
    ]
    joined = (*told[0], " and ", *told[1]) if len(told) > 1 else told[0]
    return (Label(desk.measures[rolled.measure].title), ": ", *joined, " recorded in ", Label(rolled.period.label), ".")


def _differs(desk: Desk, tie: SameCohort) -> Phrase:
    """Who is in one cohort and not in the other, each with its day."""
    one, other = tie.one, tie.other
    of_one, of_other = _title(desk, one.measure), _title(desk, other.measure)
    only_one, only_other = _only(one, tie.only_one), _only(other, tie.only_other)
    if one.day == other.day:
        return (*only_one, " only among ", Label(of_one), ", ", *only_other, " only among ", Label(of_other), ".")
    looked: Phrase = (Label(of_other), " was looked at on ", printed_day(other.day), ", ", Label(lowered(of_one)))
    are = plural(len(tie.only_one), "child is", "children are")
    return (
        *(*looked, " on ", printed_day(one.day), ": "),
        *(*only_one, f" {are} only in the counts of the {_which(one, other)} day, "),
        *(*only_other, f" only in those of the {_which(other, one)}."),
    )


def _which(this: Cohort, that: Cohort) -> str:
    return "earlier" if this.day < that.day else "later"


def _only(cohort: Cohort, children: frozenset[str]) -> Phrase:
    return (Number(counted(len(children)), f"{cohort.measure}/{cohort.day}#only", Source.FINDING),)


def _title(desk: Desk, names: str) -> str:
    """The titles of indicators or measures, in the middle of a sentence."""
    known = {one.id: one.title for one in desk.context.indicators.values()}
    titles = [known.get(name, name) for name in names.split(" + ")]
    return joined([titles[0], *map(lowered, titles[1:])])


def _sum(desk: Desk, broken: BrokenSum) -> Phrase:
    key = str(broken.key)
    return (
        Label(desk.measures[broken.key.indicator].title),
        " is ",
        Number(counted(broken.wanted), key),
        ", and ",
        Label(_title(desk, broken.against)),
        " make ",
        Number(counted(broken.found), f"{key}#{broken.against}", Source.FINDING),
        ".",
    )
