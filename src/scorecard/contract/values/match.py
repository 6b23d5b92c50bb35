"""A value, and the code it stands for, with how sure that is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from scorecard.contract.values.normal import spelled, unnumbered

if TYPE_CHECKING:
    from scorecard.contract.values.vocabulary import Vocabulary


class Sureness(StrEnum):
    """How a value was matched, the surest first. What is only likely is said to whoever reads it."""

    EXACT = "exact"
    SPELLING = "spelling"
    PREFIX = "prefix"
    LIKELY = "likely"
    NONE = "none"


@dataclass(frozen=True)
class Match:
    """The code a value stands for. With none and sureness NONE it was not understood; else it says “not recorded”."""

    code: str | None
    sureness: Sureness


_NO_MATCH = Match(None, Sureness.NONE)
_NOT_MAPPED = re.compile(r"code '(.*)' is not mapped", re.IGNORECASE)
_LAST_BRACKETS = re.compile(r"[(\[]\s*([\w.]+)\s*[)\]]\s*$")
#: A system's own word before the code: “(CS) Education”, “CIN - N1 Abuse”, “CLA - C1 - Interim care order”.
_TAGS = frozenset({"cs", "cin", "cla", "code", "child"})


def match(vocabulary: Vocabulary, text: str) -> Match:
    """The code a council's spelling stands for.

    >>> from scorecard.contract.values.vocabulary import vocabulary
    >>> match(vocabulary("closure_reason"), "RC2 – Died")
    Match(code='RC2', sureness=<Sureness.PREFIX: 'prefix'>)
    """
    stripped = text.strip()
    if stripped in vocabulary.labels:
        return Match(stripped, Sureness.EXACT)
    if found := _not_mapped(vocabulary, stripped):
        return found
    words = spelled(stripped)
    if words in vocabulary.by_spelling:
        code = vocabulary.by_spelling[words]
        return Match(code, Sureness.EXACT if code and vocabulary.labels[code] == stripped else Sureness.SPELLING)
    bare = spelled(unnumbered(stripped))
    if bare in vocabulary.by_spelling:
        return Match(vocabulary.by_spelling[bare], Sureness.SPELLING)
    return _by_parts(vocabulary, stripped, bare)


def _not_mapped(vocabulary: Vocabulary, text: str) -> Match | None:
    """What a system wrote of a value it did not know itself: “Code 'V2' is not mapped”."""
    inner = _NOT_MAPPED.fullmatch(text)
    return _no_surer(match(vocabulary, inner[1])) if inner else None


def _by_parts(vocabulary: Vocabulary, text: str, words: str) -> Match:
    """A code before or behind the words, or the words alone."""
    mended = vocabulary.speller.mended(words)
    if mended in vocabulary.by_spelling:
        return Match(vocabulary.by_spelling[mended], Sureness.LIKELY)
    code, told = _code_and_words(vocabulary, text, mended)
    decided = next((rule for rule in vocabulary.rules if rule.decides(told)), None)
    if code:
        agreed = _agreed(vocabulary, code, told, decided.code if decided else code)
        if agreed:
            return Match(code, Sureness.LIKELY if code in vocabulary.disputed else Sureness.PREFIX)
        # A bare number is often a council's own, where the words say what is meant.
        if not decided or not code.isdigit():
            return Match(code, Sureness.LIKELY)
    if decided:
        return Match(decided.code, Sureness.LIKELY)
    local = _local(vocabulary, mended)
    return Match(local, Sureness.LIKELY) if local else _NO_MATCH


def _code_and_words(vocabulary: Vocabulary, text: str, words: str) -> tuple[str | None, str]:
    """The code that stands first (a tag aside) or in brackets at the end, and the words without it."""
    first, _, rest = words.partition(" ")
    if first in _TAGS and first not in vocabulary.by_code:
        first, _, rest = rest.partition(" ")
    if first in vocabulary.by_code:
        return vocabulary.by_code[first], rest.removeprefix(f"{first} ")
    if brackets := _LAST_BRACKETS.search(text):
        last = spelled(brackets[1])
        if last in vocabulary.by_code:
            return vocabulary.by_code[last], words.removesuffix(last).strip()
    return None, words


def _agreed(vocabulary: Vocabulary, code: str, words: str, decided: str | None) -> bool:
    """Whether the words beside a code do not gainsay it."""
    if decided == code or vocabulary.by_spelling.get(words, "") == code:
        return True
    return any(rule.code == code and rule.decides(words) for rule in vocabulary.rules)


def _local(vocabulary: Vocabulary, words: str) -> str | None:
    """A code of another system, or one of ours with a council's own letter behind it: “N1a”, “U4b”."""
    for first in words.split(" ")[:2]:
        if first in vocabulary.by_prefix:
            return vocabulary.by_prefix[first]
        root = first.rstrip("abcdefghijklmnopqrstuvwxyz")
        if root != first and root[-1:].isdigit():
            found = vocabulary.by_code.get(root) or vocabulary.by_prefix.get(root)
            if found:
                return found
    return None


def _no_surer(found: Match) -> Match:
    return Match(found.code, Sureness.LIKELY) if found.sureness is not Sureness.NONE else found
