"""The same value however it is typed: case, gaps, punctuation, quotes, dashes and accents aside."""

from __future__ import annotations

import re
import unicodedata

#: A list's own numbering before the value: “a) Neglect”, “zz) T4”, “b. No”, “60) Individual”.
_NUMBERING = re.compile(r"\s*(?:[a-z]{1,2}\d?\)|[a-z]\.|\d{1,3}\))\s+(?=\S)", re.IGNORECASE)
#: An apostrophe of any kind, also one that a wrong encoding left as question marks.
_APOSTROPHE = re.compile(r"[’‘'`´]|(?<=\w)\?{1,2}(?=s\b)")
_AND = re.compile(r"\s*&\s*|\s\+\s")
_APART = re.compile(r"[\W_]+")
#: Words that a list is written with or without.
_SMALL = frozenset(
    {"an", "and", "eg", "etc", "example", "for", "ie", "inc", "incl", "include", "includes", "including"}
) | {*("of", "or", "the")}
#: Single letters that are small words only within a value: first in it they are a list’s own.
_SINGLE = re.compile(r"(?<= )(?:a|e g|i e) ")
#: Letters that a plural’s “s” is more than.
_PLURAL = 4


def spelled(text: str) -> str:
    """A value's words in small letters, one gap between them.

    >>> spelled("  White –\u00a0British "), spelled("Child’s  DISABILITY"), spelled("A&E")
    ('white british', 'childs disability', 'a and e')
    """
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", text).casefold()
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _APART.sub(" ", _AND.sub(" and ", _APOSTROPHE.sub("", plain))).strip()


def unnumbered(text: str) -> str:
    """A value without the numbering of the list it was picked from.

    >>> unnumbered("a) 1A: Individual"), unnumbered("(D) Foyer")
    ('1A: Individual', '(D) Foyer')
    """
    return _NUMBERING.sub("", text, count=1) if _NUMBERING.match(text) else text


def loosely(words: str) -> str:
    """A value’s words, as `spelled`, without the small ones, each as it is of one thing.

    >>> loosely("the court and the solicitors")
    'court solicitor'
    """
    told = [word for word in _SINGLE.sub("", words).split() if word not in _SMALL]
    return " ".join(word[:-1] if word.endswith("s") and len(word) >= _PLURAL else word for word in told)
