"""A council's notes stand where they are bound; its notices say who answers for them and when they were due."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from invented_november import context, facts

from scorecard.errors import Problems, WorkspaceError
from scorecard.findings.targets import Target, Targets
from scorecard.pack.context import View
from scorecard.pack.document import Notice, NumberTable
from scorecard.pack.layout import build_document
from scorecard.pack.remark_files import load_remarks
from scorecard.pack.remarks import NO_REMARKS, Note, NoticeKind, Remarks, StandingNotice
from scorecard.words.phrase import text_of

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.pack.document import Document, Row

SOUND_NOTICE = '[[notice]]\nkind = "corrected"\ntext = "a"\nowner = "b"\nsince = 2021-05-01\nreview_by = 2021-06-01\n'
TOPICS = context().plan.topics
MEASURES = {measure.id for held in context().indicators.values() for measure in held.measures}
MOVED = StandingNotice(
    NoticeKind.UNDER_REVIEW,
    "The fall is looked into.",
    "Performance team",
    since=date(2021, 10, 1),
    review_by=date(2021, 11, 29),
    topics=("children-in-care",),
)


def _document(remarks: Remarks) -> Document:
    return build_document(replace(context(), remarks=remarks), facts())


def _summary(document: Document) -> NumberTable:
    section = next(one for one in document.sections if one.id == "summary")
    return next(part for part in section.parts if isinstance(part, NumberTable))


def _to_see_to(document: Document) -> list[str]:
    """What the first page says of notices that are late and of targets that ended."""
    tables = (part for one in document.sections if one.id == "what-changed" for part in one.parts)
    rows = (row for table in tables if isinstance(table, NumberTable) for row in table.rows)
    asked = (
        row for row in rows if {"review overdue", "target ended"} & set(re.split(", | and ", _text(row, 1).lower()))
    )
    return [_text(row, 0) for row in asked]


def _text(row: Row, place: int) -> str:
    return text_of(row.cells[place].phrase)


def _notices(document: Document, topic: str) -> list[str]:
    topics = (one for section in document.sections for one in section.sections)
    parts = next(one.parts for one in topics if one.id == topic)
    return [f"{part.heading} {text_of(part.phrase)}" for part in parts if isinstance(part, Notice)]


def test_a_note_on_a_column_marks_its_heading_and_no_row() -> None:
    table = _summary(_document(Remarks((Note("As agreed in May.", column="target", owner="Board"),))))
    assert [column.heading for column in table.columns if column.marks] == ["Target"]
    assert not any(row.heading.marks for row in table.rows)
    assert "As agreed in May. (Board)" in [text_of(note.phrase) for note in table.notes]


def test_a_note_on_a_cell_marks_that_cell_only() -> None:
    table = _summary(_document(Remarks((Note("Late.", ("cla_rate",), "previous_month"),))))
    letter = next(note.mark for note in table.notes if text_of(note.phrase) == "Late.")
    marked = [(place, row) for row in table.rows for place, cell in enumerate(row.cells) if letter in cell.marks]
    assert [(place, text_of(row.heading.phrase)) for place, row in marked] == [
        (2, "Children and young people in care per 10,000")
    ]


@pytest.mark.parametrize(
    ("from_day", "to_day", "said"),
    [
        (date(2021, 11, 30), None, True),
        (date(2021, 12, 1), None, False),
        (None, date(2021, 11, 1), True),
        (None, date(2021, 10, 31), False),
    ],
)
def test_a_note_is_said_in_the_months_it_holds_in(from_day: date | None, to_day: date | None, *, said: bool) -> None:
    note = Note("Home again.", ("cla_rate",), from_day=from_day, to_day=to_day)
    notes = [text_of(held.phrase) for held in _summary(_document(Remarks((note,)))).notes]
    assert ("Home again." in notes) is said


def test_a_notice_stands_at_the_head_of_its_topic_and_says_that_its_review_was_due() -> None:
    document = _document(Remarks(notices=(MOVED,)))
    (said,) = _notices(document, "children-in-care")
    assert said.startswith("Under review. The fall is looked into. Since 1 October 2021.")
    assert said.endswith("The review was due on 29 November 2021 (Performance team).")
    due = "The review was due on 29 November 2021 (Performance team)."
    (item,) = _to_see_to(document)
    assert item.endswith(f"Under review: {due}")


def test_a_notice_whose_review_is_still_to_come_is_no_finding() -> None:
    document = _document(Remarks(notices=(replace(MOVED, review_by=date(2021, 11, 30)),)))
    assert not _to_see_to(document)
    assert _notices(document, "children-in-care")[0].endswith("to be reviewed by 30 November 2021 (Performance team).")


def test_a_notice_that_has_not_begun_is_not_printed() -> None:
    document = _document(Remarks(notices=(replace(MOVED, since=date(2021, 12, 1), review_by=date(2022, 1, 1)),)))
    assert not _notices(document, "children-in-care")


def test_a_notice_on_a_topic_without_figures_is_printed_all_the_same() -> None:
    follow = replace(MOVED, kind=NoticeKind.DATA_TO_FOLLOW, topics=("adoption-a2",))
    assert _notices(_document(Remarks(notices=(follow,))), "adoption-a2")[0].startswith("Data to follow.")


def test_a_target_that_ended_with_the_year_is_a_finding_and_one_that_was_set_again_is_not() -> None:
    def given(*targets: Target) -> list[str]:
        return _to_see_to(build_document(replace(context(), targets=Targets(targets)), facts()))

    ended = Target("icpc_15wd_pct", date(2020, 4, 1), 95, to_day=date(2021, 3, 31))  # type: ignore[arg-type]
    assert given(ended) == ["No target from 1 April 2021 for: Initial conferences in 15 working days."]
    assert not given(ended, replace(ended, from_day=date(2021, 4, 1), to_day=None))
    assert not given(replace(ended, to_day=date(2021, 11, 30)))


def test_a_note_for_one_view_is_printed_in_that_view_alone() -> None:
    remarks = Remarks((Note("As it was then.", ("cla_rate",), view="first"), Note("Both.", ("cla_rate",))))

    def said(view: View) -> list[str]:
        document = build_document(replace(context(), remarks=remarks, view=view), facts())
        return [text_of(note.phrase) for note in _summary(document).notes]

    assert {"As it was then.", "Both."} <= set(said(View.FIRST))
    assert "As it was then." not in said(View.NOW)
    assert "Both." in said(View.NOW)


def test_what_is_said_of_a_figure_an_older_pack_does_not_know_is_left_out_and_the_rest_is_said() -> None:
    newer = replace(MOVED, topics=(), measures=("made_since",))
    both = Note("Both.", ("cla_open", "made_since"))
    told = Remarks((Note("New.", ("made_since",)), both), (newer, MOVED)).told(MEASURES, View.FIRST)
    assert told == Remarks((both,), (MOVED,))
    assert not any("looked into" in one for one in _to_see_to(_document(Remarks(notices=(newer,)))))
    assert len(_to_see_to(_document(Remarks(notices=(MOVED,))))) > len(_to_see_to(_document(Remarks(notices=(newer,)))))


def _write(folder: Path, text: str) -> Path:
    path = folder / "notes.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_is_no_remarks(tmp_path: Path) -> None:
    assert load_remarks(tmp_path / "notes.toml", MEASURES, TOPICS) is NO_REMARKS


def test_a_file_of_notes_and_notices_is_read(tmp_path: Path) -> None:
    text = """
    [[note]]
    measures = ["cla_rate"]
    column = "2021-10"
    text = "Entered late."
    owner = "Care team"
    from = 2021-10-01
    [[notice]]
    kind = "corrected"
    topics = ["contacts"]
    text = "Counted again."
    owner = "Front door"
    since = 2021-11-01
    review_by = 2021-12-01
    """
    remarks = load_remarks(_write(tmp_path, text), MEASURES, TOPICS)
    assert remarks.notes == (Note("Entered late.", ("cla_rate",), "2021-10", "Care team", date(2021, 10, 1)),)
    assert [(notice.kind, notice.topics) for notice in remarks.notices] == [(NoticeKind.CORRECTED, ("contacts",))]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('[[note]]\ntext = "a"\nmeasures = ["cla_rate"]', "A note has no owner."),
        ('[[note]]\ntext = "a"\nowner = "b"', "A note is bound to nothing."),
        ('[[note]]\ntext = "a"\nowner = "b"\ncolumn = "last year"', "bound to the column “last year”"),
        ('[[note]]\ntext = "a"\nowner = "b"\nmeasures = ["cla_rat"]', "bound to cla_rat, but there is no measure"),
        ('[[note]]\ntext = "a"\nowner = "b"\ncolumn = "target"\nfrom = "May"', "A note's from is no day"),
        (
            '[[note]]\ntext = "a"\nowner = "b"\ncolumn = "target"\nfrom = 2021-05-01\nto = 2021-04-30',
            "ends before it begins",
        ),
        ('[[notice]]\nkind = "corrected"\ntext = "a"\nowner = "b"\nsince = 2021-05-01', "A notice has no review_by."),
        (
            '[[notice]]\nkind = "late"\ntext = "a"\nowner = "b"\nsince = 2021-05-01\nreview_by = 2021-06-01',
            "of the kind “late”; kinds are under_review, data_to_follow, corrected",
        ),
        (
            f'{SOUND_NOTICE}topics = ["b"]',
            "bound to b, but there is no topic",
        ),
        (
            '[[note]]\ntext = "a"\nowner = "b"\ncolumn = "target"\nview = "then"',
            "the view “then”; views are first and now",
        ),
        ("[[note]", "The notes cannot be read"),
        ("[note]", "neither a [[note]] nor a [[notice]]"),
        ("[[notices]]", "neither a [[note]] nor a [[notice]]"),
        ('[[note]]\ntext = "a"\nowner = "b"\nmeasures = "cla_rate"', "A note's measures are no list"),
    ],
)
def test_a_fault_says_what_where_and_what_to_write(tmp_path: Path, entry: str, said: str) -> None:
    with pytest.raises(WorkspaceError, match=r"notes\.toml") as raised:
        load_remarks(_write(tmp_path, entry), MEASURES, TOPICS)
    assert said in str(raised.value)
    assert "Write [[" in str(raised.value)


def test_all_faults_of_a_file_are_told_at_once_each_at_its_line(tmp_path: Path) -> None:
    text = '[[note]]\ntext = "a"\n\n[[notice]]\nkind = "corrected"\n'
    with pytest.raises(Problems) as raised:
        load_remarks(_write(tmp_path, text), MEASURES, TOPICS)
    assert [problem.at.line for problem in raised.value.problems if problem.at] == [1, 4]
