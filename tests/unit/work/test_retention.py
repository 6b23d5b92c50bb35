"""Records leave by age and on request: which they are, what hangs on them, and what a crash leaves for next time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import duckdb
import pytest
from few_definitions import define_only

from scorecard.calendar.periods import Period
from scorecard.errors import StoreError, UsageError, WorkspaceError
from scorecard.store import retention
from scorecard.store.disk import sha256
from scorecard.store.ledger import Act
from scorecard.work.children import erase, find, merge
from scorecard.work.freeze import freeze
from scorecard.work.new import new_workspace
from scorecard.work.purge import kept_from, lying_beside, older, purge
from scorecard.work.take import take
from scorecard.work.views import snapshot_for
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.work.workspace import Workspace

OCTOBER, NOVEMBER = Period(2021, 10), Period(2021, 11)
TODAY = date(2023, 11, 5)
# One assessment is of 7 and 8 together, and 8 has another; 7 is also the id of a worker and of an assessment of 9.
TABLES = {
    "ssd_person": "pers_person_id,pers_sex,pers_dob\n7,F,2012-05-01\n8,M,2012-05-02\n9,F,2012-05-03\n",
    "ssd_professionals": "prof_professional_id,prof_staff_id\n7,S7\n",
    "ssd_cin_assessments": "cina_assessment_id,cina_person_id,cina_assessment_start_date,cina_assessment_auth_date,"
    "cina_assessment_worker_id\nA1,7,2021-10-01,2021-10-12,7\nA1,8,2021-10-01,2021-10-12,7\n"
    "A2,7,2021-10-04,2021-10-13,7\n7,9,2021-10-04,2021-10-13,7\n",
    "ssd_assessment_factors": "cinf_table_id,cinf_assessment_id\nF1,A1\nF2,A2\nF3,7\n",
    "ssd_mother": "moth_table_id,moth_person_id,moth_childs_person_id\nM1,9,7\nM2,9,8\n",
}


@pytest.fixture(autouse=True)
def _few_definitions(monkeypatch: pytest.MonkeyPatch) -> None:
    """The definitions these tests ask for."""
    define_only(("assessments_45wd",), monkeypatch)


@pytest.fixture
def council(tmp_path: Path) -> Workspace:
    """Two months, taken from the same records and frozen."""
    new_workspace(tmp_path / "council")
    workspace = open_workspace(tmp_path / "council")
    for period in (OCTOBER, NOVEMBER):
        folder = tmp_path / str(period)
        folder.mkdir()
        for name, text in TABLES.items():
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        kept = take(workspace, folder, period.last_day)
        freeze(workspace, period, period.last_day.isoformat(), kept.snapshot)
    return workspace


def _rows(workspace: Workspace, file: str) -> list[tuple[object, ...]]:
    """The rows of October's extract or freeze, in order."""
    (path,) = workspace.store.folder.glob(file)
    with duckdb.connect(":memory:") as connection:
        return sorted(connection.read_parquet(str(path)).fetchall(), key=str)


def _ids(workspace: Workspace, table: str, *columns: str) -> set[tuple[str, ...]]:
    (path,) = workspace.store.folder.glob(f"snapshots/2021-10-31*/{table}.parquet")
    with duckdb.connect(":memory:") as connection:
        return set(connection.read_parquet(str(path)).select(*columns).fetchall())


def test_records_are_kept_as_many_months_as_the_setting_says(council: Workspace) -> None:
    assert kept_from(council, TODAY) == NOVEMBER
    assert [one.to[:7] for one in older(council, NOVEMBER)] == ["2021-10", "2021-10"]


def test_the_newest_extract_stays_however_old_it_is(council: Workspace) -> None:
    gone = purge(council, Period(2022, 6), TODAY)
    assert [one.to for one in gone if one.to.startswith("2021-11-30")] == []
    assert snapshot_for(council, OCTOBER).as_at == NOVEMBER.last_day


def test_no_more_than_a_pack_needs_can_be_purged(council: Workspace) -> None:
    with pytest.raises(UsageError, match="13 months at least"):
        kept_from(council, TODAY, Period(2022, 11))


def test_a_setting_out_of_bounds_is_told_with_its_line(council: Workspace) -> None:
    settings = council.folder / "scorecard.toml"
    text = settings.read_text(encoding="utf-8").replace("[records]", "[records]\nkeep_months = 12")
    settings.write_text(text, encoding="utf-8")
    with pytest.raises(
        WorkspaceError, match=r"scorecard\.toml:\d+: `keep_months` must be a whole number from 13 to 36"
    ):
        open_workspace(council.folder)


def test_the_ledger_names_what_was_purged_with_its_rows_and_day(council: Workspace) -> None:
    rows = sum(one.rows for one in older(council, NOVEMBER))
    purge(council, NOVEMBER, TODAY)
    told = [entry.told for entry in council.store.ledger.all() if entry.act is Act.PURGED]
    assert {one["on"] for one in told} == {"2023-11-05"}
    assert sum(one["rows"] for one in told) == rows
    assert [path for one in told for path in one["files"] if (council.store.folder / path).exists()] == []


def test_what_was_purged_is_not_said_to_be_kept_when_its_files_are_taken_again(
    council: Workspace, tmp_path: Path
) -> None:
    purge(council, NOVEMBER, TODAY)
    with pytest.raises(StoreError, match="were purged on 5 November 2023"):
        take(council, tmp_path / str(OCTOBER), OCTOBER.last_day)


def test_an_extract_is_taken_after_those_before_it_were_purged(council: Workspace, tmp_path: Path) -> None:
    purge(council, NOVEMBER, TODAY)
    between = take(council, tmp_path / str(OCTOBER), date(2021, 11, 15)).snapshot
    assert between.tables["ssd_person"].rows == 3


def test_a_purge_that_a_crash_cut_short_is_finished_by_the_next(
    council: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(retention, "_take_away", _fails)
        with pytest.raises(OSError, match="power"):
            purge(council, NOVEMBER, TODAY)
    with pytest.raises(StoreError, match="were purged on 5 November 2023"):
        snapshot_for(council, OCTOBER, OCTOBER.last_day)
    purge(council, NOVEMBER, TODAY)
    assert list(council.store.folder.glob("snapshots/2021-10-31*/*.parquet")) == []
    assert list(council.store.folder.glob("months/2021-10/1/cases")) == []


def test_an_erasure_that_a_crash_cut_short_is_finished_without_asking_for_the_id(
    council: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(retention, "finish", _fails_second())
        with pytest.raises(OSError, match="power"):
            erase(council, "7", TODAY)
    assert find(council, "7").rows > 0
    purge(council, OCTOBER, TODAY)
    assert find(council, "7").files == ()
    assert not (council.store.folder / "unfinished").exists()


def _fails(*_: object) -> None:
    message = "the power went"
    raise OSError(message)


def _fails_second() -> object:
    done = list[object]()

    def finish(store: object) -> None:
        done.append(store)
        if len(done) > 1:
            _fails()

    return finish


def test_an_erased_child_takes_along_what_hangs_on_its_records_alone(council: Workspace) -> None:
    erase(council, "7", TODAY)
    assert _ids(council, "ssd_person", "pers_person_id") == {("8",), ("9",)}
    assert _ids(council, "ssd_cin_assessments", "cina_assessment_id", "cina_person_id") == {("A1", "8"), ("7", "9")}
    assert _ids(council, "ssd_assessment_factors", "cinf_table_id") == {("F1",), ("F3",)}
    assert _ids(council, "ssd_mother", "moth_table_id") == {("M2",)}


def test_what_only_has_the_same_number_as_an_erased_child_stays(council: Workspace) -> None:
    erase(council, "7", TODAY)
    assert _ids(council, "ssd_professionals", "prof_professional_id") == {("7",)}
    cases = _rows(council, "months/2021-10/1/cases/assessments_45wd.parquet")
    assert sorted(str(row[0]) for row in cases) == ["7/9", "A1/8"]


def test_of_two_rows_under_one_key_that_of_the_id_that_stays_is_kept(council: Workspace) -> None:
    cases = _rows(council, "months/2021-10/1/cases/assessments_45wd.parquet")
    merge(council, "7", "8", TODAY)
    assert _ids(council, "ssd_person", "pers_person_id", "pers_sex") == {("8", "M"), ("9", "F")}
    both = {("A1", "8"), ("A2", "8"), ("7", "9")}
    assert _ids(council, "ssd_cin_assessments", "cina_assessment_id", "cina_person_id") == both
    assert _ids(council, "ssd_mother", "moth_table_id", "moth_childs_person_id") == {("M1", "8"), ("M2", "8")}
    assert _ids(council, "ssd_professionals", "prof_professional_id") == {("7",)}
    merged = _rows(council, "months/2021-10/1/cases/assessments_45wd.parquet")
    assert sorted(str(row[0]) for row in merged) == ["7/9", "A1/8", "A1/8", "A2/8"]
    assert len(merged) == len(cases)


def test_the_ledger_holds_no_id_of_an_erased_child(council: Workspace) -> None:
    before = council.store.ledger.all()
    erase(council, "7", TODAY, "request 17")
    (entry,) = council.store.ledger.all()[len(before) :]
    assert (entry.act, entry.to, entry.why, set(entry.told)) == (Act.ERASED, "", "request 17", {"files", "rows", "on"})
    for path, seal in entry.told["files"].items():
        assert sha256(council.store.folder / path) == seal
    assert council.store.ledger.broken() == ()


def test_a_child_of_whom_nothing_is_kept_leaves_no_line_in_the_ledger(council: Workspace) -> None:
    before = len(council.store.ledger.all())
    assert erase(council, "nobody", TODAY).files == ()
    assert len(council.store.ledger.all()) == before


def test_files_that_people_put_into_a_workspace_are_named_by_folder_and_never_taken_away(council: Workspace) -> None:
    (council.folder / "extracts").mkdir()
    for name in ("a.csv", "b.xlsx"):
        (council.folder / "extracts" / name).write_text("", encoding="utf-8")
    assert lying_beside(council) == (("extracts", 2),)
    purge(council, NOVEMBER, TODAY)
    assert lying_beside(council) == (("extracts", 2),)
