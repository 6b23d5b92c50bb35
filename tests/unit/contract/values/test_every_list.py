"""What holds of every code list's vocabulary."""

from __future__ import annotations

import pytest

from scorecard.contract.values.match import Sureness, match
from scorecard.contract.values.vocabulary import Vocabulary, names, vocabulary

EVERY = [vocabulary(name) for name in names()]


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.name)
def test_a_code_is_always_itself(each: Vocabulary) -> None:
    assert [match(each, code).code for code in each.labels] == list(each.labels)
    assert {match(each, code).sureness for code in each.labels} == {Sureness.EXACT}


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.name)
def test_a_label_is_its_code(each: Vocabulary) -> None:
    assert [match(each, label).code for label in each.labels.values()] == list(each.labels)
