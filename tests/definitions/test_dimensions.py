"""Each way of breaking cases down gives a case one member, by the day of the case."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest

from scorecard.contract.load import load_contract
from scorecard.contract.types import ColumnType
from scorecard.definitions.examples import tables_named
from scorecard.definitions.registry import load_registry
from scorecard.sql.lint import lint

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorecard.definitions.indicator import Dimension
    from scorecard.sql.engines.engine import Engine
    from scorecard.sql.rules import DatedRules

    OpenEngine = Callable[[DatedRules], Engine]

Row = dict[str, Any]

REGISTRY = load_registry()
CONTRACT = load_contract()
DAY = date(2021, 11, 30)
_CASE = {"case_id": ColumnType.ID, "child_id": ColumnType.ID, "event_date": ColumnType.DATE}


def _members(engine: Engine, dimension: str, records: dict[str, list[Row]], *children: str) -> dict[str, object]:
    """The member of one case of each child on the day; a case without one is not in the answer."""
    sql = REGISTRY.dimensions[dimension].sql
    for name in tables_named(sql, CONTRACT):
        columns = {column.name: column.type for column in CONTRACT.tables[name].loaded}
        engine.put(name, columns, [tuple(row.get(one) for one in columns) for row in records.get(name, [])])
    engine.put("cases", _CASE, [(child, child, DAY) for child in children])
    answer = engine.query(sql)
    found = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    members = {str(row["case_id"]): row["member"] for row in found}
    assert len(members) == len(found), "a case has two members"
    return {case: member for case, member in members.items() if member is not None}


def _people(**born: date | None) -> list[Row]:
    return [{"pers_person_id": child, "pers_dob": day} for child, day in born.items()]


@pytest.mark.parametrize("dimension", REGISTRY.dimensions.values(), ids=lambda one: one.id)
def test_a_dimension_is_written_in_the_words_and_the_subset(dimension: Dimension) -> None:
    tables = {name: [c.name for c in table.loaded] for name, table in CONTRACT.tables.items()}
    assert lint(dimension.sql, kind="dimension", tables=tables, rules=REGISTRY.rules) == ()


def test_every_breakdown_an_indicator_names_is_a_dimension() -> None:
    named = {one for indicator in REGISTRY.indicators.values() for one in indicator.breakdowns}
    assert {part for breakdown in named for part in breakdown.split("×")} <= set(REGISTRY.dimensions)


def test_an_age_band_is_left_on_the_birthday(open_engine: OpenEngine) -> None:
    people = _people(
        a=date(2020, 12, 1),
        b=date(2020, 11, 30),
        c=date(2016, 11, 30),
        d=date(2011, 11, 30),
        e=date(2005, 12, 1),
        f=date(2005, 11, 30),
        g=date(2003, 11, 30),
        h=date(2021, 12, 1),
        i=None,
        j=None,
        k=DAY,
    )
    people[9]["pers_expected_dob"] = date(2022, 2, 1)
    records = {"ssd_person": people}
    assert _members(open_engine(REGISTRY.rules), "age_band", records, *"abcdefghijkl") == {
        "a": "under_1",
        "b": "from_1_to_4",
        "c": "from_5_to_9",
        "d": "from_10_to_15",
        "e": "from_10_to_15",
        "f": "from_16_to_17",
        "g": "over_17",
        "h": "unborn",
        "j": "unborn",
        "k": "under_1",
    }


def _worker(child: str, team: str, first: date, last: date | None, role: str = "CW") -> Row:
    return {
        "invo_involvements_id": f"I-{team}",
        "invo_person_id": child,
        "invo_professional_team": team,
        "invo_involvement_start_date": first,
        "invo_involvement_end_date": last,
        "invo_professional_role_id": role,
    }


def test_the_team_is_the_allocated_workers_on_the_day_and_the_new_ones_on_the_day_of_handover(
    open_engine: OpenEngine,
) -> None:
    early = date(2021, 1, 1)
    records = {
        "ssd_involvements": [
            _worker("handed_over", "T1", early, DAY),
            _worker("handed_over", "T2", DAY, None),
            _worker("closed_that_day", "T3", early, DAY),
            _worker("closed_before", "T4", early, date(2021, 11, 29)),
            _worker("opened_after", "T5", date(2021, 12, 1), None),
            _worker("adviser", "T6", early, None, role="16PLUS"),
        ]
    }
    children = ("handed_over", "closed_that_day", "closed_before", "opened_after", "adviser")
    assert _members(open_engine(REGISTRY.rules), "team", records, *children) == {
        "handed_over": "T2",
        "closed_that_day": "T3",
    }


def _lives(child: str, *places: tuple[date, date | None, str, str | None]) -> tuple[list[Row], list[Row]]:
    episodes, placements = list[Row](), list[Row]()
    for number, (first, last, kind, provider) in enumerate(places):
        episodes.append(
            {
                "clae_cla_episode_id": f"{child}{number}",
                "clae_person_id": child,
                "clae_cla_id": f"period-{child}",
                "clae_cla_episode_start_date": first,
                "clae_cla_episode_ceased_date": last,
                "clae_cla_placement_id": f"{child}{number}",
            }
        )
        placements.append(
            {
                "clap_cla_placement_id": f"{child}{number}",
                "clap_cla_placement_type": kind,
                "clap_cla_placement_provider": provider,
            }
        )
    return episodes, placements


@pytest.mark.parametrize(
    ("kind", "provider", "group"),
    [
        ("U4", "PR1", "general_foster"),
        ("U6", "PR3", "general_foster"),
        ("U5", "PR4", "agency_foster"),
        ("U6", "PR5", "agency_foster"),
        ("U6", None, None),
        ("U1", "PR1", "family"),
        ("P1", "PR0", "family"),
        ("K2", "PR4", "residential"),
        ("S1", "PR4", "residential"),
        ("A3", None, "adoption"),
        ("A6", None, "adoption"),
        ("R5", None, "custody"),
        ("K3", "PR4", "other"),
        ("Z1", None, "other"),
        ("XX", None, None),
    ],
)
def test_a_placement_is_grouped_by_its_code_and_provider(
    kind: str, provider: str | None, group: str | None, open_engine: OpenEngine
) -> None:
    episodes, placements = _lives("c", (date(2021, 1, 1), None, kind, provider))
    records = {"ssd_cla_episodes": episodes, "ssd_cla_placement": placements}
    assert _members(open_engine(REGISTRY.rules), "placement", records, "c") == ({"c": group} if group else {})


def test_a_child_away_for_a_time_is_shown_where_they_live_otherwise(open_engine: OpenEngine) -> None:
    spring, autumn = date(2021, 3, 1), date(2021, 11, 28)
    lives = [
        _lives("away", (spring, autumn, "K2", "PR4"), (autumn, None, "T1", None)),
        _lives("moved", (spring, autumn, "K2", "PR4"), (autumn, None, "U6", "PR1")),
        _lives("left", (spring, DAY, "K2", "PR4")),
        _lives("moves_tomorrow", (spring, date(2021, 12, 1), "K2", "PR4"), (date(2021, 12, 1), None, "U6", "PR1")),
    ]
    records = {
        "ssd_cla_episodes": [row for episodes, _ in lives for row in episodes],
        "ssd_cla_placement": [row for _, placements in lives for row in placements],
    }
    children = ("away", "moved", "left", "moves_tomorrow")
    assert _members(open_engine(REGISTRY.rules), "placement", records, *children) == {
        "away": "residential",
        "moved": "general_foster",
        "moves_tomorrow": "residential",
    }


def test_the_category_is_the_latest_of_the_plan_open_on_the_day(open_engine: OpenEngine) -> None:
    plans: list[Row] = [
        {"cppl_person_id": "a", "cppl_cp_plan_initial_category": "NEG", "cppl_cp_plan_latest_category": "EMO"},
        {"cppl_person_id": "b", "cppl_cp_plan_initial_category": "PHY"},
        {"cppl_person_id": "c", "cppl_cp_plan_initial_category": "PHY", "cppl_cp_plan_end_date": DAY},
    ]
    records = {
        "ssd_cp_plans": [
            {"cppl_cp_plan_id": f"P{n}", "cppl_cp_plan_start_date": date(2021, 6, 1), **plan}
            for n, plan in enumerate(plans)
        ]
    }
    assert _members(open_engine(REGISTRY.rules), "category", records, *"abc") == {"a": "EMO", "b": "PHY"}


def test_what_is_asked_of_the_latest_record_is_not_asked_of_a_later_one(open_engine: OpenEngine) -> None:
    engine = open_engine(REGISTRY.rules)
    days = {"1": date(2021, 11, 1), "2": DAY, "3": date(2021, 12, 1)}
    referrals = [
        {
            "cine_referral_id": n,
            "cine_person_id": "c",
            "cine_referral_date": day,
            "cine_referral_source_code": f"{n}A",
        }
        for n, day in days.items()
    ]
    assert _members(engine, "source", {"ssd_cin_episodes": referrals}, "c", "d") == {"c": "2A"}
    screenings = [
        {
            "cscr_screening_id": n,
            "cscr_person_id": "c",
            "cscr_route": route,
            "cscr_outcome_code": outcome,
            "cscr_received_datetime": datetime(day.year, day.month, day.day, 23, 59),  # noqa: DTZ001 - local moments
            "cscr_decision_datetime": datetime(day.year, day.month, day.day, 23, 59),  # noqa: DTZ001 - local moments
        }
        for (n, day), route, outcome in zip(
            days.items(), ("MASH", "DAHUB", "EHHUB"), ("NFA", "INFO", "REFERRAL"), strict=True
        )
    ]
    records = {"ssdx_contact_screenings": screenings}
    assert _members(engine, "route", records, "c", "d") == {"c": "DAHUB"}
    assert _members(engine, "outcome", records, "c", "d") == {"c": "INFO"}
    assessments = [
        {"cina_assessment_id": n, "cina_person_id": "c", "cina_assessment_auth_date": day} for n, day in days.items()
    ]
    outcomes = [
        {"asmo_assessment_id": n, "asmo_person_id": "c", "asmo_outcome_code": code}
        for n, code in zip(days, ("ADULT", "CLOSE", "CINPLAN"), strict=True)
    ]
    found = _members(
        engine,
        "assessment_outcome",
        {"ssd_cin_assessments": assessments, "ssdx_assessment_outcomes": outcomes},
        "c",
    )
    assert found == {"c": "CLOSE"}


def test_sex_and_a_leavers_age_are_the_persons(open_engine: OpenEngine) -> None:
    engine = open_engine(REGISTRY.rules)
    people = _people(a=date(2002, 11, 30), b=date(1999, 12, 1), c=date(1999, 11, 30), d=date(2002, 12, 1))
    people[0]["pers_sex"] = "F"
    records = {"ssd_person": people}
    assert _members(engine, "leaver_age", records, *"abcd") == {"a": "19", "b": "21"}
    assert _members(engine, "sex", records, *"abcd") == {"a": "F"}


def test_the_codes_of_a_dimension_are_those_of_the_contract() -> None:
    lists = {
        "sex": "sex",
        "source": "referral_source",
        "category": "abuse_category",
        "route": "screening_route",
        "outcome": "screening_outcome",
        "assessment_outcome": "assessment_outcome",
        "closing_action": "assessment_close_action",
    }
    for dimension, codes in lists.items():
        assert set(REGISTRY.dimensions[dimension].members) == {code.code for code in CONTRACT.codes[codes]}


def test_how_a_case_was_closed_is_the_latest_assessments_by_the_day(open_engine: OpenEngine) -> None:
    told = {
        "A1": (date(2021, 10, 1), "CLOSE", "EARLYHELP", "N"),
        "A2": (DAY, "CLOSE", "NFA", "Y"),
        "A3": (date(2021, 12, 1), "CLOSE", "OTHERAGENCY", "N"),
    }
    outcomes: list[Row] = [
        {
            "asmo_assessment_id": n,
            "asmo_person_id": "c",
            "asmo_outcome_code": outcome,
            "asmo_close_next_action": action,
            "asmo_had_strategy": had,
        }
        for n, (_, outcome, action, had) in told.items()
    ]
    assessments = [
        {"cina_assessment_id": n, "cina_person_id": "c", "cina_assessment_auth_date": day}
        for n, (day, *_) in told.items()
    ]
    engine = open_engine(REGISTRY.rules)
    records: dict[str, list[Row]] = {"ssd_cin_assessments": assessments, "ssdx_assessment_outcomes": outcomes}
    assert _members(engine, "closing_action", records, "c", "d") == {"c": "NFA"}
    assert _members(engine, "assessment_route", records, "c", "d") == {"c": "with_strategy"}
    outcomes[1] |= {"asmo_outcome_code": "CINPLAN", "asmo_had_strategy": None}
    assert _members(engine, "closing_action", records, "c") == {"c": "EARLYHELP"}
    assert _members(engine, "assessment_route", records, "c") == {}


def test_an_enquiry_that_ticked_a_conference_led_to_one_whatever_else_was_ticked(open_engine: OpenEngine) -> None:
    enquiries = [
        {
            "s47e_s47_enquiry_id": enquiry,
            "s47e_person_id": child,
            "s47e_s47_end_date": ended,
            "s47e_s47_nfa": nfa,
        }
        for enquiry, child, ended, nfa in (
            ("E0", "a", date(2021, 11, 1), "Y"),
            ("E1", "a", DAY, "N"),
            ("E2", "b", date(2021, 11, 1), "Y"),
            ("E3", "c", date(2021, 11, 1), "N"),
            ("E4", "d", date(2021, 11, 1), "N"),
            ("E5", "e", date(2021, 12, 1), "Y"),
            ("E6", "f", date(2021, 11, 1), "N"),
        )
    ]
    outcomes = [
        {
            "outc_table_name": table,
            "outc_record_id": enquiry,
            "outc_person_id": child,
            "outc_outcome_code": outcome,
        }
        for table, enquiry, child, outcome in (
            ("ssd_s47_enquiry", "E1", "a", "CP_CONFERENCE_FLAG"),
            ("ssd_s47_enquiry", "E1", "a", "NFA_FLAG"),
            ("ssd_s47_enquiry", "E3", "c", "LEGAL_ACTION_FLAG"),
            ("ssd_cin_episodes", "E4", "d", "NFA_FLAG"),
            ("ssd_s47_enquiry", "E6", "f", "NFA_FLAG"),
            ("ssd_s47_enquiry", "E6", "c", "NFA_FLAG"),
        )
    ]
    records: dict[str, list[Row]] = {"ssd_s47_enquiry": enquiries, "ssdx_outcomes": outcomes}
    assert _members(open_engine(REGISTRY.rules), "s47_outcome", records, *"abcdef") == {
        "a": "ICPC",
        "b": "NFA",
        "c": "OTHER",
        "f": "NFA",
    }


def test_what_became_of_a_police_contact_is_one_of_four_groups(open_engine: OpenEngine) -> None:
    outcomes = {"a": "REFERRAL", "b": "EARLYHELP", "c": "EXISTING", "d": "OTHERLA", "e": None}
    screenings = [
        {
            "cscr_screening_id": "S1",
            "cscr_person_id": child,
            "cscr_decision_datetime": datetime.combine(DAY, time(23, 59)),
            "cscr_outcome_code": code,
        }
        for child, code in outcomes.items()
    ]
    screenings.append(
        {
            "cscr_screening_id": "S2",
            "cscr_person_id": "a",
            "cscr_decision_datetime": datetime.combine(date(2021, 12, 1), time()),
            "cscr_outcome_code": "NFA",
        }
    )
    records = {"ssdx_contact_screenings": screenings}
    assert _members(open_engine(REGISTRY.rules), "police_outcome", records, *"abcdef") == {
        "a": "progressed",
        "b": "early_help",
        "c": "other",
        "d": "not_progressed",
    }


def test_the_lead_organisation_is_that_of_the_latest_early_help_by_the_day(open_engine: OpenEngine) -> None:
    led = {"H1": (date(2021, 10, 1), "School"), "H2": (DAY, "Health visiting"), "H3": (date(2021, 12, 1), "School")}
    records = {
        "ssdx_early_help_assessments": [
            {
                "ehas_assessment_id": n,
                "ehas_person_id": "c",
                "ehas_start_date": day,
                "ehas_lead_organisation": leader,
            }
            for n, (day, leader) in led.items()
        ]
    }
    assert _members(open_engine(REGISTRY.rules), "lead_organisation", records, "c", "d") == {"c": "Health visiting"}
