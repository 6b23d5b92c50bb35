"""Faults put into the records on purpose, as every council's records have some; none in a month that is printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from scorecard.synthetic.recording import Later

if TYPE_CHECKING:
    from random import Random

    from scorecard.synthetic.recording import Register, Row


@dataclass(frozen=True)
class Fault:
    """One kind of planted fault: the sector's rule that finds it, how many, and what they are."""

    rule: str
    number: int
    meaning: str


_UNREASONED = Fault("8805", 2, "cases closed in June 2019 without a reason")
_BACKWARDS = Fault("8608", 3, "assessments authorised in February 2020, dated as if they began afterwards")
_TOO_EARLY = Fault("a decision before the contact", 2, "MASH contacts of September 2019 decided before they came in")
_UNKNOWN = Fault("unknown code", 1, "a primary need, recorded in May 2018, that is on no list")

PLANTED_FAULTS = (_UNREASONED, _BACKWARDS, _TOO_EARLY, _UNKNOWN)

ENTERED_IN_ERROR = Fault("8820", 2, "referrals of January 2022 keyed twice, and deleted in February 2022")


def plant(register: Register, draw: Random) -> None:
    """Put the faults in."""
    for row in draw.sample(_known_in(register, "ssd_cin_episodes", "cine_close_date", "2019-06"), _UNREASONED.number):
        row.values["cine_close_reason"] = None
    for row in draw.sample(
        _known_in(register, "ssd_cin_assessments", "cina_assessment_auth_date", "2020-02"), _BACKWARDS.number
    ):
        authorised = row.values["cina_assessment_auth_date"]
        if isinstance(authorised, Later) and isinstance(authorised.value, date):
            row.values["cina_assessment_start_date"] = authorised.value + timedelta(days=2)
            row.recorded = authorised.value + timedelta(days=2)
    decided = _known_in(register, "ssdx_contact_screenings", "cscr_decision_datetime", "2019-09")
    for row in draw.sample([row for row in decided if row.values["cscr_route"] == "MASH"], _TOO_EARLY.number):
        _decide_too_early(row)
    for row in draw.sample(_recorded_in(register, "ssd_cin_episodes", "2018-05"), _UNKNOWN.number):
        row.values["cine_cin_primary_need_code"] = "N99"
    _key_twice(register, draw)


def _decide_too_early(row: Row) -> None:
    received, decided = row.values["cscr_received_datetime"], row.values["cscr_decision_datetime"]
    if isinstance(received, datetime) and isinstance(decided, Later):
        earlier = Later(received - timedelta(hours=1), decided.recorded)
        row.values["cscr_decision_datetime"] = row.values["cscr_completed_datetime"] = earlier


def _known_in(register: Register, table: str, column: str, month: str) -> list[Row]:
    """Rows of which a later value became known in a month."""
    rows = ((row, row.values.get(column)) for row in register.tables[table])
    return [row for row, value in rows if isinstance(value, Later) and f"{value.recorded:%Y-%m}" == month]


def _recorded_in(register: Register, table: str, month: str) -> list[Row]:
    return [row for row in register.tables[table] if f"{row.recorded:%Y-%m}" == month]


def _key_twice(register: Register, draw: Random) -> None:
    """The same referral under two numbers, until somebody sees it."""
    rows = [
        row for row in _recorded_in(register, "ssd_cin_episodes", "2022-01") if row.values["cine_referral_nfa"] == "N"
    ]
    for row in draw.sample(rows, ENTERED_IN_ERROR.number):
        values = {**row.values, "cine_referral_id": register.number("R"), "cine_close_date": None}
        copy = register.enter("ssd_cin_episodes", row.recorded, **{**values, "cine_close_reason": None})
        copy.removed = date(2022, 2, draw.randint(3, 20))
