"""The first page ranks at most ten things, each once, and names what it leaves out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from invented_november import NOVEMBER, context, facts

from scorecard.calendar.periods import Window
from scorecard.facts.fact import FactKey, Facts, Quality
from scorecard.facts.restate import Restatement
from scorecard.pack.context import Edition
from scorecard.pack.desk import Desk
from scorecard.pack.document import NumberTable
from scorecard.pack.exceptions import MOST_ROWS, MOST_TOPICS
from scorecard.pack.layout import build_document
from scorecard.pack.what_changed import MOST_ITEMS, Item, Kind, changed_items, chosen, what_changed_section
from scorecard.words.phrase import text_of

if TYPE_CHECKING:
    from scorecard.pack.context import PackContext


def _desk(held: PackContext | None = None, found: Facts | None = None) -> Desk:
    return Desk(held or context(), found or facts())


def _item(kind: Kind, place: int, *also: Kind) -> Item:
    return Item(kind, f"{kind}-{place}", ("says",), f"{kind}-{place}", -place, with_kinds=also)


def test_of_thirty_things_ten_are_shown_each_kind_among_them_and_in_order_of_rank() -> None:
    items = tuple(_item(kind, place) for kind in list(Kind)[:6] for place in range(5))
    shown = chosen(items)
    assert len(shown) == MOST_ITEMS
    assert {item.kind for item in shown} == set(list(Kind)[:6])
    assert [item.rank for item in shown] == sorted(item.rank for item in shown)
    assert sum(item.kind is Kind.SIGNAL for item in shown) == 5


def test_a_kind_that_is_told_with_another_needs_no_line_of_its_own() -> None:
    both = _item(Kind.SIGNAL, 9, Kind.RESTATED)
    items = (*(_item(Kind.SIGNAL, place) for place in range(9)), both, _item(Kind.RESTATED, 1))
    shown = chosen(items)
    assert both in shown
    assert items[-1] not in shown


def test_nothing_is_said_twice_and_each_item_leads_to_its_topic() -> None:
    items = changed_items(_desk())
    topics = [item.topic for item in items if item.topic]
    assert len(topics) == len(set(topics))
    assert set(topics) <= context().plan.topics
    assert all(len(set(item.kinds)) == len(item.kinds) for item in items)


def test_what_is_left_out_is_named_in_a_line() -> None:
    section, items = what_changed_section(_desk()), changed_items(_desk())
    shown = chosen(items)
    notes = [text_of(part.phrase) for part in section.parts[1:]]  # type: ignore[union-attr]
    rest = [item for item in items if item not in shown]
    assert len(notes) == bool(rest)
    assert all(item.about in notes[0] for item in rest)


def test_the_missing_words_are_one_item_that_counts_them() -> None:
    (item,) = (item for item in changed_items(_desk()) if item.kind is Kind.COMMENTARY)
    asked = context().plan.commented
    given = sum(context().commentary.on(name) is not None for name in asked)
    assert text_of(item.says).startswith(f"{len(asked) - given} of {len(asked)} commentaries")


def test_a_restated_headline_says_both_figures() -> None:
    key = FactKey("cla_rate", NOVEMBER.back(1), Window.MONTH_END)
    was = facts().get(key)
    assert was is not None
    assert was.value is not None
    one = Restatement(key, was, replace(was, value=was.value - 5), ())
    items = changed_items(_desk(replace(context(), restated={key: one})))
    (item,) = (item for item in items if Kind.RESTATED in item.kinds)
    assert "October 2021: first reported as " in text_of(item.says)


def test_a_figure_that_is_not_reliable_gives_no_signal_and_is_named_as_such() -> None:
    key = FactKey("icpc_15wd_pct", NOVEMBER, Window.MONTH)
    found = Facts(
        replace(one, quality=Quality.UNRELIABLE, reason="Dates lost.") if one.key == key else one for one in facts()
    )
    desk = _desk(found=found)
    reading = desk.reading("icpc_15wd_pct")
    assert reading is not None
    assert reading.variation is None
    (item,) = (
        item for item in changed_items(desk) if item.kind is Kind.QUALITY and "Dates lost." in text_of(item.says)
    )
    assert text_of(item.says).startswith("Not reliable: ")


def test_the_edition_of_exceptions_tells_no_figure_without_a_reason_and_is_short() -> None:
    document = build_document(replace(context(), only=Edition.EXCEPTIONS), facts())
    assert document.title.endswith(": exceptions")
    assert [section.id for section in document.sections] == ["what-changed", "exceptions", "exceptions-told"]
    (table,) = (part for part in document.sections[1].parts if isinstance(part, NumberTable))
    assert 0 < len(table.rows) <= MOST_ROWS
    reasons = {"off target", "out of limits", "restated", "not reliable", "under review"}
    for row in table.rows:
        said = text_of(row.cells[-1].phrase).lower()
        assert set(re.split(", | and ", said)) <= reasons
        status = row.cells[3].status
        assert ("off target" in said) == (status is not None and status.words == "Not met")
    told = {topic.id for topic in document.sections[2].sections}
    assert 0 < len(told) <= MOST_TOPICS
    (changed,) = (part for part in document.sections[0].parts if isinstance(part, NumberTable))
    assert {row.anchor for row in changed.rows if row.anchor} <= told


def test_a_whole_pack_still_tells_everything() -> None:
    whole, short = (build_document(replace(context(), only=one), facts()) for one in Edition)
    assert len(whole.sections) > len(short.sections)
    assert whole.figures == short.figures
