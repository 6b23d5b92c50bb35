"""The page: every number bound, nothing fetched, the same bytes again, and readable without eyes or colour."""

from __future__ import annotations

import itertools
import re
from functools import cache
from html.parser import HTMLParser

import pytest
from invented_november import INDICATORS, context, facts

from scorecard.facts.fact import FactKey
from scorecard.findings.printing import value_text
from scorecard.pack.layout import build_document
from scorecard.render.html import render_html
from scorecard.words.numbers import counted

_SOURCES = ("data-fact", "data-target", "data-comparator", "data-finding", "data-population")
_VOID = {"meta", "link", "br", "hr", "img", "input"}
_MAY_HOLD_DIGITS = {
    "style",
    "title",
    "desc",
    "time",
    "details",
    "h1",
    "h2",
    "h3",
    "h4",
    "caption",
    "figcaption",
    "nav",
    "dt",
}


@cache
def page() -> str:
    return render_html(build_document(context(), facts()))


class Walk(HTMLParser):
    """Every element with its path, and every text with the elements around it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.path: list[tuple[str, dict[str, str]]] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, tuple[tuple[str, dict[str, str]], ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element and what it is inside of."""
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        if tag not in _VOID:
            self.path.append((tag, given))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element that holds nothing."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        while self.path and self.path.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Remember a text and what it is inside of."""
        if data.strip():
            self.texts.append((data.strip(), tuple(self.path)))


@cache
def walk() -> Walk:
    walked = Walk()
    walked.feed(page())
    return walked


def test_every_printed_fact_is_the_fact_its_key_names() -> None:
    held, measures = facts(), {measure.id: measure for one in INDICATORS for measure in one.measures}
    seen = 0
    for text, path in walk().texts:
        given = path[-1][1]
        if "data-fact" not in given or given.get("data-part") == "share":
            continue
        fact = held.get(FactKey.parse(given["data-fact"]))
        assert fact, given["data-fact"]
        expected = {
            "": value_text(fact, measures[fact.key.indicator]),
            "numerator": counted(fact.numerator),
            "denominator": counted(fact.denominator),
        }[given.get("data-part", "")]
        assert text.replace(" ", " ") == expected, given["data-fact"]
        seen += 1
    assert seen > 500


def test_every_number_in_tables_sentences_and_call_outs_says_whose_it_is() -> None:
    for text, path in walk().texts:
        classes = " ".join(given.get("class", "") for _, given in path)
        inside = {tag for tag, _ in path}
        if not inside & {"td", "li", "p"} or inside & _MAY_HOLD_DIGITS or re.search(r"prose|footnotes|under", classes):
            continue
        named = any("data-label" in given for _, given in path)
        bound = any(name in path[-1][1] for name in _SOURCES)
        if any(letter.isdigit() for letter in text) and not named and not bound:
            loose = text.replace("10,000", "")
            assert (
                not re.search(r"\d", loose)
                or "call-label" in classes
                or "kind-end" in classes
                or re.match(
                    r"(Skip|Marcher|Figures for|·)|.*(working days|in 72 hours|in 48 hours|in 24 hours|1 April)", loose
                )
            ), (text, classes)


def test_the_same_document_gives_the_same_bytes() -> None:
    assert render_html(build_document(context(), facts())).encode() == page().encode()


def test_nothing_is_fetched_and_nothing_runs() -> None:
    tags = {tag for tag, _ in walk().elements}
    assert not tags & {"script", "link", "iframe", "img", "object", "embed", "base"}
    for _, given in walk().elements:
        assert not any(name.startswith("on") for name in given)
        for name in ("src", "href", "xlink:href"):
            assert given.get(name, "#").startswith("#")
    style = page()[page().index("<style>") : page().index("</style>")]
    assert "url(" not in style
    assert "@import" not in style


def test_every_link_leads_to_something_on_the_page_and_no_two_things_share_a_name() -> None:
    names = [given["id"] for _, given in walk().elements if "id" in given]
    assert len(names) == len(set(names))
    targets = {given["href"][1:] for _, given in walk().elements if given.get("href", "").startswith("#")}
    assert targets <= set(names)
    for _, given in walk().elements:
        for name in ("aria-labelledby", "aria-describedby"):
            assert set(given.get(name, "").split()) <= set(names)


def test_headings_go_down_one_step_at_a_time_from_one_first() -> None:
    levels = [int(tag[1]) for tag, _ in walk().elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_table_has_a_caption_and_every_heading_cell_a_scope() -> None:
    tags = [tag for tag, _ in walk().elements]
    assert tags.count("table") == tags.count("caption") > 20
    assert all(given.get("scope") in {"col", "row"} for tag, given in walk().elements if tag == "th")


def test_every_drawing_has_a_role_a_title_and_a_description() -> None:
    drawings = [given for tag, given in walk().elements if tag == "svg" and given.get("class") == "drawing"]
    assert len(drawings) > 10
    assert all(given["role"] == "img" and len(given["aria-labelledby"].split()) == 2 for given in drawings)
    tags = [tag for tag, _ in walk().elements]
    assert tags.count("desc") == len(drawings)


def test_the_page_says_its_language_has_a_main_part_and_a_way_to_skip_to_it() -> None:
    assert page().startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    tags = [tag for tag, _ in walk().elements]
    assert [tags.count(name) for name in ("main", "nav", "header", "footer")] == [1, 1, 1, 1]
    first_link = next(given for tag, given in walk().elements if tag == "a")
    assert first_link["href"] == "#content"


def test_words_stand_beside_every_mark_of_status() -> None:
    texts = [text for text, path in walk().texts if path[-1][1].get("class") == "status-words"]
    marks = [given for tag, given in walk().elements if given.get("class", "").startswith("status status-")]
    assert len(texts) == len(marks) > 10
    assert set(texts) <= {"Met", "Within tolerance", "Not met", "Not judged"}


def test_what_people_wrote_cannot_become_markup() -> None:
    from dataclasses import replace  # noqa: PLC0415 - only here

    from scorecard.pack.commentary import Comment, Commentary  # noqa: PLC0415 - only here

    bad = Comment("screening", "We said <script>alert(1)</script> & <b>more</b> here.", 'A "quoted" <i>author</i>')
    given = replace(
        context(), commentary=Commentary.of([bad]), council="Marcher & </style> Council", marking='"}</style>'
    )
    written = render_html(build_document(given, facts()))
    assert "<script" not in written
    assert written.count("</style>") == 1
    assert "&lt;b&gt;more" in written


@pytest.mark.parametrize("words", ["OFFICIAL-SENSITIVE", "This council, its children and all its figures are invented.",
                                   "performance@marcher.example", "Internal edition", "as first reported"])  # fmt: skip
def test_the_page_carries_its_marking_notice_contact_edition_and_view(words: str) -> None:
    assert words in page()
