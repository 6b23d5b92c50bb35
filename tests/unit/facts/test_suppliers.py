"""`suppliers.toml`: whose each figure is, and every fault in the file at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from counted import COUNT, NOVEMBER, SHARE, TEAM, indicator

from scorecard.calendar.periods import Window
from scorecard.definitions.indicator import Kind
from scorecard.definitions.registry import Registry
from scorecard.errors import ScorecardError
from scorecard.facts.suppliers import SuppliedCell, load_suppliers
from scorecard.sql.rules import DatedRules

if TYPE_CHECKING:
    from pathlib import Path

REGISTRY = Registry({"things": indicator(COUNT, SHARE)}, {"team": TEAM}, DatedRules())
ONE = '[[supplier]]\nid = "{0}"\ntitle = "Team {0}"\n'
CELL = '[[supplier.cell]]\nmeasure = "{}"\n'


def _write(folder: Path, text: str) -> Path:
    path = folder / "suppliers.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_figure_alone_is_its_whole_and_a_dimension_alone_all_its_members(tmp_path: Path) -> None:
    text = ONE.format("a") + CELL.format("things") + CELL.format("ok_pct") + 'dimension = "team"\n'
    found = load_suppliers(_write(tmp_path, text), REGISTRY)["a"]
    assert found.title == "Team a"
    assert found.cells == (
        SuppliedCell("things", Window.MONTH),
        *(SuppliedCell("ok_pct", Window.MONTH, "team", code) for code in ("T1", "T2", "T3")),
    )
    assert str(found.cells[1].key(NOVEMBER)) == "ok_pct/2021-11/month/team/T1"


def test_members_that_are_named_are_the_only_ones(tmp_path: Path) -> None:
    text = ONE.format("a") + CELL.format("things") + 'dimension = "team"\nmembers = ["T2"]\n'
    assert [cell.member for cell in load_suppliers(_write(tmp_path, text), REGISTRY)["a"].cells] == ["T2"]


def test_a_stock_is_supplied_at_the_end_of_the_month(tmp_path: Path) -> None:
    stock = Registry({"things": indicator(COUNT, kind=Kind.STOCK)}, {"team": TEAM}, DatedRules())
    path = _write(tmp_path, ONE.format("a") + CELL.format("things") + 'window = "month_end"\n')
    assert load_suppliers(path, stock)["a"].cells == (SuppliedCell("things", Window.MONTH_END),)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (CELL.format("thing"), "Did you mean things?"),
        (CELL.format("things") + 'window = "month_end"', "the window of `things` is month, not month_end"),
        (CELL.format("things") + 'dimension = "sex"', "is broken down by team, not by sex"),
        (CELL.format("things") + 'dimension = "team"\nmembers = ["T9"]', "team has no member T9"),
        (CELL.format("things") + 'dimension = "team"\nmembers = []', "the members of team must be named"),
        (CELL.format("things") + 'member = "T1"', "an unknown key `member`"),
        ("", "has no figure to supply"),
        ("[[suppliers]]", "an unknown key `suppliers`"),
        ("cell = 3", "cannot be read"),
        ("cell =", "cannot be read"),
    ],
)
def test_a_fault_is_told(tmp_path: Path, cells: str, said: str) -> None:
    path = _write(tmp_path, ONE.format("a") + cells)
    with pytest.raises(ScorecardError) as error:
        load_suppliers(path, REGISTRY)
    assert said in str(error.value)
    assert "suppliers.toml" in str(error.value)


def test_a_cell_is_one_suppliers_and_an_id_one_suppliers_too(tmp_path: Path) -> None:
    twice = ONE.format("a") + CELL.format("things") + ONE.format("b") + CELL.format("things") + ONE.format("b")
    with pytest.raises(ScorecardError) as error:
        load_suppliers(_write(tmp_path, twice), REGISTRY)
    assert "`things` is given to `a` and to `b`" in str(error.value)
    assert "two suppliers have the id `b`" in str(error.value)
    assert "`b` has no figure to supply" in str(error.value), "all that is wrong is told at once"
