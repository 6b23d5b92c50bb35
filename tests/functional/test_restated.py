"""The demo's restatements: October's 348 in care and November's 290 referrals, to the record."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from command_line import ask, say

from scorecard.calendar.periods import Period
from scorecard.facts.fact import FactKey
from scorecard.facts.restate import BridgeLine, Cause, HowLate
from scorecard.store.ledger import Act, Ledger
from scorecard.work.restated import Asked, note_restatements, told_apart
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.facts.fact import Fact
    from scorecard.facts.restate import Restatement
    from scorecard.work.restated import ToldApart

OCTOBER, NOVEMBER, END_OF_NOVEMBER = Period(2021, 10), Period(2021, 11), date(2021, 11, 30)
IN_CARE, REFERRALS = "cla_open/2021-10/month_end", "referrals/2021-11/month"


def _one(folder: Path, key: str, known: date | None = None) -> ToldApart:
    name = FactKey.parse(key)
    asked = Asked((name.indicator,), every_window=False, how_late=True)
    return told_apart(open_workspace(folder), [name.period], known, asked)[name]


def _ends(one: Restatement) -> tuple[float | None, float | None]:
    return one.first.value, one.now.value


def test_october_is_348_as_first_reported_and_343_a_month_later(demo: Path) -> None:
    one = _one(demo, IN_CARE, END_OF_NOVEMBER).restatement
    assert _ends(one) == (348, 343)
    assert one.lines == (
        BridgeLine(Cause.ENTERED_LATE, 3, 3, 0, HowLate(30, 30, 30), came=3),
        BridgeLine(Cause.CHANGED, 8, -8, 0, went=8),
    )
    assert one.is_scheduled


def test_the_children_behind_octobers_bridge_are_named_and_are_whom_the_freezes_hold(demo: Path) -> None:
    things = _one(demo, IN_CARE, END_OF_NOVEMBER).things
    late = {moved.child for step, moved in things if step.cause is Cause.ENTERED_LATE}
    ended = {moved.child for step, moved in things if step.cause is Cause.CHANGED}
    then = {row["child_id"] for row in ask("cases", IN_CARE, "--format", "csv", workspace=demo).rows}
    assert (len(late), len(ended), len(then)) == (3, 8, 348)
    assert not late & then
    assert ended <= then


def test_octobers_bridge_is_printed_line_by_line_within_a_terminals_width(demo: Path) -> None:
    said = ask("restated", OCTOBER, "--known", END_OF_NOVEMBER, "--indicator", "cla_open", workspace=demo)
    assert [" ".join(line.split()) for line in said.out.splitlines()[2:]] == [
        "cla_open as first reported 348 348",
        "entered up to 30 days late 3 +3",
        "ended late 8 −8",
        "as now known 343 343",
    ]
    everything = ask("restated", OCTOBER, workspace=demo)
    assert max(map(len, everything.out.splitlines())) <= 100


def test_novembers_290_referrals_are_308_in_the_following_may(demo: Path) -> None:
    one = _one(demo, REFERRALS).restatement
    assert _ends(one) == (290, 308)
    assert one.lines == (BridgeLine(Cause.ENTERED_LATE, 18, 18, 0, HowLate(182, 182, 182), came=18),)


def _sums(one: Restatement) -> tuple[float, float]:
    return sum(line.numerator for line in one.lines), sum(line.denominator for line in one.lines)


def _parts(fact: Fact) -> tuple[float, float]:
    return fact.numerator or 0, fact.denominator or 0


def test_every_bridge_of_october_adds_up_and_leaves_nothing_untold(demo: Path) -> None:
    found = [one.restatement for one in told_apart(open_workspace(demo), [OCTOBER], asked=Asked(parts=True)).values()]
    assert len(found) > len({one.key.indicator for one in found}) > 30
    for one in found:
        (top, bottom), was, now = _sums(one), _parts(one.first), _parts(one.now)
        assert bottom == pytest.approx(now[1] - was[1]), one.key
        assert not one.adds_up or top == pytest.approx(now[0] - was[0]), one.key
        assert one.has_records, one.key
        assert one.is_scheduled, one.key


@pytest.mark.slow
def test_every_frozen_month_is_listed_with_what_moved_it(demo: Path) -> None:
    said = ask("restated", "--indicator", "cla_open", "--indicator", "referrals", "--format", "csv", workspace=demo)
    found = {(row["figure"], row["month"]): row for row in said.rows}
    november = found["referrals", "2021-11"]
    assert (november["first"], november["now"], november["difference"]) == ("290", "308", "'+18")
    assert (november["why"], november["kind"]) == ("18 entered late", "scheduled")
    assert ("cla_open", "2021-10") in found
    assert not {month for _, month in found} & {"2022-05"}


def test_children_are_named_of_one_month_alone(demo: Path) -> None:
    said = say("restated", "--children", workspace=demo)
    assert said.code != 0
    assert "scorecard restated YYYY-MM" in said.err


@pytest.mark.slow
def test_the_ledger_holds_figures_and_counts_once_and_no_record(demo: Path, tmp_path: Path) -> None:
    ledger, workspace = Ledger(tmp_path / "ledger.jsonl"), open_workspace(demo)
    note_restatements(workspace, NOVEMBER, ledger)
    noted = {entry.to: entry.told for entry in ledger.all()}
    assert {entry.act for entry in ledger.all()} == {Act.RESTATED}
    assert noted["2021-11"]["figures"][REFERRALS] == {"first": 290, "now": 308, "by_cause": {"entered late": 18}}
    children = {moved.child for _, moved in _one(demo, REFERRALS).things}
    text = (tmp_path / "ledger.jsonl").read_text(encoding="utf-8")
    assert not [child for child in children if child and child in text]
    note_restatements(workspace, NOVEMBER, ledger)
    assert len(ledger.all()) == len(noted)
