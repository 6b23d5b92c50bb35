"""What services wrote is read by section; what is missing is known."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from scorecard.errors import ScorecardError
from scorecard.pack.commentary import Comment
from scorecard.pack.commentary_files import comment_as_text, load_commentary

if TYPE_CHECKING:
    from pathlib import Path

WRITTEN = """# November 2021

## screening
Author: A. Manager
Role: Service Manager, MASH
State: signed off

- The hub was not fully staffed.
- State: this line belongs to the words.

## initial-conferences

Salwa
"""


def _file(folder: Path, text: str) -> Path:
    path = folder / "2021-11.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_comment_has_its_author_role_state_and_words(tmp_path: Path) -> None:
    comment = load_commentary(_file(tmp_path, WRITTEN)).on("screening")
    assert comment
    assert (comment.author, comment.role, comment.state) == ("A. Manager", "Service Manager, MASH", "signed off")
    assert comment.text.startswith("- The hub")
    assert "this line belongs" in comment.text


def test_a_first_name_alone_is_no_comment(tmp_path: Path) -> None:
    assert load_commentary(_file(tmp_path, WRITTEN)).on("initial-conferences") is None


def test_no_file_is_no_commentary(tmp_path: Path) -> None:
    assert load_commentary(tmp_path / "none.md").on("screening") is None


def test_a_heading_nobody_asked_for_and_one_that_stands_twice_are_told_with_their_lines(tmp_path: Path) -> None:
    path = _file(tmp_path, "## screening\na b c\n## screning\na b c\n## screening\na b c\n")
    with pytest.raises(ScorecardError) as caught:
        load_commentary(path, ["screening"])
    assert f"{path}:3" in str(caught.value)
    assert f"{path}:5" in str(caught.value)


def test_a_slot_of_its_own_has_a_day_and_may_be_personal(tmp_path: Path) -> None:
    words = "## contacts / partners\nDate: 2021-12-03\nPersonal: yes\n\nPartners sent more.\n"
    commentary = load_commentary(_file(tmp_path, words), ["contacts", "contacts/partners"])
    comment = commentary.on("contacts", "partners")
    assert comment
    assert (comment.date, comment.personal) == (date(2021, 12, 3), True)
    assert commentary.on("contacts") is None
    assert commentary.speaks_on("contacts")


def test_what_is_written_to_a_file_is_read_again_even_where_words_begin_like_a_field(tmp_path: Path) -> None:
    comment = Comment(
        "contacts", "Author: nobody\n\nState of the hub: full.", "Sam", "Head", "drafted", "b", None, True
    )
    assert load_commentary(_file(tmp_path, comment_as_text(comment))).comments["contacts/b"] == comment


@pytest.mark.parametrize(
    "token", ["cla_nmber", "cla_number/2021-13", "cla_number/2021-10/moment", "cla_number/2021-10/month/x"]
)
def test_a_token_that_names_no_figure_is_told_with_its_line(tmp_path: Path, token: str) -> None:
    path = _file(tmp_path, f"## contacts\n\nThere were {{{token}}} here.\n")
    with pytest.raises(ScorecardError, match=rf"2021-11\.md:3: \{{{token}\}} names"):
        load_commentary(path, ["contacts"], ["cla_number"])


@pytest.mark.parametrize("field", ["Date: in March", "Personal: perhaps"])
def test_a_field_that_says_nothing_a_program_can_read_is_a_fault(tmp_path: Path, field: str) -> None:
    with pytest.raises(ScorecardError, match=field):
        load_commentary(_file(tmp_path, f"## contacts\n{field}\n\nMore came in.\n"))
