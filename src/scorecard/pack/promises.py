"""What services said they would do by a day, tied to a figure, and what that figure has done since."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from scorecard.calendar.periods import MONTH_NAMES, Period

if TYPE_CHECKING:
    from collections.abc import Iterator

OPEN, DONE, DROPPED = "open", "done", "dropped"
STATES = (OPEN, DONE, DROPPED)
"""What has become of a promise: nothing yet, it was kept, or it was given up."""

_MONTHS = {name: month for month, name in enumerate(MONTH_NAMES, 1)}
_NAMES = "|".join(_MONTHS)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_PROMISE = re.compile(r"\b(?:we|i)(?:\s+will|\s+shall|['’]ll)\b", re.IGNORECASE)
_BY = re.compile(
    r"\bby\s+(?:(?P<iso>\d{4}-\d{2}-\d{2})"
    r"|(?P<slashed>\d{1,2}/\d{1,2}/\d{4})"
    rf"|(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_NAMES})(?:\s+(?P<year>\d{{4}}))?"
    rf"|(?:the\s+)?end\s+of\s+(?P<end>{_NAMES})(?:\s+(?P<end_year>\d{{4}}))?)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Promise:
    """Something a service will do by a day: in its own words, tied to a measure; `made` is the month it spoke of."""

    id: str
    topic: str
    measure: str
    words: str
    owner: str
    made: Period
    due: date
    state: str = OPEN

    @property
    def is_open(self) -> bool:
        """Whether it is still to be kept."""
        return self.state == OPEN


@dataclass(frozen=True)
class Said:
    """A sentence that promises something; without a day it promises nothing that can be looked at again."""

    words: str
    due: date | None


def promises_in(text: str, since: date) -> Iterator[Said]:
    """The sentences that say what will be done; a day without a year is the next one after `since`.

    >>> list(promises_in("We will fill both posts by 14 January. It rained.", date(2021, 11, 30)))
    [Said(words='We will fill both posts by 14 January.', due=datetime.date(2022, 1, 14))]
    """
    for sentence in _SENTENCE.split(text):
        words = sentence.strip().lstrip("-*• ").strip()
        if _PROMISE.search(words):
            yield Said(words, _due(words, since))


def _due(words: str, since: date) -> date | None:
    found = _BY.search(words)
    if not found:
        return None
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        if found["slashed"]:
            day, month, year = (int(part) for part in found["slashed"].split("/"))
            return date(year, month, day)
        if found["end"]:
            return _end_of(_MONTHS[found["end"].casefold()], found["end_year"], since)
        return _next(int(found["day"]), _MONTHS[found["month"].casefold()], found["year"], since)
    except ValueError:  # the 31st of a month that has thirty days is no day
        return None


def _next(day: int, month: int, year: str | None, since: date) -> date:
    if year:
        return date(int(year), month, day)
    this = date(since.year, month, day)
    return this if this >= since else date(since.year + 1, month, day)


def _end_of(month: int, year: str | None, since: date) -> date:
    if year:
        return Period(int(year), month).last_day
    return Period.holding(_next(28, month, None, since - timedelta(days=3))).last_day
