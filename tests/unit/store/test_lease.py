"""One writes at a time; who is gone can be taken over, and who was taken over writes no more."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest

from scorecard.errors import StoreError
from scorecard.store import lease
from scorecard.store.by import By
from scorecard.store.lease import LeaseError, holding
from scorecard.store.ledger import Act
from scorecard.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

OURS, THEIRS = (
    By("asmith", "LAPTOP-7", "2021-12-03T09:00:00+00:00"),
    By("bjones", "DESK-2", "2021-12-03T08:55:00+00:00"),
)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store of ours, where nobody is waited for."""
    monkeypatch.setattr(lease, "_WAIT", 0.05)
    return Store(tmp_path, OURS)


def _left_by_them(store: Store) -> None:
    store.lease.write_text(json.dumps({**asdict(THEIRS), "key": "x"}), encoding="utf-8")


def test_who_writes_is_named_to_who_wants_to(store: Store) -> None:
    _left_by_them(store)
    named = "bjones on DESK-2, since 2021-12-03 08:55 is writing"
    with pytest.raises(LeaseError, match=named) as refused, store.writing():
        pass
    assert refused.value.exit_code == StoreError.exit_code == 12
    assert "--take-over" in str(refused.value)
    assert store.ledger.all() == ()


def test_a_lease_whose_holder_stopped_before_writing_their_name_holds_too(store: Store) -> None:
    store.lease.write_bytes(b"")
    with pytest.raises(LeaseError, match="somebody is writing"), store.writing():
        pass


def test_taking_over_breaks_the_lease_and_the_ledger_says_whose_it_was(store: Store) -> None:
    _left_by_them(store)
    assert store.take_over() == THEIRS
    (entry,) = store.ledger.all()
    assert (entry.act, entry.by, entry.told["from"]["person"]) == (Act.TAKEN_OVER, OURS, "bjones")
    assert not store.lease.exists()
    assert store.take_over() is None
    assert len(store.ledger.all()) == 1


def test_who_was_taken_over_while_asleep_adds_nothing_and_leaves_the_other_their_lease(store: Store) -> None:
    with store.writing() as ledger:
        store.lease.unlink()
        _left_by_them(store)
        with pytest.raises(LeaseError, match="was taken over"):
            ledger.add(Act.FROZEN, "2021-10/1")
    assert store.ledger.all() == ()
    assert store.lease.exists()


def test_work_that_holds_the_lease_may_ask_for_it_again_and_threads_take_turns(store: Store) -> None:
    inside = list[int]()

    def write(number: int) -> None:
        with store.writing(), store.writing() as ledger:
            inside.append(number)
            ledger.add(Act.FROZEN, str(number))
            assert inside.pop() == number
            assert inside == []

    with ThreadPoolExecutor(4) as writers:
        list(writers.map(write, range(8)))
    assert {entry.to for entry in store.ledger.all()} == set(map(str, range(8)))
    assert store.ledger.broken() == ()
    assert not store.lease.exists()


def test_a_lease_that_cannot_be_written_is_not_left_behind(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, _data: bytes) -> None:
        path.write_bytes(b"{")
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as while_full:
        while_full.setattr("scorecard.store.disk.system.create", full)
        with pytest.raises(OSError, match="No space"), holding(store.lease, OURS):
            pass
    assert not store.lease.exists()


def test_the_next_writer_tidies_what_was_left_but_nothing_the_ledger_names(store: Store) -> None:
    with store.writing() as ledger:
        ledger.add(Act.FROZEN, "2021-10/1")
    left = ["months/2021-10/.2.abcd", "months/2021-10/2", "snapshots/2021-11-30-aaaaaaaa", "rules/.scorecard.toml.abcd"]
    for path in (*left, "months/2021-10/1", "unfinished/months/2021-10/1"):
        (store.folder / path).mkdir(parents=True)
    with store.writing():
        pass
    assert [path for path in left if (store.folder / path).exists()] == []
    assert (store.folder / "months/2021-10/1").exists(), "a share may show its manifest late"
    assert (store.folder / "unfinished/months/2021-10/1").exists()


def test_the_next_writer_takes_away_a_revision_or_an_edition_that_no_line_of_the_ledger_names(store: Store) -> None:
    with store.writing() as ledger:
        ledger.add(Act.FROZEN, "2021-10/1")
    unnamed = ["months/2021-10/2", "months/2021-11/1", "issued/2021-10/1"]
    for path in ("months/2021-10/1", *unnamed):
        (store.folder / path).mkdir(parents=True)
        (store.folder / path / "manifest.json").write_text("{}", encoding="utf-8")
    (store.folder / "months/2021-10/current.json").write_text('{"revision": 1}', encoding="utf-8")
    with store.writing():
        pass
    assert [path for path in unnamed if (store.folder / path).exists()] == []
    assert (store.folder / "months/2021-10/1").exists()


def test_nothing_is_taken_away_where_the_ledger_was_lost_or_what_counts_has_no_line(store: Store) -> None:
    for path in ("months/2021-10/1", "months/2021-11/1"):
        (store.folder / path).mkdir(parents=True)
        (store.folder / path / "manifest.json").write_text("{}", encoding="utf-8")
    (store.folder / "months/2021-11/current.json").write_text('{"revision": 1}', encoding="utf-8")
    with store.writing():
        pass
    assert (store.folder / "months/2021-10/1").exists()
    with store.writing() as ledger:
        ledger.add(Act.FROZEN, "2021-10/1")
    with store.writing():
        pass
    assert (store.folder / "months/2021-11/1").exists()
