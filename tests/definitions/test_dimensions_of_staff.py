"""Children are shown by plan and last supervision, workers and posts by what they are on the day."""

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
DAY, BEFORE, AFTER = date(2021, 11, 30), date(2021, 6, 1), date(2021, 12, 1)
_CASE = {"case_id": ColumnType.ID, "child_id": ColumnType.ID, "event_date": ColumnType.DATE}


def _members(engine: Engine, dimension: str, records: dict[str, list[Row]], cases: str) -> dict[str, object]:
    """The member on the day of each case; its number is its child's, too."""
    sql = REGISTRY.dimensions[dimension].sql
    for name in tables_named(sql, CONTRACT):
        columns = {column.name: column.type for column in CONTRACT.tables[name].loaded}
        engine.put(name, columns, [tuple(row.get(one) for one in columns) for row in records.get(name, [])])
    engine.put("cases", _CASE, [(case, case, DAY) for case in cases])
    answer = engine.query(sql)
    found = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    assert len({row["case_id"] for row in found}) == len(found), "a case has two members"
    return {str(row["case_id"]): row["member"] for row in found if row["member"] is not None}


def _rows(prefix: str, keys: str, *rows: tuple[object, ...]) -> list[Row]:
    return [dict(zip((f"{prefix}_{key}" for key in keys.split()), row, strict=True)) for row in rows]


def test_each_child_has_one_plan(open_engine: OpenEngine) -> None:
    spell = "person_id {0}_start_date {0}_end_date"
    records = {
        "ssd_cin_plans": _rows(
            "cinp", spell.format("cin_plan"), *((child, BEFORE, None) for child in "abcg"), ("h", BEFORE, DAY)
        ),
        "ssd_cp_plans": _rows(
            "cppl",
            spell.format("cp_plan") + " cp_plan_ola",
            *((child, BEFORE, None, None) for child in "bd"),
            ("g", BEFORE, None, "Y"),
        ),
        "ssd_cla_episodes": _rows(
            "clae",
            "person_id cla_episode_start_date cla_episode_ceased_date",
            *((child, BEFORE, None) for child in "cdef"),
            ("i", AFTER, None),
        ),
        "ssd_legal_status": _rows(
            "lega", "person_id legal_status legal_status_start_date legal_status_end_date", ("e", "V4", BEFORE, None)
        ),
        "ssd_person": _rows("pers", "person_id dob", ("f", date(2003, 11, 30)), ("c", date(2003, 12, 1))),
    }
    assert _members(open_engine(REGISTRY.rules), "plan_type", records, "abcdefghi") == {
        "a": "CIN",
        "b": "CPP",
        "c": "CLA",
        "d": "CPPCLA",
        "g": "CIN",
    }


def test_a_supervision_a_calendar_month_ago_is_within_the_month(open_engine: OpenEngine) -> None:
    days = {
        "a": date(2021, 10, 30),
        "b": date(2021, 10, 29),
        "c": date(2021, 9, 29),
        "d": date(2021, 8, 29),
        "e": date(2021, 5, 29),
        "g": AFTER,
    }
    told: list[tuple[object, ...]] = [(child, day, day) for child, day in days.items()]
    told += [("a", BEFORE, BEFORE), ("e", DAY, None), ("f", DAY, AFTER)]
    records = {"ssdx_case_supervisions": _rows("csup", "person_id supervision_date completed_date", *told)}
    assert _members(open_engine(REGISTRY.rules), "supervision_band", records, "abcdefgh") == {
        "a": "within_1m",
        "b": "over_1m",
        "c": "over_2m",
        "d": "over_3m",
        "e": "over_6m",
        "f": "none",
        "g": "none",
        "h": "none",
    }


def test_a_supervision_is_of_the_group_it_was_due_in(open_engine: OpenEngine) -> None:
    records = {"ssdx_worker_supervisions": _rows("wsup", "supervision_id group", ("a", "SUPPORTHUB"), ("b", None))}
    assert _members(open_engine(REGISTRY.rules), "worker_group", records, "abc") == {"a": "SUPPORTHUB"}


def test_a_worker_is_newly_qualified_by_the_latest_record(open_engine: OpenEngine) -> None:
    records = {
        "ssdx_workforce": _rows(
            "wkfc",
            "professional_id snapshot_date nqsw_flag",
            ("a", BEFORE, "Y"),
            ("a", DAY, "N"),
            ("b", DAY, "Y"),
            ("b", AFTER, "N"),
            ("c", DAY, None),
        )
    }
    assert _members(open_engine(REGISTRY.rules), "worker_kind", records, "abcd") == {
        "a": "qualified",
        "b": "newly_qualified",
    }


def test_a_post_is_shown_under_the_largest_part_of_it(open_engine: OpenEngine) -> None:
    records = {
        "ssdx_establishment": _rows(
            "estb",
            "post_id snapshot_date fte_permanent fte_agency fte_vacant",
            ("a", BEFORE, 0, 0, 1),
            ("a", DAY, 1, 0, 0),
            ("b", DAY, 0.5, 0.5, None),
            ("c", DAY, 0.2, 0.4, 0.4),
            ("d", DAY, 0.3, 0.3, 0.4),
            ("e", DAY, None, None, 1),
            ("f", DAY, 0, 0, 0),
            ("g", AFTER, 1, 0, 0),
        )
    }
    assert _members(open_engine(REGISTRY.rules), "post_held", records, "abcdefg") == {
        "a": "permanent",
        "b": "permanent",
        "c": "agency",
        "d": "vacant",
        "e": "vacant",
    }
