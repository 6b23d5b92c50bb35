"""Child protection plans repeated and of two years, and their review conferences, ruled on from the prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from referee.days import is_open, months_earlier
from referee.ruling import Ruling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from referee.ruling import Council, Row


def cpp_repeat_new(council: Council) -> Iterator[Ruling]:
    """Plans started, and whether the child had been on one before: within two years of its end, or ever."""
    for plan in council.rows("ssd_cp_plans"):
        if (why := _no_plan_of_ours(plan)) or plan["cppl_cp_plan_start_date"] is None:
            yield Ruling(_case(plan), plan["cppl_person_id"], None, no_case=why or "no start")
        else:
            marks = _returned(plan, council)
            yield Ruling(_case(plan), plan["cppl_person_id"], plan["cppl_cp_plan_start_date"], marks)


def cpp_repeat_snap(council: Council, days: Sequence[date]) -> Iterator[Ruling]:
    """The same of the plan each child is on at the end of a day."""
    for ruling, plan in _on_plans(council, days):
        yield ruling._replace(marks=_returned(plan, council))


def cpp_open(council: Council, days: Sequence[date]) -> Iterator[Ruling]:
    """Children on a plan of this council at the end of a day."""
    for ruling, _ in _on_plans(council, days):
        yield ruling


def cpp_2y_open(council: Council, days: Sequence[date]) -> Iterator[Ruling]:
    """Plans open, and whether for 730 days or more, both ends counted."""
    for ruling, plan in _on_plans(council, days):
        assert ruling.day
        yield ruling._replace(marks=((ruling.day - plan["cppl_cp_plan_start_date"]).days + 1 >= 730,))


def rcpc_in_time(council: Council) -> Iterator[Ruling]:
    """Review conferences held, one a plan and day, and whether by the day the record says they were due."""
    of_others = {
        (plan["cppl_person_id"], plan["cppl_cp_plan_id"])
        for plan in council.rows("ssd_cp_plans")
        if plan["cppl_cp_plan_ola"] == "Y"
    }
    once: dict[tuple[str, str | None, date], Row] = {}
    for row in sorted(council.rows("ssd_cp_reviews"), key=_earlier_due_day_first):
        child, plan, held = row["cppr_person_id"], row["cppr_cp_plan_id"], row["cppr_cp_review_date"]
        due, case = row["cppr_cp_review_due"], f"{row['cppr_cp_review_id']}/{child}"
        if held is None or (child, plan) in of_others:
            yield Ruling(case, child, None, no_case="another council's plan" if held else "not held")
        elif once.setdefault((child, plan, held), row) is not row:
            yield Ruling(case, child, None, no_case="recorded twice")
        elif due is None:
            yield Ruling(case, child, held, left_out="no due day")
        else:
            yield Ruling(case, child, held, (held <= due,))


def _earlier_due_day_first(row: Row) -> tuple[bool, str, str]:
    due = row["cppr_cp_review_due"]
    return due is None, str(due), row["cppr_cp_review_id"]


def rcpc_children_in_time(council: Council, days: Sequence[date]) -> Iterator[Ruling]:
    """Children on a plan for three months, and whether every review of the last twelve was in time."""
    for ruling, plan in _on_plans(council, days):
        assert ruling.day
        due = months_earlier(plan["cppl_cp_plan_start_date"], -3)
        if not ruling.no_case and due > ruling.day:
            yield ruling._replace(no_case="on a plan for less than three months")
            continue
        is_in_time = True
        for held in _reviews(plan, council, ruling.day):
            is_in_time &= held <= due or held <= months_earlier(ruling.day, 12)
            due = months_earlier(held, -6)
        yield ruling._replace(marks=(is_in_time and due >= ruling.day,))


def _reviews(plan: Row, council: Council, day: date) -> list[date]:
    started = plan["cppl_cp_plan_start_date"]
    return sorted(
        {
            row["cppr_cp_review_date"]
            for row in council.of("ssd_cp_reviews", plan["cppl_person_id"])
            if row["cppr_cp_plan_id"] == plan["cppl_cp_plan_id"]
            and row["cppr_cp_review_date"] is not None
            and started < row["cppr_cp_review_date"] <= day
        }
    )


def _case(plan: Row) -> str:
    return f"{plan['cppl_cp_plan_id']}/{plan['cppl_person_id']}"


def _no_plan_of_ours(plan: Row) -> str:
    return "another council's plan" if plan["cppl_cp_plan_ola"] == "Y" else ""


def open_plan(council: Council, child: str, day: date) -> Row | None:
    """The plan of this council a child is on at the end of a day; of two, the one that started first."""
    found = [
        plan
        for plan in council.of("ssd_cp_plans", child)
        if not _no_plan_of_ours(plan) and is_open(plan["cppl_cp_plan_start_date"], plan["cppl_cp_plan_end_date"], day)
    ]
    return min(found, key=lambda one: (one["cppl_cp_plan_start_date"], one["cppl_cp_plan_id"]), default=None)


def _on_plans(council: Council, days: Sequence[date]) -> Iterator[tuple[Ruling, Row]]:
    """Each child's open plan at each day, to be marked; a child on none is ruled no case, with any plan."""
    for child in council.children_in("ssd_cp_plans"):
        for day in days:
            plan = open_plan(council, child, day)
            any_plan = plan or council.of("ssd_cp_plans", child)[0]
            yield Ruling(_case(any_plan), child, day, no_case="" if plan else "no plan"), any_plan


def _returned(plan: Row, council: Council) -> tuple[bool, bool]:
    """Whether a child had been on a plan before: within two years, and ever."""
    started = plan["cppl_cp_plan_start_date"]
    ends = [
        other["cppl_cp_plan_end_date"]
        for other in council.of("ssd_cp_plans", plan["cppl_person_id"])
        if other is not plan
        and not _no_plan_of_ours(other)
        and other["cppl_cp_plan_end_date"] is not None
        and other["cppl_cp_plan_end_date"] <= started
    ]
    return any(end >= months_earlier(started, 24) for end in ends), bool(ends)
