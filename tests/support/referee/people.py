"""Care leavers, adopted children, supervised cases and their workers, ruled on from the prose."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from referee.care import Life, end, start
from referee.days import age, is_open, months_earlier
from referee.plans import open_plan
from referee.ruling import Ruling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from referee.ruling import Council, Row

_FORMER_RELEVANT = {"Former Relevant", "Former relevant child", "Former relevant"}
_AT_WORK_OR_LEARNING = {f"{hours}{kind}" for hours in "FP" for kind in range(1, 6)}
_RETURNED_HOME_FROM = date(2018, 4, 1)
_ADOPTION = {"Adoption", "Adoption order", "Adoption Order"}


def care_leavers(council: Council, days: Sequence[date]) -> Iterator[Ruling]:
    """Former relevant young people of 19 to 21: in touch, suitably housed, at work or learning."""
    for child in council.children_in("ssd_care_leavers"):
        for day in days:
            row = _record_that_speaks(council.of("ssd_care_leavers", child), day)
            why = _why_no_leaver(row, council.people.get(child), day)
            marks = () if row is None else _situation(row)
            yield Ruling(child, child, day, marks, no_case=why)


def _record_that_speaks(rows: list[Row], day: date) -> Row | None:
    """The record dated last by a day; of two of one day the later number; an undated one only where no other is."""
    dated = [row for row in rows if row["clea_care_leaver_latest_contact"] is not None]
    known = [row for row in dated if row["clea_care_leaver_latest_contact"] <= day]
    if not known:
        known = [row for row in rows if row["clea_care_leaver_latest_contact"] is None]
    return max(
        known, key=lambda row: (row["clea_care_leaver_latest_contact"] or day, row["clea_table_id"]), default=None
    )


def _why_no_leaver(row: Row | None, person: Row | None, day: date) -> str:
    if row is None:
        return "no record yet"
    if person is None or person["pers_dob"] is None:
        return "no date of birth"
    if not 19 <= age(person["pers_dob"], day) <= 21:
        return "another age"
    died = person["pers_death_date"]
    if (died is not None and died <= day) or row["clea_care_leaver_in_touch"] == "DIED":
        return "died"
    if row["clea_care_leaver_eligibility"] not in _FORMER_RELEVANT:
        return "not former relevant"
    returned_home = row["clea_care_leaver_in_touch"] == "RHOM"
    return "returned home, before the choice" if returned_home and day < _RETURNED_HOME_FROM else ""


def _situation(row: Row) -> tuple[bool, bool, bool]:
    working = row["clea_care_leaver_activity"] in _AT_WORK_OR_LEARNING
    return row["clea_care_leaver_in_touch"] == "YES", row["clea_care_leaver_accom_suitable"] == "1", working


def adoption_a10_days(council: Council) -> Iterator[Ruling]:
    """Adoption orders, and the days from entering care to moving in."""
    for row in council.rows("ssd_permanence"):
        case, child, ordered = row["perm_table_id"], row["perm_person_id"], row["perm_permanence_order_date"]
        if ordered is None or row["perm_permanence_order_type"] not in _ADOPTION:
            yield Ruling(case, child, None, no_case="another order" if ordered else "no order")
            continue
        entered = [one["clae_entered_care_date"] for one in council.of("ssd_cla_episodes", child)]
        entry = max((day for day in entered if day and day <= ordered), default=None)
        moved = _moved_in(row, council)
        if entry is None or moved is None:
            yield Ruling(case, child, ordered, left_out="no day of entering care" if moved else "no day of moving in")
        elif moved < entry:
            yield Ruling(case, child, ordered, left_out="moved in before entering care")
        else:
            yield Ruling(case, child, ordered, ((moved - entry).days,))


def _moved_in(row: Row, council: Council) -> date | None:
    """The day of placement; with the foster carers who adopted, the day the child first lived with them."""
    details = next(
        (
            one
            for one in council.of("ssdx_adoption_details", row["perm_person_id"])
            if one["adop_cla_id"] == row["perm_cla_id"]
        ),
        None,
    )
    by_carers = row["perm_adopted_by_carer_flag"] == "Y"
    if details is not None:
        by_carers |= details["adop_adopted_by_foster_carer_flag"] == "Y"
    if not by_carers:
        placed: date | None = row["perm_placed_for_adoption_date"]
        return placed
    lived: date | None = row["perm_placed_foster_carer_date"]
    return lived or (details["adop_first_placed_with_carer_date"] if details is not None else None)


def case_supervision_matrix(council: Council, days: Sequence[date]) -> Iterator[Ruling]:
    """Children with an open plan, by plan and by the age of the last completed supervision."""
    for child in council.children_in("ssd_cin_plans", "ssd_cp_plans", "ssd_cla_episodes"):
        life = Life(child, council)
        for day in days:
            begun = dict[str, date]()
            needs = [
                row["cinp_cin_plan_start_date"] for row in council.of("ssd_cin_plans", child) if _in_need(row, day)
            ]
            if needs:
                begun["CIN"] = min(needs)
            plan = open_plan(council, child, day)
            if plan is not None:
                begun["CPP"] = plan["cppl_cp_plan_start_date"]
            if not life.why_not_in_care(day):
                open_now = [row for row in life.all if is_open(start(row), end(row), day)]
                begun["CLA"] = min(row["clae_entered_care_date"] or start(row) for row in open_now)
            if not begun:
                yield Ruling(child, child, day, no_case="no plan")
                continue
            band = _band(council, child, day, min(begun.values()))
            plans = "".join(name for name in ("CPP", "CLA") if name in begun) or "CIN"
            within = ["within_1m", "over_1m", "over_2m"]
            marks = tuple(band in within[:months] for months in (1, 2, 3))
            yield Ruling(child, child, day, (*marks, band, plans))


def _in_need(row: Row, day: date) -> bool:
    return is_open(row["cinp_cin_plan_start_date"], row["cinp_cin_plan_end_date"], day)


def _band(council: Council, child: str, day: date, since: date) -> str:
    supervised = [
        row["csup_supervision_date"]
        for row in council.of("ssdx_case_supervisions", child)
        if row["csup_completed_date"] is not None
        and row["csup_completed_date"] <= day
        and row["csup_supervision_date"] is not None
        and row["csup_supervision_date"] <= day
    ]
    if not supervised:
        return "new" if (day - since).days + 1 <= 31 else "none"
    bands = ((1, "within_1m"), (2, "over_1m"), (3, "over_2m"), (6, "over_3m"))
    return next((name for months, name in bands if max(supervised) >= months_earlier(day, months)), "over_6m")


def caseload_avg(council: Council, days: Sequence[date]) -> Iterator[Ruling]:
    """Workers who hold cases: over twenty for each full-time equivalent, their cases and their hours."""
    held = defaultdict[str, list["Row"]](list)
    for row in council.rows("ssd_involvements"):
        held[row["invo_professional_id"]].append(row)
    for worker, rows in held.items():
        for day in days:
            children = {row["invo_person_id"] for row in rows if _holds(row, day)}
            if not children:
                yield Ruling(worker, None, day, no_case="no case")
                continue
            hours = _hours(council, worker, day)
            if not hours:
                yield Ruling(worker, None, day, left_out="hours not recorded" if hours is None else "no hours")
                continue
            # As it is written: 0.35 is 35 hundredths, whatever a float makes of it.
            is_over = len(children) > 20 * Fraction(str(hours))
            yield Ruling(worker, None, day, (is_over, len(children), hours))


def _holds(row: Row, day: date) -> bool:
    is_now = is_open(row["invo_involvement_start_date"], row["invo_involvement_end_date"], day)
    return is_now and row["invo_professional_role_id"] == "CW"


def _hours(council: Council, worker: str, day: date) -> float | None:
    """By the newest workforce record of the month up to the day, or by the register."""
    of_the_month = [
        row
        for row in council.rows("ssdx_workforce")
        if row["wkfc_professional_id"] == worker and months_earlier(day, 1) < row["wkfc_snapshot_date"] <= day
    ]
    newest = max(of_the_month, key=lambda row: row["wkfc_snapshot_date"], default=None)
    if newest is not None and newest["wkfc_fte"] is not None:
        hours: float | None = newest["wkfc_fte"]
        return hours
    register = (row for row in council.rows("ssd_professionals") if row["prof_professional_id"] == worker)
    return next((row["prof_full_time_equivalency"] for row in register), None)
