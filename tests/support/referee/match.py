"""Referee against engine: the same councils before both, case by case and figure by figure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from referee import care, events, people, plans
from referee.councils import council
from referee.days import month_end, months_earlier
from referee.ruling import Council
from scorecard.calendar.periods import Period
from scorecard.contract.load import load_contract
from scorecard.definitions.registry import load_registry
from scorecard.facts.aggregate import make_facts
from scorecard.facts.run import Run
from scorecard.sql.engines.duckdb import open_duckdb

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from referee.ruling import Records, Row, Ruling
    from scorecard.contract.types import Contract
    from scorecard.definitions.registry import Registry
    from scorecard.sql.engines.duckdb import DuckDBEngine

ANCHORS = (date(2021, 11, 30), date(2020, 2, 29), date(2018, 4, 30), date(2022, 10, 31), date(2021, 3, 31))
"""Last days of the months counted: the example's, a leap day, the April of a setting, a funeral, a year's end."""

BATCH = 50
"""Councils in one run of the engine."""


@dataclass(frozen=True)
class Match:
    """An indicator of the library: how the referee rules on it, and the columns its marks stand for."""

    indicator: str
    columns: tuple[str, ...]
    flow: Callable[[Council], Iterator[Ruling]] | None = None
    stock: Callable[[Council, Sequence[date]], Iterator[Ruling]] | None = None

    def rulings(self, records: Records, days: Sequence[date]) -> list[Ruling]:
        """Everything ruled on a council at these month ends."""
        if self.flow:
            return list(self.flow(Council(records)))
        assert self.stock
        return list(self.stock(Council(records), days))


MATCHES = (
    Match("rereferrals", ("is_rereferral",), flow=events.rereferrals),
    Match("assessments_45wd", ("is_in_time",), flow=events.assessments_45wd),
    Match("child_seen", ("is_seen_in_time",), flow=events.child_seen),
    Match("strategy_completed", ("is_to_s47", "is_in_time", "is_held_in_time"), flow=events.strategy_completed),
    Match("icpc", (), flow=events.icpc),
    Match("icpc_15wd", ("is_in_time",), flow=events.icpc_15wd),
    Match("rcpc_in_time", ("is_in_time",), flow=plans.rcpc_in_time),
    Match("rcpc_children_in_time", ("is_in_time",), stock=plans.rcpc_children_in_time),
    Match("cpp_repeat_new", ("is_repeat_2y", "is_repeat_ever"), flow=plans.cpp_repeat_new),
    Match("cpp_repeat_snap", ("is_repeat_2y", "is_repeat_ever"), stock=plans.cpp_repeat_snap),
    Match("cpp_open", (), stock=plans.cpp_open),
    Match("cpp_2y_open", ("is_two_years",), stock=plans.cpp_2y_open),
    Match("cla_open", (), stock=care.cla_open),
    Match("cla_3plus_placements", ("is_three_or_more", "placements"), stock=care.cla_3plus_placements),
    Match("cla_long_term_stability", ("is_stable",), stock=care.cla_long_term_stability),
    Match("cla_visits_pct", ("is_in_time",), stock=care.cla_visits_pct),
    Match("care_leavers", ("is_in_touch", "is_suitable", "is_eet"), stock=people.care_leavers),
    Match("adoption_a10_days", ("days",), flow=people.adoption_a10_days),
    Match(
        "case_supervision_matrix",
        ("is_within_1m", "is_within_2m", "is_within_3m", "supervision_band", "plan_type"),
        stock=people.case_supervision_matrix,
    ),
    Match("caseload_avg", ("is_over", "cases", "full_time"), stock=people.caseload_avg),
)


@cache
def months_of(anchor: date) -> tuple[date, ...]:
    """The month ends of the year up to the anchor."""
    return tuple(month_end(months_earlier(anchor, n)) for n in reversed(range(12)))


@cache
def library() -> tuple[Registry, Contract, DuckDBEngine]:
    """The library and one engine for every run of this process, read once."""
    registry = load_registry()
    return registry, load_contract(), open_duckdb(registry.rules)


Case = tuple[str, "date"]
Said = tuple[Any, ...]
Cases = dict[Case, Said]
LEFT_OUT: Said = ("left out",)


def rulings_of(match: Match, records: Records, anchor: date) -> list[Ruling]:
    """The referee's cases of the year up to the anchor."""
    ends = months_of(anchor)
    first = ends[0].replace(day=1)
    return [
        one
        for one in match.rulings(records, ends)
        if not one.no_case and one.day is not None and first <= one.day <= anchor
    ]


def said(rulings: Iterable[Ruling]) -> Cases:
    """What is said of each case: its marks, or only that it is left out."""
    found: Cases = {}
    for one in rulings:
        assert one.day is not None
        assert (one.case, one.day) not in found, "the referee rules twice"
        found[one.case, one.day] = LEFT_OUT if one.left_out else one.marks
    return found


def counted(matches: Iterable[Match], records: Records, anchor: date) -> tuple[dict[str, Cases], list[Row]]:
    """The engine's cases of these indicators, and its facts of the anchor's month."""
    registry, contract, running = library()
    for table in contract.tables.values():
        columns = {column.name: column.type for column in table.loaded}
        running.put(table.name, columns, [[row.get(name) for name in columns] for row in records.get(table.name, ())])
    running.report_days(months_of(anchor))
    run = Run((Period.holding(anchor),), "referee", anchor)
    wanted = {match.indicator: match for match in matches}
    made = make_facts(running.connection, registry, [registry.indicators[name] for name in wanted], run)
    cases = {name: _cases(running, made[name].table, made[name].breakdowns, match) for name, match in wanted.items()}
    answer = running.connection.execute("SELECT * FROM facts WHERE dimension = 'all'")
    names = [column[0] for column in answer.description]
    return cases, [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _cases(running: DuckDBEngine, table: str, breakdowns: Sequence[str], match: Match) -> Cases:
    columns = "".join(f", dim_{name}" if name in breakdowns else f", {name}" for name in match.columns)
    rows = running.connection.execute(f"SELECT case_id, event_date, left_out{columns} FROM {table}").fetchall()
    return {(case, day): LEFT_OUT if left_out else tuple(marks) for case, day, left_out, *marks in rows}


def batch(number: int, size: int = BATCH) -> tuple[date, list[Records]]:
    """So many councils of a batch, all with one anchor."""
    anchor = ANCHORS[number % len(ANCHORS)]
    return anchor, [council(number * BATCH + n, anchor) for n in range(size)]


def together(councils: Iterable[Records]) -> Records:
    """The records of many councils as one; their ids do not meet."""
    found = defaultdict[str, list["Row"]](list)
    for records in councils:
        for table, rows in records.items():
            found[table] += rows
    return found


def differences(one: Cases, other: Cases) -> dict[Case, tuple[Said | None, Said | None]]:
    """Cases on which two disagree, with what each says."""
    return {
        case: (one.get(case), other.get(case))
        for case in sorted(one.keys() | other.keys())
        if one.get(case) != other.get(case)
    }
