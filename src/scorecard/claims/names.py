"""What a thing is called, as a set of stems: so that "ICPCs held in timescale" meets the title of its measure."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_WORD = re.compile(r"[a-z][a-z'’&]*|\d+")
_LIMIT = re.compile(r"\b(?:with)?in\s+\d+\s*(?:working\s+)?(?:days|hours|hrs)\b")
_ENDINGS = ("ings", "ing", "ed", "es", "s", "e")
_SHORTEST = 3
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
"""The numbers that people write in letters, each in its own place."""
_DIGITS = {word: str(value) for value, word in enumerate(NUMBERS)}


@cache
def _means() -> tuple[tuple[re.Pattern[str], str], ...]:
    held: dict[str, str] = _said()["means"]
    longest_first = sorted(held.items(), key=lambda pair: -len(pair[0]))
    return tuple((re.compile(rf"(?<![\w-]){re.escape(said)}(?!\w|-\w)"), meant) for said, meant in longest_first)


@cache
def _same() -> dict[str, str]:
    held: dict[str, list[str]] = _said()["same"]
    return {_cut(word): _cut(one) for one, words in held.items() for word in (one, *words)}


@cache
def _says_nothing() -> frozenset[str]:
    return frozenset(_said()["nothing"]["words"])


@cache
def _said() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("scorecard") / "library" / "said.toml").read_text(encoding="utf-8"))


@cache
def stems(text: str) -> frozenset[str]:
    """The words of a text that say what it is about, without their endings.

    >>> sorted(stems("ICPCs held in timescale"))
    ['child', 'conferenc', 'hold', 'initial', 'protection', 'tim']
    """
    plain = text.casefold().replace("’", "'").replace("rereferral", "re-referral")
    plain = _LIMIT.sub(" in time ", plain)
    for said, meant in _means():
        plain = said.sub(meant, plain)
    return frozenset(stem(word) for word in _WORD.findall(plain) if word not in _says_nothing())


@cache
def stem(word: str) -> str:
    """A word without its ending, or the one that stands for it and its like."""
    cut = _cut(word)
    return _DIGITS.get(word) or _same().get(cut, cut)


def _cut(word: str) -> str:
    word = word.removesuffix("'s").strip("'-&")
    if word.startswith("child"):
        return "child"
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word
