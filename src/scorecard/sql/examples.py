"""The examples of the words, read from their tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from scorecard.sql.rules import CodeList, DatedRules, DatedValue, ListedCode, Parameter

if TYPE_CHECKING:
    from scorecard.sql.word import Word

_SOURCE = "an example"

EXAMPLE_RULES = DatedRules(
    parameters={
        "example_limit": Parameter(
            "example_limit",
            "A limit that changed",
            "working days",
            (DatedValue(date(2013, 4, 1), 3, _SOURCE), DatedValue(date(2021, 10, 1), 5, _SOURCE)),
        ),
        "example_share": Parameter("example_share", "A share", "share", (DatedValue(date(2013, 4, 1), 0.5, _SOURCE),)),
    },
    code_lists={
        "example_codes": CodeList(
            "example_codes",
            "Codes that came and went",
            _SOURCE,
            (
                ListedCode("V3"),
                ListedCode("V4", from_day=date(2008, 4, 1)),
                ListedCode("V5", to_day=date(2015, 4, 1)),
            ),
        )
    },
)
"""The rules that the examples of `param_on` and `listed` look up."""


@dataclass(frozen=True)
class WordExample:
    """What is given to a word, what it gives, and why: all as text; empty is missing."""

    given: tuple[str, ...]
    gives: str
    because: str


def examples_of(word: Word) -> tuple[WordExample, ...]:
    """A word's examples in the order of its table, whose last two columns are the answer and the reason."""
    head, *rows = [_cells(line) for line in word.examples.strip("\n").splitlines() if line.strip()]
    if len(head) != len(word.arguments) + 2:
        message = f"the examples of {word.name} have the columns {head}"
        raise ValueError(message)
    return tuple(WordExample(tuple(row[:-2]), row[-2], row[-1]) for row in rows)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]
