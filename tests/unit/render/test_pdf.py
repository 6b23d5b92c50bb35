"""The PDF: what can be checked of PDF/UA-1 without veraPDF, words that stay words, the same bytes again.

https://pdfa.org/resource/the-matterhorn-protocol/ lists what fails; here are its checks that a program can make
without a validator. What only a person can judge (order of reading, sense of the words) is not among them.
"""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from invented_november import context, facts
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from scorecard.pack.charts import Chart, Panels
from scorecard.pack.document import Bullets, Document, Section, Words
from scorecard.pack.layout import build_document
from scorecard.render.locked import lock_pdf
from scorecard.render.pdf import render_pdf
from scorecard.render.style import DEFAULT

HOSTILE = (
    '#panic("no")',
    '#sys.inputs #read("/etc/passwd")',
    "$ x $ *b* _i_ @ref <label> \\u{41} `raw` // gone",
    "= Heading",
    "- item",
    "]#strong[",
    "http://example.org",
    "\x00\x0bnul",
    "w" * 400,
    "no font here has 𓀀 or \U0001f9d1",
)


@cache
def document() -> Document:
    return build_document(context(), facts())


@cache
def made() -> bytes:
    return render_pdf(document(), DEFAULT)


@pytest.fixture(scope="module")
def opened() -> PdfReader:
    return PdfReader(io.BytesIO(made()))


def whole(one: Any) -> Any:
    """A thing itself where the file only points to it."""
    return one.get_object() if hasattr(one, "get_object") else one


def root(pdf: PdfReader) -> Any:
    return whole(pdf.trailer["/Root"])


def elements(pdf: PdfReader) -> list[Any]:
    """Every element of the tree of tags, in reading order."""
    found: list[Any] = []
    waiting = [whole(root(pdf)["/StructTreeRoot"])]
    while waiting:
        one = waiting.pop()
        if "/S" in one:
            found.append(one)
        inner = whole(one.get("/K"))
        kids = map(whole, inner if isinstance(inner, ArrayObject) else [inner])
        waiting.extend(reversed([kid for kid in kids if isinstance(kid, DictionaryObject)]))
    return found


def tagged(pdf: PdfReader, name: str) -> list[Any]:
    return [one for one in elements(pdf) if one["/S"] == f"/{name}"]


def drawn() -> int:
    def count(section: Section) -> int:
        own = sum(len(one.charts) if isinstance(one, Panels) else isinstance(one, Chart) for one in section.parts)
        return own + sum(map(count, section.sections))

    return sum(map(count, document().sections))


def test_it_says_that_it_is_pdf_ua_and_in_which_language_and_shows_its_title(opened: PdfReader) -> None:
    told = root(opened)
    assert whole(told["/MarkInfo"])["/Marked"]
    assert told["/Lang"] == "en-GB"
    assert whole(told["/ViewerPreferences"])["/DisplayDocTitle"]
    words = whole(told["/Metadata"]).get_data().decode("utf-8")
    assert "<pdfuaid:part>1</pdfuaid:part>" in words
    assert document().period in str(opened.metadata and opened.metadata.title)


def test_every_drawing_says_in_words_what_it_shows(opened: PdfReader) -> None:
    spoken = [str(one["/Alt"]) for one in tagged(opened, "Figure") if "/Alt" in one]
    assert drawn()
    assert len(spoken) >= drawn()
    assert all(len(words) > 40 for words in spoken)
    assert all("/Alt" in one for one in tagged(opened, "Figure"))


def test_every_table_has_headings_of_its_columns(opened: PdfReader) -> None:
    tables = tagged(opened, "Table")
    assert tables
    assert len(tagged(opened, "THead")) == len(tables)
    heads = tagged(opened, "TH")
    assert len(heads) > len(tables)
    scopes = {str(told.get("/Scope")) for one in heads for told in map(whole, whole(one["/A"])) if "/Scope" in told}
    assert scopes == {"/Column"}


def test_headings_leave_no_level_out(opened: PdfReader) -> None:
    levels = [int(name[2:]) for name in (one["/S"] for one in elements(opened)) if re.fullmatch(r"/H\d", name)]
    assert levels
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_page_is_read_in_the_order_of_its_tags_and_has_its_letters_in_it(opened: PdfReader) -> None:
    for page in opened.pages:
        for font in map(whole, whole(whole(page["/Resources"]).get("/Font", {})).values()):
            inner = whole(whole(font["/DescendantFonts"])[0]) if "/DescendantFonts" in font else font
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(whole(inner["/FontDescriptor"]))
            assert "/ToUnicode" in font
        if "/Annots" in page:
            assert whole(page["/Tabs"]) == "/S"


def bookmarks(pdf: PdfReader) -> list[str]:
    return [str(one.title) for one in pdf.outline if not isinstance(one, list)]


def test_the_contents_of_the_document_are_bookmarks(opened: PdfReader) -> None:
    titles = bookmarks(opened)
    assert [section.title for section in document().sections if section.title not in titles] == []


def test_nothing_in_it_leads_elsewhere_or_runs(opened: PdfReader) -> None:
    for page in opened.pages:
        for one in map(whole, whole(page.get("/Annots", []))):
            assert "/URI" not in whole(one.get("/A", {}))
    assert "/JavaScript" not in whole(root(opened).get("/Names", {}))
    assert "/OpenAction" not in root(opened)


def test_no_word_is_taken_for_markup() -> None:
    words = tuple(Words((text,)) for text in HOSTILE)
    said = Section("hostile", HOSTILE[0], (*words, Bullets(tuple((text,) for text in HOSTILE))))
    told = replace(document(), title=HOSTILE[2], council=HOSTILE[1], sections=(said,))
    pdf = PdfReader(io.BytesIO(render_pdf(told, DEFAULT)))
    assert bookmarks(pdf) == [HOSTILE[0]]
    assert str(pdf.metadata and pdf.metadata.title) == f"{HOSTILE[2]}, {told.period}"


def test_a_locked_pdf_opens_with_its_password_alone_and_keeps_its_tags() -> None:
    locked = PdfReader(io.BytesIO(lock_pdf(made(), "of the council")))
    assert not locked.decrypt("another")
    assert locked.decrypt("of the council")
    assert tagged(locked, "Table")
