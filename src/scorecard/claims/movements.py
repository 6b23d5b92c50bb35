"""Which way a text says a figure went, and whether it did: with a number ("up 13 points") or without ("has fallen")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from scorecard.claims.binding import equals
from scorecard.claims.spoken import Kind
from scorecard.definitions.indicator import Better, Unit
from scorecard.words.numbers import rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.claims.book import Book, Entry
    from scorecard.claims.spoken import Spoken
    from scorecard.definitions.indicator import Measure


class Way(StrEnum):
    """Where a figure is said to have gone."""

    UP = "up"
    DOWN = "down"
    BETTER = "better"
    WORSE = "worse"
    SAME = "the same"


_WORDS = {
    Way.UP: r"increas\w*|ris(?:e|es|en|ing)|rose|gr(?:ew|own|owth|owing)|climb\w*|more|higher|up|went up|gone up",
    Way.DOWN: r"decreas\w*|f(?:all|alls|ell|allen|alling)|drop\w*|reduc\w*|declin\w*|fewer|less|lower|down|gone down",
    Way.BETTER: r"improv\w*|better",
    Way.WORSE: r"deteriorat\w*|worsen\w*|worse",
    Way.SAME: r"unchanged|stable|the same|no change|maintained|steady",
}
_ANY = "|".join(_WORDS.values())
_EACH = {way: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for way, words in _WORDS.items()}
_BEFORE = re.compile(
    rf"\b(?P<way>{_ANY})(?:(?:\s+in\s+(?:\w+\s+){{1,5}})?\s*(?:of|by))?"
    r"(?:\s+(?:about|around|approximately|approx|nearly|almost|just over|some))?[\s.(]*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"^\s*(?:%|points?|percentage points?|children|plans|contacts|cases)?\s*(?P<way>{_ANY})\b", re.IGNORECASE
)
_SAID = re.compile(
    r"\b(?:(?:has|have|had|was|were|is|are)\s+(?:also\s+|now\s+|been\s+|slightly\s+|significantly\s+)*)?"
    r"(?P<way>increased|decreased|risen|rose|fallen|fell|dropped|reduced|declined|improved|worsened|deteriorated"
    r"|went up|went down|gone up|gone down|(?<!stepped )(?:up|down)\s+from|unchanged|stable"
    r"|(?:increase|decrease|rise|fall|drop|reduction"
    r"|improvement)(?=\s+(?:in|of)\b))",
    re.IGNORECASE,
)
_STEADY = Fraction(1, 20)
"""By how much a figure may move and still be said to be steady."""
_LOOKS_BACK = 40
"""How many letters before a direction may say that it is only expected."""
_NOT_YET = re.compile(
    r"\b(?:less|more|fewer|will|would|should|may|might|could|can|expect\w*|anticipat\w*|likely|continu\w*"
    r"|if|to\s+be|aim\w*|plan\w*\s+to|"
    r"needs?\s+to|due\s+to|because|risk|although)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Said:
    """A way a sentence says a figure went, and where."""

    way: Way
    start: int
    end: int


def way_of(one: Spoken, text: str) -> Way | None:
    """The way a number is said to have gone, where it is how far something moved."""
    found = _BEFORE.search(text[: one.start]) or _AFTER.search(text[one.end :])
    if not found or (one.kind is Kind.TIMES):
        return None
    if found.re is _BEFORE and re.search(r"\b(?:more|less|fewer)\s*$", text[: one.start]):
        return None
    return _way(found["way"])


def _way(word: str) -> Way | None:
    return next((way for way, words in _EACH.items() if words.match(word)), None)


def said_in(text: str) -> list[Said]:
    """The ways a sentence says its figure went, without what is only expected or feared."""
    return [
        Said(way, found.start("way"), found.end("way"))
        for found in _SAID.finditer(text)
        if (way := _way(found["way"])) and not _NOT_YET.search(text[max(0, found.start() - _LOOKS_BACK) : found.end()])
    ]


def went(way: Way, now: Entry, before: Entry, measure: Measure) -> bool:
    """Whether a figure went the way it is said to have gone."""
    change = now.value - before.value
    if way is Way.SAME:
        shown = rounded(now.value, now.decimals) == rounded(before.value, before.decimals)
        return shown or abs(change) <= abs(before.value) * _STEADY
    if way in {Way.UP, Way.DOWN} or measure.better is Better.NEITHER:
        return change > 0 if way in {Way.UP, Way.BETTER} else change < 0
    is_better = (change > 0) == (measure.better is Better.HIGHER)
    return change != 0 and is_better == (way is Way.BETTER)


def moved_by(one: Spoken, way: Way, now: Entry, before: Entry, measure: Measure) -> bool:
    """Whether a figure moved by a number, and that way: in its own unit, in points, or as a share of what it was."""
    if not went(way, now, before, measure):
        return False
    return any(equals(one, change, one.decimals) for change in changes(one, now, before))


def changes(one: Spoken, now: Entry, before: Entry) -> Sequence[Fraction]:
    """How far a figure moved, as a number of that kind may tell it."""
    change = abs(now.value - before.value)
    printed = abs(Fraction(rounded(now.value, now.decimals)) - Fraction(rounded(before.value, before.decimals)))
    if one.kind is Kind.PERCENT and now.unit != Unit.PERCENT:
        return [change * 100 / before.value] if before.value else []
    if one.kind is Kind.POINTS and now.unit != Unit.PERCENT:
        return []
    return [change, printed]


def change_words(now: Entry, before: Entry) -> str:
    """How far a figure moved, for an author."""
    more = "up" if now.value > before.value else "down" if now.value < before.value else "no change"
    return f"{before.words}; {now.words} ({more})"


def months_of(book: Book, entry: Entry) -> list[Entry]:
    """The same figure in every month at hand, oldest first."""
    same = [
        one
        for one in book.entries([entry.measure])
        if (one.window, one.part, one.aspect, one.area) == (entry.window, entry.part, entry.aspect, "")
    ]
    return sorted(same, key=lambda one: one.period)
