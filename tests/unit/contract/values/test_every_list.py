"""What holds of every code list's vocabulary, whatever is in it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.contract.load import load_contract
from scorecard.contract.values.match import Sureness, match
from scorecard.contract.values.vocabulary import FOLDER, Vocabulary, names, vocabulary

EVERY = [vocabulary(name) for name in names()]
MOST = 150

every_list = pytest.mark.parametrize("each", EVERY, ids=lambda each: each.name)


@every_list
def test_a_code_is_itself_and_exactly(each: Vocabulary) -> None:
    assert {code: match(each, code).code for code in each.labels} == {code: code for code in each.labels}
    assert {match(each, code).sureness for code in each.labels} == {Sureness.EXACT}


@every_list
def test_a_label_is_its_code_and_exactly(each: Vocabulary) -> None:
    found = {code: match(each, label) for code, label in each.labels.items()}
    assert {code: one.code for code, one in found.items()} == {code: code for code in each.labels}
    assert {one.sureness for one in found.values()} == {Sureness.EXACT}


@every_list
def test_a_code_before_its_label_or_in_brackets_behind_it_is_that_code(each: Vocabulary) -> None:
    for code, label in each.labels.items():
        written = [
            f"{code} - {label}",
            f"{code}: {label}",
            f"{code} {label}",
            f"{label} [{code}]",
            f"a) {code}: {label}",
        ]
        assert {match(each, text).code for text in written} == {code}


@every_list
def test_no_two_codes_share_a_spelling(each: Vocabulary) -> None:
    texts = [(code, each.key(label)) for code, label in each.labels.items()]
    texts += [(code, each.key(text)) for code, spellings in each.spellings.items() for text in spellings]
    texts += [(code, each.key(code)) for code in each.labels]
    shared = Counter(text for _, text in set(texts))
    assert [text for text, codes in shared.items() if codes > 1] == []


@every_list
def test_every_code_of_another_system_is_understood(each: Vocabulary) -> None:
    assert {text: match(each, text).code for text in each.prefixes} == dict(each.prefixes)


@every_list
def test_no_list_holds_more_than_150_spellings(each: Vocabulary) -> None:
    # The numbers of the authorities are their codes in the national register, and are no spellings of anybody's.
    spellings = [
        text for texts in each.spellings.values() for text in texts if not (each.within and text[-4:].isdigit())
    ]
    whole = [word for rule in each.rules for word in rule.words if word.startswith("^") and word.endswith("$")]
    names = [name for told in each.abbreviated.values() for name in told]
    assert len(spellings) + len(whole) + len(each.prefixes) + len(names) <= MOST


@every_list
def test_no_word_stands_in_a_rule_twice(each: Vocabulary) -> None:
    assert [rule.words for rule in each.rules if len(set(rule.words)) < len(rule.words)] == []


@every_list
def test_what_is_no_word_of_any_list_is_not_guessed_at(each: Vocabulary) -> None:
    assert match(each, "Qwxz kjvq").sureness is Sureness.NONE


@given(st.sampled_from(EVERY), st.text(max_size=40))
def test_any_text_is_answered_with_a_code_of_the_list_or_none(each: Vocabulary, text: str) -> None:
    found = match(each, text)
    assert found.code is None or found.code in each.labels
    assert found.sureness is not Sureness.NONE or found.code is None


def _texts(each: Vocabulary) -> list[str]:
    return [*each.labels.values(), *(text for texts in each.spellings.values() for text in texts)]


@given(st.data())
def test_capitals_gaps_dashes_and_quotes_never_change_the_answer(data: st.DataObject) -> None:
    each = data.draw(st.sampled_from(EVERY))
    text = data.draw(st.sampled_from(_texts(each)))
    code = data.draw(st.sampled_from(list(each.labels)))
    text = data.draw(st.sampled_from([text, f"{code} - {text}", f"{text} and more of it"]))
    changed = data.draw(st.sampled_from([text.upper(), text.lower(), text.title() if "'" not in text else text]))
    changed = changed.replace("-", data.draw(st.sampled_from("-–—"))).replace("'", data.draw(st.sampled_from("'’‘`")))
    changed = changed.replace(" ", data.draw(st.sampled_from([" ", "  ", "\u00a0"])))
    assert match(each, f" {changed}\t").code == match(each, text).code


def test_every_code_list_of_the_contract_has_a_vocabulary() -> None:
    assert set(load_contract().codes) <= set(names())


def test_every_file_of_words_is_of_a_list_there_is() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} - {"_nothing"} <= set(names())
