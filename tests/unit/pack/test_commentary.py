"""What services wrote is read by section; what is missing is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scorecard.errors import ScorecardError
from scorecard.pack.commentary_files import load_commentary

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
