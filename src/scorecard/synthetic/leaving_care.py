"""Young people who have left care: what was known of them, from contact to contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period, months_between
from scorecard.synthetic.plan import LAST_MONTH
from scorecard.synthetic.workforce import Team

if TYPE_CHECKING:
    from scorecard.synthetic.care import CarePeriod
    from scorecard.synthetic.council import Council

_FIRST = Period(2018, 4)
_AGES = (19, 20, 21)
_LEFT_AFTER, _STAYED = 16, timedelta(weeks=13)
_FLAGS = ("in_touch", "suitable", "occupied")
_NOT_IN_TOUCH, _NOT_IN_TOUCH_WEIGHTS = ("NO", "REFU", "RHOM", "NREQ"), (45, 20, 25, 10)
_SUITABLE_HOMES, _UNSUITABLE_HOMES = "BCDEKTUYZ", "SVWXR"
_OCCUPIED_BEFORE, _OCCUPIED_SINCE = ("F1", "F2", "P2", "F2"), ("F1", "F2", "F4", "F5", "F5", "P5", "P2")
_CODES_CHANGED = date(2021, 4, 1)
_NOT_OCCUPIED = ("G4", "G5", "G5", "G6")
_SILENT_MONTHS = 3


@dataclass(eq=False)
class Leaver:
    """One young person who left care, and how things stand."""

    period: CarePeriod
    left: date
    in_touch: bool
    suitable: bool
    occupied: bool
    last_entry: date | None = None

    def age_on(self, day: date) -> int:
        """Whole years of age."""
        return self.period.child.age_on(day)


def write_leavers(council: Council) -> None:
    """Go through the months: contact with each young person, and changes until the month shows the plan's shares."""
    leavers = [_leaver(council, one) for one in council.care if _counts(one)]
    for month in months_between(_FIRST, LAST_MONTH):
        here = [one for one in leavers if one.left <= month.last_day]
        changed = _bring_to_plan(council, month, [one for one in here if one.age_on(month.last_day) in _AGES])
        for one in here:
            if id(one) in changed or _is_due(council, one, month):
                _enter(council, month, one)


def _counts(period: CarePeriod) -> bool:
    """Thirteen weeks in care, some of it after the sixteenth birthday."""
    ended = period.ended
    if ended is None or period.recorded > ended:
        return False
    return period.child.age_on(ended) >= _LEFT_AFTER and ended - period.started > _STAYED


def _leaver(council: Council, period: CarePeriod) -> Leaver:
    draw = council.draw
    return Leaver(
        period,
        max(period.ended or period.started, period.end_recorded or period.started),
        in_touch=draw.random() < 0.9,  # noqa: PLR2004 - nine in ten
        suitable=draw.random() < 0.87,  # noqa: PLR2004 - as many as in most months
        occupied=draw.random() < 0.57,  # noqa: PLR2004 - as many as in most months
    )


def _is_due(council: Council, one: Leaver, month: Period) -> bool:
    if one.last_entry is None:
        return True
    return one.last_entry < month.back(_SILENT_MONTHS - 1).first_day and council.draw.random() < 0.8  # noqa: PLR2004


def _bring_to_plan(council: Council, month: Period, cohort: list[Leaver]) -> set[int]:
    changed: set[int] = set()
    exact = council.plan.exact["care_leavers"].get(str(month))
    if exact and "19" in exact:
        for age in _AGES:
            same_age = [one for one in cohort if one.age_on(month.last_day) == age]
            for flag in _FLAGS:
                changed |= _change(council, same_age, flag, int(exact[str(age)][flag]))
        return changed
    shares = exact or council.plan.exact["care_leavers"]["otherwise"]
    for flag in _FLAGS:
        now = 100 * sum(getattr(one, flag) for one in cohort) / max(len(cohort), 1)
        if exact or abs(now - shares[flag]) > shares["leeway"]:
            changed |= _change(council, cohort, flag, round(len(cohort) * shares[flag] / 100))
    return changed


def _change(council: Council, cohort: list[Leaver], flag: str, number: int) -> set[int]:
    """Change as few young people as it takes."""
    having = [one for one in cohort if getattr(one, flag)]
    lacking = [one for one in cohort if not getattr(one, flag)]
    if len(having) > number:
        chosen = council.draw.sample(having, len(having) - number)
    else:
        chosen = council.draw.sample(lacking, number - len(having))
    for one in chosen:
        setattr(one, flag, not getattr(one, flag))
    return {id(one) for one in chosen}


def _enter(council: Council, month: Period, one: Leaver) -> None:
    first = max(month.first_day, one.left)
    day = first + timedelta(days=council.draw.randint(0, (month.last_day - first).days))
    one.last_entry = day
    occupied = _OCCUPIED_SINCE if day >= _CODES_CHANGED else _OCCUPIED_BEFORE
    draw = council.draw
    council.register.enter(
        "ssd_care_leavers",
        day,
        clea_table_id=council.register.number("CL"),
        clea_person_id=one.period.child.id,
        clea_care_leaver_eligibility="Former relevant" if one.age_on(day) >= min(_AGES) - 1 else "Relevant",
        clea_care_leaver_in_touch="YES" if one.in_touch else draw.choices(_NOT_IN_TOUCH, _NOT_IN_TOUCH_WEIGHTS)[0],
        clea_care_leaver_latest_contact=day,
        clea_care_leaver_accommodation=draw.choice(_SUITABLE_HOMES if one.suitable else _UNSUITABLE_HOMES),
        clea_care_leaver_accom_suitable="1" if one.suitable else "2",
        clea_care_leaver_activity=draw.choice(occupied if one.occupied else _NOT_OCCUPIED),
        clea_pathway_plan_review_date=day - timedelta(days=draw.randint(0, 150)),
        clea_care_leaver_allocated_team=Team.CARE_LEAVERS.value,
        clea_care_leaver_worker_id=council.workforce.someone(Team.CARE_LEAVERS),
    )
