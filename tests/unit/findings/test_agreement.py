"""Words agree with their numbers: one child was, two children were, none of one was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from scorecard.definitions.registry import load_registry
from scorecard.findings.agreement import agreed
from scorecard.findings.wording import shipped_wording
from scorecard.words.phrase import Number, fill, text_of

if TYPE_CHECKING:
    from scorecard.definitions.indicator import Measure

WORDED = [measure for owner in load_registry().indicators.values() for measure in owner.measures if measure.in_words]
PLURALS = "|".join(shipped_wording()["singular"])


def _agreed(template: str, numerator: int, denominator: int = 5) -> str:
    slots = {"numerator": Number(str(numerator), "n"), "denominator": Number(str(denominator), "d")}
    return text_of(agreed(fill(template, slots), shipped_wording()))


@pytest.mark.parametrize(
    ("template", "numerator", "denominator", "said"),
    [
        ("{numerator} children were on a plan", 1, 5, "1 child was on a plan"),
        ("{numerator} children were on a plan", 11, 5, "11 children were on a plan"),
        ("{numerator} of {denominator} plans were late", 1, 5, "1 of 5 plans was late"),
        ("{numerator} of {denominator} plans were late", 1, 1, "1 of 1 plan was late"),
        ("{numerator} of {denominator} plans were late", 0, 1, "0 of 1 plan was late"),
        ("{numerator} of {denominator} plans were late", 2, 5, "2 of 5 plans were late"),
        ("he was seen in {numerator} of {denominator} assessments", 1, 1, "he was seen in 1 of 1 assessment"),
        ("{numerator} of {denominator} cases that were old had none", 1, 5, "1 of 5 cases that were old had none"),
        ("{numerator} of {denominator} cases that were old had none", 1, 1, "1 of 1 case that was old had none"),
        ("{numerator} of {denominator} workers who hold cases ran", 1, 1, "1 of 1 worker who holds cases ran"),
        ("{numerator} children and young people were in care", 1, 5, "1 child or young person was in care"),
        ("the forms of {numerator} contacts disagree", 1, 5, "the forms of 1 contact disagree"),
    ],
)  # fmt: skip
def test_nouns_and_verbs_follow_the_number_they_belong_to(
    template: str, numerator: int, denominator: int, said: str
) -> None:
    assert _agreed(template, numerator, denominator) == said


@pytest.mark.parametrize("measure", WORDED, ids=lambda measure: measure.id)
def test_no_definition_counts_one_of_something_in_the_plural(measure: Measure) -> None:
    """A new definition that counts a noun which `[singular]` does not hold fails here."""
    template = measure.in_words
    slots = {name: Number("1", name) for name in ("numerator", "denominator", "value", "bare_value")}
    said = text_of(agreed(fill(template, slots), shipped_wording()))
    plain = text_of(fill(template, slots))
    counts_a_thing = re.search(r"\{(numerator|denominator)\} (?!and\b|of\b|of these\b)[a-z]", template)
    assert said != plain or not counts_a_thing, said
    assert not re.search(rf"\b1 (?!of these)(?:(?!who )\w+ ){{0,4}}?(?:{PLURALS})\b", said), said
