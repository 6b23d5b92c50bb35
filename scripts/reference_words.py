"""The page of words: what each means, its examples, how each engine spells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import reference_markdown as markdown

from scorecard.sql.engines.engine import EngineName
from scorecard.sql.vocabulary import WORDS

if TYPE_CHECKING:
    from scorecard.sql.word import Word

_HEAD = """# Words

What a definition may use besides plain SQL. Each means the same on every database: its examples are run as tests on
each of them. A missing value in gives a missing value out, but for `flag`, which gives
0, and where an example says otherwise."""


def page() -> str:
    """The whole page."""
    return markdown.document(_HEAD, _contents(), *(_about(word) for word in WORDS.values()))


def _contents() -> str:
    return markdown.table(
        ("word", "gives", "means"),
        ((f"[`{word.name}`](#{word.name})", word.gives, word.meaning) for word in WORDS.values()),
    )


def _about(word: Word) -> str:
    heads, *rows = ([cell.strip() for cell in line.split("|")] for line in word.examples.strip().splitlines())
    return markdown.document(
        f"## {word.name}", f"`{word.signature}`", word.meaning, markdown.table(heads, rows), _spellings(word)
    )


def _spellings(word: Word) -> str:
    spelt = {engine: word.spelling(engine) for engine in EngineName}
    if not any(spelt.values()):
        return "Spelt from the [dated rules](indicators.md#dated-rules)."
    if len(set(spelt.values())) == 1:
        return "On every engine:\n\n" + markdown.code(spelt[EngineName.DUCKDB], "sql")
    return "\n\n".join(f"On {engine}:\n\n{markdown.code(text, 'sql')}" for engine, text in spelt.items() if text)
