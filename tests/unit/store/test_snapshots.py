"""Extracts are kept once, in order, and never altered."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import TYPE_CHECKING

import duckdb
import pytest

from scorecard.errors import StoreError
from scorecard.store.disk import sha256
from scorecard.store.snapshots import Snapshot, Snapshots, TableTaken, Taken, fingerprint_of_files
from scorecard.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOVEMBER = date(2021, 11, 30)
WRITERS = 8


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with two tables, one of them empty."""
    with duckdb.connect(":memory:") as opened:
        opened.execute("CREATE TABLE things (id VARCHAR, day DATE)")
        opened.execute("INSERT INTO things VALUES ('T1', DATE '2021-11-01'), ('T2', NULL)")
        opened.execute("CREATE TABLE others (id VARCHAR)")
        yield opened


@pytest.fixture
def store(tmp_path: Path) -> Snapshots:
    """An empty store."""
    return Snapshots(tmp_path / "snapshots")


def _taken(content: str, as_at: date = NOVEMBER, covers_from: date | None = None) -> Taken:
    return Taken(as_at, "extract", content * 8, "1.4.5", covers_from, {"rule": 2})


def _keep(
    store: Snapshots, connection: duckdb.DuckDBPyConnection, content: str = "a", as_at: date = NOVEMBER
) -> Snapshot:
    return store.keep(
        _taken(content, as_at), {"things": TableTaken("things"), "others": TableTaken("others")}, connection
    )


def test_a_snapshot_is_read_back_as_it_was_kept(store: Snapshots, connection: duckdb.DuckDBPyConnection) -> None:
    kept = _keep(store, connection)
    assert (kept.as_at, kept.number, kept.source, dict(kept.findings)) == (NOVEMBER, 1, "extract", {"rule": 2})
    assert kept.id == "2021-11-30-aaaaaaaa"
    assert kept.tables["things"].rows == 2
    rows = connection.execute("SELECT * FROM read_parquet(?) ORDER BY id", [str(kept.file("things"))]).fetchall()
    assert rows == [("T1", date(2021, 11, 1)), ("T2", None)]
    assert store.get(kept.id) == kept
    assert store.all() == (kept,)


def test_the_day_records_are_covered_from_is_kept(store: Snapshots, connection: duckdb.DuckDBPyConnection) -> None:
    kept = store.keep(_taken("a", covers_from=date(2018, 4, 1)), {"things": TableTaken("things")}, connection)
    assert kept.covers_from == date(2018, 4, 1)
    assert _keep(store, connection, "b").covers_from is None


def test_the_same_files_for_the_same_day_are_one_snapshot(
    store: Snapshots, connection: duckdb.DuckDBPyConnection
) -> None:
    first = _keep(store, connection)
    connection.execute("DELETE FROM things")
    assert _keep(store, connection) == first
    assert store.get(first.id).tables["things"].rows == 2
    assert len(store.all()) == 1


def test_other_files_for_the_same_day_are_number_two_and_supersede(
    store: Snapshots, connection: duckdb.DuckDBPyConnection
) -> None:
    first, second = _keep(store, connection, "b"), _keep(store, connection, "a")
    assert (first.number, second.number) == (1, 2)
    assert store.all() == (first, second)
    assert store.covering(NOVEMBER) == second


def test_the_same_files_for_another_day_are_another_snapshot(
    store: Snapshots, connection: duckdb.DuckDBPyConnection
) -> None:
    later = _keep(store, connection, as_at=date(2021, 12, 31))
    earlier = _keep(store, connection)
    assert store.all() == (earlier, later)
    assert (earlier.number, later.number) == (1, 1)


def test_the_newest_that_reaches_a_day_covers_it(store: Snapshots, connection: duckdb.DuckDBPyConnection) -> None:
    november, december = _keep(store, connection), _keep(store, connection, as_at=date(2021, 12, 31))
    assert store.covering(date(2021, 10, 31)) == december
    assert store.covering(NOVEMBER) == december
    assert store.covering(date(2021, 12, 31)) == december
    assert store.covering(date(2022, 1, 1)) is None
    assert store.covering(NOVEMBER, known=date(2021, 12, 30)) == november
    assert store.covering(NOVEMBER, known=NOVEMBER) == november
    assert store.covering(NOVEMBER, known=date(2021, 11, 29)) is None


def test_a_store_that_is_not_there_holds_nothing(store: Snapshots) -> None:
    assert store.all() == ()
    assert store.covering(NOVEMBER) is None
    with pytest.raises(StoreError, match="no snapshot x"):
        store.get("x")


def test_a_write_that_fails_leaves_no_snapshot(store: Snapshots, connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(duckdb.Error):
        store.keep(_taken("a"), {"things": TableTaken("things"), "missing": TableTaken("missing")}, connection)
    assert store.all() == ()
    assert _keep(store, connection).tables["things"].rows == 2


def test_a_snapshot_cut_off_before_it_had_its_name_does_not_count(
    store: Snapshots, connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose_power(*_: object) -> None:
        raise OSError(5, "gone")

    with monkeypatch.context() as cut:
        cut.setattr("scorecard.store.disk.move_into_place", lose_power)
        with pytest.raises(OSError, match="gone"):
            _keep(store, connection)
    assert store.all() == ()
    assert _keep(store, connection).number == 1


def test_files_have_one_fingerprint_whatever_their_order_and_another_once_one_differs(tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_bytes(b"1")
    two.write_bytes(b"2")
    before = fingerprint_of_files([one, two])
    assert fingerprint_of_files([two, one]) == before
    assert fingerprint_of_files([one]) != before
    two.write_bytes(b"3")
    assert fingerprint_of_files([one, two]) != before
    two.write_bytes(b"2")
    assert fingerprint_of_files([one, two.rename(tmp_path / "three.csv")]) != before


def test_eight_writers_of_the_same_files_at_once_leave_one_snapshot(tmp_path: Path) -> None:
    store, together = Snapshots(tmp_path / "snapshots"), Barrier(WRITERS)

    def keep(_: int) -> Snapshot:
        with duckdb.connect(":memory:") as own:
            own.execute("CREATE TABLE things AS SELECT range AS id FROM range(10000)")
            together.wait()
            with Store(tmp_path).writing():
                return store.keep(_taken("a"), {"things": TableTaken("things")}, own)

    with ThreadPoolExecutor(WRITERS) as writers:
        kept = list(writers.map(keep, range(WRITERS)))
    assert {one.id for one in kept} == {"2021-11-30-aaaaaaaa"}
    assert store.all() == (kept[0],)
    assert [path.name for path in (tmp_path / "snapshots").iterdir()] == ["2021-11-30-aaaaaaaa"]


def test_of_two_for_one_day_the_one_taken_last_stands(store: Snapshots, connection: duckdb.DuckDBPyConnection) -> None:
    for content in "aba":
        kept = _keep(store, connection, content)
        assert store.stands(kept) is False
        store.let_stand(kept)
    assert (kept.number, store.covering(NOVEMBER)) == (1, kept)
    assert [one.number for one in store.all()] == [2, 1]


def test_a_third_for_one_day_stands_in_place_of_one_that_was_taken_twice(
    store: Snapshots, connection: duckdb.DuckDBPyConnection
) -> None:
    for content in "abac":
        kept = _keep(store, connection, content)
        store.let_stand(kept)
    assert store.all()[-1] == kept == store.covering(NOVEMBER)


def test_a_snapshot_that_fails_leaves_nothing(
    store: Snapshots, connection: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("scorecard.store.disk.move_into_place", full)
    with pytest.raises(OSError, match="No space"):
        _keep(store, connection)
    assert list((tmp_path / "snapshots").iterdir()) == []


def test_a_table_that_did_not_change_is_the_file_that_is_kept_already(
    store: Snapshots, connection: duckdb.DuckDBPyConnection
) -> None:
    first, again = _keep(store, connection), _keep(store, connection, as_at=date(2021, 12, 31))
    assert again.file("things").samefile(first.file("things"))
    connection.execute("INSERT INTO things VALUES ('T3', NULL)")
    changed = _keep(store, connection, as_at=date(2022, 1, 31))
    assert not changed.file("things").samefile(first.file("things"))


def test_a_file_that_was_damaged_is_not_shared(store: Snapshots, connection: duckdb.DuckDBPyConnection) -> None:
    first = _keep(store, connection)
    first.file("things").write_bytes(first.file("things").read_bytes()[:-1] + b"x")
    again = _keep(store, connection, as_at=date(2021, 12, 31))
    assert sha256(again.file("things")) == again.tables["things"].sha256
