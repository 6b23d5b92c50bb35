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


#: No value needs more letters to be told from another: what is longer is read no further.
LONGEST = 400

#: Fewer letters begin too many names.
_CUT_SHORT = 8

#: Codes of so many letters are words (“OTHER”, “RETURN”), and these shorter ones.
_WORD, _SHORT_WORDS = 5, frozenset({"a", "no", "yes", "both", "con", "died"})

_NO_MATCH = Match(None, Sureness.NONE)
_NOT_MAPPED = re.compile(r"code '(.*)' is not mapped", re.IGNORECASE)
_LAST_BRACKETS = re.compile(r"\s[(\[]\s*([\w.]+)\s*[)\]]\s*$")
_LETTERED = re.compile(r"([a-z]{0,2}\d{1,2})[a-z][a-z0-9]*")
_NUMBER = re.compile(r"[a-z]|[a-z]?\d{1,2}[a-z]?")
_CODE_LIKE = re.compile(r"[a-z]{1,3}\d{1,3}[a-z]?|\d[a-z]")
#: A system's own word before the code: “(CS) Education”, “CIN - N1 Abuse”, “CLA - C1 - Interim care order”.
_TAGS = frozenset({"cs", "cin", "cla", "code", "child", "childrens"})


def match(vocabulary: Vocabulary, text: str) -> Match:
    """The code a council's spelling stands for.

    >>> from scorecard.contract.values.vocabulary import vocabulary
    >>> match(vocabulary("closure_reason"), "RC2 – Died")
    Match(code='RC2', sureness=<Sureness.PREFIX: 'prefix'>)
    """
    stripped = text.strip()[:LONGEST]
    if stripped in vocabulary.labels:
        return Match(stripped, Sureness.EXACT)
    if found := _not_mapped(vocabulary, stripped):
        return found
    for words in (vocabulary.key(stripped), vocabulary.key(unnumbered(stripped))):
        if words in vocabulary.by_spelling:
            code = vocabulary.by_spelling[words]
            return Match(code, Sureness.EXACT if code and vocabulary.labels[code] == stripped else Sureness.SPELLING)
    words = spelled(unnumbered(stripped))
    if code := vocabulary.whole(words):
        return Match(code, Sureness.SPELLING)
    return _behind_marks(vocabulary, words) or _by_parts(vocabulary, stripped, words)


def _not_mapped(vocabulary: Vocabulary, text: str) -> Match | None:
    """What a system wrote of a value it did not know itself: “Code 'V2' is not mapped”."""
    inner = _NOT_MAPPED.fullmatch(text)
    return _no_surer(match(vocabulary, inner[1])) if inner else None


def _behind_marks(vocabulary: Vocabulary, words: str) -> Match | None:
    """A whole label behind marks that name no other code: a numbering, a tag, the code of this or another system."""
    before: set[str | None] = {None}
    first, _, rest = words.partition(" ")
    codes = vocabulary.by_any_code
    while rest and (first in _TAGS or first in codes or _NUMBER.fullmatch(first)):
        its = codes.get(first) or vocabulary.whole(first) or _lettered(vocabulary, first)
        if not vocabulary.one_part(codes.get(first[0]), vocabulary.whole(rest)):
            return None
        if code := vocabulary.whole(rest):
            return Match(code, Sureness.PREFIX) if {its, *before} <= {None, code} - vocabulary.disputed else None
        if len(first) > 1:  # the letter of “C.C1” is that of a part of the list
            before.add(its)
        first, _, rest = rest.partition(" ")
    return None


def _by_parts(vocabulary: Vocabulary, text: str, words: str) -> Match:
    """A code before or behind the words, or the words alone."""
    mended = vocabulary.speller.mended(words)
    if named := _named(vocabulary, vocabulary.key(mended)):
        return Match(named, Sureness.LIKELY)
    code, beside = _code_and_words(vocabulary, text, mended)
    # A code without a number may as well be a word (“No contact recorded”): the rules read it too.
    told = beside if code and not code.isalpha() else mended
    decided = next((rule for rule in vocabulary.rules if rule.decides(told)), None)
    if code:
        if not decided or decided.code == code:
            # A bare number is often a council's own: words must be the whole label to bear it out.
            borne_out = vocabulary.whole(beside) == code or (decided and not code.isdigit())
            return Match(code, Sureness.PREFIX if borne_out and code not in vocabulary.disputed else Sureness.LIKELY)
        # A bare number, or a code that is a word, is often no code where the words say something else.
        return Match(decided.code if code.isdigit() or _is_word(code) else code, Sureness.LIKELY)
    lettered = _lettered(vocabulary, mended)
    if decided and decided.code in {lettered or _anywhere(vocabulary, mended)} - vocabulary.disputed - {None}:
        return Match(decided.code, Sureness.PREFIX)
    if lettered or decided:
        return Match(lettered or (decided.code if decided else None), Sureness.LIKELY)
    local = _local(vocabulary, mended) or _named_in_part(vocabulary, vocabulary.key(mended))
    local = local or vocabulary.by_beginning.get(mended) or _anywhere(vocabulary, mended)
    local = local or vocabulary.by_abbreviation(words)
    return Match(local, Sureness.LIKELY) if local else _NO_MATCH


def _named(vocabulary: Vocabulary, key: str) -> str | None:
    return vocabulary.by_spelling.get(key) or vocabulary.by_place.get(key)


def _named_in_part(vocabulary: Vocabulary, key: str) -> str | None:
    """The place that most of a value's words name, from its beginning or to its end, or that one cut short begins."""
    if not vocabulary.ignored:
        return None
    words = key.split()
    for count in range(len(words) - 1, 0, -1):
        for part in (words[:count], words[-count:]):
            if found := _named(vocabulary, " ".join(part)):
                return found
    begun = {code for name, code in vocabulary.by_spelling.items() if code and name.startswith(key)}
    return begun.pop() if len(begun) == 1 and len(key) >= _CUT_SHORT else None


def _is_word(code: str) -> bool:
    return code.isalpha() and (len(code) >= _WORD or code.casefold() in _SHORT_WORDS)


def _code_and_words(vocabulary: Vocabulary, text: str, words: str) -> tuple[str | None, str]:
    """The code that stands first (a tag aside) or in brackets at the end, and the words beside it."""
    first, _, rest = words.partition(" ")
    if first in _TAGS and first not in vocabulary.by_code:
        first, _, rest = rest.partition(" ")
    second, _, others = rest.partition(" ")
    for both in (f"{first} {second}", f"{first}{second}" if second.isdigit() else ""):  # “APPROVAL_GENERAL”, “N 1”
        if both in vocabulary.by_code:
            return vocabulary.by_code[both], others
    if first in vocabulary.by_code:
        return vocabulary.by_code[first], rest.removeprefix(f"{first} ")
    brackets = _LAST_BRACKETS.search(text)
    last = spelled(brackets[1]) if brackets else ""
    return vocabulary.by_code.get(last), words.removesuffix(last).strip()


def _lettered(vocabulary: Vocabulary, words: str) -> str | None:
    """The code that a council wrote letters of its own behind: “N1a”, “U4b”, “3g”."""
    first, _, rest = words.partition(" ")
    if parts := _LETTERED.fullmatch(rest.partition(" ")[0] if first in _TAGS else first):
        return vocabulary.by_code.get(parts[1]) or vocabulary.by_prefix.get(parts[1])
    return None


def _local(vocabulary: Vocabulary, words: str) -> str | None:
    """The code of another system that stands first, or second behind a letter: “A3 …”, “A.A3 …”."""
    for word in words.split(" ")[1::-1]:
        if word in vocabulary.by_prefix:
            return vocabulary.by_prefix[word]
    return None


def _anywhere(vocabulary: Vocabulary, words: str) -> str | None:
    """The one code that stands somewhere in a value, and cannot be a word."""
    told = {word for word in words.split(" ") if _CODE_LIKE.fullmatch(word) and word in vocabulary.by_code}
    return vocabulary.by_code[told.pop()] if len(told) == 1 else None


def _no_surer(found: Match) -> Match:
    return Match(found.code, Sureness.LIKELY) if found.sureness is not Sureness.NONE else found
