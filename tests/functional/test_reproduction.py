"""Every number of the example pack has a row, and none of ours differs from it without a reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
import reproduction
from reproduction_rows import MONTH, NUMBER, Figure, Held, held_in, read_rows, verdict

from scorecard.definitions.registry import load_registry
from scorecard.facts.fact import Facts
from scorecard.facts.reading import fact_rows, to_fact
from scorecard.work.views import count, first_snapshot_for

EXAMPLE = Path(__file__).resolve().parents[3] / "shared" / "example-pack" / "november-2021.txt"
CITED = {1, 8, 11, 16, 18, 20, 27, 30, 32, 33, 37, 38, 42, 45, 60, 68, 69, 74}
"""The contradictions of the example (indicators.md §4) that explain a row."""

ROWS = read_rows()


@pytest.fixture(scope="module")
def held(demo: Path) -> Held:
    return held_in(demo)


@pytest.fixture(scope="module")
def verdicts(held: Held) -> list[str]:
    return [verdict(row, held.figure(row) if row.key else None) for row in ROWS]


@pytest.mark.skipif(not EXAMPLE.exists(), reason="the example pack is not shipped with the program")
def test_the_rows_are_the_numbers_printed_in_the_example_line_by_line() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8-sig").split("\n")
    printed = [
        (line, nth, number) for line, text in enumerate(lines, 1) for nth, number in enumerate(NUMBER.findall(text), 1)
    ]
    assert [(row.line, row.nth, row.printed) for row in ROWS] == printed


def test_no_number_differs_and_at_least_four_hundred_are_the_same(verdicts: list[str]) -> None:
    differ = [f"line {row.line}, {row.about}" for row, word in zip(ROWS, verdicts, strict=True) if word == "different"]
    assert differ == []
    assert Counter(word[:4] for word in verdicts)["same"] >= 400


def test_what_is_explained_cites_a_contradiction_of_the_list_and_each_is_told(verdicts: list[str]) -> None:
    cited = {int(word.removeprefix("explained ")) for word in verdicts if word.startswith("explained")}
    assert cited == CITED
    assert {int(number) for number in reproduction.CONTRADICTIONS} == CITED


def test_only_dates_codes_and_words_have_nothing_to_compare(verdicts: list[str]) -> None:
    kinds = {row.kind for row, word in zip(ROWS, verdicts, strict=True) if word == "-"}
    assert kinds == {"date or code", "words only"}


def test_a_number_shown_as_the_same_by_a_setting_differs_without_it_and_no_other_does(held: Held) -> None:
    matrix = "case_supervision_matrix"
    bare = replace(held.workspace)
    vars(bare)["registry"] = load_registry()  # the library's rules, without the council's own
    counted = count(bare, first_snapshot_for(bare, MONTH), (MONTH,), [bare.registry.indicators[matrix]])
    rows = fact_rows(counted.engine.connection, "facts", [MONTH])
    without = Held(held.workspace, Facts(to_fact(row) for row in rows))
    asked = [row for row in ROWS if row.key.startswith("case_supervision_")]
    differ = [(row.line, row.nth) for row in asked if verdict(row, without.figure(row)) == "different"]
    assert differ == [(row.line, row.nth) for row in ROWS if row.setting]
    assert differ


def test_a_setting_shown_beside_a_number_is_the_councils_own_for_that_month(held: Held) -> None:
    shown = {row.setting for row in ROWS if row.setting}
    assert shown == {"case_supervision_days_before_month_end"}
    for name in shown:
        parameter = held.workspace.registry.rules.parameters[name]
        before, then, after = (
            parameter.on(day)
            for day in (MONTH.first_day - timedelta(1), MONTH.last_day, MONTH.last_day + timedelta(31))
        )
        assert then
        assert then.reason
        assert all(other is None or other.value != then.value for other in (before, after))


@pytest.mark.parametrize(
    ("value", "unit", "text", "agrees"),
    [
        ("87.573", "percent", "88%", True),
        ("87.573", "percent", "87%", False),
        ("87.573", "percent", "87.6%", True),
        ("54", "percent", "54", False),
        ("53.72", "rate_per_10000", "54", True),
        ("53.72", "rate_per_10000", "54%", False),
        ("1292", "count", "1,292", True),
        ("152000", "count", "£152,000", True),
        ("3", "count", "Three", True),
        ("14", "count", "14.0", True),
        ("2.5", "percent", "3%", True),
        ("2.4999", "percent", "3%", False),
    ],
)
def test_a_figure_agrees_when_it_rounds_half_up_to_what_is_printed(
    value: str, unit: str, text: str, *, agrees: bool
) -> None:
    assert Figure(Fraction(value), unit).prints(text) is agrees


def test_a_figure_one_off_is_different_with_or_without_an_explanation(held: Held) -> None:
    plain = next(row for row in ROWS if row.key == "cpp_open/2021-11/month_end")
    figure = held.figure(plain)
    assert figure
    moved = replace(figure, value=figure.value + 1)
    assert verdict(plain, figure) == "same"
    assert verdict(plain, moved) == "different"
    assert verdict(replace(plain, contradiction="58"), moved) == "different"
    assert verdict(replace(plain, setting="a_setting"), moved) == "different"


def test_a_key_of_no_known_member_holds_nothing_rather_than_nought(held: Held) -> None:
    crossed = "case_supervision_matrix/2021-11/month_end/supervision_band/{}/plan_type/CPPCLA"
    row = next(row for row in ROWS if row.kind == "counted here")
    none = held.figure(replace(row, key=crossed.format("over_6m")))
    assert none
    assert none.text == "0"
    assert held.figure(replace(row, key=crossed.format("over_9m"))) is None


def test_the_page_is_what_the_records_of_the_demo_give(held: Held) -> None:
    written = reproduction.PAGE.read_text(encoding="utf-8")
    assert written == reproduction.page(held), "run `python scripts/reproduction.py` with the demo's folder"
