"""What a reader of the pack should see to: notices nobody has looked at again, and targets that ended with the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.pack.document import Bullets
from scorecard.words.grammar import joined, printed_day
from scorecard.words.phrase import Label

if TYPE_CHECKING:
    from datetime import date

    from scorecard.pack.desk import Desk
    from scorecard.pack.remarks import StandingNotice
    from scorecard.words.phrase import Phrase


def attention(desk: Desk) -> tuple[Bullets, ...]:
    """The list, where there is anything on it."""
    items = (*_not_reliable(desk), *_overdue(desk), *_without_targets(desk))
    return (Bullets(items, "To see to", kind="attention"),) if items else ()


def _not_reliable(desk: Desk) -> tuple[Phrase, ...]:
    """Headline figures that are printed and not judged."""
    readings = (desk.reading(name) for name in desk.context.plan.summary)
    return tuple(
        ("Not reliable: ", Label(one.measure.title), ". ", Label(one.now.reason))
        for one in readings
        if one and one.now and not one.is_reliable
    )


def _overdue(desk: Desk) -> tuple[Phrase, ...]:
    return tuple(
        (f"{notice.kind.words}: ", Label(_concerned(desk, notice)), ". ", *review_due(notice))
        for notice in desk.remarks.overdue(desk.context.as_at)
    )


def review_due(notice: StandingNotice) -> Phrase:
    """When a notice should have been looked at again, and by whom."""
    return ("The review was due on ", printed_day(notice.review_by), " (", notice.owner, ").")


def _concerned(desk: Desk, notice: StandingNotice) -> str:
    topics = {topic.id: topic.title for section in desk.context.plan.sections for topic in section.topics}
    named = [topics[name] for name in notice.topics]
    return joined(named + [desk.measures[name].title for name in notice.measures if name in desk.measures])


def _without_targets(desk: Desk) -> tuple[Phrase, ...]:
    """Targets that ended and that none has followed, said by the day from which there is none."""
    by_day: dict[date, list[str]] = {}
    for target in desk.context.targets.ended(desk.context.period.last_day):
        if target.day_after and target.measure in desk.measures and not desk.ended(target.measure):
            by_day.setdefault(target.day_after, []).append(desk.measures[target.measure].title)
    return tuple(
        ("No target from ", printed_day(since), " for: ", Label(joined(titles)), ".")
        for since, titles in by_day.items()
    )
