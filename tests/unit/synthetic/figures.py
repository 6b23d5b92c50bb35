"""The example pack's figures, counted from an extract by plain SQL that knows nothing of the indicators."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

NOVEMBER, OCTOBER, MARCH = "2021-11-30", "2021-10-31", "2021-03-31"
YEAR_TO_DATE = ("2021-04-01", NOVEMBER)


def percent(numerator: int, denominator: int, decimals: int = 0) -> str:
    """A percentage as a pack prints it."""
    exact = Decimal(100 * numerator) / Decimal(denominator)
    return str(exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))


def between(column: str, first: str, last: str) -> str:
    return f"{column} >= DATE '{first}' AND {column} < DATE '{last}' + INTERVAL 1 DAY"


def screened(route: str, hours: int, first: str, last: str) -> str:
    """Decided, decided in time, became a referral."""
    return (
        f"SELECT count(*), count(*) FILTER (epoch(cscr_decision_datetime - cscr_received_datetime) <= {hours} * 3600),"
        " count(*) FILTER (cscr_outcome_code = 'REFERRAL') FROM ssdx_contact_screenings"
        f" WHERE cscr_route = '{route}' AND {between('cscr_decision_datetime', first, last)}"
    )


def re_referred(first: str, last: str) -> str:
    """Children referred again within twelve months, children referred."""
    return (
        "SELECT sum(again), count(*) FROM (SELECT e.cine_person_id,"
        " max(CAST(EXISTS (SELECT 1 FROM ssd_cin_episodes AS x"
        " WHERE x.cine_person_id = e.cine_person_id AND x.cine_referral_date < e.cine_referral_date"
        " AND x.cine_referral_date >= e.cine_referral_date - INTERVAL 12 MONTH) AS INTEGER)) AS again"
        f" FROM ssd_cin_episodes AS e WHERE {between('e.cine_referral_date', first, last)} GROUP BY 1)"
    )


def assessed(first: str, last: str) -> str:
    """Authorised, in 45 working days, child seen in time."""
    return (
        "SELECT count(*), count(*) FILTER (wd(cina_assessment_start_date, cina_assessment_auth_date) <= 45),"
        " count(*) FILTER (wd(cina_assessment_start_date, asmo_child_first_seen_date)"
        " <= CASE WHEN cina_assessment_start_date < DATE '2021-10-01' THEN 3 ELSE 5 END)"
        " FROM ssd_cin_assessments JOIN ssdx_assessment_outcomes ON asmo_assessment_id = cina_assessment_id"
        f" WHERE {between('cina_assessment_auth_date', first, last)}"
    )


def discussed(first: str, last: str) -> str:
    """Discussions written up, in time, leading to an enquiry."""
    return (
        "SELECT count(*), count(*) FILTER (wd(strd_decision_date, strd_completed_date) <= 5),"
        " count(*) FILTER (strd_outcome_code LIKE 'S47%') FROM ssdx_strategy_discussions"
        f" WHERE {between('strd_completed_date', first, last)}"
    )


def enquired(first: str, last: str) -> str:
    """Enquiries completed, in time, leading to a conference, ending in no further action."""
    return (
        "SELECT count(*), count(*) FILTER (wd(s47e_s47_start_date, s47e_s47_end_date) <= 15),"
        " count(*) FILTER (s47e_s47_outcome_json LIKE '%CP_CONFERENCE_FLAG%'), count(*) FILTER (s47e_s47_nfa = 'Y')"
        f" FROM ssd_s47_enquiry WHERE {between('s47e_s47_end_date', first, last)}"
    )


def conferred(first: str, last: str) -> str:
    """Conferences held, within fifteen working days of the enquiry's start; transfers in apart."""
    return (
        "SELECT count(*), count(*) FILTER (wd(s47e_s47_start_date, icpc_icpc_date) <= 15)"
        " FROM ssd_initial_cp_conference JOIN ssd_s47_enquiry ON s47e_s47_enquiry_id = icpc_s47_enquiry_id"
        f" WHERE icpc_icpc_transfer_in = 'N' AND {between('icpc_icpc_date', first, last)}"
    )


def on_plans(day: str) -> str:
    """Open child protection plans by latest category."""
    listed = ", ".join(
        f"count(*) FILTER (cppl_cp_plan_latest_category = '{one}')" for one in ("EMO", "NEG", "PHY", "SAB", "MUL")
    )
    return f"SELECT {listed} FROM ssd_cp_plans WHERE {_open('cppl_cp_plan_start_date', 'cppl_cp_plan_end_date', day)}"


def _open(start: str, end: str, day: str) -> str:
    return f"{start} <= DATE '{day}' AND ({end} IS NULL OR {end} > DATE '{day}')"


def in_care(day: str) -> str:
    """Everybody in care, but for short breaks: child, period, day of entry."""
    return (
        "(SELECT DISTINCT clae_person_id AS child, clae_cla_id AS period, clae_entered_care_date AS entered,"
        " pers_dob AS born FROM ssd_cla_episodes JOIN ssd_person ON pers_person_id = clae_person_id"
        f" WHERE {_open('clae_cla_episode_start_date', 'clae_cla_episode_ceased_date', day)}"
        f" AND pers_dob + INTERVAL 18 YEAR > DATE '{day}' AND NOT EXISTS (SELECT 1 FROM ssd_legal_status"
        " WHERE lega_person_id = clae_person_id AND lega_legal_status IN ('V3', 'V4')"
        f" AND {_open('lega_legal_status_start_date', 'lega_legal_status_end_date', day)}))"
    )


def three_placements(day: str) -> str:
    """In care, with three placements in twelve months."""
    return (
        "SELECT count(*), count(*) FILTER ((SELECT count(*) FROM ssd_cla_placement WHERE clap_cla_id = period"
        f" AND clap_cla_placement_start_date <= DATE '{day}' AND (clap_cla_placement_end_date IS NULL"
        f" OR clap_cla_placement_end_date > DATE '{day}' - INTERVAL 12 MONTH)) >= 3) FROM {in_care(day)}"
    )


def settled(day: str) -> str:
    """Under sixteen and in care for two and a half years; in one placement for two."""
    return (
        "SELECT count(*), count(*) FILTER ((SELECT max(clap_cla_placement_start_date) FROM ssd_cla_placement"
        f" WHERE clap_cla_id = period) <= DATE '{day}' - INTERVAL 2 YEAR) FROM {in_care(day)}"
        f" WHERE born + INTERVAL 16 YEAR > DATE '{day}' AND entered <= DATE '{day}' - INTERVAL 30 MONTH"
    )


def leavers(day: str) -> str:
    """Of each age: young people, in touch, suitably housed, in education or work; by their latest entry."""
    return (
        f"WITH latest AS (SELECT *, date_part('year', age(DATE '{day}', pers_dob)) AS years, row_number() OVER"
        " (PARTITION BY clea_person_id ORDER BY clea_care_leaver_latest_contact DESC) AS place"
        " FROM ssd_care_leavers JOIN ssd_person ON pers_person_id = clea_person_id"
        f" WHERE clea_care_leaver_latest_contact <= DATE '{day}')"
        " SELECT years, count(*), count(*) FILTER (clea_care_leaver_in_touch = 'YES'),"
        " count(*) FILTER (clea_care_leaver_accom_suitable = '1'),"
        " count(*) FILTER (clea_care_leaver_activity NOT LIKE 'G%')"
        " FROM latest WHERE place = 1 AND years IN (19, 20, 21) GROUP BY 1 ORDER BY 1"
    )


def homes(day: str) -> str:
    """Children in care by kind of home."""
    kinds = {
        "general": "kind IN ('U4', 'U5', 'U6') AND provider IN ('PR1', 'PR2', 'PR3')",
        "family": "kind IN ('U1', 'U2', 'U3', 'P1')",
        "independent": "kind IN ('U4', 'U5', 'U6') AND provider IN ('PR4', 'PR5')",
        "residential": "kind IN ('K1', 'K2', 'R1', 'R2', 'R3', 'S1')",
        "adoption": "kind LIKE 'A%'",
        "other": "kind IN ('H5', 'P2', 'P3', 'Z1')",
    }
    counts = ", ".join(f"count(*) FILTER ({test})" for test in kinds.values())
    return (
        f"SELECT {counts} FROM (SELECT clap_cla_placement_type AS kind, clap_cla_placement_provider AS provider"
        f" FROM {in_care(day)} JOIN ssd_cla_placement ON clap_cla_id = period"
        f" WHERE {_open('clap_cla_placement_start_date', 'clap_cla_placement_end_date', day)})"
    )


def november(ask: Any) -> dict[str, Any]:
    """What a pack for November 2021 would print, by the records of its own month ends."""
    first, last, to_date = "2021-11-01", NOVEMBER, YEAR_TO_DATE
    october, march = ("2021-10-01", OCTOBER), ("2021-03-01", MARCH)

    def share(day: str, query: str, place: int = 1, decimals: int = 0) -> str:
        row = ask(day, query)
        return percent(row[place], row[0], decimals)

    def again(day: str, *window: str, decimals: int = 0) -> str:
        numerator, denominator = ask(day, re_referred(*window))
        return percent(numerator, denominator, decimals)

    def all_leavers(day: str) -> list[str]:
        total = [sum(column) for column in zip(*ask(day, leavers(day)), strict=True)]
        return [percent(number, total[1]) for number in total[2:]]

    return {
        "MASH in 24 hours": [
            share(MARCH, screened("MASH", 24, *march)),
            share(last, screened("MASH", 24, *to_date)),
            share(OCTOBER, screened("MASH", 24, *october)),
            share(last, screened("MASH", 24, first, last)),
        ],
        "domestic abuse hub in 48 hours": [
            share(MARCH, screened("DAHUB", 48, *march)),
            share(last, screened("DAHUB", 48, *to_date)),
            share(OCTOBER, screened("DAHUB", 48, *october)),
            share(last, screened("DAHUB", 48, first, last)),
        ],
        "early help hub in 72 hours": [
            share(last, screened("EHHUB", 72, *to_date)),
            share(OCTOBER, screened("EHHUB", 72, *october)),
            share(last, screened("EHHUB", 72, first, last)),
        ],
        "contacts progressed": [
            share(OCTOBER, screened("MASH", 24, *october), 2),
            share(last, screened("MASH", 24, first, last), 2),
            share(last, screened("MASH", 24, *to_date), 2),
        ],
        "re-referred": [
            again(MARCH, *march),
            again(last, *to_date),
            again(OCTOBER, *october, decimals=1),
            again(last, first, last, decimals=1),
        ],
        "assessments in 45 working days": [
            share(MARCH, assessed(*march)),
            share(last, assessed(*to_date)),
            share(OCTOBER, assessed(*october)),
            share(last, assessed(first, last)),
        ],
        "conferences in 15 working days": [
            share(MARCH, conferred(*march)),
            share(last, conferred(*to_date)),
            share(OCTOBER, conferred(*october)),
            share(last, conferred(first, last)),
        ],
        "on protection plans": [sum(ask(day, on_plans(day))) for day in (MARCH, OCTOBER, NOVEMBER)],
        "in care": [ask(day, f"SELECT count(*) FROM {in_care(day)}") for day in (MARCH, OCTOBER, NOVEMBER)],
        "three placements": [share(day, three_placements(day)) for day in (MARCH, OCTOBER, NOVEMBER)],
        "settled": [share(day, settled(day)) for day in (MARCH, OCTOBER, NOVEMBER)],
        "care leavers": [all_leavers(day) for day in (MARCH, OCTOBER, NOVEMBER)],
    }
