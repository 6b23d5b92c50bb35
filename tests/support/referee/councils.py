"""Invented councils of fifty children for the referee, every one another, every one the same each time."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from referee.days import months_earlier
from referee.draw import TOO_OLD, Draw, ids
from referee.lives import give_adoption, give_care, give_leaver

if TYPE_CHECKING:
    from referee.ruling import Records, Row

CHILDREN = 50
_SHARED_BY_TWINS = (
    "ssd_cin_episodes",
    "ssd_cin_assessments",
    "ssdx_assessment_outcomes",
    "ssdx_strategy_discussions",
    "ssd_s47_enquiry",
    "ssd_initial_cp_conference",
    "ssd_cp_plans",
    "ssd_cp_reviews",
    "ssd_cin_plans",
    "ssdx_case_supervisions",
)


def council(number: int, anchor: date) -> Records:
    """The records of one council, whose last month ends on the anchor; its ids begin with its number."""
    draw, records = Draw(f"council {number}", anchor), defaultdict[str, list["Row"]](list)
    before = ""
    for n in range(CHILDREN):
        child = f"{number:04}-{n:02}"
        _give_person(draw, child, before, records)
        if before and draw.chance(0.08):
            _give_twin(child, before, records)
        else:
            _give_events(draw, child, records)
            _give_plans(draw, child, records)
        give_care(draw, child, records)
        give_leaver(draw, child, records)
        give_adoption(draw, child, records)
        before = child
    _give_workers(draw, number, records)
    return dict(records)


def _give_person(draw: Draw, child: str, before: str, records: Records) -> None:
    if draw.chance(0.03):
        return
    born, expected, end = _born(draw), None, draw.end()
    if draw.chance(0.06):
        born, expected = draw.perhaps(draw.day(), 0.4), draw.day()
    if records["ssd_person"] and records["ssd_person"][-1]["pers_person_id"] == before and draw.chance(0.1):
        born = records["ssd_person"][-1]["pers_dob"]
    died = draw.one(end, end + timedelta(1), draw.day()) if draw.chance(0.04) else None
    records["ssd_person"].append(
        {"pers_person_id": child, "pers_dob": born, "pers_expected_dob": expected, "pers_death_date": died}
    )


def _born(draw: Draw) -> date | None:
    """At a birthday that matters, or beside it; on a leap day; at any age; not recorded."""
    birthday = draw.nudge(months_earlier(draw.end(), 12 * draw.one(16, 18, 18, 19, 22)))
    leap_day = date(draw.one(2000, 2004, 2008), 2, 29)
    any_age = draw.anchor - timedelta(int(draw.random() * 22 * 365))
    return draw.one(birthday, birthday, leap_day, any_age, any_age, any_age, any_age, any_age, any_age, None)


def _give_twin(child: str, twin: str, records: Records) -> None:
    """Everything recorded on one form for two children: the same ids, another child."""
    for table in _SHARED_BY_TWINS:
        for row in [row for row in records[table] if any(row[name] == twin for name in _persons(row))]:
            records[table].append(row | dict.fromkeys(_persons(row), child))


def _persons(row: Row) -> list[str]:
    return [name for name in row if name.endswith("_person_id")]


def _give_events(draw: Draw, child: str, records: Records) -> None:
    referred = draw.day()
    for _ in range(draw.one(0, 1, 1, 2, 3)):
        rows = records["ssd_cin_episodes"]
        day = draw.perhaps(referred, 0.95)
        rows.append({"cine_referral_id": ids(child, "R", rows), "cine_person_id": child, "cine_referral_date": day})
        referred = draw.one(
            referred, draw.nudge(months_earlier(referred, 12)), draw.nudge(months_earlier(referred, -12))
        )
    for _ in range(draw.one(0, 1, 1, 2)):
        _give_assessment(draw, child, records)
    for _ in range(draw.one(0, 1, 2)):
        _give_strategy(draw, child, records)
    for _ in range(draw.one(0, 1, 1, 2)):
        _give_conference(draw, child, records)


def _begun(draw: Draw) -> date:
    switch = date(2021, 10, 1)
    if draw.chance(0.1) and abs(draw.anchor - switch) < timedelta(300):
        return draw.nudge(switch)
    return TOO_OLD if draw.chance(0.02) else draw.day(0.3)


def _give_assessment(draw: Draw, child: str, records: Records) -> None:
    rows, started = records["ssd_cin_assessments"], _begun(draw)
    born = records["ssd_person"][-1]["pers_dob"] if records["ssd_person"] else None
    if born and born > months_earlier(draw.anchor, 24):
        started = draw.nudge(born)
    name = ids(child, "A", rows)
    authorised = draw.day() if started == TOO_OLD else draw.working(started, 45)
    rows.append(
        {
            "cina_assessment_id": name,
            "cina_person_id": child,
            "cina_assessment_start_date": draw.perhaps(started, 0.95),
            "cina_assessment_auth_date": draw.perhaps(authorised),
        }
    )
    seen = draw.perhaps(
        draw.working(max(date(2012, 1, 1), draw.one(started, months_earlier(started, 1))), draw.one(3, 5)), 0.85
    )
    outcome = {"asmo_assessment_id": name, "asmo_person_id": child, "asmo_child_first_seen_date": seen}
    if draw.chance(0.9):
        records["ssdx_assessment_outcomes"].append(outcome)


def _give_strategy(draw: Draw, child: str, records: Records) -> None:
    rows, decided = records["ssdx_strategy_discussions"], _begun(draw)
    completed = draw.day() if decided == TOO_OLD else draw.working(decided, 5)
    rows.append(
        {
            "strd_strategy_id": ids(child, "S", rows),
            "strd_person_id": child,
            "strd_decision_date": draw.perhaps(decided, 0.95),
            "strd_held_date": draw.perhaps(draw.working(max(decided, date(2012, 1, 1)), 3)),
            "strd_completed_date": draw.perhaps(completed),
            "strd_status": draw.one(None, draw.code("workflow_status", "COMPLETED")),
            "strd_outcome_code": draw.one(None, draw.code("strategy_outcome")),
        }
    )


def _give_conference(draw: Draw, child: str, records: Records) -> None:
    enquiries, rows, started = records["ssd_s47_enquiry"], records["ssd_initial_cp_conference"], _begun(draw)
    enquiry = ids(child, "E", enquiries)
    enquiries.append(
        {"s47e_s47_enquiry_id": enquiry, "s47e_person_id": child, "s47e_s47_start_date": draw.perhaps(started, 0.95)}
    )
    held = draw.perhaps(draw.day() if started == TOO_OLD else draw.working(started, 15))
    for _ in range(draw.one(1, 1, 1, 1, 2)):
        rows.append(
            {
                "icpc_icpc_id": ids(child, "I", rows),
                "icpc_person_id": child,
                "icpc_s47_enquiry_id": draw.one(enquiry, enquiry, enquiry, enquiry, None, f"{enquiry}-unknown"),
                "icpc_icpc_date": held,
                "icpc_icpc_transfer_in": draw.one(None, "N", "N", "N", "Y"),
            }
        )


def _give_plans(draw: Draw, child: str, records: Records) -> None:
    started = draw.day(0.2)
    for _ in range(draw.one(0, 1, 1, 2, 2, 3)):
        ended = _ended(draw, started)
        _give_plan(draw, child, started, ended, records)
        gap = draw.one(0, 0, 1, 30, 728, 729, 730, 731, 732, 1100)
        started = draw.one(started, (ended or started) + timedelta(gap), months_earlier(ended or started, -24))
    for _ in range(draw.one(0, 0, 1, 1, 2)):
        rows, began = records["ssd_cin_plans"], draw.day()
        rows.append(
            {
                "cinp_cin_plan_id": ids(child, "N", rows),
                "cinp_person_id": child,
                "cinp_cin_plan_start_date": began,
                "cinp_cin_plan_end_date": _ended(draw, began),
            }
        )
    for _ in range(draw.one(0, 0, 1, 2)):
        rows, talked = records["ssdx_case_supervisions"], draw.day(0.2)
        completed = draw.perhaps(talked + timedelta(draw.one(0, 0, 0, 1, 5, -1)))
        rows.append(
            {
                "csup_supervision_id": ids(child, "V", rows),
                "csup_person_id": child,
                "csup_supervision_date": draw.perhaps(talked, 0.97),
                "csup_completed_date": completed,
            }
        )


def _ended(draw: Draw, started: date) -> date | None:
    """Open, or ended the same day, at a month end, or after so many days."""
    length = timedelta(draw.one(0, 1, 30, 91, 365, 728, 729, 730, 731))
    return draw.one(None, None, None, started + length, max(started, draw.nudge(draw.end())))


def _give_plan(draw: Draw, child: str, started: date, ended: date | None, records: Records) -> None:
    rows, reviews = records["ssd_cp_plans"], records["ssd_cp_reviews"]
    plan = ids(child, "P", rows)
    rows.append(
        {
            "cppl_cp_plan_id": plan,
            "cppl_person_id": child,
            "cppl_cp_plan_start_date": started,
            "cppl_cp_plan_end_date": ended,
            "cppl_cp_plan_ola": draw.one(None, "N", "N", "N", "N", "Y"),
        }
    )
    due = months_earlier(started, -3)
    for _ in range(draw.one(0, 1, 2, 3, 5)):
        held = due + timedelta(draw.one(0, 0, 0, -1, -5, 1, 20))
        if draw.chance(0.05):
            held = started
        for _ in range(draw.one(1, 1, 1, 1, 1, 2)):
            reviews.append(
                {
                    "cppr_cp_review_id": ids(child, "W", reviews),
                    "cppr_person_id": child,
                    "cppr_cp_plan_id": draw.one(*[plan] * 12, None, f"{plan}-unknown"),
                    "cppr_cp_review_due": draw.perhaps(draw.one(due, due, held)),
                    "cppr_cp_review_date": draw.perhaps(held, 0.95),
                }
            )
        due = months_earlier(held, -6)


def _give_workers(draw: Draw, number: int, records: Records) -> None:
    involvements, workforce = records["ssd_involvements"], records["ssdx_workforce"]
    for n in range(12):
        worker = f"{number:04}-w{n:02}"
        hours = draw.one(0, 0.05, 0.1, 0.15, 0.35, 0.4, 0.55, 0.7, 1, None)
        # Exactly as many cases as the limit allows, one more or one less: where definitions go wrong.
        count = max(1, round((hours or 0.1) * 20) + draw.one(-1, 0, 0, 1))
        began, first = draw.day(0.3), int(draw.random() * CHILDREN)
        for case in range(count):
            involvements.append(
                {
                    "invo_involvements_id": f"{worker}-{case}",
                    "invo_professional_id": worker,
                    "invo_professional_role_id": draw.one(*["CW"] * 12, "16PLUS", None),
                    "invo_person_id": f"{number:04}-{(first + draw.one(case, case, case, case, 0)) % CHILDREN:02}",
                    "invo_involvement_start_date": draw.one(began, began, began, began, draw.day()),
                    "invo_involvement_end_date": draw.one(None, None, None, None, _ended(draw, began)),
                }
            )
        seen = {
            draw.one(draw.end(), draw.nudge(months_earlier(draw.end(), 1)), draw.day())
            for _ in range(draw.one(0, 2, 6))
        }
        workforce += [
            {
                "wkfc_professional_id": worker,
                "wkfc_snapshot_date": day,
                "wkfc_fte": draw.one(hours, hours, hours, 1, None),
            }
            for day in sorted(seen)
        ]
        if draw.chance(0.8):
            records["ssd_professionals"].append({"prof_professional_id": worker, "prof_full_time_equivalency": hours})
