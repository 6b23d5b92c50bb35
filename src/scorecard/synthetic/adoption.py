"""Adoptions: the days between coming into care, the court's authority, the match, moving in and the order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from scorecard.synthetic.recording import Later, known_later
from scorecard.synthetic.workforce import Team

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorecard.synthetic.care import CarePeriod
    from scorecard.synthetic.council import Council

_PRINTED = date(2020, 12, 1), date(2021, 11, 30)
_WITH_ADOPTERS_BEFORE_THE_ORDER = timedelta(days=75)  # ten weeks at the least, and the hearing
_DECIDED_BEFORE, _PLACED_AT_THE_EDGE = timedelta(days=21), 7
_PAIRS = (("MF", "L11"), ("MF", "L3"), ("FF", "L12"), ("MM", "L12"))


@dataclass(frozen=True)
class Adoption:
    """One child's way to adopters; there is no court authority where the parents agreed, no match for foster carers."""

    authority: date | None
    matched: date | None
    moved_in: date
    by_carers: bool = False

    @property
    def decided(self) -> date:
        """The day the agency decided that the child should be adopted."""
        return min(filter(None, (self.authority, self.matched, self.moved_in))) - _DECIDED_BEFORE


def _steps() -> list[tuple[int | None, int | None, int]]:
    """Days from coming into care to authority, match and moving in, of the 25 children of the pack's twelve months.

    Means 236 (of 24), 356 (of 20, 120 after the authority) and 327 (of 25): lines 709 to 738.
    """
    placed = [(236 + step, 356, 356 + 6 + (7 * place) % 20) for place, step in enumerate(range(-57, 60, 6))]
    carers = [(authority, None, 130) for authority in (200, 220, 252, 272)]
    by_consent = [(None, 200, 225)]
    return [*placed, *carers, *by_consent]


def adopt(council: Council, adopted: Iterable[CarePeriod]) -> None:
    """Give every adopted child the days of each step, and the one move to the adopters' home."""
    ordered = sorted(adopted, key=_ordered_on)
    printed = [one for one in ordered if _PRINTED[0] <= _ordered_on(one) <= _PRINTED[1]]
    steps = council.draw.sample(_steps(), len(_steps()))
    for one, (authority, matched, moved_in) in zip(printed, steps, strict=True):
        one.adoption = Adoption(
            _after(one, authority), _after(one, matched), one.started + timedelta(days=moved_in), by_carers=not matched
        )
    for one in ordered:
        if one.adoption is None:
            later = [other for other in ordered if _ordered_on(other) > _PRINTED[1]]
            one.adoption = _slower(council, one, at_the_edge=one in later[:_PLACED_AT_THE_EDGE])
        one.moves = [one.adoption.moved_in]


def _ordered_on(period: CarePeriod) -> date:
    return period.ended or date.max


def _after(period: CarePeriod, days: int | None) -> date | None:
    return None if days is None else period.started + timedelta(days=days)


def _slower(council: Council, one: CarePeriod, *, at_the_edge: bool) -> Adoption:
    """In other years it took longer; of those ordered since, the first had moved in by the end of November 2021."""
    latest = _ordered_on(one) - _WITH_ADOPTERS_BEFORE_THE_ORDER
    if at_the_edge:
        latest = min(latest, _PRINTED[1] - timedelta(days=10))
    earliest = one.started + timedelta(days=280)
    if _ordered_on(one) > _PRINTED[1] and not at_the_edge:
        earliest = _PRINTED[1] + timedelta(days=6)
    moved_in = latest - timedelta(days=council.draw.randint(0, min(max((latest - earliest).days, 0), 60)))
    matched = moved_in - timedelta(days=council.draw.randint(6, 25))
    authority = one.started + (matched - one.started) * council.draw.uniform(0.55, 0.7)
    return Adoption(authority, matched, moved_in)


def write_adoptions(council: Council) -> None:
    """Enter every child's way to adoption, step by step."""
    for period in council.care:
        if period.adoption is not None and period.ended is not None:
            _write(council, period, period.adoption, known_later(period.ended, period.end_recorded or period.ended))


def _write(council: Council, period: CarePeriod, one: Adoption, order: Later | None) -> None:
    draw = council.draw
    sexes, relation = draw.choice(_PAIRS)
    known = order.recorded if order else one.moved_in

    def step(value: date | None) -> Later | None:
        return known_later(value, max(value, period.recorded)) if value else None

    council.register.enter(
        "ssd_permanence",
        max(one.decided, period.recorded),
        perm_table_id=council.register.number("PM"),
        perm_person_id=period.child.id,
        perm_cla_id=period.id,
        perm_adm_decision_date=one.decided,
        perm_placement_order_date=step(one.authority),
        perm_matched_date=step(one.matched),
        perm_placed_for_adoption_date=None if one.by_carers else step(one.moved_in),
        perm_adopted_by_carer_flag=Later("Y" if one.by_carers else "N", known),
        perm_placed_foster_carer_date=Later(one.moved_in, known) if one.by_carers else None,
        perm_part_of_sibling_group="N",
        perm_permanence_order_date=order,
        perm_permanence_order_type=Later("Adoption order", known),
        perm_adoption_worker_id=council.workforce.someone(Team.CHILDREN_IN_CARE),
        perm_adopter_sex=Later(sexes, known),
        perm_adopter_legal_status=Later(relation, known),
        perm_number_of_adopters=Later(2, known),
    )
    council.register.enter(
        "ssdx_adoption_details",
        known,
        adop_person_id=period.child.id,
        adop_cla_id=period.id,
        adop_adopted_by_foster_carer_flag="Y" if one.by_carers else "N",
        adop_first_placed_with_carer_date=one.moved_in if one.by_carers else None,
    )
