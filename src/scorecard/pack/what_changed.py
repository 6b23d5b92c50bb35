"""What changed: the ten things at most that a reader must know before anything else, one to a topic."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from scorecard.definitions.indicator import Unit
from scorecard.definitions.rules import looked_up
from scorecard.facts.fact import Status
from scorecard.findings.compare import Position, position
from scorecard.findings.printing import exact_value, value_number
from scorecard.findings.restated import greatest_first
from scorecard.findings.sentences import month_sentence, target_sentence
from scorecard.findings.signal_sentences import signal_sentence
from scorecard.findings.signals import Signal
from scorecard.findings.variation import Course
from scorecard.pack.context import View
from scorecard.pack.document import Cell, Column, Note, NumberTable, Row, Section, Words
from scorecard.pack.remarks import NoticeKind
from scorecard.words.grammar import joined, plural, printed_day
from scorecard.words.numbers import counted
from scorecard.words.phrase import Label, Number, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from scorecard.findings.finding import Reading
    from scorecard.pack.desk import Desk
    from scorecard.pack.remarks import StandingNotice
    from scorecard.words.phrase import Phrase

MOST_ITEMS = 10
"""More than ten nobody reads; the rest is named in one line."""


class Kind(IntEnum):
    """Why a reader must know, in the order of rank."""

    SIGNAL = 1
    TARGET = 2
    RESTATED = 3
    RULE = 4
    QUALITY = 5
    COMMENTARY = 6
    PROMISE = 7
    NOTICE = 8
    NO_TARGET = 9

    @property
    def words(self) -> str:
        """As it is printed."""
        return _KINDS[self]


_KINDS = {
    Kind.SIGNAL: "Out of limits",
    Kind.TARGET: "Target",
    Kind.RESTATED: "Restated",
    Kind.RULE: "Rule changed",
    Kind.QUALITY: "Not to be relied on",
    Kind.COMMENTARY: "Words missing",
    Kind.PROMISE: "Promise due",
    Kind.NOTICE: "Review overdue",
    Kind.NO_TARGET: "Target ended",
}


@dataclass(frozen=True)
class Item:
    """One thing to know: of what kind, about what, in a sentence; `topic` is where more is said of it.

    Within a kind what is `first` (a figure on its worse side, a notice that is late) comes first, then the greater
    score.
    """

    kind: Kind
    about: str
    says: Phrase
    topic: str = ""
    score: float = 0
    first: bool = False
    with_kinds: tuple[Kind, ...] = ()

    @property
    def rank(self) -> tuple[int, bool, float]:
        """Its place among all."""
        return (self.kind, not self.first, -self.score)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Its own kind, and those of what was said of the same topic."""
        return (self.kind, *self.with_kinds)


def changed_items(desk: Desk) -> tuple[Item, ...]:
    """Everything there is to know, in order of rank, one to a topic: what else is said of a topic joins its first."""
    found = sorted(
        (
            *_signals(desk),
            *_targets(desk),
            *_restated(desk),
            *_rules(desk),
            *_unreliable(desk),
            *_unsaid(desk),
            *_promises(desk),
            *_overdue(desk),
            *_without_targets(desk),
        ),
        key=lambda item: item.rank,
    )
    merged = dict[str, Item]()
    for place, item in enumerate(found):
        name = item.topic or f"{place}"
        merged[name] = _joined(merged[name], item) if name in merged else item
    return tuple(merged.values())


def chosen(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """At most ten: so that each kind is told of, the foremost of each; then the others by rank; in order of rank."""
    kinds = {kind for item in items for kind in item.kinds}
    foremost = {next(item for item in items if kind in item.kinds) for kind in kinds}
    by_need = sorted(items, key=lambda item: item not in foremost)[:MOST_ITEMS]
    return tuple(item for item in items if item in by_need)


def what_changed_section(desk: Desk) -> Section:
    """The first page."""
    title, items = f"What changed in {desk.context.period.label}", changed_items(desk)
    if not items:
        said = "Nothing is out of limits, restated or unreliable, and no target was newly missed or met."
        return Section("what-changed", title, (Words((said,)),), kind="changed")
    shown = chosen(items)
    columns = (Column("What to know", numeric=False), Column("Why it is here", numeric=False))
    rows = tuple(
        Row(
            Cell((Label(item.about),)),
            (Cell(item.says), Cell((joined([item.kind.words, *(one.words.lower() for one in item.with_kinds)]),))),
            item.topic,
        )
        for item in shown
    )
    table = NumberTable(
        "what-changed-listed", "What a reader must know, the foremost first", "About", columns, rows, kind="changed"
    )
    rest = [item for item in items if item not in shown]
    return Section("what-changed", title, (table, *_more(desk, rest)), kind="changed")


def _more(desk: Desk, rest: list[Item]) -> tuple[Note, ...]:
    if not rest:
        return ()
    titles = list(dict.fromkeys(item.about for item in rest))
    number = Number(counted(len(rest)), f"changed/{desk.context.period}#more", Source.FINDING)
    return (Note(("And ", number, " more: see ", Label(joined(titles)), ".")),)


def _joined(first: Item, other: Item) -> Item:
    """What is said of one topic once; of one kind the foremost alone."""
    if other.kind in first.kinds:
        return first
    kinds = (*first.with_kinds, other.kind)
    says = (*first.says, " ", *other.says)
    return Item(first.kind, first.about, says, first.topic, first.score, first.first, kinds)


def headline(desk: Desk) -> tuple[Reading, ...]:
    """The measures of the first page and those followed child by child; the counts first, being easier to see."""
    names = dict.fromkeys([*sorted(desk.context.plan.followed), *desk.context.plan.summary])
    readings = (desk.reading(name) for name in names if not desk.ended(name))
    return tuple(reading for reading in readings if reading and reading.now)


def _signals(desk: Desk) -> Iterator[Item]:
    """Figures outside their limits; a trend or a run in the month in which it shows."""
    seen = set[str]()
    for reading in headline(desk):
        topic = _topic(desk, reading)
        if not is_signal(desk, reading) or reading.variation is None or topic in seen:
            continue
        seen.add(topic)
        words, found = desk.context.wording, reading.variation
        says = (*month_sentence(reading, words), " ", *signal_sentence(reading, words))
        yield Item(Kind.SIGNAL, reading.measure.title, says, topic, found.strength, found.course is Course.WORSE)


def is_signal(desk: Desk, reading: Reading) -> bool:
    """Whether a figure is a signal worth a reader's time: outside its limits, or newly a trend or a run."""
    found = reading.variation
    if found is None or found.signal is None or not is_judged(desk, reading) or under_review(desk, reading):
        return False
    return found.signal is Signal.OUTSIDE or found.is_new


def is_judged(desk: Desk, reading: Reading) -> bool:
    """Whether a figure is of enough cases to be judged by, which a percentage of few is not."""
    of = reading.now.denominator if reading.now else None
    return reading.measure.unit is not Unit.PERCENT or (of or 0) >= desk.context.judged_from


def _targets(desk: Desk) -> Iterator[Item]:
    """Targets met in one of the two months and not met in the other."""
    for name in dict.fromkeys((*desk.context.plan.summary, *sorted(desk.context.plan.placed))):
        reading = desk.reading(name)
        if reading is None or reading.against is None or not reading.moved or desk.ended(name):
            continue
        stood, stands = _stood(desk, reading), reading.against.position
        met, missed = stands is Position.MET, stood is Position.MET or stands is Position.NOT_MET
        if stood in {None, stands, Position.NOT_JUDGED} or not (met or missed) or not is_judged(desk, reading):
            continue
        words, apart = desk.context.wording, float(abs(reading.against.difference))
        head = "Newly met. " if met else "Newly missed. "
        says = (head, *month_sentence(reading, words), " ", *target_sentence(reading, words))
        yield Item(Kind.TARGET, reading.measure.title, says, _topic(desk, reading), apart, first=not met)


def _stood(desk: Desk, reading: Reading) -> Position | None:
    """Where the month before stood against its own target."""
    before = reading.period.back(1)
    target, value = desk.context.targets.on(reading.measure.id, before.last_day), exact_value(reading.before)
    if target is None or value is None:
        return None
    return position(value, target.value, reading.measure.better, target.tolerance)


def _restated(desk: Desk) -> Iterator[Item]:
    """Headline figures of the month before that are no longer what was reported."""
    if desk.context.view is View.NOW:
        return
    before, names = desk.context.period.back(1), {one.measure.id for one in headline(desk)}
    found = [
        one
        for one in desk.context.restated.values()
        if one.key.indicator in names and one.key == one.key.in_month(before)
    ]
    found = [one for one in found if one.key.window == desk.window(one.key.indicator)]
    followed = desk.context.plan.followed
    ordered = greatest_first(found, desk.measures)
    for place, one in enumerate(sorted(ordered, key=lambda one: one.key.indicator not in followed)):
        measure = desk.measures[one.key.indicator]
        first = Number(value_number(one.first, measure).text, f"{one.key}#first", Source.FINDING)
        now = Number(value_number(one.now, measure).text, f"{one.key}#now", Source.FINDING)
        says = (Label(measure.title), " for ", Label(before.label), ": first reported as ", first, ", now ", now, ".")
        topic = desk.context.plan.topic_of(measure.id)
        yield Item(Kind.RESTATED, measure.title, says, topic, -float(place))


def _rules(desk: Desk) -> Iterator[Item]:
    """Numbers that definitions look up, changed in this month or the one before."""
    first, last = desk.context.period.back(1).first_day, desk.context.period.last_day
    for indicator in desk.context.indicators.values():
        told = desk.told(tuple(measure.id for measure in indicator.measures))
        for name in sorted(looked_up(indicator.sql)) if told else ():
            held = desk.context.parameters.get(name)
            for before, since in pairwise(held.values if held else ()):
                if held and before.value != since.value and first <= since.from_day <= last:
                    key = f"rule/{name}/{since.from_day}"
                    was, now = (Number(f"{one.value:g}", key, Source.FINDING) for one in (before, since))
                    day = ("The rule changed on ", printed_day(since.from_day), ": ")
                    says = (*day, was, f" {held.unit} before, ", now, " since.")
                    both = any(one.now and one.now.status is Status.MIXED for one in told)
                    late = float(since.from_day.toordinal())
                    yield Item(Kind.RULE, indicator.title, says, _topic(desk, told[0]), late, first=both)


def _unreliable(desk: Desk) -> Iterator[Item]:
    """Headline figures that are printed and not judged, or whose making is being looked into."""
    for reading in headline(desk):
        if reading.now is None:
            continue
        notice = under_review(desk, reading)
        if not reading.is_reliable:
            why: Phrase = (
                "Not reliable: ",
                value_number(reading.now, reading.measure),
                ". ",
                Label(reading.now.reason),
            )
        elif notice:
            why = (f"{notice.kind.words}: ", value_number(reading.now, reading.measure), ". ", Label(notice.text))
        else:
            continue
        yield Item(Kind.QUALITY, reading.measure.title, why, _topic(desk, reading), first=not reading.is_reliable)


def under_review(desk: Desk, reading: Reading) -> StandingNotice | None:
    """The notice that its figure is being looked into, where one stands."""
    begun = desk.remarks.begun(desk.context.as_at)
    of_it = (one for one in begun if one.kind is NoticeKind.UNDER_REVIEW and reading.measure.id in one.measures)
    return next(of_it, None)


def _unsaid(desk: Desk) -> Iterator[Item]:
    """One item for all slots without words, or with a name alone."""
    if desk.context.told_for:
        return
    slots = [(topic, slot) for plan in desk.context.plan.sections for topic in plan.topics for slot in topic.spoken]
    missing = [topic for topic, slot in slots if desk.context.commentary.on(topic.id, slot.id) is None]
    if not missing:
        return
    key = f"commentary/{desk.context.period}"
    number, of = (
        Number(counted(value), f"{key}#{name}", Source.FINDING)
        for value, name in ((len(missing), "missing"), (len(slots), "asked"))
    )
    says = (number, " of ", of, plural(len(missing), " commentary is", " commentaries are"), " missing or a name only.")
    yield Item(Kind.COMMENTARY, "Commentary", says, score=len(missing))


def _promises(desk: Desk) -> Iterator[Item]:
    """What a service said it would do by a day that has come."""
    day = desk.context.period.last_day
    for one in desk.context.promises:
        if one.is_open and one.made < desk.context.period and one.due <= day:
            says = (Label(f"“{one.words.rstrip('. ')}”"), f" ({one.owner}) was due on ", printed_day(one.due), ".")
            title = desk.measures[one.measure].title if one.measure in desk.measures else one.topic
            yield Item(Kind.PROMISE, title, says, one.topic, (day - one.due).days)


def _overdue(desk: Desk) -> Iterator[Item]:
    day, known = desk.context.as_at, desk.measures
    topics = {topic.id: topic.title for section in desk.context.plan.sections for topic in section.topics}
    for one in desk.remarks.overdue(day):
        titles = [topics[name] for name in one.topics] + [known[name].title for name in one.measures if name in known]
        places = [*one.topics, *(desk.context.plan.topic_of(name) for name in one.measures)]
        says = (f"{one.kind.words}: ", *review_due(one))
        yield Item(Kind.NOTICE, joined(titles), says, places[0] if places else "", (day - one.review_by).days)


def review_due(notice: StandingNotice) -> Phrase:
    """When a notice should have been looked at again, and by whom."""
    return ("The review was due on ", printed_day(notice.review_by), " (", notice.owner, ").")


def _without_targets(desk: Desk) -> Iterator[Item]:
    """Targets that ended and that none has followed, said by the day from which there is none."""
    by_day: dict[date, list[str]] = {}
    for target in desk.context.targets.ended(desk.context.period.last_day):
        if target.day_after and target.measure in desk.measures and not desk.ended(target.measure):
            by_day.setdefault(target.day_after, []).append(desk.measures[target.measure].title)
    for since, titles in by_day.items():
        says = ("No target from ", printed_day(since), " for: ", Label(joined(titles)), ".")
        yield Item(Kind.NO_TARGET, "Targets", says, score=len(titles))


def _topic(desk: Desk, reading: Reading) -> str:
    return desk.context.plan.topic_of(reading.measure.id)
