"""Texts compared as people mean them: without case, accents, gaps, punctuation or kinds of quotation marks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NOT_SAID = re.compile(r"[^0-9a-z]+")


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A header or a value as it is compared.

    >>> plain(" Person’s  I.D.") == plain("PERSONS ID")
    True
    """
    bare = "".join(letter for letter in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(letter))
    return _NOT_SAID.sub("", bare)


def plain_sql(text: str) -> str:
    """The same in SQL, of an expression that gives text."""
    return f"regexp_replace(strip_accents(lower({text})), '[^0-9a-z]+', '', 'g')"
