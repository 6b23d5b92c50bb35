"""Numbers as people write them: 1,292, 58%, 4.7 points, two children, twice; not dates, ages, codes or time limits."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from scorecard.calendar.periods import MONTH_NAMES, Period
from scorecard.claims.names import NUMBERS, stem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


class Kind(StrEnum):
    """What a written number is a number of."""

    MONEY = "money"
    PLAIN = "plain"
    PERCENT = "percent"
    POINTS = "points"
    TIMES = "times"


@dataclass(frozen=True)
class Spoken:
    """A number where it stands in a text; `decimals` as it is written, `is_about` where it claims no more than near."""

    value: Fraction
    decimals: int
    kind: Kind
    start: int
    end: int
    is_about: bool = False
    is_word: bool = False
    at_least: bool = False


_NAMES = "|".join([*MONTH_NAMES, "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec"])
MONTH = re.compile(
    rf"\b(?P<name>{_NAMES})\b\.?(?:['’]s)?(?:[\s-]*(?P<year>20\d\d|\d\d(?![\d%.,]*\s*%|\d|\s+[a-z])))?", re.IGNORECASE
)
_NOT_CLAIMED = re.compile(
    r"\{[^{}]*\}|"  # a figure named in braces
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_NAMES})\b(?:\s+\d{{4}})?"  # 19th November 2021
    rf"|\b(?:{_NAMES})\b[\s-]*(?:20\d\d|\d\d(?=\s|$|[,.;)](?!\d)))"  # November 2021, Nov-21
    r"|\b\d{1,4}[/-]\d{1,2}[/-]\d{2,4}\b|\b(?:19|20)\d\d\s*[/–-]\s*\d{2,4}\b|\b20[0-3]\d\b(?!,)"
    r"|(?-i:\b[A-Z]{1,4}(?:_[A-Z])?\s?\d+\.\d+[A-Z]?\b)|\b[A-Za-z]{1,3}\d+(?:\.\d+)?[A-Za-z]?s?\b"
    r"|\b(?:section|regulation|reg|stage|band|tier|level|part|version|phase|step|term|week|page|table|figure)\.?\s*\d+\w*"
    r"|\b\d+(?:\.\d+)?\s*\+?\s*-?\s*(?:and\s+\d+\s+)?(?:hrs?|hours?|minutes?|working\s+days?|weeks?|months?|years?|yrs?)\b"
    r"|\b(?:over|under|within|about)?\s*\d+(?:\.\d+)?\s*(?:to|-)\s*\d+(?:\.\d+)?\s*(?:hours|days|weeks|months|years)\b"
    r"|\b(?:aged?|ages)\s+\d+(?:\s*(?:to|-|–|and|or)\s*\d+)?|\b\d{1,2}\s*(?:-|–|to)\s*\d{1,2}\s+year"
    r"|\bunder\s+\d+s?\b|\b\d+\s+or\s+(?:more|fewer|less)\b|\b\d+\s*(?:st|nd|rd|th)\b|\bper\s+10,?000\b|\bone\s+of\b"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve)\s+(?:hours?|days?|weeks?|months?|years?)\b"
    r"|\b(?:first|second|latter|other)\s+half\b|\bhalf[\s-](?:term|day|of\s+the\s+(?:month|year))"
    r"|\b\d+\s+x\b|\b\d+\s+day\s+\w+|\bhold\w*\s+(?:over|more\s+than|at\s+least|under)\s+\d+|\b\d{1,2}\s*[-–]\s*\d{1,2}\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![\w.,])(?P<sign>[−-]?)(?P<money>£?)(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<tail>\.\d+)?"
    r"\s*(?P<unit>%\s*-?\s*points?|percentage\s+points?|points?\b|%|per\s?cent\b)?",
    re.IGNORECASE,
)
_WORDS = {word: value for value, word in enumerate(NUMBERS)}
_COUNTED = re.compile(
    rf"\b(?P<word>{'|'.join([*NUMBERS, 'no(?= (?:child|plan|contact|case|household)[a-z]*)'])})\b"
    r"(?=\s+(?:child|plan|contact|case|referral|assessment|conference|enquir|carer|household|visit|worker|post|review|young"
    r"|social|general|connected|incoming|privately|item|claim|individual|famil|more|fewer)[a-z]*)(?!\s+or\s)",
    re.IGNORECASE,
)
_TIMES = {
    "double": Fraction(2), "doubled": Fraction(2), "twice": Fraction(2), "trebled": Fraction(3), "tripled": Fraction(3),
    "three times": Fraction(3), "four times": Fraction(4), "five times": Fraction(5), "halved": Fraction(1, 2),
    "half": Fraction(1, 2), "a third of": Fraction(1, 3), "two thirds": Fraction(2, 3), "a quarter of": Fraction(1, 4),
    "three quarters": Fraction(3, 4), "a fifth of": Fraction(1, 5),
}  # fmt: skip
_MANY_TIMES = re.compile(rf"\b(?:{'|'.join(sorted(_TIMES, key=len, reverse=True))})\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"(?:\b(?:about|around|approximately|approx|circa|nearly|almost|roughly|some|just\s+(?:over|under))\.?|~)\s*$",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(r"\b(?:at\s+least|more\s+than|over)\s*$", re.IGNORECASE)


def spoken_in(text: str, names: Collection[tuple[str, str]] = (), *, in_days: bool = False) -> list[Spoken]:
    """The numbers a text claims, in their order; `names` are the numbers that stand in titles, each with a neighbour.

    >>> [(str(one.value), one.kind.value) for one in spoken_in("58% of 221 were done in 45 working days, up 13 points")]
    [('58', 'percent'), ('221', 'plain'), ('13', 'points')]
    """
    plain = _NOT_CLAIMED.sub(lambda found: " " * len(found[0]), text)
    if not in_days:
        plain = re.sub(r"\b\d+\s+days?\b", lambda found: " " * len(found[0]), plain)
    numbers = [_spoken(found, plain) for found in _NUMBER.finditer(plain)]
    kept = [one for one in numbers if not _is_in_a_name(one, text, names)]
    return sorted([*kept, *_in_words(plain)], key=lambda one: one.start)


def _spoken(found: re.Match[str], text: str) -> Spoken:
    tail, unit = found["tail"] or "", (found["unit"] or "").casefold()
    bare = Kind.MONEY if found["money"] else Kind.PLAIN
    kind = Kind.POINTS if "point" in unit else Kind.PERCENT if unit else bare
    value = Fraction(Decimal(found["digits"].replace(",", "") + tail))
    before = text[: found.start()]
    about, least = bool(_ABOUT.search(before)), bool(_AT_LEAST.search(before))
    end = found.end("unit") if unit else found.end("tail") if tail else found.end("digits")
    return Spoken(value, max(0, len(tail) - 1), kind, found.start(), end, about, at_least=least)


def _in_words(text: str) -> Iterator[Spoken]:
    for found in _MANY_TIMES.finditer(text):
        before = text[: found.start()]
        about, least = bool(_ABOUT.search(before)), bool(_AT_LEAST.search(before))
        value = _TIMES[found[0].casefold()]
        yield Spoken(value, 0, Kind.TIMES, found.start(), found.end(), about, is_word=True, at_least=least)
    for found in _COUNTED.finditer(_MANY_TIMES.sub(lambda one: " " * len(one[0]), text)):
        number = _WORDS.get(found["word"].casefold(), 0)
        yield Spoken(Fraction(number), 0, Kind.PLAIN, found.start(), found.end(), is_word=True)


def _is_in_a_name(one: Spoken, text: str, names: Collection[tuple[str, str]]) -> bool:
    if one.kind is not Kind.PLAIN:
        return False
    digits = str(one.value)
    before, after = re.findall(r"\w+", text[: one.start]), re.findall(r"\w+", text[one.end :])
    near = {(stem(before[-1].casefold()), digits)} if before else set[tuple[str, str]]()
    near |= {(digits, stem(after[0].casefold()))} if after else set()
    return bool(near & set(names))


def numbers_in_names(titles: Collection[str]) -> frozenset[tuple[str, str]]:
    """The numbers that stand in titles, each with the stem before it and the one after it.

    >>> sorted(numbers_in_names(["Workers with over 20 cases"]))
    [('20', 'cas'), ('over', '20')]
    """
    found = set[tuple[str, str]]()
    for title in titles:
        words = re.findall(r"\w+", title.casefold())
        for one, other in itertools.pairwise(words):
            if other.isdigit() and not one.isdigit():
                found.add((stem(one), other))
            if one.isdigit() and not other.isdigit():
                found.add((one, stem(other)))
    return frozenset(found)


def months_in(text: str, now: Period) -> list[tuple[int, Period]]:
    """The months a text names, with where; one without a year is the last of its name up to now's own.

    >>> [str(month) for _, month in months_in("up from October, and from 40 in November 2020", Period(2021, 11))]
    ['2021-10', '2020-11']
    """
    found = list[tuple[int, Period]]()
    for one in MONTH.finditer(text):
        if one["name"] in {"may", "mar", "sep", "march"} and not one["year"]:
            continue  # the verbs, in small letters
        number = next(place for place, name in enumerate(MONTH_NAMES, 1) if name.startswith(one["name"][:3].casefold()))
        written = int(one["year"]) if one["year"] else 0
        year = written + 2000 if 0 < written < 100 else written or now.year - (number > now.month)  # noqa: PLR2004 - '21
        found.append((one.start(), Period(year, number)))
    return found
