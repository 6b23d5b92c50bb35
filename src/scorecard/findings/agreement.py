"""One child, two children: the words of a definition made to agree with the numbers they are said of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorecard.words.phrase import Number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard.findings.wording import Wording
    from scorecard.words.phrase import Phrase, Piece

_ONE = "1"
_OF = " of "


def agreed(phrase: Phrase, words: Wording) -> Phrase:
    """A definition's own words with the noun after a 1 in the singular, and the verb where that 1 is its subject.

    In “1 of 5 plans was late” the noun agrees with the five, the verb with the one; in “0 of 1 plan was” both with it.
    """
    said: list[Piece] = []
    begins = one_is_subject = False
    for place, piece in enumerate(phrase):
        before = phrase[place - 1] if place else None
        if isinstance(piece, Number):
            begins = begins if before == _OF else _begins(before)
            one_is_subject = begins and (piece.text == _ONE or (before == _OF and one_is_subject))
            said.append(piece)
        elif isinstance(piece, str) and isinstance(before, Number):
            said.append(_after(piece, words, noun_is_one=before.text == _ONE, one_is_subject=one_is_subject))
        else:
            said.append(piece)
    return tuple(said)


def _begins(before: Piece | None) -> bool:
    """Whether a number with this before it begins a clause, and so is what the verb is said of."""
    return before is None or (isinstance(before, str) and before.endswith(", "))


def _after(text: str, words: Wording, *, noun_is_one: bool, one_is_subject: bool) -> str:
    if text == _OF:
        return text
    own, bracket, rest = text.partition("(")
    if noun_is_one and not own.startswith(_OF):
        own = _first(own, words["singular"])
        own = _first(own, words["singular_verb"], after_that=True)
    if one_is_subject:
        own = _first(own, words["singular_verb"])
    return own + bracket + rest


def _first(text: str, singular: Mapping[str, str], *, after_that: bool = False) -> str:
    """The text with the first of these words in the singular; a verb of a clause that begins “that” or “who” apart."""
    longest_first = "|".join(re.escape(word) for word in sorted(singular, key=len, reverse=True))
    held = r"(?<=\bthat )|(?<=\bwho )" if after_that else r"(?<!\bthat )(?<!\bwho )"
    return re.sub(rf"(?:{held})\b(?:{longest_first})\b", lambda found: singular[found[0]], text, count=1)
