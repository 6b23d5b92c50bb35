"""One rule of a vocabulary: the words that decide for a code."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """Decides for a code where every group of words has one that stands in the value, and no barred word does.

    Written `3C: school|sch & nurs* & !dentist`: `|` between words of which one is enough, `&` between what must all be
    there, `!` before what must not; `*` ends a word anyhow, `?` is any one letter, `^` and `$` the value's ends.
    The code `-` is for words that say nothing was recorded.
    """

    code: str | None
    every: tuple[re.Pattern[str], ...]
    barred: tuple[re.Pattern[str], ...]
    words: tuple[str, ...]

    def decides(self, words: str) -> bool:
        """Whether a value, as `spelled`, is decided by this rule."""
        return all(group.search(words) for group in self.every) and not any(bar.search(words) for bar in self.barred)


def parsed_rule(line: str) -> Rule:
    """A rule from its line.

    >>> rule = parsed_rule("3C: school|sch & nurs* & !dentist")
    >>> rule.code, rule.decides("the school nursing team"), rule.decides("school dentist or nurse")
    ('3C', True, False)
    """
    code, colon, told = line.partition(":")
    groups = [group.strip() for group in told.split("&")]
    if not colon or not all(group.strip("!").strip() for group in groups):
        raise ValueError(f"“{line}” is no rule: write `code: word|word & word & !word`")
    return Rule(
        None if code.strip() == "-" else code.strip(),
        tuple(_pattern(group) for group in groups if not group.startswith("!")),
        tuple(_pattern(group[1:]) for group in groups if group.startswith("!")),
        tuple(word.strip() for group in groups if not group.startswith("!") for word in group.split("|")),
    )


def _pattern(group: str) -> re.Pattern[str]:
    """One of several words, whole, anywhere in a value."""
    words = [word.strip() for word in group.split("|")]
    tied = [word for word in words if word.startswith("^") or word.endswith("$")]
    # What all words begin and end with is written once: it is looked for three times as fast.
    free = [_inner(word) for word in words if word not in tied]
    told = [("^" if word[0] == "^" else r"\b") + _inner(word) + ("$" if word[-1] == "$" else r"\b") for word in tied]
    return re.compile("|".join([*told, *([rf"\b(?:{'|'.join(free)})\b"] if free else [])]))


def _inner(word: str) -> str:
    return re.escape(word.strip("^$")).replace(r"\*", r"\w*").replace(r"\?", r"[a-z]").replace(r"\ ", " ")
