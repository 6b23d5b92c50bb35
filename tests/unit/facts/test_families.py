"""Three children of one family are not three families; of a child without a link nothing is said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from counted import COUNT, NOVEMBER, SHARE, count, indicator, thing

from scorecard.calendar.periods import Window
from scorecard.contract.types import ColumnType
from scorecard.definitions.indicator import Statistic, Unit
from scorecard.facts.fact import FactKey
from scorecard.facts.families import Families, families_behind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.definitions.indicator import Measure

LINKS = [("a", "F1"), ("b", "F1"), ("c", "F2"), ("c", "F9")]
WHOLE = FactKey("things", NOVEMBER, Window.MONTH)


def behind(
    rows: Sequence[tuple[object, ...]], *measures: Measure, links: Sequence[tuple[str, str]] = LINKS, few: int = 10
) -> dict[FactKey, Families]:
    """What is said of the families behind the figures of things."""
    _, engine, cases = count(indicator(*(measures or (COUNT,))), rows)
    engine.put("ssd_family", {"fami_person_id": ColumnType.ID, "fami_family_id": ColumnType.ID}, links)
    return families_behind(engine.connection, [cases], NOVEMBER, few)


def test_children_are_counted_once_and_so_is_their_family() -> None:
    rows = [thing(str(n), "2021-11-05", child=child) for n, child in enumerate("aabc")]
    assert behind(rows)[WHOLE] == Families(children=3, families=2)


def test_a_child_of_two_families_is_counted_in_one() -> None:
    assert behind([thing("1", "2021-11-05", child="c")])[WHOLE] == Families(1, 1)


def test_nothing_is_said_where_one_child_has_no_family_recorded() -> None:
    rows = [thing("1", "2021-11-05", child="a"), thing("2", "2021-11-05", child="x")]
    assert WHOLE not in behind(rows)


def test_nothing_is_said_of_a_figure_that_is_not_small() -> None:
    rows = [thing(str(n), "2021-11-05", child=child) for n, child in enumerate("abc")]
    assert WHOLE not in behind(rows, few=3)
    assert WHOLE in behind(rows, few=4)


def test_only_those_in_the_numerator_are_told() -> None:
    rows = [thing("1", "2021-11-05", child="a", ok=1), thing("2", "2021-11-05", child="c", ok=0)]
    assert behind(rows, SHARE)[replace(WHOLE, indicator="ok_pct")] == Families(1, 1)


def test_another_month_and_the_parts_of_this_one_are_not_told() -> None:
    rows = [thing("1", "2021-10-05", child="a", team="T1"), thing("2", "2021-11-05", child="c", team="T2")]
    assert behind(rows) == {WHOLE: Families(1, 1)}


def test_days_and_pounds_are_no_children() -> None:
    pounds = replace(COUNT, counts="n_days")
    mean = replace(SHARE, counts="n_days", unit=Unit.DAYS, statistic=Statistic.MEAN)
    assert not behind([thing("1", "2021-11-05", child="a", days_taken=40)], pounds, mean)
