"""Every rule catches the record it was made for, and leaves alone the one beside it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from scorecard.contract.load import load_contract
from scorecard.contract.rules import BROKEN, put_broken, rules_of, run_rules
from scorecard.contract.sources.piece import sql_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

CONTRACT = load_contract()
AS_AT = date(2021, 11, 30)
Record = tuple[str, str]


def _records(connection: duckdb.DuckDBPyConnection, records: Sequence[tuple[str, str]]) -> None:
    """Tables of the contract, empty but for these: a table, and its cells as `column=value`."""
    for table in CONTRACT.tables.values():
        columns = ", ".join(f"{sql_name(column.name)} {column.type.sql}" for column in table.loaded)
        connection.execute(f"CREATE TABLE {sql_name(table.name)} ({columns})")
    for table_name, cells in records:
        its = dict(cell.split("=") for cell in cells.split())
        marks = ", ".join("?" for _ in its)
        connection.execute(f"INSERT INTO {table_name} ({', '.join(its)}) VALUES ({marks})", list(its.values()))


def _broken(connection: duckdb.DuckDBPyConnection, records: Sequence[Record]) -> Mapping[tuple[str, str], int]:
    _records(connection, records)
    results = run_rules(connection, CONTRACT, as_at=AS_AT)
    found: dict[tuple[str, str], int] = {}
    for result in results:
        key = (result.rule or result.sentence, result.column)
        if result.rows:
            found[key] = found.get(key, 0) + result.rows
    return found


PERSON = ("ssd_person", "pers_person_id=c1 pers_sex=F pers_ethnicity=WBRI pers_dob=2005-06-15")
DEAD = (
    "ssd_person",
    "pers_person_id=c1 pers_sex=F pers_ethnicity=WBRI pers_dob=2005-06-15 pers_death_date=2020-01-01",
)
REFERRAL = ("ssd_cin_episodes", "cine_referral_id=r1 cine_person_id=c1 cine_referral_date=2021-05-01")


def _plan(cells: str) -> Record:
    categories = "cppl_cp_plan_initial_category=NEG cppl_cp_plan_latest_category=NEG"
    return ("ssd_cp_plans", f"cppl_person_id=c1 {categories} {cells}")


def _care(cells: str) -> Record:
    return ("ssd_cla_episodes", f"clae_person_id=c1 clae_cla_id=p1 {cells}")


CASES: dict[str, tuple[tuple[str, str], int, list[Record]]] = {
    "closed before referred": (
        ("CIN 8630", "cine_close_date"),
        1,
        [(REFERRAL[0], f"{REFERRAL[1]} cine_close_date=2021-04-30 cine_close_reason=RC7")],
    ),
    "closed without a reason": (
        ("CIN 8805, 8810", "cine_close_reason"),
        1,
        [(REFERRAL[0], f"{REFERRAL[1]} cine_close_date=2021-06-01")],
    ),
    "two open referrals": (
        ("CIN 8815", "cine_close_date"),
        2,
        [REFERRAL, (REFERRAL[0], "cine_referral_id=r2 cine_person_id=c1 cine_referral_date=2021-06-01")],
    ),
    "referred long before birth": (
        ("CIN 8606", "cine_referral_date"),
        1,
        [(REFERRAL[0], "cine_referral_id=r1 cine_person_id=c1 cine_referral_date=2004-01-01")],
    ),
    "assessment ends before it starts": (
        ("CIN 8608", "cina_assessment_auth_date"),
        1,
        [
            (
                "ssd_cin_assessments",
                (
                    "cina_assessment_id=a1 cina_person_id=c1 cina_assessment_start_date=2021-06-02"
                    " cina_assessment_auth_date=2021-06-01"
                ),
            ),
        ],
    ),
    "assessment starts before its referral": (
        ("CIN 1103–1105", "cina_assessment_start_date"),
        1,
        [
            REFERRAL,
            (
                "ssd_cin_assessments",
                (
                    "cina_assessment_id=a1 cina_person_id=c1 cina_referral_id=r1 cina_assessment_start_date=2021-04-30"
                    " cina_assessment_auth_date=2021-06-01"
                ),
            ),
        ],
    ),
    "assessment open after its case was closed": (
        ("CIN 8867", "cina_assessment_auth_date"),
        1,
        [
            (REFERRAL[0], f"{REFERRAL[1]} cine_close_date=2021-06-01 cine_close_reason=RC7"),
            (
                "ssd_cin_assessments",
                "cina_assessment_id=a1 cina_person_id=c1 cina_referral_id=r1 cina_assessment_start_date=2021-05-02",
            ),
        ],
    ),
    "conference before its enquiry": (
        ("CIN 8615", "icpc_icpc_date"),
        1,
        [
            (
                "ssd_s47_enquiry",
                "s47e_s47_enquiry_id=s1 s47e_person_id=c1 s47e_s47_start_date=2021-06-02 s47e_s47_end_date=2021-06-10",
            ),
            (
                "ssd_initial_cp_conference",
                "icpc_icpc_id=i1 icpc_person_id=c1 icpc_s47_enquiry_id=s1 icpc_icpc_date=2021-06-01",
            ),
        ],
    ),
    "conference on a Saturday": (
        ("CIN 8875", "icpc_icpc_date"),
        1,
        [("ssd_initial_cp_conference", "icpc_icpc_id=i1 icpc_person_id=c1 icpc_icpc_date=2021-06-05")],
    ),
    "plan begins on another day than its conference": (
        ("CIN 2885", "cppl_cp_plan_start_date"),
        1,
        [
            ("ssd_initial_cp_conference", "icpc_icpc_id=i1 icpc_person_id=c1 icpc_icpc_date=2021-06-01"),
            _plan("cppl_cp_plan_id=p1 cppl_icpc_id=i1 cppl_cp_plan_start_date=2021-06-02"),
        ],
    ),
    "plan ends the day it begins": (
        ("CIN 8840", "cppl_cp_plan_end_date"),
        1,
        [_plan("cppl_cp_plan_id=p1 cppl_cp_plan_start_date=2021-06-02 cppl_cp_plan_end_date=2021-06-02")],
    ),
    "plan ends before it begins": (
        ("CIN 8925", "cppl_cp_plan_end_date"),
        1,
        [_plan("cppl_cp_plan_id=p1 cppl_cp_plan_start_date=2021-06-02 cppl_cp_plan_end_date=2021-06-01")],
    ),
    "two open plans": (
        ("CIN 8935", "cppl_cp_plan_end_date"),
        2,
        [
            _plan("cppl_cp_plan_id=p1 cppl_cp_plan_start_date=2021-06-02"),
            _plan("cppl_cp_plan_id=p2 cppl_cp_plan_start_date=2021-07-02"),
        ],
    ),
    "plans overlap": (
        ("CIN 8940", "cppl_cp_plan_start_date"),
        1,
        [
            _plan("cppl_cp_plan_id=p1 cppl_cp_plan_start_date=2021-06-02 cppl_cp_plan_end_date=2021-08-01"),
            _plan("cppl_cp_plan_id=p2 cppl_cp_plan_start_date=2021-07-02 cppl_cp_plan_end_date=2021-09-01"),
        ],
    ),
    "plan without a category": (
        ("CIN 8905", "cppl_cp_plan_initial_category"),
        1,
        [("ssd_cp_plans", "cppl_cp_plan_id=p1 cppl_person_id=c1 cppl_cp_plan_latest_category=NEG")],
    ),
    "review on the day the plan began": (
        ("CIN 8841", "cppr_cp_review_date"),
        1,
        [
            _plan("cppl_cp_plan_id=p1 cppl_cp_plan_start_date=2021-06-02"),
            ("ssd_cp_reviews", "cppr_cp_review_id=v1 cppr_cp_plan_id=p1 cppr_cp_review_date=2021-06-02"),
        ],
    ),
    "child in need plan beside a protection plan": (
        ("CIN 4001, 4003, 4016, 4017", "cinp_cin_plan_start_date"),
        1,
        [
            _plan("cppl_cp_plan_id=p1 cppl_cp_plan_start_date=2021-06-02 cppl_cp_plan_end_date=2021-08-01"),
            ("ssd_cin_plans", "cinp_cin_plan_id=n1 cinp_person_id=c1 cinp_cin_plan_start_date=2021-07-31"),
        ],
    ),
    "two open episodes of care": (
        ("903 142", "clae_cla_episode_ceased_date"),
        2,
        [
            _care("clae_cla_episode_id=e1 clae_cla_episode_start_date=2021-06-02"),
            _care("clae_cla_episode_id=e2 clae_cla_episode_start_date=2021-07-02"),
        ],
    ),
    "an episode begins before the last one ended": (
        ("903 501", "clae_cla_episode_start_date"),
        1,
        [
            _care(
                "clae_cla_episode_id=e1 clae_cla_episode_start_date=2021-06-02"
                " clae_cla_episode_ceased_date=2021-07-03 clae_cla_episode_ceased_reason=X1",
            ),
            _care("clae_cla_episode_id=e2 clae_cla_episode_start_date=2021-07-02"),
        ],
    ),
    "in care before birth": (
        ("903 302", "clae_cla_episode_start_date"),
        1,
        [_care("clae_cla_episode_id=e1 clae_cla_episode_start_date=2005-06-14")],
    ),
    "into care at eighteen": (
        ("903 352", "clae_cla_episode_start_date"),
        1,
        [
            ("ssd_person", "pers_person_id=c1 pers_sex=F pers_ethnicity=WBRI pers_dob=2003-06-15"),
            _care(
                "clae_cla_episode_id=e1 clae_cla_episode_start_date=2021-06-15"
                " clae_cla_episode_ceased_date=2021-06-15 clae_cla_episode_ceased_reason=E8",
            ),
        ],
    ),
    "still in care after eighteen": (
        ("903 359", "clae_cla_episode_ceased_date"),
        1,
        [
            ("ssd_person", "pers_person_id=c1 pers_sex=F pers_ethnicity=WBRI pers_dob=2003-11-29"),
            _care("clae_cla_episode_id=e1 clae_cla_episode_start_date=2019-06-15"),
        ],
    ),
    "contact after death": (
        ("CIN 8535Q–8555Q", "cont_contact_date"),
        1,
        [DEAD, ("ssd_contacts", "cont_contact_id=k1 cont_person_id=c1 cont_contact_date=2020-01-02")],
    ),
    "referral under a number of the old system": (
        ("`cine_person_id` is a `pers_person_id` of ssd_person.", "cine_person_id"),
        1,
        [PERSON, (REFERRAL[0], "cine_referral_id=r1 cine_person_id=OLD1 cine_referral_date=2021-05-01"), REFERRAL],
    ),
    "need that is on no list": (
        ("CIN 8610", "cine_cin_primary_need_code"),
        1,
        [(REFERRAL[0], f"{REFERRAL[1]} cine_cin_primary_need_code=N99")],
    ),
    "review that fell due and has no day": (
        ("CIN 8842Q", "cppr_cp_review_date"),
        1,
        [
            ("ssd_cp_reviews", "cppr_cp_review_id=v1 cppr_person_id=c1 cppr_cp_review_due=2021-11-29"),
            ("ssd_cp_reviews", "cppr_cp_review_id=v2 cppr_person_id=c1 cppr_cp_review_due=2021-11-30"),
        ],
    ),
    "open for more than a week without a worker": (
        (
            (
                "The child of a row open (`cine_close_date` empty) more than 7 days after `cine_referral_date` has an"
                " open involvement."
            ),
            "cine_close_date",
        ),
        1,
        [
            (REFERRAL[0], "cine_referral_id=r1 cine_person_id=c1 cine_referral_date=2021-11-22"),
            ("ssd_person", "pers_person_id=c2 pers_sex=F pers_ethnicity=WBRI pers_dob=2010-06-15"),
            (REFERRAL[0], "cine_referral_id=r2 cine_person_id=c2 cine_referral_date=2021-11-23"),
            (
                "ssd_involvements",
                (
                    "invo_involvements_id=i1 invo_person_id=c1 invo_involvement_start_date=2021-11-22"
                    " invo_involvement_end_date=2021-11-29"
                ),
            ),
            PERSON,
        ],
    ),
    "visit in care before care": (
        (
            "`clav_cla_visit_date` is on or after `clae_entered_care_date` of its ssd_cla_episodes.",
            "clav_cla_visit_date",
        ),
        1,
        [
            _care("clae_cla_episode_id=e1 clae_cla_episode_start_date=2021-06-15 clae_entered_care_date=2021-06-15"),
            ("ssd_cla_visits", "clav_cla_visit_id=v1 clav_cla_id=p1 clav_person_id=c1 clav_cla_visit_date=2021-06-14"),
            ("ssd_cla_visits", "clav_cla_visit_id=v2 clav_cla_id=p1 clav_person_id=c1 clav_cla_visit_date=2021-06-15"),
        ],
    ),
}

SOUND: list[Record] = [
    PERSON,
    (REFERRAL[0], f"{REFERRAL[1]} cine_close_date=2021-05-01 cine_close_reason=RC8"),
    (REFERRAL[0], "cine_referral_id=r2 cine_person_id=c1 cine_referral_date=2021-05-01"),
    (
        "ssd_cin_assessments",
        (
            "cina_assessment_id=a1 cina_person_id=c1 cina_referral_id=r2 cina_assessment_start_date=2021-05-01"
            " cina_assessment_auth_date=2021-05-01"
        ),
    ),
    ("ssd_initial_cp_conference", "icpc_icpc_id=i1 icpc_person_id=c1 icpc_icpc_date=2021-06-01"),
    _plan("cppl_cp_plan_id=p1 cppl_icpc_id=i1 cppl_cp_plan_start_date=2021-06-01 cppl_cp_plan_end_date=2021-09-01"),
    _plan("cppl_cp_plan_id=p2 cppl_cp_plan_start_date=2021-09-01"),
    (
        "ssd_cin_plans",
        "cinp_cin_plan_id=n1 cinp_person_id=c1 cinp_cin_plan_start_date=2021-05-05 cinp_cin_plan_end_date=2021-06-01",
    ),
    _care(
        "clae_cla_episode_id=e1 clae_cla_episode_start_date=2005-06-15"
        " clae_cla_episode_ceased_date=2021-07-02 clae_cla_episode_ceased_reason=X1",
    ),
    _care("clae_cla_episode_id=e2 clae_cla_episode_start_date=2021-07-02"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_rule_catches_the_record_it_is_made_for(connection: duckdb.DuckDBPyConnection, case: str) -> None:
    rule, rows, records = CASES[case]
    people = [] if any(table == "ssd_person" for table, _ in records) else [PERSON]
    assert _broken(connection, [*people, *records]).get(rule) == rows


def test_no_rule_is_broken_by_sound_records_on_its_borders(connection: duckdb.DuckDBPyConnection) -> None:
    assert _broken(connection, SOUND) == {}


def test_care_that_ends_on_the_eighteenth_birthday_is_in_order(connection: duckdb.DuckDBPyConnection) -> None:
    ended = "clae_cla_episode_ceased_date=2023-06-15 clae_cla_episode_ceased_reason=E17"
    records = [PERSON, _care(f"clae_cla_episode_id=e1 clae_cla_episode_start_date=2019-06-15 {ended}")]
    assert _broken(connection, records) == {}


def test_without_an_as_at_date_only_what_has_ended_is_judged(connection: duckdb.DuckDBPyConnection) -> None:
    _records(connection, CASES["still in care after eighteen"][2])
    assert sum(result.rows for result in run_rules(connection, CONTRACT)) == 0


def test_every_rule_has_an_id_of_its_own_plain_words_and_somebody_who_can_mend_what_breaks_it() -> None:
    rules = list(rules_of(CONTRACT))
    assert len({rule.id for rule in rules}) == len(rules)
    for rule in rules:
        assert rule.says.endswith("."), rule
        assert "_" not in rule.says, rule
        assert rule.mended_by.words, rule


def test_what_breaks_a_rule_is_told_by_its_record_its_child_and_its_day(connection: duckdb.DuckDBPyConnection) -> None:
    _records(connection, [PERSON, *CASES["closed before referred"][2]])
    put_broken(connection, CONTRACT, AS_AT)
    found = connection.execute(f"SELECT * FROM {BROKEN}").fetchall()
    assert found == [("referral-closed-before-made", "r1/c1", "c1", date(2021, 4, 30))]


def test_a_rule_about_a_column_nobody_supplied_finds_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    _records(connection, [PERSON, *CASES["closed without a reason"][2]])
    put_broken(connection, CONTRACT, AS_AT, {"ssd_cin_episodes": ("cine_referral_date", "cine_close_date")})
    assert connection.execute(f"SELECT count(*) FROM {BROKEN}").fetchall() == [(0,)]


def test_every_rule_says_itself_and_is_of_a_severity_that_does_not_block() -> None:
    for rule in rules_of(CONTRACT):
        assert rule.sentence.endswith("."), rule
        assert rule.severity.value in {"warn", "note"}, rule


def test_every_rule_runs_on_empty_tables(connection: duckdb.DuckDBPyConnection) -> None:
    _records(connection, [])
    results = run_rules(connection, CONTRACT, as_at=AS_AT)
    assert len(results) == len(list(rules_of(CONTRACT)))
    assert {result.rows for result in results} == {0}
