"""The two views of a month, over tiny extracts: what was recorded late moves *now* and never *first*."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest
from few_definitions import define_only

from scorecard.calendar.periods import Period, Window
from scorecard.errors import StoreError, UsageError
from scorecard.facts.fact import Fact, FactKey, Status
from scorecard.facts.reading import COLUMNS, to_fact
from scorecard.pack.context import View
from scorecard.work.behind import behind, thirteen_months
from scorecard.work.export import write_parquet, write_workbook
from scorecard.work.freeze import freeze
from scorecard.work.issue import issue
from scorecard.work.kept import as_kept
from scorecard.work.new import new_workspace
from scorecard.work.pack import make_pack
from scorecard.work.status import checklist, next_command
from scorecard.work.take import BlockedExtractError, check, take
from scorecard.work.views import facts_first, facts_for_pack, facts_now
from scorecard.work.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scorecard.store.snapshots import Snapshot

    Extract = Callable[..., Snapshot]

OCTOBER, NOVEMBER = Period(2021, 10), Period(2021, 11)
PERSONS = "pers_person_id,pers_sex,pers_dob\nc1,F,2012-05-01\nc2,M,2015-06-01\nc3,F,2018-07-01\n"
ASSESSMENTS = "cina_assessment_id,cina_person_id,cina_assessment_start_date,cina_assessment_auth_date\n"
IN_TIME, LATE, SECOND_LATE = "A1,c1,2021-11-01,2021-11-12", "A2,c2,2021-07-01,2021-11-15", "A3,c3,2021-06-01,2021-11-30"


@pytest.fixture(autouse=True)
def _few_definitions(monkeypatch: pytest.MonkeyPatch) -> None:
    """The definitions these tests ask for."""
    define_only(DEFINITIONS, monkeypatch)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A new council's workspace, with a population."""
    folder = tmp_path / "council"
    new_workspace(folder)
    with (folder / "scorecard.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[[population]]\nfrom = 2018-04-01\npersons = 20000\nsource = "an estimate"\n')
    return open_workspace(folder)


@pytest.fixture
def extract(workspace: Workspace, tmp_path: Path) -> Extract:
    """Takes an extract of these assessments as at a day."""

    def of(rows: Iterable[str], as_at: str = "2021-11-30") -> Snapshot:
        folder = tmp_path / "extracts" / f"{as_at}-{len(list(tmp_path.glob('extracts/*')))}"
        folder.mkdir(parents=True)
        (folder / "ssd_person.csv").write_text(PERSONS, encoding="utf-8")
        text = ASSESSMENTS + "".join(f"{row}\n" for row in rows)
        (folder / "ssd_cin_assessments.csv").write_text(text, encoding="utf-8")
        return take(workspace, folder, date.fromisoformat(as_at)).snapshot

    return of


def _share(rows: Iterable[tuple[object, ...]], window: str = "month") -> tuple[float | None, float | None]:
    facts = [to_fact(row) for row in rows]
    fact = next(one for one in facts if (one.key.window, one.key.dimension) == (window, "all"))
    return fact.numerator, fact.denominator


DEFINITIONS = ("cpp_open", "assessments_45wd", "cpp_started", "newly_begun")
SHARE = ["assessments_45wd_pct"]
KEY = FactKey("assessments_45wd_pct", NOVEMBER, Window.MONTH)


def test_what_is_recorded_late_moves_now_and_not_first(workspace: Workspace, extract: Extract) -> None:
    extract([IN_TIME])
    freeze(workspace, NOVEMBER, "2021-12-03")
    extract([IN_TIME, LATE], "2021-12-31")
    assert _share(facts_first(workspace, NOVEMBER, indicators=SHARE)) == (1, 1)
    assert _share(facts_now(workspace, NOVEMBER, indicators=SHARE)) == (1, 2)


def test_a_record_deleted_as_an_error_stays_in_first_and_leaves_now(workspace: Workspace, extract: Extract) -> None:
    extract([IN_TIME, LATE])
    freeze(workspace, NOVEMBER, "2021-12-03")
    extract([IN_TIME], "2021-12-31")
    assert _share(facts_first(workspace, NOVEMBER, indicators=SHARE)) == (1, 2)
    assert _share(facts_now(workspace, NOVEMBER, indicators=SHARE)) == (1, 1)


def test_as_known_on_an_earlier_day_is_what_its_extract_said(workspace: Workspace, extract: Extract) -> None:
    extract([IN_TIME])
    extract([IN_TIME, LATE], "2021-12-31")
    extract([IN_TIME, LATE, SECOND_LATE], "2022-01-31")
    for known, expected in (("2021-12-30", (1, 1)), ("2021-12-31", (1, 2)), ("2022-02-01", (1, 3))):
        rows = facts_now(workspace, NOVEMBER, known=date.fromisoformat(known), indicators=SHARE)
        assert _share(rows) == expected


def test_an_extract_taken_again_with_other_files_is_the_one_that_counts(workspace: Workspace, extract: Extract) -> None:
    extract([IN_TIME])
    extract([IN_TIME, LATE])
    assert _share(facts_now(workspace, NOVEMBER, indicators=SHARE)) == (1, 2)


def test_a_month_frozen_again_shows_its_newest_revision(workspace: Workspace, extract: Extract) -> None:
    extract([IN_TIME])
    assert freeze(workspace, NOVEMBER, "2021-12-03").revision == 1
    extract([IN_TIME, LATE], "2021-12-10")
    assert freeze(workspace, NOVEMBER, "2022-01-03", again=True).revision == 2
    assert _share(facts_first(workspace, NOVEMBER, indicators=SHARE)) == (1, 2)


def test_a_freeze_uses_the_snapshot_it_is_given(workspace: Workspace, extract: Extract) -> None:
    first = extract([IN_TIME])
    extract([IN_TIME, LATE], "2021-12-31")
    assert freeze(workspace, NOVEMBER, "2021-12-03", first).snapshot == first.id
    assert _share(facts_first(workspace, NOVEMBER, indicators=SHARE)) == (1, 1)


def test_a_frozen_month_keeps_the_rule_it_was_counted_by(workspace: Workspace, extract: Extract) -> None:
    extract([IN_TIME, "A2,c2,2021-10-01,2021-11-26"])
    freeze(workspace, NOVEMBER, "2021-12-03")
    (workspace.folder / "parameters.toml").write_text(
        '[parameters.assessment_limit]\ntitle = "Days"\nunit = "working days"\n'
        'values = [{ from = 2013-04-01, value = 35, source = "ours", reason = "agreed locally" }]\n',
        encoding="utf-8",
    )
    later = open_workspace(workspace.folder)
    assert _share(facts_first(later, NOVEMBER, indicators=SHARE)) == (2, 2)
    assert _share(facts_now(later, NOVEMBER, indicators=SHARE)) == (1, 2)
    kept, now = behind(later, KEY, View.FIRST), behind(later, KEY, View.NOW)
    assert [value.value for value in kept.judged_by["assessment_limit"]] == [45]
    assert [(value.value, value.reason) for value in now.judged_by["assessment_limit"]] == [(35, "agreed locally")]


def test_the_cases_behind_a_frozen_fact_are_those_of_its_freeze(workspace: Workspace, extract: Extract) -> None:
    extract([IN_TIME])
    freeze(workspace, NOVEMBER, "2021-12-03")
    extract([IN_TIME, LATE], "2021-12-31")
    assert len(behind(workspace, KEY).cases.rows) == 1
    assert len(behind(workspace, KEY, View.NOW).cases.rows) == 2


def test_the_view_is_first_once_the_month_is_frozen_and_now_before(workspace: Workspace, extract: Extract) -> None:
    extract([IN_TIME])
    assert behind(workspace, KEY).view is View.NOW
    freeze(workspace, NOVEMBER, "2021-12-03")
    assert behind(workspace, KEY).view is View.FIRST


def test_a_pack_as_first_reported_shows_each_month_from_its_own_freeze(workspace: Workspace, extract: Extract) -> None:
    october = "A9,c3,2021-09-01,2021-10-29"
    extract([], "2021-10-31")
    freeze(workspace, OCTOBER, "2021-11-03")
    extract([IN_TIME, october])
    freeze(workspace, NOVEMBER, "2021-12-03")

    def month(view: View, period: Period) -> Fact | None:
        return facts_for_pack(workspace, NOVEMBER, view).get(FactKey("assessments_completed", period, Window.MONTH))

    values = [(fact.value if fact else None) for fact in (month(View.FIRST, OCTOBER), month(View.NOW, OCTOBER))]
    assert values == [0, 1]
    september = month(View.FIRST, Period(2021, 9))
    assert september is not None
    assert september.snapshot.startswith("2021-11-30"), "a month nobody froze is as known when this one was"


def test_a_pack_never_shows_a_month_after_its_own(workspace: Workspace, extract: Extract) -> None:
    extract([IN_TIME])
    freeze(workspace, NOVEMBER, "2021-12-03")
    extract([IN_TIME], "2021-12-31")
    freeze(workspace, Period(2021, 12), "2022-01-03")
    assert {fact.key.period for fact in facts_for_pack(workspace, NOVEMBER, View.FIRST)} == {
        NOVEMBER.back(step) for step in range(13)
    }


def test_a_measure_begun_since_the_freeze_has_no_first_figure(workspace: Workspace, extract: Extract) -> None:
    extract([IN_TIME])
    freeze(workspace, NOVEMBER, "2021-12-03")
    begun = Path(workspace.registry.indicators["cpp_started"].place.path).read_text(encoding="utf-8")
    page = workspace.folder / "indicators" / "newly_begun.md"
    page.write_text(begun.replace("cpp_started", "newly_begun"), encoding="utf-8")
    later = open_workspace(workspace.folder)
    assert facts_first(later, NOVEMBER, indicators=["newly_begun"]) == []
    with pytest.raises(UsageError, match="no fact newly_begun"):
        behind(later, FactKey("newly_begun", NOVEMBER, Window.MONTH))


def test_a_month_no_extract_reaches_has_no_figures(workspace: Workspace, extract: Extract) -> None:
    extract([IN_TIME], "2021-11-29")
    with pytest.raises(StoreError, match="reaches the end of November 2021"):
        facts_now(workspace, NOVEMBER)
    assert _share(facts_now(workspace, OCTOBER, indicators=SHARE)) == (0, 0)


def test_a_window_that_begins_before_the_records_has_no_fact(workspace: Workspace, extract: Extract) -> None:
    extract([IN_TIME], "2021-11-30")
    settings = (workspace.folder / "scorecard.toml").read_text(encoding="utf-8")
    (workspace.folder / "scorecard.toml").write_text(
        settings.replace("2018-04-01\n\n[pack]", "2021-10-01\n\n[pack]"), encoding="utf-8"
    )
    rows = facts_now(open_workspace(workspace.folder), NOVEMBER, indicators=SHARE)
    assert {to_fact(row).key.window for row in rows} == {Window.MONTH}


def test_an_extract_that_blocks_is_not_taken(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "ssd_cin_assessments.csv").write_text(ASSESSMENTS, encoding="utf-8")
    assert check(tmp_path / "bad").blocks
    with pytest.raises(BlockedExtractError) as raised:
        take(workspace, tmp_path / "bad", NOVEMBER.last_day)
    assert raised.value.exit_code == 11
    assert workspace.snapshots.all() == ()


def test_the_checklist_names_the_next_command_until_nothing_is_left(workspace: Workspace, extract: Extract) -> None:
    def following() -> str | None:
        return next_command(checklist(workspace, NOVEMBER))

    assert following() == "scorecard take SOURCE --as-at 2021-11-30"
    extract([IN_TIME], "2021-11-29")
    assert following() == "scorecard take SOURCE --as-at 2021-11-30"
    extract([IN_TIME])
    assert following() == "scorecard freeze 2021-11"
    freeze(workspace, NOVEMBER, "2021-12-03")
    assert following() == "write commentary/2021-11.md"
    (workspace.folder / "commentary" / "2021-11.md").write_text("## contacts\n", encoding="utf-8")
    assert following() == "scorecard pack 2021-11"
    (workspace.folder / "packs" / "2021-11-first.html").write_text("of another freeze", encoding="utf-8")
    assert following() == "scorecard pack 2021-11"
    make_pack(workspace, NOVEMBER, View.FIRST, workspace.folder / "packs", date(2021, 12, 3))
    assert following() == "scorecard issue 2021-11 --to RECIPIENT"
    issue(workspace, NOVEMBER, date(2021, 12, 3))
    assert following() is None
    assert [step.is_done for step in checklist(workspace, OCTOBER)] == [True, False, False, False, False]


def test_a_preview_shows_the_newest_thirteen_whole_months_and_at_most_ten_cases(
    workspace: Workspace, extract: Extract
) -> None:
    assert thirteen_months(workspace, "assessments_45wd") is None
    rows = [f"A{n},c1,2021-10-01,2021-11-{n:02}" for n in range(1, 15)]
    extract(rows, "2021-12-30")
    shown = thirteen_months(workspace, "assessments_completed")
    assert shown is not None
    counted = [(month, value) for name, month, _, value, _, _ in shown.months if name == "assessments_completed"]
    assert [month for month, _ in counted] == [str(NOVEMBER.back(step)) for step in reversed(range(13))]
    assert counted[-1] == ("2021-11", 14)
    days = [row[shown.cases.columns.index("event_date")] for row in shown.cases.rows]
    assert days == [date(2021, 11, day) for day in range(14, 4, -1)]


def test_facts_written_as_parquet_are_read_back_the_same(
    workspace: Workspace, extract: Extract, tmp_path: Path
) -> None:
    extract([IN_TIME, LATE])
    rows = facts_now(workspace, NOVEMBER, indicators=SHARE)
    path = write_parquet(rows, tmp_path / "facts.parquet")
    answer = duckdb.sql("SELECT * FROM read_parquet(?)", params=[str(path)])
    assert answer is not None
    assert tuple(answer.columns) == COLUMNS
    assert answer.fetchall() == rows
    assert write_parquet([], tmp_path / "none.parquet").exists()


def test_a_workbook_of_cases_holds_text_as_text_and_no_formula(tmp_path: Path) -> None:
    rows = [(1, "=1+1", date(2021, 11, 1), None), (0, "http://example.org", date(2021, 11, 2), "007")]
    path = write_workbook(("in_numerator", "case_id", "event_date", "team"), rows, tmp_path / "cases.xlsx")
    import fastexcel  # noqa: PLC0415 - for this one look

    sheet = fastexcel.read_excel(path).load_sheet("Cases")
    assert (sheet.width, sheet.height) == (4, 2)
    with zipfile.ZipFile(path) as book:
        inside = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in inside
    assert "hyperlink" not in inside


def test_a_month_frozen_late_is_counted_in_the_extract_of_its_own_time(workspace: Workspace, extract: Extract) -> None:
    extract([IN_TIME], "2021-12-03")
    extract([IN_TIME, LATE], "2022-05-31")
    assert freeze(workspace, NOVEMBER, "2022-06-01").snapshot.startswith("2021-12-03")


def test_what_the_extract_holds_no_table_for_is_not_counted_as_nought(workspace: Workspace, extract: Extract) -> None:
    extract([IN_TIME], "2021-12-03")
    found = {str(fact.key): fact for fact in map(to_fact, facts_now(workspace, NOVEMBER))}
    assert found["assessments_completed/2021-11/month"].value == 1
    plans = found["cpp_open/2021-11/month_end"]
    assert (plans.numerator, plans.value, plans.status) == (None, None, Status.NOT_AVAILABLE)
    assert "it has no ssd_cp_plans (child protection plans)" in plans.reason
    with pytest.raises(StoreError, match="taken without ssd_cp_plans"):
        facts_now(workspace, NOVEMBER, indicators=["cpp_open"])


def test_a_frozen_month_is_told_by_the_targets_and_the_population_it_was_frozen_with(
    workspace: Workspace, extract: Extract
) -> None:
    extract([IN_TIME])
    freeze(workspace, NOVEMBER, "2021-12-03")
    settings, targets = workspace.folder / "scorecard.toml", workspace.folder / "targets.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("20000", "50000"), encoding="utf-8")
    targets.write_text(
        '[[target]]\nmeasure = "assessments_45wd_pct"\nfrom = 2021-04-01\nvalue = 70\nsource = "later"\n',
        encoding="utf-8",
    )
    frozen = workspace.months.get(NOVEMBER)
    assert frozen is not None
    kept = as_kept(open_workspace(workspace.folder), frozen)
    assert [one.persons for one in kept.populations] == [20000]
    assert len(kept.targets) == 0


def test_a_table_split_over_two_files_changes_no_fact(workspace: Workspace, extract: Extract, tmp_path: Path) -> None:
    extract([IN_TIME, LATE, SECOND_LATE])
    whole = [(*row[:5], *row[6:12]) for row in facts_now(workspace, NOVEMBER)]
    folder = tmp_path / "split"
    folder.mkdir()
    (folder / "ssd_person.csv").write_text(PERSONS, encoding="utf-8")
    (folder / "ssd_cin_assessments_1.csv").write_text(f"{ASSESSMENTS}{SECOND_LATE}\n", encoding="utf-8")
    (folder / "ssd_cin_assessments_2.csv").write_text(f"{ASSESSMENTS}{LATE}\n{IN_TIME}\n", encoding="utf-8")
    assert take(workspace, folder, date(2021, 12, 1)).snapshot.tables["ssd_cin_assessments"].rows == 3
    assert [(*row[:5], *row[6:12]) for row in facts_now(workspace, NOVEMBER)] == whole
