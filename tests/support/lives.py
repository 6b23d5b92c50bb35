"""Small invented records, leaning to the edges where definitions go wrong, for properties of facts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from scorecard.calendar.periods import Period
from scorecard.contract.load import load_contract
from scorecard.definitions.registry import load_registry
from scorecard.facts.aggregate import make_facts, months_counted
from scorecard.facts.reading import fact_rows
from scorecard.facts.run import Population, Run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard.sql.engines.duckdb import DuckDBEngine

Row = dict[str, Any]
Records = dict[str, list[Row]]

CONTRACT = load_contract()
REGISTRY = load_registry()
MONTHS = (Period(2021, 10), Period(2021, 11))
EDGES = [
    date(2021, 11, 30),
    date(2021, 11, 1),
    date(2021, 10, 31),
    date(2021, 4, 1),
    date(2021, 3, 31),
    date(2020, 11, 30),
    date(2020, 2, 29),
    date(2019, 12, 1),
    date(2019, 11, 30),
    date(2021, 9, 27),
]

days = st.sampled_from(EDGES) | st.dates(date(2019, 9, 1), date(2021, 11, 30))
_LONG_AGO = date(2018, 6, 1)
_RARE = {"settled": (_LONG_AGO,), "moved": (date(2021, 1, 10), date(2021, 4, 10), date(2021, 7, 10))}
_CHILDREN = ("c1", "c2", "c3", "c4")
_children = st.sampled_from(_CHILDREN)
_teams = st.sampled_from(["T1", "T2", None])
_flags = st.sampled_from(["Y", "N", None])


def _spell(draw: st.DrawFn) -> tuple[date, date | None]:
    begun = draw(days)
    return begun, draw(st.none() | st.integers(0, 800).map(lambda n: begun + timedelta(n)))


@st.composite
def records(draw: st.DrawFn, least: int = 1, most: int = 5) -> Records:
    """Four children with a few of everything the library counts."""
    found: Records = {"ssd_person": [_person(draw, child) for child in _CHILDREN]}
    made = {
        "ssdx_contact_screenings": _screening,
        "ssd_contacts": _contact,
        "ssd_cin_episodes": _referral,
        "ssd_cin_assessments": _assessment,
        "ssdx_assessment_outcomes": _outcome,
        "ssd_s47_enquiry": _enquiry,
        "ssd_initial_cp_conference": _conference,
        "ssd_cp_plans": _plan,
        "ssd_cla_episodes": _episode,
        "ssd_legal_status": _legal_status,
        "ssd_care_leavers": _leaver,
    }
    for table, make in made.items():
        count = draw(st.integers(least, most))
        found[table] = [make(draw, f"{table}-{n}") for n in range(count)]
    _give_rare_lives(draw, found)
    _give_placements(draw, found)
    _follow(found, "ssd_s47_enquiry", "s47e_person_id", "ssd_initial_cp_conference", "icpc_person_id")
    _follow(found, "ssd_cin_assessments", "cina_person_id", "ssdx_assessment_outcomes", "asmo_person_id")
    return found


def _follow(found: Records, first: str, first_child: str, then: str, then_child: str) -> None:
    """Let the nth record of one table be about the same child as the nth of another, where both are."""
    for earlier, later in zip(found[first], found[then], strict=False):
        later[then_child] = earlier[first_child]


def _person(draw: st.DrawFn, child: str) -> Row:
    born = draw(st.sampled_from([date(2001, 11, 30), date(2000, 2, 29), date(2005, 11, 30), date(2012, 5, 5), None]))
    return {"pers_person_id": child, "pers_dob": born, "pers_sex": draw(st.sampled_from(["F", "M", None]))}


def _moment(draw: st.DrawFn, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, draw(st.sampled_from([0, 9, 23])), draw(st.sampled_from([0, 59])))  # noqa: DTZ001 - the contract's moments are local


def _contact(draw: st.DrawFn, name: str) -> Row:
    return {"cont_contact_id": name, "cont_person_id": draw(_children), "cont_contact_date": draw(days)}


def _screening(draw: st.DrawFn, name: str) -> Row:
    begun = draw(days)
    decided = begun + timedelta(draw(st.integers(-1, 4)))
    return {
        "cscr_screening_id": name,
        "cscr_contact_id": f"ssd_contacts-{draw(st.integers(0, 2))}",
        "cscr_person_id": draw(_children),
        "cscr_route": draw(st.sampled_from(["MASH", "DAHUB", "EHHUB"])),
        "cscr_received_datetime": _moment(draw, begun),
        "cscr_decision_datetime": _moment(draw, decided),
        "cscr_outcome_code": draw(st.sampled_from(["REFERRAL", "EARLYHELP", "NFA", None])),
        "cscr_team_id": draw(_teams),
    }


def _referral(draw: st.DrawFn, name: str) -> Row:
    begun, ended = _spell(draw)
    return {
        "cine_referral_id": name,
        "cine_person_id": draw(_children),
        "cine_referral_date": begun,
        "cine_close_date": ended,
        "cine_referral_source_code": draw(st.sampled_from(["6", "2A", None])),
        "cine_referral_nfa": draw(_flags),
        "cine_referral_team": draw(_teams),
    }


def _assessment(draw: st.DrawFn, name: str) -> Row:
    begun = draw(days)
    return {
        "cina_assessment_id": name,
        "cina_person_id": draw(_children),
        "cina_assessment_start_date": draw(st.sampled_from([begun, None])),
        "cina_assessment_auth_date": draw(st.none() | st.integers(-2, 80).map(lambda n: begun + timedelta(n))),
        "cina_assessment_team": draw(_teams),
    }


def _outcome(draw: st.DrawFn, name: str) -> Row:
    return {
        "asmo_assessment_id": name.replace("ssdx_assessment_outcomes", "ssd_cin_assessments"),
        "asmo_child_first_seen_date": draw(st.sampled_from([None, date(2021, 9, 27), *EDGES])),
        "asmo_outcome_code": draw(st.sampled_from(["CINPLAN", "CLOSE", None])),
    }


def _enquiry(draw: st.DrawFn, name: str) -> Row:
    return {"s47e_s47_enquiry_id": name, "s47e_person_id": draw(_children), "s47e_s47_start_date": draw(days)}


def _conference(draw: st.DrawFn, name: str) -> Row:
    return {
        "icpc_icpc_id": name,
        "icpc_person_id": draw(_children),
        "icpc_s47_enquiry_id": name.replace("ssd_initial_cp_conference", "ssd_s47_enquiry"),
        "icpc_icpc_date": draw(days),
        "icpc_icpc_transfer_in": draw(_flags),
        "icpc_icpc_team": draw(_teams),
    }


def _plan(draw: st.DrawFn, name: str) -> Row:
    begun, ended = _spell(draw)
    return {
        "cppl_cp_plan_id": name,
        "cppl_person_id": draw(_children),
        "cppl_cp_plan_start_date": begun,
        "cppl_cp_plan_end_date": ended,
        "cppl_cp_plan_latest_category": draw(st.sampled_from(["NEG", "EMO", None])),
        "cppl_cp_plan_ola": draw(_flags),
    }


def _episode(draw: st.DrawFn, name: str) -> Row:
    begun = draw(days | st.sampled_from([_LONG_AGO, date(2019, 5, 30)]))
    ended = draw(st.none() | st.none() | st.integers(0, 800).map(lambda n: begun + timedelta(n)))
    return {
        "clae_cla_episode_id": name,
        "clae_person_id": draw(_children),
        "clae_cla_id": f"period-{name}",
        "clae_cla_placement_id": f"placement-{name}",
        "clae_cla_episode_start_date": begun,
        "clae_entered_care_date": begun,
        "clae_cla_episode_start_reason": "S",
        "clae_cla_episode_ceased_date": ended,
        "clae_cla_episode_ceased_reason": None if ended is None else "E8",
    }


def _give_rare_lives(draw: st.DrawFn, found: Records) -> None:
    """One child years in care in one place, and one moved twice in a year: among the others too rare to come up."""
    for child, begun in _RARE.items():
        found["ssd_person"].append({"pers_person_id": child, "pers_dob": date(2012, 5, 5), "pers_sex": "F"})
        for first, following in zip(begun, (*begun[1:], None), strict=True):
            found["ssd_cla_episodes"].append(
                _episode(draw, f"{child}-{first}") | _stay(child, begun[0], first, following)
            )


def _stay(child: str, entered: date, first: date, following: date | None) -> Row:
    return {
        "clae_person_id": child,
        "clae_cla_id": f"period-{child}",
        "clae_entered_care_date": entered,
        "clae_cla_episode_start_date": first,
        "clae_cla_episode_start_reason": "S" if first == entered else "P",
        "clae_cla_episode_ceased_date": following,
        "clae_cla_episode_ceased_reason": None if following is None else "X1",
    }


def _give_placements(draw: st.DrawFn, found: Records) -> None:
    found["ssd_cla_placement"] = [
        {
            "clap_cla_placement_id": episode["clae_cla_placement_id"],
            "clap_cla_id": episode["clae_cla_id"],
            "clap_person_id": episode["clae_person_id"],
            "clap_cla_placement_start_date": episode["clae_cla_episode_start_date"],
            "clap_cla_placement_end_date": episode["clae_cla_episode_ceased_date"],
            "clap_cla_placement_type": draw(st.sampled_from(["U4", "K2", "A3", "T1"])),
            "clap_cla_placement_provider": draw(st.sampled_from(["PR1", "PR4"])),
        }
        for episode in found["ssd_cla_episodes"]
    ]


def _legal_status(draw: st.DrawFn, name: str) -> Row:
    begun, ended = _spell(draw)
    return {
        "lega_legal_status_id": name,
        "lega_person_id": draw(_children),
        "lega_legal_status": draw(st.sampled_from(["C2", "V2", "V4"])),
        "lega_legal_status_start_date": begun,
        "lega_legal_status_end_date": ended,
    }


def _leaver(draw: st.DrawFn, name: str) -> Row:
    return {
        "clea_table_id": name,
        "clea_person_id": draw(_children),
        "clea_care_leaver_eligibility": draw(st.sampled_from(["Former Relevant", "Eligible"])),
        "clea_care_leaver_in_touch": draw(st.sampled_from(["YES", "NO", "RHOM", "DIED", None])),
        "clea_care_leaver_latest_contact": draw(days),
        "clea_care_leaver_accommodation": draw(st.sampled_from(["U", "X", None])),
        "clea_care_leaver_accom_suitable": draw(st.sampled_from(["1", "2", None])),
        "clea_care_leaver_activity": draw(st.sampled_from(["F2", "G5", None])),
        "clea_care_leaver_allocated_team": draw(_teams),
    }


def put(engine: DuckDBEngine, found: Mapping[str, Sequence[Row]]) -> None:
    """Put records into an engine; tables without any are empty."""
    for table in CONTRACT.tables.values():
        columns = {column.name: column.type for column in table.loaded}
        engine.put(table.name, columns, [[row.get(name) for name in columns] for row in found.get(table.name, ())])


def facts_of(engine: DuckDBEngine, found: Mapping[str, Sequence[Row]]) -> list[tuple[Any, ...]]:
    """Every fact of the library over these records, for two months."""
    put(engine, found)
    run = Run(MONTHS, "s", MONTHS[-1].last_day, (Population(date(2018, 4, 1), 36_110, "a census"),))
    engine.report_days(month.last_day for month in months_counted(MONTHS))
    make_facts(engine.connection, REGISTRY, REGISTRY.indicators.values(), run)
    return fact_rows(engine.connection, "facts", MONTHS)
