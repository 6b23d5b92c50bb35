"""The figures that follow from the rulings: numerators and denominators, summed by hand."""

from __future__ import annotations

from datetime import date
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from referee.ruling import Row, Ruling


class Of(Enum):
    """What a figure is set against."""

    NOTHING = auto()
    EVERY_CASE = auto()
    CASES = auto()
    CHILDREN = auto()
    MARK = auto()


class Figure(NamedTuple):
    """A measure: its indicator, the mark it counts, and what it is set against (for a mark, by its number)."""

    indicator: str
    mark: int = 0
    of: Of = Of.CASES
    of_mark: int = 0


FIGURES: Mapping[str, Figure] = {
    "rereferrals_12m_pct": Figure("rereferrals", of=Of.CHILDREN),
    "rereferrals_12m_referrals_pct": Figure("rereferrals"),
    "assessments_completed": Figure("assessments_45wd", of=Of.NOTHING),
    "assessments_45wd_pct": Figure("assessments_45wd"),
    "child_seen_in_time_pct": Figure("child_seen"),
    "strategy_completed": Figure("strategy_completed", of=Of.NOTHING),
    "strategy_to_s47_pct": Figure("strategy_completed", 0, Of.EVERY_CASE),
    "strategy_in_time_pct": Figure("strategy_completed", 1),
    "strategy_held_in_time_pct": Figure("strategy_completed", 2),
    "icpc_held": Figure("icpc", of=Of.NOTHING),
    "icpc_15wd_pct": Figure("icpc_15wd"),
    "rcpc_in_time_pct": Figure("rcpc_in_time"),
    "rcpc_children_in_time_pct": Figure("rcpc_children_in_time"),
    "cpp_repeat_new_2y": Figure("cpp_repeat_new", 0),
    "cpp_repeat_new_ever": Figure("cpp_repeat_new", 1),
    "cpp_repeat_snap_2y": Figure("cpp_repeat_snap", 0),
    "cpp_repeat_snap_ever": Figure("cpp_repeat_snap", 1),
    "cpp_open": Figure("cpp_open", of=Of.NOTHING),
    "cpp_2y_open_pct": Figure("cpp_2y_open"),
    "cla_open": Figure("cla_open", of=Of.NOTHING),
    "cla_3plus_placements_pct": Figure("cla_3plus_placements"),
    "cla_long_term_stability_pct": Figure("cla_long_term_stability"),
    "cla_visits_pct": Figure("cla_visits_pct"),
    "cl_cohort": Figure("care_leavers", of=Of.NOTHING),
    "cl_in_touch_pct": Figure("care_leavers", 0),
    "cl_suitable_pct": Figure("care_leavers", 1),
    "cl_eet_pct": Figure("care_leavers", 2),
    "adoption_a10_days": Figure("adoption_a10_days"),
    "case_supervision_matrix": Figure("case_supervision_matrix", of=Of.NOTHING),
    "case_supervision_within_1m_pct": Figure("case_supervision_matrix", 0),
    "case_supervision_within_2m_pct": Figure("case_supervision_matrix", 1),
    "case_supervision_within_3m_pct": Figure("case_supervision_matrix", 2),
    "caseload_avg": Figure("caseload_avg", 1, Of.MARK, 2),
    "caseload_over_20_pct": Figure("caseload_avg", 0),
}


def first_day(window: str, anchor: date) -> date:
    """The first day of a window that ends with the anchor's month."""
    month = anchor.replace(day=1)
    if window in {"month", "month_end"}:
        return month
    if window == "rolling_year":
        return date(month.year - (month.month < 12), month.month % 12 + 1, 1)
    return date(month.year - (month.month < 4), 4, 1)


def figure_of(figure: Figure, rulings: Iterable[Ruling], first: date) -> tuple[float, float | None]:
    """Numerator and denominator over the cases from a day on."""
    every = [one for one in rulings if one.day is not None and one.day >= first]
    kept = [one for one in every if not one.left_out]
    match figure.of:
        case Of.NOTHING:
            return len(every), None
        case Of.EVERY_CASE:
            return _sum(every, figure.mark), len(every)
        case Of.CASES:
            return _sum(kept, figure.mark), len(kept)
        case Of.CHILDREN:
            return len({one.child for one in kept if one.marks[figure.mark]}), len({one.child for one in kept})
        case Of.MARK:
            return _sum(kept, figure.mark), _sum(kept, figure.of_mark)


def _sum(rulings: Sequence[Ruling], mark: int) -> float:
    return float(sum(one.marks[mark] for one in rulings))


def wrong_figures(facts: Iterable[Row], rulings: Mapping[str, Sequence[Ruling]], anchor: date) -> list[tuple[Any, ...]]:
    """Facts of the engine that the referee's rulings do not add up to, each with what they do add up to."""
    wrong = list[tuple[Any, ...]]()
    for fact in facts:
        figure = FIGURES[fact["indicator"]]
        ours = figure_of(figure, rulings[figure.indicator], first_day(fact["window"], anchor))
        theirs = (fact["numerator"], fact["denominator"])
        if not all(_is_same(one, other) for one, other in zip(ours, theirs, strict=True)):
            wrong.append((fact["indicator"], fact["window"], ours, theirs))
    return wrong


def _is_same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) < 1e-6  # hours are summed in another order
