"""A form that came back is read as it was meant, and refused where it could do harm."""

from __future__ import annotations

import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest

from scorecard.errors import ScorecardError
from scorecard.pack.forms import Box, Form, FormTopic
from scorecard.render.form_docx import PLACEHOLDER, form_docx
from scorecard.work.form_reading import read_form

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2021, 12, 10)
TOPIC = FormTopic(
    "contacts", "Contacts", (), None, (), (), (Box("contacts", "Service Summary"), Box("contacts/b", "B"))
)
FORM = Form("merrow/2021-11/head", "Merrow", "OFFICIAL", "Head", "November 2021", "October 2021", DAY, DAY, (TOPIC,))
PLACED = f"<w:p><w:r><w:t>{PLACEHOLDER}</w:t></w:r></w:p>"


def _changed(folder: Path, **parts: tuple[str, str]) -> Path:
    """The form with something in one of its parts replaced, as a word processor or an enemy would."""
    whole, path = folder / "form.docx", folder / "returned.docx"
    whole.write_bytes(form_docx(FORM))
    with zipfile.ZipFile(whole) as read, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name in read.namelist():
            data = read.read(name).decode("utf-8", "surrogateescape")
            for key, (old, new) in parts.items():
                if name.endswith(f"{key}.xml"):
                    assert old in data
                    # The boxes for name and consent come first: the third is the first for words.
                    before, rest = (data, "") if key != "document" else _from_first_words(data)
                    data = before + rest.replace(old, new, 1) if rest else before.replace(old, new, 1)
            made.writestr(name, data.encode("utf-8", "surrogateescape"))
    return path


def _from_first_words(data: str) -> tuple[str, str]:
    at = data.find("[box contacts]")
    return data[:at], data[at:]


def _words(path: Path) -> str:
    return read_form(path).words["contacts"]


def test_an_empty_form_says_which_it_is_and_holds_no_words(tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(form_docx(FORM))
    returned = read_form(path)
    assert returned.id == FORM.id
    assert returned.words == {"author": "", "agreed": "", "contacts": "", "contacts/b": ""}


def test_a_form_is_the_same_bytes_each_time() -> None:
    assert form_docx(FORM) == form_docx(FORM)


def test_insertions_are_accepted_and_deletions_dropped(tmp_path: Path) -> None:
    tracked = (
        "<w:p><w:r><w:t xml:space='preserve'>We had </w:t></w:r><w:del><w:r><w:delText>nine</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>"
        "<w:ins><w:r><w:t>ten “more” than in May.</w:t></w:r></w:ins></w:p>"
    )
    assert _words(_changed(tmp_path, document=(PLACED, tracked))) == "We had ten “more” than in May."


def test_bullets_and_a_pasted_table_are_lists_and_a_heading_is_words(tmp_path: Path) -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    pasted = (
        "<w:p><w:r><w:t>## Heading</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>one thing</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>•</w:t><w:tab/><w:t>another</w:t></w:r></w:p>"
        f"<w:tbl><w:tr>{cell.format('Hub')}{cell.format('12')}</w:tr></w:tbl>"
    )
    assert _words(_changed(tmp_path, document=(PLACED, pasted))) == "Heading\n\n- one thing\n- another\n- Hub | 12"


def test_a_form_whose_property_was_dropped_is_known_by_its_last_line(tmp_path: Path) -> None:
    assert read_form(_changed(tmp_path, custom=("scorecard-form", "another"))).id == FORM.id


def test_a_form_that_declares_a_document_type_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Properties '
    with pytest.raises(ScorecardError, match="declares a document type"):
        read_form(_changed(tmp_path, custom=("<Properties ", bomb)))


def test_a_form_with_elements_without_end_is_refused(tmp_path: Path) -> None:
    deep = "<w:r>" * 500 + "</w:r>" * 500
    with pytest.raises(ScorecardError, match="too many elements"):
        read_form(_changed(tmp_path, document=(PLACED, f"<w:p>{deep}</w:p>")))


def test_a_form_that_would_grow_too_large_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", b" " * 31_000_000)
    with pytest.raises(ScorecardError, match="too large"):
        read_form(path)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"Dear all, we had ten more."])
def test_a_file_that_is_no_form_is_refused_in_words(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(data)
    with pytest.raises(ScorecardError, match="The form cannot be read"):
        read_form(path)
