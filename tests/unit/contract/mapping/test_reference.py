"""The page of the format tells every key and every form, and shows examples that read."""

from __future__ import annotations

from scorecard.contract.load import load_contract
from scorecard.contract.mapping.forms import Form
from scorecard.contract.mapping.reading import read_mappings
from scorecard.contract.mapping.reference import EXAMPLES, MEANINGS, keys, mapping_page


def test_every_key_that_is_read_is_explained_and_no_other() -> None:
    assert {name for name, _ in keys()} == set(MEANINGS)


def test_every_form_is_shown_by_the_examples_or_the_table_of_forms() -> None:
    page = mapping_page()
    assert {form.__name__ for form in Form.__subclasses__() if " ".join((form.__doc__ or "?").split()) not in page} == {
        "From"
    }, "a header as it stands is explained in three rows of its own"


def test_the_examples_are_mappings_of_the_contract() -> None:
    shown = {mapping.id for mapping in read_mappings(EXAMPLES, load_contract())}
    assert len(shown) == 8
    assert not [name for name in shown if f"### {name}.toml" not in mapping_page()]
