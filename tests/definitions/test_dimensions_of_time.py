"""A plan, a period of care or an assessment falls into the one band of the time it took by the day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

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

_SHORT = {
    date(2021, 11, 30): "up_to_3_months",
    date(2021, 8, 30): "up_to_3_months",  # three months to the day
    date(2021, 8, 29): "up_to_6_months",
    date(2021, 5, 30): "up_to_6_months",
    date(2021, 5, 29): "under_1_year",
    date(2020, 12, 1): "under_1_year",
    date(2020, 11, 30): "under_2_years",
}
_BY_THE_CALENDAR = {**_SHORT, date(2019, 12, 1): "under_2_years", date(2019, 11, 30): "over_2_years"}
# 2020 was a leap year: two years to the day are 732 days, both ends counted.
_BY_DAYS = {**_SHORT, date(2019, 12, 3): "under_2_years", date(2019, 12, 2): "over_2_years"}

PLAN = ("plan_duration", "ssd_cp_plans", "cppl_cp_plan_id", "cppl_person_id", "cppl_cp_plan_start_date")
NEED = ("need_duration", "ssd_cin_plans", "cinp_cin_plan_id", "cinp_person_id", "cinp_cin_plan_start_date")
CARE = ("care_duration", "ssd_cla_episodes", "clae_cla_episode_id", "clae_person_id", "clae_cla_episode_start_date")
ENDED = {
    "plan_duration": "cppl_cp_plan_end_date",
    "need_duration": "cinp_cin_plan_end_date",
    "care_duration": "clae_cla_episode_ceased_date",
}


def _members(engine: Engine, dimension: str, records: dict[str, list[Row]], *cases: tuple[str, str]) -> dict[str, Any]:
    """The member on the day of each case of a child; one without is not in the answer."""
    sql = REGISTRY.dimensions[dimension].sql
    for name in tables_named(sql, CONTRACT):
        columns = {column.name: column.type for column in CONTRACT.tables[name].loaded}
        engine.put(name, columns, [tuple(row.get(one) for one in columns) for row in records.get(name, [])])
    engine.put("cases", _CASE, [(case, child, DAY) for case, child in cases])
    answer = engine.query(sql)
    found = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    assert len({row["case_id"] for row in found}) == len(found), "a case has two members"
    return {str(row["case_id"]): row["member"] for row in found if row["member"] is not None}


def _children(*names: str) -> list[tuple[str, str]]:
    return [(name, name) for name in names]


@pytest.mark.parametrize("told", [PLAN, NEED, CARE], ids=lambda one: one[0])
def test_what_is_open_falls_into_the_band_of_its_first_day(told: tuple[str, ...], open_engine: OpenEngine) -> None:
    dimension, table, key, person, started = told
    bands = _BY_DAYS if told is PLAN else _BY_THE_CALENDAR
    rows: list[Row] = [{key: f"K{day}", person: f"child {day}", started: day} for day in bands]
    rows += [{key: "K", person: "tomorrow", started: date(2021, 12, 1)}, {key: "L", person: "undated", started: None}]
    rows.append({key: "M", person: "ended", started: date(2021, 1, 1), ENDED[dimension]: DAY})
    children = _children(*(row[person] for row in rows), "unknown")
    found = _members(open_engine(REGISTRY.rules), dimension, {table: rows}, *children)
    assert found == {f"child {day}": band for day, band in bands.items()}


@pytest.mark.parametrize("told", [PLAN, NEED], ids=lambda one: one[0])
def test_of_two_plans_open_by_mistake_the_one_that_started_first_says_how_long(
    told: tuple[str, ...], open_engine: OpenEngine
) -> None:
    dimension, table, key, person, started = told
    rows = [
        {key: "K1", person: "c", started: date(2021, 10, 1)},
        {key: "K2", person: "c", started: date(2021, 1, 1)},
        {key: "K3", person: "c", started: date(2018, 1, 1), ENDED[dimension]: date(2018, 6, 1)},
    ]
    found = _members(open_engine(REGISTRY.rules), dimension, {table: rows}, ("c", "c"))
    assert found == {"c": "under_1_year"}


def test_a_plan_of_another_council_does_not_say_how_long(open_engine: OpenEngine) -> None:
    rows = [
        {"cppl_cp_plan_id": flag, "cppl_person_id": child, "cppl_cp_plan_start_date": day, "cppl_cp_plan_ola": flag}
        for child, flag, day in (
            ("ours", "N", date(2021, 11, 1)),
            ("ours", "Y", date(2021, 1, 1)),
            ("theirs", "Y", date(2021, 1, 1)),
        )
    ]
    found = _members(open_engine(REGISTRY.rules), "plan_duration", {"ssd_cp_plans": rows}, *_children("ours", "theirs"))
    assert found == {"ours": "up_to_3_months"}


def test_time_in_care_runs_on_through_a_move_and_not_through_a_time_at_home(open_engine: OpenEngine) -> None:
    rows = [
        {
            "clae_cla_episode_id": f"E{number}",
            "clae_person_id": child,
            "clae_cla_id": period,
            "clae_cla_episode_start_date": first,
            "clae_cla_episode_ceased_date": last,
        }
        for number, (child, period, first, last) in enumerate(
            (
                ("moved", "P1", date(2021, 1, 1), date(2021, 11, 1)),
                ("moved", "P1", date(2021, 11, 1), None),
                ("came back", "P2", date(2019, 1, 1), date(2021, 6, 1)),
                ("came back", "P3", date(2021, 11, 1), None),
                ("no period", None, date(2019, 1, 1), date(2021, 11, 1)),
                ("no period", None, date(2021, 11, 1), None),
                ("another child", "P1", date(2018, 1, 1), date(2018, 6, 1)),
                ("left", "P4", date(2021, 1, 1), DAY),
            )
        )
    ]
    children = _children("moved", "came back", "no period", "another child", "left")
    assert _members(open_engine(REGISTRY.rules), "care_duration", {"ssd_cla_episodes": rows}, *children) == {
        "moved": "under_1_year",
        "came back": "up_to_3_months",
        "no period": "up_to_3_months",
    }


def test_time_in_care_is_not_told_where_the_records_begin_in_the_midst_of_it(open_engine: OpenEngine) -> None:
    rows: list[Row] = [
        {
            "clae_cla_episode_id": f"E{child}{first}",
            "clae_person_id": child,
            "clae_cla_id": child,
            "clae_cla_episode_start_date": first,
            "clae_cla_episode_start_reason": reason,
            "clae_entered_care_date": entered,
        }
        for child, first, reason, entered in (
            ("begun before", date(2021, 11, 1), "P", None),
            ("begun long before", date(2019, 11, 30), "P", None),
            ("entry known", date(2021, 11, 1), "P", date(2019, 11, 1)),
            ("first known", date(2021, 1, 1), "S", None),
            ("first known", date(2021, 11, 1), "L", None),
            ("reason not known", date(2021, 11, 1), None, None),
        )
    ]
    children = _children(*(str(row["clae_person_id"]) for row in rows))
    assert _members(open_engine(REGISTRY.rules), "care_duration", {"ssd_cla_episodes": rows}, *set(children)) == {
        "begun long before": "over_2_years",
        "entry known": "over_2_years",
        "first known": "under_1_year",
        "reason not known": "up_to_3_months",
    }


def _assessment(name: str, child: str, first: date | None, last: date | None) -> Row:
    return {
        "cina_assessment_id": name,
        "cina_person_id": child,
        "cina_assessment_start_date": first,
        "cina_assessment_auth_date": last,
    }


@pytest.mark.parametrize(
    ("started", "band"),
    [
        (date(2021, 11, 30), "same_day"),
        (date(2021, 11, 29), "up_to_10"),
        (date(2021, 11, 16), "up_to_10"),  # ten working days
        (date(2021, 11, 15), "up_to_20"),
        (date(2021, 11, 2), "up_to_20"),
        (date(2021, 11, 1), "up_to_30"),
        (date(2021, 10, 19), "up_to_30"),
        (date(2021, 10, 18), "up_to_40"),
        (date(2021, 10, 5), "up_to_40"),
        (date(2021, 10, 4), "up_to_45"),
        (date(2021, 9, 28), "up_to_45"),
        (date(2021, 9, 27), "up_to_50"),
        (date(2021, 9, 21), "up_to_50"),
        (date(2021, 9, 20), "up_to_60"),
        (date(2021, 9, 7), "up_to_60"),
        (date(2021, 9, 6), "over_60"),
        (date(2021, 12, 1), None),
        (date(2009, 12, 1), None),  # the bank holidays of 2009 are not known
        (None, None),
    ],
)
def test_an_assessment_falls_into_the_band_of_its_working_days(
    started: date | None, band: str | None, open_engine: OpenEngine
) -> None:
    records = {"ssd_cin_assessments": [_assessment("A1", "c", started, DAY)]}
    found = _members(open_engine(REGISTRY.rules), "assessment_duration", records, ("A1/c", "c"))
    assert found == ({"A1/c": band} if band else {})


def test_each_assessment_has_its_own_band_and_anything_else_that_of_the_latest(open_engine: OpenEngine) -> None:
    records = {
        "ssd_cin_assessments": [
            _assessment("A1", "c", date(2021, 11, 29), DAY),
            _assessment("A2", "c", date(2021, 9, 6), DAY),
            _assessment("A3", "d", date(2021, 9, 6), date(2021, 11, 29)),
            _assessment("A4", "d", DAY, DAY),
            _assessment("A5", "d", DAY, date(2021, 12, 1)),
            _assessment("A6", "d", DAY, None),
        ]
    }
    cases = [("A1/c", "c"), ("A2/c", "c"), ("V1", "d"), ("V2", "e")]
    assert _members(open_engine(REGISTRY.rules), "assessment_duration", records, *cases) == {
        "A1/c": "up_to_10",
        "A2/c": "over_60",
        "V1": "same_day",
    }


def test_a_weekend_between_start_and_authorisation_is_the_same_day(open_engine: OpenEngine) -> None:
    records = {"ssd_cin_assessments": [_assessment("A1", "c", date(2021, 11, 26), date(2021, 11, 28))]}
    found = _members(open_engine(REGISTRY.rules), "assessment_duration", records, ("A1/c", "c"))
    assert found == {"A1/c": "same_day"}


def test_every_ethnic_background_of_the_contract_is_in_one_group(open_engine: OpenEngine) -> None:
    codes = [code.code for code in CONTRACT.codes["ethnicity"]]
    people = [{"pers_person_id": code, "pers_ethnicity": code} for code in codes]
    people += [{"pers_person_id": "empty"}, {"pers_person_id": "odd", "pers_ethnicity": "XXXX"}]
    children = _children(*codes, "empty", "odd", "unknown")
    found = _members(open_engine(REGISTRY.rules), "ethnicity", {"ssd_person": people}, *children)
    groups = {group: {code for code, member in found.items() if member == group} for group in found.values()}
    assert groups == {
        "white": {"WBRI", "WIRI", "WIRT", "WOTH", "WROM"},
        "mixed": {"MWBC", "MWBA", "MWAS", "MOTH"},
        "asian": {"AIND", "APKN", "ABAN", "AOTH", "CHNE"},
        "black": {"BCRB", "BAFR", "BOTH"},
        "other": {"OOTH"},
        "not_known": {"REFU", "NOBT"},
    }
    assert set(found) == set(codes)
    assert set(REGISTRY.dimensions["ethnicity"].members) == set(groups)


@pytest.mark.parametrize("dimension", ["plan_duration", "care_duration", "need_duration"])
def test_bands_are_named_alike(dimension: str) -> None:
    assert REGISTRY.dimensions[dimension].members == REGISTRY.dimensions["plan_duration"].members
    assert set(_BY_THE_CALENDAR.values()) == set(REGISTRY.dimensions[dimension].members)
