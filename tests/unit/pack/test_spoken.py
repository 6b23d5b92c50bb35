"""What is said in a topic: words with figures that cannot go stale, personal ones kept inside, promises followed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from invented_november import context, facts
from walked import parts_of, sections_of

from scorecard.calendar.periods import Period
from scorecard.errors import ScorecardError
from scorecard.pack.commentary import NO_COMMENTARY, Comment, Commentary
from scorecard.pack.desk import Desk
from scorecard.pack.document import Bullets, CommentarySlot
from scorecard.pack.forms import forms
from scorecard.pack.layout import build_document
from scorecard.pack.promises import Promise
from scorecard.render.html import render_html
from scorecard.words.phrase import Number, text_of

TOPIC, OCTOBER = "assessment-timeliness", Period(2021, 10)
FIGURE = "assessments_45wd_pct"


def _slot(words: str, edition: str = "Internal edition", *, personal: bool = False) -> list[CommentarySlot]:
    said = Commentary.of([Comment(TOPIC, words, "Sam", personal=personal)])
    document = build_document(replace(context(), commentary=said, edition=edition), facts())
    topic = next(section for section in sections_of(document.sections) if section.id == TOPIC)
    return [part for part in parts_of(topic.parts) if isinstance(part, CommentarySlot)]


def test_a_figure_named_in_words_is_printed_as_it_is_and_bound_to_its_fact() -> None:
    (slot,) = _slot(f"We did {{{FIGURE}}} in time, after {{{FIGURE}/2021-10}}.")
    assert slot.prose
    (line,) = slot.prose.bound[0]
    keys = [piece.key for piece in line if isinstance(piece, Number)]
    assert keys == [f"{FIGURE}/2021-11/month", f"{FIGURE}/2021-10/month"]
    assert slot.prose.blocks == (("paragraph", (text_of(line),)),)
    assert "{" not in text_of(line)


def test_a_bound_number_in_words_says_its_fact_in_html() -> None:
    said = Commentary.of([Comment(TOPIC, f"We did {{{FIGURE}}} in <time>.", "Sam")])
    page = render_html(build_document(replace(context(), commentary=said), facts()))
    words = page[page.index("We did ") :][:200]
    assert f'data-fact="{FIGURE}/2021-11/month"' in words
    assert "&lt;time&gt;" in words


@pytest.mark.parametrize("token", ["nobody_counts_this", f"{FIGURE}/1999-01"])
def test_a_name_without_a_figure_stops_the_pack_in_words(token: str) -> None:
    with pytest.raises(ScorecardError, match=token):
        _slot(f"We did {{{token}}} in time.")


def test_personal_words_are_printed_in_the_internal_edition_alone() -> None:
    assert _slot("One family waited long.", personal=True)[0].prose
    assert _slot("One family waited long.", "Scrutiny", personal=True) == []
    assert _slot("One family waited long.", "Scrutiny")[0].prose


def _promises(**more: object) -> list[Bullets]:
    promise = Promise("a", TOPIC, FIGURE, "We will clear them by 1 December.", "Sam", OCTOBER, date(2021, 12, 1))
    held = replace(promise, **more)  # type: ignore[arg-type] # fields by name
    document = build_document(replace(context(), promises=(held,)), facts())
    topic = next(section for section in sections_of(document.sections) if section.id == TOPIC)
    return [part for part in parts_of(topic.parts) if isinstance(part, Bullets) and part.kind == "promises"]


def test_an_open_promise_is_printed_with_what_its_figure_did_since() -> None:
    (printed,) = _promises()
    (item,) = printed.items
    keys = [piece.key for piece in item if isinstance(piece, Number)]
    assert keys == [f"{FIGURE}/2021-10/month", f"{FIGURE}/2021-11/month"]
    assert text_of(item).startswith("“We will clear them by 1 December” (Sam; due 1 December 2021). ")


def test_a_promise_that_is_settled_or_made_this_month_is_not_followed() -> None:
    assert _promises(state="done") == []
    assert _promises(made=Period(2021, 11)) == []


def test_a_form_asks_a_role_for_its_own_slots_and_says_what_is_off_target() -> None:
    (form,) = forms(Desk(context(), facts()), NO_COMMENTARY, date(2021, 12, 10), "Service Manager, Assessment")
    topic = next(one for one in form.topics if one.id == TOPIC)
    assert {box.name for box in topic.boxes} == {TOPIC}
    assert topic.charts
    assert any(text_of(why).startswith("Off target: Assessments completed in 45") for why in topic.explain)
    assert all("contacts" not in name for name in form.boxes)
