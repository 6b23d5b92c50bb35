"""Past figures brought in: how months and measures may be written, what is refused, and where they stand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from few_definitions import define_only

from scorecard.calendar.periods import Period, Window
from scorecard.errors import ExtractError, ScorecardError, StoreError, UsageError
from scorecard.facts.fact import FactKey
from scorecard.facts.reading import to_fact
from scorecard.pack.context import View
from scorecard.store.by import By
from scorecard.store.ledger import Act
from scorecard.work.freeze import freeze
from scorecard.work.imported import Brought, import_history
from scorecard.work.new import new_workspace
from scorecard.work.take import take
from scorecard.work.views import facts_first, facts_for_pack, facts_now
from scorecard.work.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Bring = Callable[..., Brought]

OCTOBER, NOVEMBER = Period(2021, 10), Period(2021, 11)
TODAY = date(2021, 12, 3)
DEFINITIONS = ("cpp_open", "assessments_45wd")
SHARE = FactKey("assessments_45wd_pct", OCTOBER, Window.MONTH)


@pytest.fixture(autouse=True)
def _few_definitions(monkeypatch: pytest.MonkeyPatch) -> None:
    define_only(DEFINITIONS, monkeypatch)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A new council's workspace with an extract of two assessments, one of them in October."""
    new_workspace(tmp_path / "council")
    made = open_workspace(tmp_path / "council", By("asmith"))
    folder = tmp_path / "extract"
    folder.mkdir()
    (folder / "ssd_person.csv").write_text("pers_person_id,pers_sex,pers_dob\nc1,F,2012-05-01\n", encoding="utf-8")
    (folder / "ssd_cin_assessments.csv").write_text(
        "cina_assessment_id,cina_person_id,cina_assessment_start_date,cina_assessment_auth_date\n"
        "A1,c1,2021-10-01,2021-10-12\nA2,c1,2021-11-01,2021-11-12\n",
        encoding="utf-8",
    )
    take(made, folder, date(2021, 11, 30))
    return made


@pytest.fixture
def bring(workspace: Workspace, tmp_path: Path) -> Bring:
    """Brings in a CSV file of these lines."""

    def of(*lines: str, name: str = "past.csv") -> Brought:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return import_history(workspace, path, TODAY)

    return of


def _values(brought: Brought) -> dict[str, float]:
    return {figure.key: figure.value for figure in brought.kept.given.figures}


def test_a_month_is_read_however_people_write_it(bring: Bring) -> None:
    headings = ("Nov-20", "December 2020", "2021-01", "Feb 2021", "31/03/2021", "44287", "5/2021", "Sept '21")
    brought = bring("Measure," + ",".join(headings), "assessments_45wd_pct,10,20,30,40,50,60,70,80")
    months = ("2020-11", "2020-12", "2021-01", "2021-02", "2021-03", "2021-04", "2021-05", "2021-09")
    expected = {f"assessments_45wd_pct/{month}/month": 10.0 * place for place, month in enumerate(months, 1)}
    assert _values(brought) == expected


def test_a_measure_is_known_by_its_title_without_case_or_punctuation(bring: Bring, workspace: Workspace) -> None:
    title = workspace.registry.measure("assessments_45wd_pct").title
    brought = bring("measure,month,value", f'"{title.upper()}.",2021-10,"61.5%"')
    assert _values(brought) == {str(SHARE): 61.5}


def test_numerator_and_denominator_make_the_exact_value_of_what_was_printed_rounded(bring: Bring) -> None:
    brought = bring("indicator,month,value,numerator,denominator", "assessments_45wd_pct,2021-10,67,2,3")
    (figure,) = brought.kept.given.figures
    assert (figure.numerator, figure.denominator) == (2, 3)
    assert figure.value == pytest.approx(200 / 3)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("assessments_45wd_pct,2021-10,68,2,3,", "does not agree with its numerator and denominator"),
        ("assessments_45wd_pct,2021-10,0.68,,,", "every percentage of assessments_45wd_pct is below 1"),
        ("assessments_45wd_pct,2021-10,101,,,", "a percentage is greater than 100"),
        ("assessments_45wd_pct,2021-10,-1,,,", "below 0"),
        ("assessments_45wd_pct,2021-12,50,,,", "December 2021 has not ended"),
        ("assessments_45wd_pct,2021-10,many,,,", "there is no number where one is meant"),
        ("assessments_45wd_pct,2021-10,50,,,month_end", "has no such window"),
        ("cpp_open,2021-10,50.5,,,", "a count is not whole"),
        ("nothing_like_it,2021-10,50,,,", "no measure has the name of this row"),
    ],
)
def test_what_cannot_be_is_refused_with_its_row(bring: Bring, workspace: Workspace, line: str, said: str) -> None:
    with pytest.raises(ExtractError) as refused:
        bring("indicator,month,value,numerator,denominator,window", line)
    assert said in str(refused.value)
    assert str(refused.value).startswith("past.csv:2: ")
    assert not workspace.store.imports.all()


def test_one_figure_with_two_values_is_refused(bring: Bring) -> None:
    with pytest.raises(ScorecardError, match="stands in row 2 as well"):
        bring("indicator,month,value", "cpp_open,2021-10,50", "cpp_open,Oct-21,51")


def test_who_enters_it_must_be_known(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "past.csv"
    path.write_text("indicator,month,value\ncpp_open,2021-10,50\n", encoding="utf-8")
    with pytest.raises(UsageError, match="who enters"):
        import_history(open_workspace(workspace.folder), path, TODAY)


def test_the_ledger_says_who_brought_in_how_many(bring: Bring, workspace: Workspace) -> None:
    bring("indicator,Oct-21,Sep-21", "cpp_open,50,49")
    last = workspace.store.ledger.all()[-1]
    assert (last.act, last.to, last.by.person) == (Act.IMPORTED, "imported/past/1", "asmith")
    assert last.told == {"figures": 2, "months": 2}


def test_what_was_kept_cannot_be_altered_unseen(bring: Bring, workspace: Workspace) -> None:
    kept = bring("indicator,Oct-21,Sep-21", "cpp_open,50,49").kept
    record = kept.folder / "imported.json"
    record.write_text(record.read_text(encoding="utf-8").replace("50.0", "51.0"), encoding="utf-8")
    with pytest.raises(StoreError, match="altered since it was kept"):
        workspace.store.imports.all()


def test_what_was_printed_stands_first_and_what_is_counted_stands_now(bring: Bring, workspace: Workspace) -> None:
    freeze(workspace, NOVEMBER, "2021-12-03")
    bring("indicator,month,value", "assessments_45wd_pct,2021-10,55")
    first, now = (facts_for_pack(workspace, NOVEMBER, view).get(SHARE) for view in (View.FIRST, View.NOW))
    assert first is not None
    assert (first.value, first.is_imported, first.known_at, first.as_at) == (55, True, None, date(2021, 10, 31))
    assert now is not None
    assert (now.value, now.is_imported) == (100, False)


def test_a_month_without_freeze_or_print_is_as_known_at_the_later_freeze(workspace: Workspace) -> None:
    freeze(workspace, NOVEMBER, "2021-12-03")
    facts = facts_for_pack(workspace, NOVEMBER, View.FIRST)
    october, november = facts.get(SHARE), facts.get(SHARE.in_month(NOVEMBER))
    assert october is not None
    assert november is not None
    assert (october.known_at, november.known_at) == (date(2021, 11, 30), None)


def test_an_import_does_not_stand_in_for_a_month_that_was_frozen(bring: Bring, workspace: Workspace) -> None:
    freeze(workspace, OCTOBER, "2021-11-03")
    brought = bring("indicator,month,value", "assessments_45wd_pct,2021-10,55")
    assert "October 2021 has been frozen here" in " ".join(brought.notes)
    rows = facts_first(workspace, OCTOBER, indicators=[SHARE.indicator])
    assert {fact.value for row in rows if (fact := to_fact(row)).key == SHARE} == {100}


def test_where_the_records_do_not_reach_what_was_printed_stands_now(bring: Bring, workspace: Workspace) -> None:
    bring("indicator,month,value", "cpp_open,2021-10,55")
    stands = next(to_fact(row) for row in facts_now(workspace, OCTOBER, indicators=["cpp_open"]))
    assert (stands.value, stands.is_imported) == (55, True)


def test_a_later_entry_of_one_figure_takes_the_place_of_the_earlier(bring: Bring, workspace: Workspace) -> None:
    bring("indicator,month,value", "cpp_open,2021-10,55", "cpp_open,2021-09,54")
    bring("indicator,month,value", "cpp_open,2021-10,56", name="another.csv")
    rows = [to_fact(row) for month in (8, 9, 10) for row in _first(workspace, Period(2021, month))]
    assert [(fact.value, fact.snapshot) for fact in rows] == [(54, "imported/past/1"), (56, "imported/another/1")]


def _first(workspace: Workspace, month: Period) -> list[tuple[object, ...]]:
    try:
        return facts_first(workspace, month)
    except StoreError:
        return []
