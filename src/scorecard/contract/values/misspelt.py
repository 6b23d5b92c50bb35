"""Small spelling mistakes: one letter too many, too few, wrong, or two changed about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHORTEST = 5


@dataclass(frozen=True)
class Speller:
    """Knows words, and finds the one that a word with a single mistake was meant to be.

    Words that differ by one letter share a word with one letter left out: looking those up is what keeps it fast.
    """

    known: frozenset[str]
    stems: tuple[str, ...]
    by_shorter: Mapping[str, str]

    @classmethod
    def of(cls, words: set[str], stems: tuple[str, ...]) -> Speller:
        """A speller of these words; a word that begins with a stem is right as it stands."""
        meant = sorted(word for word in words if len(word) >= _SHORTEST and word.isalpha())
        shorter = {short: word for word in reversed(meant) for short in _shorter(word)}
        return cls(frozenset(words), stems, shorter)

    def mended(self, text: str) -> str:
        """A value, as `spelled`, with the mistakes in its words mended.

        >>> Speller.of({"hospital"}, ("psych",)).mended("hosptial psychiatric wing")
        'hospital psychiatric wing'
        """
        return " ".join(self._meant(word) for word in text.split(" "))

    def _meant(self, word: str) -> str:
        if len(word) < _SHORTEST or not word.isalpha() or word in self.known or word.startswith(self.stems):
            return word
        for short in (word, *_shorter(word)):
            meant = self.by_shorter.get(short)
            if meant and meant[0] == word[0] and _one_slip(word, meant):
                return meant
        return word


def _shorter(word: str) -> list[str]:
    return [word[:place] + word[place + 1 :] for place in range(len(word))]


def _one_slip(written: str, meant: str) -> bool:
    """Whether two words differ by one letter, or by two neighbours changed about."""
    if len(written) != len(meant):
        return True
    differ = [place for place, (one, other) in enumerate(zip(written, meant, strict=True)) if one != other]
    first, last = differ[0], differ[-1]
    return first == last or (last == first + 1 and written[first] == meant[last] and written[last] == meant[first])
