"""What is said in a topic: each slot's words with the figures they name, and what became of what was promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.facts.fact import FactKey
from scorecard.findings.printing import value_number
from scorecard.pack.document import Bullets, CommentarySlot, Prose
from scorecard.pack.prose import prose
from scorecard.pack.tokens import bound
from scorecard.words.grammar import printed_day
from scorecard.words.phrase import Label, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorecard.pack.desk import Desk
    from scorecard.pack.document import Part
    from scorecard.pack.plan import SlotPlan, TopicPlan
    from scorecard.pack.promises import Promise
    from scorecard.words.phrase import Phrase


def spoken(desk: Desk, plan: TopicPlan) -> tuple[Part, ...]:
    """The slots of a topic, and its promises; none where one team's figures are told, of which nobody spoke."""
    if desk.context.told_for:
        return ()
    return (*(part for slot in plan.spoken for part in _slot(desk, plan, slot)), *promised(desk, plan))


def _slot(desk: Desk, plan: TopicPlan, slot: SlotPlan) -> tuple[Part, ...]:
    comment = desk.context.commentary.on(plan.id, slot.id)
    if comment is None:
        return (CommentarySlot(slot.heading, slot.role, None, missing=f"No commentary given by the {slot.role}."),)
    if comment.personal and not desk.context.is_internal:
        return ()
    words = bound_prose(comment.text, desk)
    return (CommentarySlot(slot.heading, comment.role or slot.role, words, comment.author, comment.state),)


def bound_prose(text: str, desk: Desk) -> Prose:
    """Written words as they are printed, the figures they name in their places and bound to their facts."""
    written = prose(text)
    lines = tuple(tuple(bound(line, desk) for line in lines) for _, lines in written.blocks)
    if all(len(line) == 1 for held in lines for line in held):
        return written
    blocks = tuple(
        (kind, tuple(text_of(line) for line in held)) for (kind, _), held in zip(written.blocks, lines, strict=True)
    )
    return Prose(blocks, lines)


def promised(desk: Desk, plan: TopicPlan) -> tuple[Bullets, ...]:
    """What was promised in an earlier month and is not settled, and what the figure did since."""
    items = tuple(
        _became(desk, one)
        for one in followed(desk.context.promises, plan.id)
        if one.made < desk.context.period and one.measure in desk.measures
    )
    return (Bullets(items, "What was promised", kind="promises"),) if items else ()


def followed(promises: Iterable[Promise], topic: str) -> tuple[Promise, ...]:
    """The open promises of a topic, the next that is due first."""
    return tuple(sorted((one for one in promises if one.is_open and one.topic == topic), key=lambda one: one.due))


def _became(desk: Desk, promise: Promise) -> Phrase:
    """A promise in its own words, when it is due, and the figure then and now."""
    due = desk.context.period.last_day >= promise.due
    words = promise.words.rstrip(". ")
    said: Phrase = (Label(f"“{words}”"), f" ({promise.owner}; ", "was due " if due else "due ")
    return (*said, printed_day(promise.due), "). ", *_since(desk, promise))


def _since(desk: Desk, promise: Promise) -> Phrase:
    """The figure of the month that was spoken of, and of this one."""
    measure, window = desk.measures[promise.measure], desk.window(promise.measure)
    title: Phrase = (Label(measure.title), ": ")
    now = desk.facts.get(FactKey(measure.id, desk.context.period, window))
    if now is None:
        return (*title, "no figure this month.")
    then = desk.facts.get(FactKey(measure.id, promise.made, window))
    this: Phrase = (value_number(now, measure), " in ", Label(desk.context.period.label), ".")
    if then is None:
        return (*title, *this)
    return (*title, value_number(then, measure), " in ", Label(promise.made.label), ", ", *this)


def names_filled(texts: Mapping[str, str], desk: Desk) -> dict[str, str]:
    """Written words by slot, the figures they name as they are printed."""
    return {name: text_of(bound(text, desk)) for name, text in texts.items()}
