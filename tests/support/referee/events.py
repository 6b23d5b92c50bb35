"""Re-referrals, assessments, strategy discussions and initial conferences, ruled on from the prose."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from referee.days import months_earlier, working_days
from referee.ruling import Ruling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from referee.ruling import Council, Row

_SEEN_IN_FIVE_FROM = date(2021, 10, 1)
_LIMITS_FROM = date(2013, 4, 1)


def rereferrals(council: Council) -> Iterator[Ruling]:
    """Referrals, and whether the child had been referred in the twelve months before."""
    for row in council.rows("ssd_cin_episodes"):
        child, day = row["cine_person_id"], row["cine_referral_date"]
        case = f"{row['cine_referral_id']}/{child}"
        if day is None:
            yield Ruling(case, child, None, no_case="no day of referral")
            continue
        others = [other["cine_referral_date"] for other in council.of("ssd_cin_episodes", child)]
        yield Ruling(case, child, day, (any(one and months_earlier(day, 12) <= one < day for one in others),))


def assessments_45wd(council: Council) -> Iterator[Ruling]:
    """Assessments authorised, and whether within 45 working days of their start."""
    for row in council.rows("ssd_cin_assessments"):
        child, started, authorised = _assessment(row)
        case = f"{row['cina_assessment_id']}/{child}"
        if authorised is None:
            yield Ruling(case, child, None, no_case="not authorised")
        elif started is None or started > authorised:
            yield Ruling(case, child, authorised, left_out="no start" if started is None else "before it started")
        elif (days := working_days(started, authorised)) is None:
            yield Ruling(case, child, authorised, left_out="years not known")
        else:
            yield Ruling(case, child, authorised, (days <= 45,))


def child_seen(council: Council) -> Iterator[Ruling]:
    """Assessments authorised, and whether the child was seen in the days allowed when they started."""
    first_seen = {
        (row["asmo_assessment_id"], row["asmo_person_id"]): row["asmo_child_first_seen_date"]
        for row in council.rows("ssdx_assessment_outcomes")
    }
    for row in council.rows("ssd_cin_assessments"):
        child, started, authorised = _assessment(row)
        case = f"{row['cina_assessment_id']}/{child}"
        seen = first_seen.get((row["cina_assessment_id"], child))
        if authorised is None:
            yield Ruling(case, child, None, no_case="not authorised")
        elif started is None or started > authorised:
            yield Ruling(case, child, authorised, left_out="no start" if started is None else "before it started")
        elif _is_unborn(council.people.get(child), started):
            yield Ruling(case, child, authorised, left_out="unborn")
        elif started < _LIMITS_FROM:
            yield Ruling(case, child, authorised, left_out="years not known")
        else:
            yield Ruling(case, child, authorised, (_was_seen(seen, started),))


def _assessment(row: Row) -> tuple[str, date | None, date | None]:
    return row["cina_person_id"], row["cina_assessment_start_date"], row["cina_assessment_auth_date"]


def _is_unborn(person: Row | None, day: date) -> bool:
    if person is None:
        return False
    if person["pers_dob"] is None:
        return person["pers_expected_dob"] is not None
    return bool(person["pers_dob"] > day)


def _was_seen(seen: date | None, started: date) -> bool:
    if seen is None or seen <= started:
        return seen is not None
    days = working_days(started, seen)
    return days is not None and days <= (3 if started < _SEEN_IN_FIVE_FROM else 5)


def strategy_completed(council: Council) -> Iterator[Ruling]:
    """Discussions whose record is finished: written up in five days, held in three, and led to an enquiry."""
    for row in council.rows("ssdx_strategy_discussions"):
        child, decided, completed = row["strd_person_id"], row["strd_decision_date"], row["strd_completed_date"]
        case = f"{row['strd_strategy_id']}/{child}"
        led_on = row["strd_outcome_code"] in {"S47_SINGLE", "S47_JOINT"}
        if completed is None or row["strd_status"] == "CANCELLED":
            yield Ruling(case, child, None, no_case="cancelled" if completed else "not written up")
        elif decided is None or decided > completed:
            why = "no day of decision" if decided is None else "written up before decided on"
            yield Ruling(case, child, completed, (led_on,), left_out=why)
        elif (days := working_days(decided, completed)) is None:
            yield Ruling(case, child, completed, (led_on,), left_out="years not known")
        else:
            marks = (led_on, days <= 5, _was_held(decided, row["strd_held_date"], completed))
            yield Ruling(case, child, completed, marks)


def _was_held(decided: date, held: date | None, completed: date) -> bool:
    return held is not None and decided <= held <= completed and (working_days(decided, held) or 0) <= 3


def icpc(council: Council) -> Iterator[Ruling]:
    """Conferences held, one a child and day."""
    for ruling, _ in _conferences(council.rows("ssd_initial_cp_conference")):
        yield ruling


def icpc_15wd(council: Council) -> Iterator[Ruling]:
    """Conferences of this council's own enquiries, held within 15 working days."""
    own = []
    for row in council.rows("ssd_initial_cp_conference"):
        if row["icpc_icpc_transfer_in"] == "Y":
            yield Ruling(row["icpc_icpc_id"], row["icpc_person_id"], None, no_case="transfer in")
        else:
            own.append(row)
    for ruling, row in _conferences(own):
        yield ruling if ruling.no_case else _timed_conference(ruling, row, council)


def _stands_first(row: Row) -> tuple[bool, bool, str]:
    """Of several conferences on a day: one that an enquiry led to, then one of our own, then the lesser number."""
    return row["icpc_s47_enquiry_id"] is None, row["icpc_icpc_transfer_in"] == "Y", row["icpc_icpc_id"]


def _conferences(rows: Iterable[Row]) -> Iterator[tuple[Ruling, Row]]:
    """Each conference; of several records of one child and day the one that stands first."""
    once: dict[tuple[str, date], Row] = {}
    for row in sorted(rows, key=_stands_first):
        child, held = row["icpc_person_id"], row["icpc_icpc_date"]
        why = "not held" if held is None else ""
        if held is not None and once.setdefault((child, held), row) is not row:
            why = "recorded twice"
        yield Ruling(f"{row['icpc_icpc_id']}/{child}", child, held, no_case=why), row


def _timed_conference(ruling: Ruling, row: Row, council: Council) -> Ruling:
    held = row["icpc_icpc_date"]
    started = next(
        (
            one["s47e_s47_start_date"]
            for one in council.of("ssd_s47_enquiry", row["icpc_person_id"])
            if one["s47e_s47_enquiry_id"] == row["icpc_s47_enquiry_id"]
        ),
        None,
    )
    if started is None or started > held:
        return ruling._replace(left_out="no enquiry" if started is None else "before its enquiry")
    days = working_days(started, held)
    if days is None:
        return ruling._replace(left_out="years not known")
    return ruling._replace(marks=(days <= 15,))
