"""The PDF: what can be checked of PDF/UA-1 without veraPDF, words that stay words, the same bytes again.

https://pdfa.org/resource/the-matterhorn-protocol/ lists what fails; here are its checks that a program can make
without a validator. What only a person can judge (order of reading, sense of the words) is not among them.
"""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from invented_november import context, facts

from scorecard.pack.charts import Chart, Panels
from scorecard.pack.document import Bullets, Document, Section, Words
from scorecard.pack.layout import build_document
from scorecard.render.locked import lock_pdf
from scorecard.render.pdf import render_pdf
from scorecard.render.style import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator

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
def opened() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(made())) as pdf:
        yield pdf


def elements(pdf: pikepdf.Pdf) -> list[Any]:
    """Every element of the tree of tags, in reading order."""
    found: list[Any] = []
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Dictionary):
            if "/S" in one:
                found.append(one)
            inner = one.get("/K")
            kids = list(inner) if isinstance(inner, pikepdf.Array) else [inner]
            waiting.extend(reversed([kid for kid in kids if isinstance(kid, pikepdf.Dictionary)]))
    return found


def tagged(pdf: pikepdf.Pdf, name: str) -> list[Any]:
    return [one for one in elements(pdf) if f"/{name}" == one.S]


def drawn() -> int:
    def count(section: Section) -> int:
        own = sum(len(one.charts) if isinstance(one, Panels) else isinstance(one, Chart) for one in section.parts)
        return own + sum(map(count, section.sections))

    return sum(map(count, document().sections))


def test_it_says_that_it_is_pdf_ua_and_in_which_language_and_shows_its_title(opened: pikepdf.Pdf) -> None:
    assert opened.Root.MarkInfo.Marked
    assert str(opened.Root.Lang) == "en-GB"
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    with opened.open_metadata() as told:
        assert told["pdfuaid:part"] == "1"
        assert document().period in told["dc:title"]


def test_every_drawing_says_in_words_what_it_shows(opened: pikepdf.Pdf) -> None:
    spoken = [str(one.Alt) for one in tagged(opened, "Figure") if "/Alt" in one]
    assert drawn()
    assert len(spoken) >= drawn()
    assert all(len(words) > 40 for words in spoken)
    assert all("/Alt" in one for one in tagged(opened, "Figure"))


def test_every_table_has_headings_of_its_columns(opened: pikepdf.Pdf) -> None:
    tables = tagged(opened, "Table")
    assert tables
    assert len(tagged(opened, "THead")) == len(tables)
    heads = tagged(opened, "TH")
    assert len(heads) > len(tables)
    scopes = {str(told.get("/Scope")) for one in heads for told in one.A if "/Scope" in told}
    assert scopes == {"/Column"}


def test_headings_leave_no_level_out(opened: pikepdf.Pdf) -> None:
    levels = [int(str(one.S)[2:]) for one in elements(opened) if str(one.S)[1:2] == "H" and str(one.S)[2:].isdigit()]
    assert levels
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_page_is_read_in_the_order_of_its_tags_and_has_its_letters_in_it(opened: pikepdf.Pdf) -> None:
    for page in opened.pages:
        fonts = page.Resources.get("/Font", pikepdf.Dictionary())
        for font in fonts.values():
            inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys())
            assert "/ToUnicode" in font
        if "/Annots" in page:
            assert str(page.Tabs) == "/S"


def test_the_contents_of_the_document_are_bookmarks(opened: pikepdf.Pdf) -> None:
    with opened.open_outline() as outline:
        titles = [one.title for one in outline.root]
    assert [section.title for section in document().sections if section.title not in titles] == []


def test_nothing_in_it_leads_elsewhere_or_runs(opened: pikepdf.Pdf) -> None:
    for page in opened.pages:
        for one in page.get("/Annots", []):
            assert "/URI" not in one.get("/A", {})
    assert "/JavaScript" not in opened.Root.get("/Names", {})
    assert "/OpenAction" not in opened.Root


def test_no_word_is_taken_for_markup() -> None:
    said = Section(
        "hostile", HOSTILE[0], (*(Words((text,)) for text in HOSTILE), Bullets(tuple((t,) for t in HOSTILE)))
    )
    told = replace(document(), title=HOSTILE[2], council=HOSTILE[1], sections=(said,))
    with pikepdf.open(io.BytesIO(render_pdf(told, DEFAULT))) as pdf:
        with pdf.open_outline() as outline:
            assert [one.title for one in outline.root] == [HOSTILE[0]]
        assert str(pdf.docinfo["/Title"]) == f"{HOSTILE[2]}, {told.period}"


def test_a_locked_pdf_opens_with_its_password_alone_and_keeps_its_tags() -> None:
    locked = lock_pdf(made(), "of the council")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(locked))
    with pikepdf.open(io.BytesIO(locked), password="of the council") as pdf:  # noqa: S106 - of a file made here
        assert tagged(pdf, "Table")
        assert pdf.allow.accessibility
