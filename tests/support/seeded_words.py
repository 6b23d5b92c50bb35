"""Right sentences made from a month's facts, and the same with one number, direction or month made wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.words.grammar import lowered
from scorecard.words.numbers import rounded, worded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from scorecard.calendar.periods import Period
    from scorecard.claims.book import Book, Entry

_OTHER_WAY = {"rose": "fell", "fell": "rose", "an increase": "a decrease", "a decrease": "an increase"}
_FACTORS, _STEPS = (0.5, 0.7, 0.8, 0.9, 1.1, 1.2, 1.3, 1.5), (-3, -2, -1, 1, 2, 3)


@dataclass(frozen=True)
class Saying:
    """A right sentence, and which of its words is to be made wrong."""

    kind: str
    sentence: str
    word: str


def months_of(measure: str, book: Book) -> dict[Period, Entry]:
    """A measure's own figure in each of thirteen months."""
    first = book.period.back(12)
    held = (one for one in book.entries([measure]) if one.is_headline and one.period >= first)
    return {one.period: one for one in held if not (one.part or one.area or one.aspect)}


def sayings(by_month: dict[Period, Entry], now: Period, other: Period) -> Iterator[Saying]:
    """What people say of a figure: its value, where it came from, which way it went, what it was in another month."""
    entry, before = by_month[now], by_month[now.back(1)]
    title, value, last = _title(entry), _worded(entry), _worded(before)
    stood = f"In the month there were {value} {lowered(title)}." if entry.unit == "count" else ""
    yield Saying("value", f"{title}: {value} in {now.label}.", value)
    yield Saying("value", stood or f"{title} stood at {value} this month.", value)
    yield Saying("from", f"{title} went from {last} in {now.back(1).label} to {value} in {now.label}.", value)
    if entry.value != before.value:
        rose = entry.value > before.value
        yield Saying("way", f"{title} {'rose' if rose else 'fell'} from last month.", "rose" if rose else "fell")
        way = "an increase" if rose else "a decrease"
        yield Saying("way", f"There was {way} in {lowered(title)} compared with last month.", way)
    then = by_month.get(other)
    if then and all(_printed(one) != _printed(then) for month, one in by_month.items() if month != other):
        yield Saying("month", f"{title} was {_worded(then)} in {other.label}.", other.label)


def made_wrong(saying: Saying, by_month: dict[Period, Entry], random: Random) -> str:
    """The sentence with that word made wrong."""
    if saying.kind == "way":
        return saying.sentence.replace(saying.word, _OTHER_WAY[saying.word])
    if saying.kind == "month":
        others = [month.label for month in by_month if month.label != saying.word]
        return saying.sentence.replace(saying.word, random.choice(others))
    found = re.search(r"[\d,]+(?:\.\d+)?", saying.word)
    assert found
    wrong = _another(found[0], random)
    head, _, tail = (
        saying.sentence.rpartition(saying.word) if saying.kind == "from" else saying.sentence.partition(saying.word)
    )
    return f"{head}{saying.word.replace(found[0], wrong)}{tail}"


def _another(number: str, random: Random) -> str:
    decimals = len(number.partition(".")[2])
    exact = float(number.replace(",", ""))
    while True:
        value = max(0.0, exact * random.choice(_FACTORS) + random.choice(_STEPS))
        if f"{value:.{decimals}f}" != f"{exact:.{decimals}f}":
            return f"{value:,.{decimals}f}"


def _title(entry: Entry) -> str:
    return entry.title


def _worded(entry: Entry) -> str:
    return worded(entry.value, entry.unit, entry.decimals)


def _printed(entry: Entry) -> object:
    return rounded(entry.value, entry.decimals)
