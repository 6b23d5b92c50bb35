"""Which figure a number means: the one whose name the words about it hold, of the month and of the kind they name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period, Window
from scorecard.claims.names import stems
from scorecard.claims.spoken import MONTH, Kind, months_in
from scorecard.definitions.indicator import Unit
from scorecard.words.numbers import rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scorecard.claims.book import Book, Entry
    from scorecard.claims.pieces import Piece
    from scorecard.claims.spoken import Spoken

_YTD = re.compile(r"\b(?:ytd|year[\s-]to[\s-]date|so far this year|since april|this financial year)\b", re.IGNORECASE)
_LAST_MONTH = re.compile(
    r"(?<!within the )\b(?:last|previous|prior)\s+month(?:['’]s)?\b|\bthe month before\b", re.IGNORECASE
)
_YEAR_AGO = re.compile(r"\b(?:last year|a year (?:ago|before|earlier)|same (?:month|time) last year)\b", re.IGNORECASE)
_AREAS = (
    ("good_neighbours", r"\bgood\+?\s+stat\w*\s+neigh\w*|neighbours judged good"),
    ("judged_good", r"\bofsted\s+good|judged good"),
    ("judged_outstanding", r"\bofsted\s+out\w*|judged outstanding"),
    ("statistical_neighbours", r"\bstat(?:istical|\.)?\s*neigh\w*|\bsn\b|\bcomparator\b"),
    ("region", r"\bwest\s+mid\w*|\bregion(?:al)?\b"),
    ("england", r"\bengland\b|\beng\b|\bnational(?:ly)?\b"),
)
_AREA = tuple((area, re.compile(words, re.IGNORECASE)) for area, words in _AREAS)
_PUBLISHED = re.compile(r"\b20\d\d/\d\d\b|\bas published\b|^20\d\d ", re.IGNORECASE)
_TARGET = re.compile(r"\btarget\b", re.IGNORECASE)
_UNITS = {
    Kind.PERCENT: {Unit.PERCENT},
    Kind.PLAIN: {Unit.COUNT, Unit.RATE_PER_10000, Unit.DAYS},
    Kind.MONEY: {Unit.POUNDS},
}
_ELSEWHERE, _SILENT, _OF_A_PART = 0.5, 0.28, 0.4
_BREAK = re.compile(
    r"[,;:()]|\s[-–]\s|\b(?:and|but|while|versus|vs)\b|\b(?:compared|from|with|against)\b(?=[^,;.]{0,14}\d)",
    re.IGNORECASE,
)
_CONTENT = re.compile(r"[a-z]{3}", re.IGNORECASE)
_NEAR = Fraction(1, 20)


@dataclass(frozen=True)
class About:
    """What the words about a number name: the stems near it, those further off, its month, window, area, target."""

    near: frozenset[str]
    far: frozenset[str]
    period: Period
    window: Window | None
    area: str
    is_target: bool


def about_number(one: Spoken, piece: Piece, spoken: Sequence[Spoken], book: Book, heading: frozenset[str]) -> About:
    """What is said about a number in its own clause, and in the rest of its sentence and over it."""
    if piece.is_cell:
        named = f"{piece.column} {piece.row}"
        near, over = stems(_plain(named)), stems(_plain(piece.caption))
        near = near if near & book.known else near | over
        dated = months_in(piece.column, book.period) or _YTD.search(piece.column)
        when = piece.column if dated else named
        return _about(near | (frozenset() if piece.row else over), over | heading, when, when, book)
    clause, when = _clause(one, piece.text, spoken)
    near = stems(_plain(clause))
    whole = piece.text if len(spoken) == 1 else piece.text[: spoken[0].start] if spoken else piece.text
    far = stems(_plain(piece.text))
    near = near if book.weight(near & book.known) > 1 else near | far
    return _about(near, far | heading, when, whole if _YTD.search(whole) else f"{piece.caption} {whole}", book)


def _plain(text: str) -> str:
    """A text without what says when and whose: that is no part of a name."""
    for _, words in _AREA:
        text = words.sub(" ", text)
    return MONTH.sub(" ", _YTD.sub(" ", text))


def _clause(one: Spoken, text: str, spoken: Sequence[Spoken]) -> tuple[str, str]:
    """From the last break before a number to the next number or break after it; and what of it says when.

    A share in brackets after its number parts nothing.
    """
    others = [other for other in spoken if not (other.kind is Kind.PERCENT and text[: other.start].endswith("("))]
    left = max((other.end for other in others if other.end <= one.start), default=0)
    right = min((other.start for other in others if other.start >= one.end), default=len(text))
    before, after = text[left : one.start], text[one.end : right]
    breaks = [found.end() for found in _BREAK.finditer(before)]
    parts = _BREAK.finditer(after) if right < len(text) else re.finditer(r"[;()]", after)
    held = [found.start() for found in parts]
    ends = next((place for place in held if _CONTENT.search(after[:place])), len(after))
    says = _CONTENT.search(MONTH.sub("", after[:ends]))
    begins = next((place for place in reversed(breaks) if says or _CONTENT.search(before[place:])), 0)
    said = f"{before[begins:]} {after[:ends]}"
    follows = after[: held[0]] if held else after
    return said, follows if MONTH.search(follows) else said


def _about(near: frozenset[str], far: frozenset[str], clause: str, sentence: str, book: Book) -> About:
    in_clause, in_sentence = months_in(clause, book.period), months_in(sentence, book.period)
    in_clause = in_clause[:1]
    named = in_clause or (in_sentence if len({month for _, month in in_sentence}) == 1 else [])
    period = named[0][1] if named else book.period
    if not named and _LAST_MONTH.search(clause):
        period = book.period.back(1)
    elif not in_clause and _YEAR_AGO.search(clause):
        period = book.period.back(12)
    area = next((area for area, words in _AREA if words.search(clause)), "")
    area = area or ("council" if _PUBLISHED.search(clause) else "")
    window = Window.YEAR_TO_DATE if _YTD.search(clause) or (_YTD.search(sentence) and not in_clause) else None
    return About(near, far, period, window, area, bool(_TARGET.search(clause)))


@dataclass(frozen=True)
class Bound:
    """A figure a number may mean, and how well its name fits the words: 1 where they say it whole and nothing else.

    `is_named` is whether it is a part and they say the part's own name whole.
    """

    entry: Entry
    fit: float
    is_named: bool = False


def bound(about: About, kind: Kind, entries: Iterable[Entry], book: Book) -> list[Bound]:
    """The figures of the right month, window and kind, best name first."""
    units = _UNITS.get(kind, set(Unit))
    found = [
        Bound(
            one,
            fit(about, one, book),
            bool(one.part) and any(each <= about.near for each in (one.part, *one.other_names)),
        )
        for one in entries
        if one.unit in units and _is_of(one, about) and bool(one.area) == bool(about.area)
    ]
    return sorted((one for one in found if one.fit > 0), key=lambda one: (-one.fit, bool(one.entry.aspect)))


def _is_of(entry: Entry, about: About) -> bool:
    if about.area:
        return entry.area == about.area
    return entry.period == about.period


def fit(about: About, entry: Entry, book: Book) -> float:
    """How well a figure's name fits: what of it is said, near or far, less what is said near and is not of it."""
    held = book.weight(entry.name & about.near) + _ELSEWHERE * book.weight((entry.name & about.far) - about.near)
    whole, own = book.weight(entry.name), 0.0
    if entry.part:
        names = (entry.part, *entry.other_names)
        part = max(names, key=lambda name: (len(name & about.near) / len(name), len(name)))
        own = len(part & about.near) / len(part)
        if own < _ELSEWHERE:
            return 0
        held, whole = _OF_A_PART * held + own * book.weight(part), _OF_A_PART * whole + book.weight(part)
    left = book.weight(about.near - entry.name - entry.part)
    window = 1.0
    if about.window and entry.window is not about.window:
        window = _ELSEWHERE if entry.is_headline else _SILENT
    if not about.window and not entry.is_headline and not entry.area:
        window = _ELSEWHERE
    aspect = 0.9 if entry.aspect in {"counted", "of"} else 1
    return window * aspect * held / (whole + _SILENT * left) if whole else 0


def equals(one: Spoken, exact: Fraction, decimals: int) -> bool:
    """Whether a number is a value as it may be written: rounded to as many places, or near it where it says so."""
    if rounded(exact, one.decimals) == one.value or (decimals < one.decimals and rounded(exact, decimals) == one.value):
        return True
    if one.is_about:
        return abs(exact - one.value) <= max(_NEAR * abs(exact), Fraction(1, 2))
    return False


def is_cut(one: Spoken, exact: Fraction) -> bool:
    """Whether a number is a value cut short, and not rounded."""
    scale = 10**one.decimals
    return Fraction(int(exact * scale), scale) == one.value != exact
