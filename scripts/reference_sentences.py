"""The page of sentences: two hundred facts drawn at random, and how each is said."""

from __future__ import annotations

from random import Random

import reference_markdown as markdown
from drawn_facts import Case, Drawn, draw

from scorecard.definitions.registry import load_registry
from scorecard.findings.sentences import sentences
from scorecard.findings.titles import title_of
from scorecard.findings.wording import shipped_wording
from scorecard.words.phrase import text_of

SEED, NUMBER = 20211130, 200

_HEAD = f"""# Sentences

How figures are said. {NUMBER} facts were made up at random, each over a measure of the library, and put into the words
of `sentences.toml`; a test draws them again and compares, and asks of thousands more that they are right in number,
direction and comparison. Nothing here is a figure of any council. In italics stands the title that a chart of the
measure would have."""


def page() -> str:
    """The whole page."""
    drawn = drawn_facts(NUMBER, SEED)
    groups = ((case, [one for one in drawn if one.case is case]) for case in Case)
    return markdown.document(_HEAD, *(_group(case, some) for case, some in groups))


def drawn_facts(number: int, seed: int) -> list[Drawn]:
    """So many facts, each case in turn; the same from the same seed."""
    random, cases = Random(seed), list(Case)  # noqa: S311 - made-up facts, the same each time
    measures = [(measure, one) for one in load_registry().indicators.values() for measure in one.measures]
    measures.sort(key=lambda held: held[0].id)
    return [draw(random, cases[place % len(cases)], measures) for place in range(number)]


def said_of(one: Drawn) -> str:
    """All that is said of a drawn fact."""
    return " ".join(text_of(sentence) for sentence in sentences(one.reading))


def _group(case: Case, drawn: list[Drawn]) -> str:
    lines = (f"- {said_of(one)} *{text_of(title_of(one.reading, shipped_wording()))}*" for one in drawn)
    return f"## {case.capitalize()}\n\n" + "\n".join(lines)
