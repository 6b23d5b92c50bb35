"""The records of care: placements, legal statuses, and the episodes they cut a period of care into."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from scorecard.synthetic.recording import Later

if TYPE_CHECKING:
    from scorecard.synthetic.care import CarePeriod, Placement
    from scorecard.synthetic.council import Council

_NEEDS, _NEED_WEIGHTS = ("N1", "N2", "N3", "N4", "N5", "N6", "N8"), (68, 4, 4, 7, 11, 2, 4)
_INTERIM, _FULL, _ACCOMMODATED, _PLACEMENT_ORDER = "C1", "C2", "V2", "E1"


def write_care(council: Council) -> None:
    """Enter every period of care."""
    for period in council.care:
        period.legal = _legal(council, period)
        _write_placements(council, period)
        _write_legal(council, period)
        _write_episodes(council, period)


def _legal(council: Council, period: CarePeriod) -> list[tuple[date, str]]:
    """Legal statuses, each from a day on, without a gap."""
    draw, start = council.draw, period.started
    if draw.random() < 0.27:  # noqa: PLR2004 - about one in four is accommodated by agreement throughout
        steps = [(start, _ACCOMMODATED)]
    elif draw.random() < 0.2:  # noqa: PLR2004 - one in five of the others is, at first
        interim = start + timedelta(days=draw.randint(20, 200))
        steps = [(start, _ACCOMMODATED), (interim, _INTERIM), (_later(council, interim), _FULL)]
    else:
        steps = [(start, _INTERIM), (_later(council, start), _FULL)]
    if period.adoption and period.adoption.authority:
        steps = [(start, _INTERIM), (period.adoption.authority, _PLACEMENT_ORDER)]
    elif period.adoption:
        steps = [(start, _ACCOMMODATED)]
    return [(day, status) for day, status in steps if period.ended is None or day < period.ended]


def _later(council: Council, day: date) -> date:
    return day + timedelta(days=council.draw.randint(150, 330))


def _entered(period: CarePeriod, day: date) -> date:
    """Nothing of a period is written down before the period itself."""
    return max(day, period.recorded)


def _end(period: CarePeriod, day: date | None) -> Later | None:
    if day is None:
        return None
    last = period.end_recorded if day == period.ended and period.end_recorded else day
    return Later(day, _entered(period, last))


def _write_placements(council: Council, period: CarePeriod) -> None:
    for stay in period.placements:
        known = _end(period, stay.ended)
        council.register.enter(
            "ssd_cla_placement",
            _entered(period, stay.started),
            clap_cla_placement_id=stay.id,
            clap_cla_placement_start_date=stay.started,
            clap_cla_placement_type=stay.type,
            clap_cla_placement_distance=round(council.draw.triangular(0.4, 60, 6), 1),
            clap_cla_id=period.id,
            clap_cla_placement_provider=stay.provider,
            clap_cla_placement_end_date=known,
            clap_cla_placement_change_reason=Later(stay.why_next, known.recorded) if known and stay.why_next else None,
            clap_person_id=period.child.id,
        )


def _write_legal(council: Council, period: CarePeriod) -> None:
    ends = [*(day for day, _ in period.legal[1:]), period.ended]
    for (day, status), ended in zip(period.legal, ends, strict=True):
        council.register.enter(
            "ssd_legal_status",
            _entered(period, day),
            lega_legal_status_id=council.register.number("LS"),
            lega_person_id=period.child.id,
            lega_legal_status=status,
            lega_legal_status_start_date=day,
            lega_legal_status_end_date=_end(period, ended),
        )


def _write_episodes(council: Council, period: CarePeriod) -> None:
    """A new episode on every day the placement or the legal status changes."""
    need = council.draw.choices(_NEEDS, _NEED_WEIGHTS)[0]
    statuses = {day for day, _ in period.legal}
    stays = {stay.started: stay for stay in period.placements}
    days = sorted(statuses | set(stays))
    for day, ended in zip(days, [*days[1:], period.ended], strict=True):
        known = _end(period, ended)
        why = "X1" if ended in stays or ended in statuses else period.reason
        council.register.enter(
            "ssd_cla_episodes",
            _entered(period, day),
            clae_cla_episode_id=council.register.number("CE"),
            clae_person_id=period.child.id,
            clae_cla_episode_start_date=day,
            clae_cla_episode_start_reason=_why_new(period, day, statuses, stays),
            clae_cla_primary_need_code=need,
            clae_cla_episode_ceased_date=known,
            clae_cla_episode_ceased_reason=Later(why, known.recorded) if known else None,
            clae_cla_id=period.id,
            clae_referral_id=period.case.referral,
            clae_cla_placement_id=_stay_on(period, day).id,
            clae_entered_care_date=period.started,
        )


def _why_new(period: CarePeriod, day: date, statuses: set[date], stays: dict[date, Placement]) -> str:
    if day == period.started:
        return "S"
    if day not in stays:
        return "L"
    carer_stays = any(stay.ended == day and stay.why_next == "PLACE" for stay in period.placements)
    if day in statuses:
        return "U" if carer_stays else "B"
    return "T" if carer_stays else "P"


def _stay_on(period: CarePeriod, day: date) -> Placement:
    return max((stay for stay in period.placements if stay.started <= day), key=lambda stay: stay.started)
