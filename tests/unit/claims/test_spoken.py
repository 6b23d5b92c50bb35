"""Which numbers a text claims, and which only name something."""

from __future__ import annotations

import pytest

from scorecard.calendar.periods import Period
from scorecard.claims.names import stems
from scorecard.claims.pieces import pieces_of
from scorecard.claims.spoken import Kind, months_in, numbers_in_names, spoken_in


@pytest.mark.parametrize(
    "words",
    [
        "Both posts are filled since 19 November 2021.",
        "From the 19th November the MASH was staffed.",
        "In 2020/21 and in 2021 it was otherwise.",
        "Assessments in 45 working days, S47s, C1.12 and P_P 1.01, Reg 25.",
        "Children aged 16 to 17, U16 and care leavers 19-21.",
        "Three or more placements; a second or later one; one of the bottom lines.",
        "Within the next four months, and in the first half of the month.",
        "On 17/11/2021 and 2021-11-17 {cla_number/2021-10} stood.",
        "A rate per 10,000 children.",
    ],
)
def test_a_date_an_age_a_code_or_a_limit_is_no_claim(words: str) -> None:
    assert spoken_in(words) == []


@pytest.mark.parametrize(
    ("words", "value", "kind"),
    [
        ("1,292 contacts came", 1292, Kind.PLAIN),
        ("58% were in time", 58, Kind.PERCENT),
        ("up 13% point since then", 13, Kind.POINTS),
        ("improved by 13 points", 13, Kind.POINTS),
        ("two children were fostered", 2, Kind.PLAIN),
        ("twice as many", 2, Kind.TIMES),
        ("claims worth £108,000", 108000, Kind.MONEY),
    ],
)
def test_a_number_is_read_with_what_it_is_a_number_of(words: str, value: int, kind: Kind) -> None:
    [one] = spoken_in(words)
    assert one.value == value
    assert one.kind is kind


def test_a_number_that_stands_in_a_title_is_part_of_the_name() -> None:
    names = numbers_in_names(["Workers with over 20 cases"])
    assert spoken_in("30 workers with over 20 cases", names)[0].value == 30
    assert len(spoken_in("30 workers with over 20 cases", names)) == 1


def test_a_month_without_a_year_is_the_last_of_its_name() -> None:
    assert [month for _, month in months_in("in October and in December", Period(2021, 11))] == [
        Period(2021, 10),
        Period(2020, 12),
    ]


def test_an_abbreviation_is_what_it_stands_for() -> None:
    assert stems("ICPCs held") == stems("initial child protection conferences held")


def test_the_cells_of_a_pasted_table_know_their_headings() -> None:
    table = "- Assessments | Oct | Nov\n- In time % | 45% | 58%"
    assert [(one.row, one.column, one.text) for one in pieces_of(table)] == [
        ("In time %", "Oct", "45%"),
        ("In time %", "Nov", "58%"),
    ]
