"""Break the link to earlier referrals, and the re-referrals are told as what they are: a figure nobody may judge."""

from __future__ import annotations

import csv
import dataclasses
import re
import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from built_once import built_once
from command_line import ask
from walked import parts_of, sections_of

from scorecard.calendar.periods import Period
from scorecard.definitions.registry import LIBRARY
from scorecard.facts.teams import Part
from scorecard.findings.compare import Position
from scorecard.pack.charts import Chart
from scorecard.pack.context import View
from scorecard.pack.document import Bullets, CallOut, Document, NumberTable, Row, Status
from scorecard.render.html import render_html
from scorecard.words.phrase import Label, Number, Source, text_of
from scorecard.work.pack import document_of, make_pack
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOVEMBER = Period(2021, 11)
CHANGED_SYSTEM = "2021-10-01"
BROKEN = "rereferrals_12m_pct"
TITLE = "Re-referrals within 12 months"
_DAY = date(2021, 12, 10)


@pytest.fixture(scope="module")
def broken(shared: Path, november: Path) -> Path:
    """The demo's council, whose referrals before its change of system carry the numbers of the old one."""

    def build(folder: Path) -> None:
        shutil.copytree(LIBRARY / "demo", folder)
        extract = shutil.copytree(november, folder / "extracts" / "2021-11-30")
        _break_the_link(extract / "ssd_cin_episodes.csv")
        ask("take", extract, "--as-at", "2021-11-30", workspace=folder)
        ask("freeze", "2021-11", workspace=folder)

    return built_once(shared / "broken-link", build)


def _break_the_link(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["cine_referral_date"] < CHANGED_SYSTEM:
            row["cine_person_id"] = f"OLD-{row['cine_person_id']}"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module", params=list(View))
def document(broken: Path, request: pytest.FixtureRequest) -> Document:
    """The pack, as first reported and as now known."""
    return document_of(open_workspace(broken), NOVEMBER, request.param, _DAY)


def _everything(held: Any) -> Iterator[Any]:
    """A document and all that is in it, to the last number."""
    yield held
    if dataclasses.is_dataclass(held):
        for field in dataclasses.fields(held):
            yield from _everything(getattr(held, field.name))
    elif isinstance(held, tuple | list):
        for one in held:
            yield from _everything(one)


def _rows(document: Document) -> Iterator[tuple[NumberTable, Row]]:
    """Every row of every table whose heading is the figure's."""
    for table in (one for one in _everything(document) if isinstance(one, NumberTable)):
        for row in table.rows:
            if text_of(row.heading.phrase) == TITLE:
                yield table, row


def test_the_figure_is_unreliable_and_says_how_many_records_cannot_be_looked_back_to(broken: Path) -> None:
    rows = ask("facts", "2021-11", "--indicator", BROKEN, "--format", "csv", workspace=broken).rows
    assert {row["quality"] for row in rows} == {"unreliable"}
    (month,) = [row for row in rows if (row["window"], row["dimension"]) == ("month", "all")]
    said = r"It looks back 12 months, and of the records it looks through ([\d,]+) of ([\d,]+) break a rule: A referral"
    found = re.match(said, month["reason"])
    assert found
    unlinked, looked_through = (int(number.replace(",", "")) for number in found.groups())
    assert 0.25 * looked_through < unlinked < looked_through


def test_a_count_that_looks_at_no_earlier_referral_stays_sound(broken: Path) -> None:
    rows = ask("facts", "2021-11", "--indicator", "referrals", "--format", "csv", workspace=broken).rows
    assert {row["quality"] for row in rows if row["dimension"] == "all"} == {"sound"}


def test_nowhere_is_it_set_beside_another_figure(document: Document) -> None:
    numbers = [one for one in _everything(document) if isinstance(one, Number) and one.key.startswith(f"{BROKEN}/")]
    assert any(one.source is Source.FACT for one in numbers), "it is printed all the same"
    assert [one for one in numbers if one.source is Source.COMPARATOR] == []
    findings = {one.key.partition("#")[2] for one in numbers if one.source is Source.FINDING}
    assert not findings & {"movement", "target", "extreme", "projected"}


def test_no_row_of_it_has_a_rating_a_distance_or_a_published_figure(document: Document) -> None:
    found = list(_rows(document))
    assert {table.kind for table, _ in found} >= {"summary", "figures"}
    assert {table.kind for table, _ in found}.isdisjoint({"benchmarks", "years"})
    for table, row in found:
        status = [cell.status for cell in row.cells if cell.status]
        assert all((one.position, one.distance) == (Position.NOT_JUDGED, ()) for one in status), table.id
        if table.kind == "changed":
            assert "Not reliable: " in text_of(row.cells[0].phrase)
            continue
        if table.kind == "graded":
            assert text_of(row.cells[1].phrase) == "Not reliable"
            continue
        marked = {mark for cell in row.cells for mark in cell.marks}
        notes = {note.mark: text_of(note.phrase) for note in table.notes}
        assert any("not reliable" in notes[mark] for mark in marked), table.id


def test_no_chart_of_it_draws_a_target_or_anybody_else(document: Document) -> None:
    charts = [one for one in _everything(document) if isinstance(one, Chart) and one.id == f"chart-{BROKEN}"]
    assert charts
    assert all(chart.lines == () and "ighest" not in chart.alternative for chart in charts)


def test_what_is_looked_for_is_there_where_the_link_holds(demo: Path) -> None:
    sound = document_of(open_workspace(demo), NOVEMBER, View.FIRST, _DAY)
    numbers = [one for one in _everything(sound) if isinstance(one, Number) and one.key.startswith(f"{BROKEN}/")]
    assert Source.COMPARATOR in {one.source for one in _everything(sound) if isinstance(one, Number)}
    assert {one.key.partition("#")[2] for one in numbers} >= {"movement", "target"}
    assert {table.kind for table, _ in _rows(sound)} >= {"summary", "figures", "benchmarks"}
    page_rows = re.findall(r"<tr.*?</tr>", render_html(sound), re.DOTALL)
    assert any("icon-" in row for row in page_rows if f"{BROKEN}/2021-11/month" in row)
    assert any("data-comparator=" in row for row in page_rows if f"{BROKEN}/2021-11/month" in row)
    assert any(one.lines for one in _everything(sound) if isinstance(one, Chart) and one.id == f"chart-{BROKEN}")


def test_the_month_at_a_glance_says_so_and_counts_it_among_nothing(document: Document) -> None:
    glance = next(section for section in sections_of(document.sections) if section.id == "glance")
    lists = {
        part.kind: [text_of(item) for item in part.items]
        for part in parts_of(glance.parts)
        if isinstance(part, Bullets)
    }
    changed = [row for row in _rows(document) if row[0].kind == "changed" and text_of(row[1].heading.phrase) == TITLE]
    (said,) = (text_of(row.cells[0].phrase) for _, row in changed)
    assert "Not reliable: " in said
    assert ". It looks back" in said
    assert not any(TITLE in item for items in lists.values() for item in items)


def test_its_sentences_say_the_figure_and_that_nobody_may_judge_it(document: Document) -> None:
    topic = next(one for one in sections_of(document.sections) if any(row for _, row in _rows_of(one)))
    said = " ".join(piece.text for piece in _everything(topic.parts) if isinstance(piece, Label))
    assert f"{TITLE}: not reliable, and so neither judged nor compared, for" in said
    words = [text_of(one) for one in _everything(topic.parts) if _is_phrase_of_it(one)]
    assert words
    for phrase in words:
        assert not re.search(
            r", (up|down|the same|little changed)|better|worse|met|missed|than in|A year earlier", phrase
        )


def _rows_of(section: Any) -> list[tuple[str, Row]]:
    tables = (part for part in parts_of(section.parts) if isinstance(part, NumberTable) and section.kind == "topic")
    return [(table.id, row) for table in tables for row in table.rows if text_of(row.heading.phrase) == TITLE]


def _is_phrase_of_it(held: Any) -> bool:
    """A sentence that says its figure in words."""
    return (
        isinstance(held, tuple)
        and len(held) > 2
        and all(isinstance(piece, str) or hasattr(piece, "text") for piece in held)
        and any(isinstance(piece, Number) and piece.key.startswith(f"{BROKEN}/") for piece in held)
    )


def test_its_call_out_carries_the_reason_and_no_rating(document: Document) -> None:
    call_outs = [one for one in _everything(document) if isinstance(one, CallOut) and one.label == TITLE]
    for one in call_outs:
        assert "not reliable" in one.caution
        assert one.status is None or one.status.position is Position.NOT_JUDGED


def test_the_other_figures_are_judged_as_ever(document: Document) -> None:
    positions = {one.position for one in _everything(document) if isinstance(one, Status)}
    assert positions >= {Position.MET, Position.NOT_MET}


def test_the_page_itself_draws_no_icon_of_a_rating_in_a_row_of_it(document: Document) -> None:
    page = render_html(document)
    rows = [row for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL) if f"{BROKEN}/2021-11/month" in row]
    assert rows
    for row in rows:
        assert set(re.findall(r"icon-(\w+)", row)) <= {"not_judged"}
        assert "data-comparator=" not in row


def test_a_team_s_pack_judges_and_compares_it_as_little(broken: Path, tmp_path: Path) -> None:
    workspace = open_workspace(broken)
    part = Part.parse("service/" + next(iter(workspace.teams.services))) if workspace.teams else Part.parse("team/T01")
    made, *_ = make_pack(workspace, NOVEMBER, View.FIRST, tmp_path, _DAY, part)
    page = made.read_text(encoding="utf-8")
    keys = set(re.findall(rf"{BROKEN}/2021-11/[\w/%.-]*#(\w+)", page))
    assert not keys & {"movement", "target", "extreme"}
    assert "The council" in page
    assert "not reliable" in page
