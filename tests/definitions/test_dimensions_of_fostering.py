"""Households and panel items are broken down by what the register says of them on the day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from scorecard.contract.load import load_contract
from scorecard.contract.types import ColumnType
from scorecard.definitions.examples import tables_named
from scorecard.definitions.registry import load_registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorecard.sql.engines.engine import Engine
    from scorecard.sql.rules import DatedRules

    OpenEngine = Callable[[DatedRules], Engine]

Row = dict[str, Any]

REGISTRY = load_registry()
CONTRACT = load_contract()
DAY = date(2021, 11, 30)
_CASE = {"case_id": ColumnType.ID, "child_id": ColumnType.ID, "event_date": ColumnType.DATE}


def _members(engine: Engine, dimension: str, table: str, rows: list[Row]) -> dict[str, object]:
    """The member on the day of each row, a case by its key."""
    sql = REGISTRY.dimensions[dimension].sql
    assert set(tables_named(sql, CONTRACT)) == {table}
    columns = {column.name: column.type for column in CONTRACT.tables[table].loaded}
    engine.put(table, columns, [tuple(row.get(one) for one in columns) for row in rows])
    key = CONTRACT.tables[table].key[0]
    engine.put("cases", _CASE, [*((row[key], None, DAY) for row in rows), ("elsewhere", None, DAY)])
    answer = engine.query(sql)
    found = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    assert len({row["case_id"] for row in found}) == len(found), "a case has two members"
    return {str(row["case_id"]): row["member"] for row in found if row["member"] is not None}


def _household(name: str, **told: object) -> Row:
    return {"fost_household_id": name, **{f"fost_{key}": value for key, value in told.items()}}


def _item(name: str, **told: object) -> Row:
    return {"fpan_item_id": name, **{f"fpan_{key}": value for key, value in told.items()}}


def test_a_household_is_of_the_kind_the_register_says(open_engine: OpenEngine) -> None:
    rows = [_household("a", carer_type="SHORT"), _household("b", carer_type=None)]
    assert _members(open_engine(REGISTRY.rules), "foster_type", "ssdx_foster_carers", rows) == {"a": "SHORT"}


def test_supported_lodgings_are_in_neither_group_of_foster_carers(open_engine: OpenEngine) -> None:
    members = REGISTRY.dimensions["foster_type"].members
    rows = [_household(kind, carer_type=kind) for kind in members] + [_household("unknown")]
    assert _members(open_engine(REGISTRY.rules), "foster_group", "ssdx_foster_carers", rows) == {
        "SHORT": "general",
        "LONG": "general",
        "RESPITE": "general",
        "SHORTBREAK": "general",
        "FRIENDSFAMILY": "friends_family",
        "TEMPAPPROVED": "friends_family",
        "SUPPLODGINGS": "supported_lodgings",
    }


def test_a_stage_begins_on_its_first_day(open_engine: OpenEngine) -> None:
    after = date(2021, 12, 1)
    rows = [
        _household("a", application_date=DAY, stage1_start_date=after),
        _household("b", application_date=DAY, stage1_start_date=DAY, stage2_start_date=after),
        _household("c", application_date=DAY, stage1_start_date=DAY, stage2_start_date=DAY),
        _household("d", stage2_start_date=DAY),
        _household("e", application_date=DAY),
    ]
    assert _members(open_engine(REGISTRY.rules), "foster_stage", "ssdx_foster_carers", rows) == {
        "a": "applied",
        "b": "stage_1",
        "c": "stage_2",
        "d": "stage_2",
        "e": "applied",
    }


def test_what_the_panel_heard_and_what_it_recommended_stand_apart(open_engine: OpenEngine) -> None:
    rows = [
        _item("a", item_type="APPROVAL_CONNECTED", recommendation="RECOMMENDED"),
        _item("b", item_type="APPROVAL_CONNECTED", recommendation="NOT RECOMMENDED"),
        _item("c", item_type=None, recommendation="DEFERRED"),
        _item("d", item_type="REG24", recommendation=None),
    ]
    engine = open_engine(REGISTRY.rules)
    heard = _members(engine, "panel_item", "ssdx_fostering_panel", rows)
    advised = _members(engine, "panel_advice", "ssdx_fostering_panel", rows)
    assert heard == {"a": "APPROVAL_CONNECTED", "b": "APPROVAL_CONNECTED", "d": "REG24"}
    assert advised == {"a": "recommended", "b": "not_recommended"}
