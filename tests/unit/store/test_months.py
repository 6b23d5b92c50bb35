"""A month as first reported stays: a later freeze is a revision beside it, and a failed one leaves nothing."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest

from scorecard.calendar.periods import Period
from scorecard.store.disk import move_into_place
from scorecard.store.months import Approval, Because, FrozenMonth, Kind, Months
from scorecard.store.rules import KeptRules
from scorecard.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

NOVEMBER, OCTOBER = Period(2021, 11), Period(2021, 10)
WRITERS = 8


@pytest.fixture
def months(tmp_path: Path) -> Months:
    """A store without months."""
    return Months(tmp_path / "months")


def _keep(months: Months, period: Period = NOVEMBER, text: str = "facts") -> FrozenMonth:
    def write(folder: Path) -> None:
        (folder / "facts.parquet").write_text(text, encoding="utf-8")
        (folder / "cases").mkdir()
        (folder / "cases" / "things.parquet").write_text("cases", encoding="utf-8")

    kept = months.keep(period, "2021-11-30-aaaaaaaa", "2021-12-03T09:00:00+00:00", {"things.md": "f"}, write)
    months.let_count(kept)
    return kept


def test_a_month_is_read_back_as_it_was_kept(months: Months) -> None:
    kept = _keep(months)
    assert (kept.period, kept.revision, kept.snapshot, dict(kept.rules)) == (
        NOVEMBER,
        1,
        "2021-11-30-aaaaaaaa",
        {"things.md": "f"},
    )
    assert kept.facts.read_text(encoding="utf-8") == "facts"
    assert kept.cases("things").read_text(encoding="utf-8") == "cases"
    assert months.get(NOVEMBER) == kept


def test_every_file_is_sealed(months: Months) -> None:
    kept = _keep(months)
    seals = json.loads((kept.folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert seals == {
        "facts.parquet": hashlib.sha256(b"facts").hexdigest(),
        "cases/things.parquet": hashlib.sha256(b"cases").hexdigest(),
    }


def test_a_later_freeze_is_a_revision_and_the_earlier_one_stays(months: Months) -> None:
    first = _keep(months)
    second = _keep(months, text="mended")
    assert (first.revision, second.revision) == (1, 2)
    assert months.get(NOVEMBER) == second
    assert first.facts.read_text(encoding="utf-8") == "facts"


def test_the_tenth_revision_comes_after_the_ninth(months: Months) -> None:
    for _ in range(10):
        kept = _keep(months)
    assert (kept.revision, months.get(NOVEMBER)) == (10, kept)


def test_all_gives_the_latest_of_each_month_in_order(months: Months) -> None:
    _keep(months)
    november, october = _keep(months), _keep(months, OCTOBER)
    assert months.all() == (october, november)


def test_a_month_that_was_not_frozen_is_not_there(months: Months) -> None:
    assert months.get(NOVEMBER) is None
    assert months.all() == ()


@pytest.mark.parametrize("revisions", [0, 1])
def test_a_write_that_fails_leaves_what_was_there(months: Months, revisions: int) -> None:
    before = [_keep(months) for _ in range(revisions)]

    def fail(folder: Path) -> None:
        (folder / "facts.parquet").write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        months.keep(NOVEMBER, "s", "t", {}, fail)
    assert months.all() == tuple(before)
    assert _keep(months).revision == revisions + 1


def test_a_freeze_cut_off_before_it_had_its_name_does_not_count(
    months: Months, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose_power(*_: object) -> None:
        raise OSError(5, "gone")

    with monkeypatch.context() as cut:
        cut.setattr("scorecard.store.disk.move_into_place", lose_power)
        with pytest.raises(OSError, match="gone"):
            _keep(months)
    assert months.get(NOVEMBER) is None
    assert months.all() == ()
    assert _keep(months).revision == 1


def test_a_revision_does_not_count_until_it_is_let(months: Months) -> None:
    first = _keep(months)
    mended = months.keep(
        NOVEMBER, "s", "t", {}, lambda _: None, Because(Kind.REVISION, "error corrected", "One was missing")
    )
    assert months.get(NOVEMBER) == first
    assert months.revisions(NOVEMBER) == (first, mended)
    months.let_count(mended, Approval("Director", "Agreed"))
    assert (months.get(NOVEMBER), months.approval(NOVEMBER)) == (mended, Approval("Director", "Agreed"))


def test_a_rule_is_kept_once_under_its_fingerprint_and_its_name(tmp_path: Path) -> None:
    rules, page = KeptRules(tmp_path / "rules"), tmp_path / "things.md"
    page.write_bytes(b"one")
    first = rules.keep(page)
    assert rules.keep(page) == first
    page.write_bytes(b"two")
    second = rules.keep(page)
    assert first != second
    assert rules.path("things.md", first).read_bytes() == b"one"
    assert rules.path("things.md", second).read_bytes() == b"two"


def _names(tmp_path: Path) -> set[str]:
    return {path.name for path in (tmp_path / "months" / str(NOVEMBER)).iterdir() if path.is_dir()}


def test_eight_who_freeze_a_month_at_once_have_a_revision_each(months: Months, tmp_path: Path) -> None:
    together = Barrier(WRITERS)

    def keep(number: int) -> FrozenMonth:
        together.wait()
        with Store(tmp_path).writing():
            return _keep(months, text=f"facts {number}")

    with ThreadPoolExecutor(WRITERS) as writers:
        kept = list(writers.map(keep, range(WRITERS)))
    assert {one.revision for one in kept} == set(range(1, WRITERS + 1))
    assert [one.facts.read_text(encoding="utf-8") for one in kept] == [f"facts {number}" for number in range(WRITERS)]
    assert _names(tmp_path) == {str(one.revision) for one in kept}


def test_who_finds_the_revision_taken_by_one_who_took_over_leaves_theirs_alone(
    months: Months, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def after_another(folder: Path, target: Path) -> None:
        monkeypatch.undo()
        _keep(months, text="theirs")
        move_into_place(folder, target)

    monkeypatch.setattr("scorecard.store.disk.move_into_place", after_another)
    with pytest.raises(OSError, match="1"):
        _keep(months, text="ours")
    assert (tmp_path / "months" / str(NOVEMBER) / "1" / "facts.parquet").read_text(encoding="utf-8") == "theirs"
    assert _names(tmp_path) == {"1"}


def test_a_freeze_that_fails_leaves_nothing_beside_what_was_kept(months: Months, tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "facts.parquet").write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    _keep(months)
    with pytest.raises(OSError, match="No space"):
        months.keep(NOVEMBER, "s", "t", {}, fail)
    assert _names(tmp_path) == {"1"}
