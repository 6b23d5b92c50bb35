"""The ties of a month: its stocks followed from month end to month end, its cohorts set side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import duckdb

from scorecard.definitions.indicator import Indicator, Kind
from scorecard.facts.cases import Cases, month_number
from scorecard.facts.counting import numerator
from scorecard.findings.ties import Cohort, Held, RollForward, SameCohort, Ties
from scorecard.pack.context import View
from scorecard.work.kept import as_kept
from scorecard.work.views import count, snapshot_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from scorecard.calendar.periods import Period
    from scorecard.definitions.indicator import Measure
    from scorecard.definitions.registry import Registry
    from scorecard.store.months import FrozenMonth
    from scorecard.work.workspace import Workspace

_JUDGED_EARLIER = "days_before_month_end"
"""How the name of a column ends that says how long before the end of their month cases were looked at."""


@dataclass(frozen=True)
class _Book:
    """Tables of cases on a connection, by indicator."""

    connection: duckdb.DuckDBPyConnection
    cases: Mapping[str, Cases]

    def held(self, indicator: Indicator, measure: Measure, period: Period) -> Held | None:
        """How often each child is counted in a month; a case without a child stands for itself.

        Nothing where parts are counted and not things, such as full-time equivalents.
        """
        cases = self.cases.get(indicator.id)
        if cases is None:
            return None
        rows = self.connection.execute(
            f"SELECT COALESCE(child_id, case_id), SUM({numerator(measure, cases.columns)}) FROM {cases.table}"  # noqa: S608 - ids of definitions
            " WHERE month_no = ? GROUP BY 1",
            [month_number(period)],
        ).fetchall()
        if not all(isinstance(times, int) for _, times in rows):
            return None
        return Counter({child: times for child, times in rows if times})

    def cohort(self, indicator: Indicator, period: Period) -> Cohort | None:
        """Every child of a month's cases, and the day they were looked at."""
        cases = self.cases.get(indicator.id)
        if cases is None:
            return None
        earlier = next((name for name in cases.columns if name.endswith(_JUDGED_EARLIER)), "0")
        rows = self.connection.execute(
            f"SELECT child_id, MAX({earlier}) FROM {cases.table}"  # noqa: S608 - ids of definitions
            " WHERE month_no = ? AND child_id IS NOT NULL GROUP BY child_id",
            [month_number(period)],
        ).fetchall()
        days = max((int(row[1] or 0) for row in rows), default=0)
        return Cohort(indicator.id, period.last_day - timedelta(days), frozenset(row[0] for row in rows))


def ties(workspace: Workspace, period: Period, view: View) -> Ties:
    """Every tie of a month, in one view of it."""
    frozen = workspace.months.get(period) if view is View.FIRST else None
    registry = as_kept(workspace, frozen).registry if frozen else workspace.registry
    asked = _asked(registry)
    book = _frozen_book(frozen, asked) if frozen else _counted_book(workspace, period, asked)
    before = workspace.months.get(period.back(1))
    reported = _frozen_book(before, asked) if before else None
    rolled = {one.measure: one for one in _roll_forwards(registry, book, reported, period)}
    return Ties(rolled, tuple(_cohorts(registry, book, period)))


def _asked(registry: Registry) -> tuple[Indicator, ...]:
    """The indicators that ties are made of."""
    wanted = dict[str, Indicator]()
    for indicator in registry.indicators.values():
        named = [registry.of_measure(name) for name in (*_flows(registry, indicator), *indicator.cohort_of)]
        if named or _stock_count(indicator):
            wanted |= {one.id: one for one in (indicator, *named)}
    return tuple(wanted.values())


def _flows(registry: Registry, indicator: Indicator) -> tuple[str, ...]:
    """The measures of what starts and what ends in a stock, where both are counted."""
    named = tuple(indicator.rolls_forward.get(end, "") for end in ("started", "ended"))
    return named if registry.measures.keys() >= set(named) else ()


def _stock_count(indicator: Indicator) -> Measure | None:
    """The plain count of a stock: the figure that is followed from month end to month end."""
    counts = (one for one in indicator.measures if one.of is None and not one.breakdowns and not one.decimals)
    return next(counts, None) if indicator.kind is Kind.STOCK and not indicator.cohort_of else None


def _counted_book(workspace: Workspace, period: Period, asked: tuple[Indicator, ...]) -> _Book:
    counted = count(workspace, snapshot_for(workspace, period), (period.back(1), period), asked)
    return _Book(counted.engine.connection, counted.cases)


def _frozen_book(frozen: FrozenMonth, asked: tuple[Indicator, ...]) -> _Book:
    connection, found = duckdb.connect(":memory:"), dict[str, Cases]()
    for indicator in asked:
        path, table = frozen.cases(indicator.id), f"cases_{indicator.id}"
        if path.exists():
            connection.read_parquet(str(path)).create(table)
            columns = tuple(row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall())
            found[indicator.id] = Cases(indicator, table, columns, ())
    return _Book(connection, found)


def _roll_forwards(registry: Registry, book: _Book, reported: _Book | None, period: Period) -> Iterator[RollForward]:
    for indicator in registry.indicators.values():
        measure = _stock_count(indicator)
        closing = book.held(indicator, measure, period) if measure else None
        if measure is None or closing is None:
            continue
        flows = [book.held(*_of(registry, name), period) for name in _flows(registry, indicator)]
        started, ended = flows or (None, None)
        yield RollForward(
            measure.id,
            period,
            reported.held(indicator, measure, period.back(1)) if reported else None,
            book.held(indicator, measure, period.back(1)) or Counter(),
            started,
            ended,
            closing,
        )


def _of(registry: Registry, measure: str) -> tuple[Indicator, Measure]:
    return registry.of_measure(measure), registry.measure(measure)


def _cohorts(registry: Registry, book: _Book, period: Period) -> Iterator[SameCohort]:
    for indicator in registry.indicators.values():
        cohort = book.cohort(indicator, period) if indicator.cohort_of else None
        others = [book.cohort(registry.of_measure(name), period) for name in indicator.cohort_of]
        known = [other for other in others if other]
        if cohort and known:
            children = frozenset[str]().union(*(other.children for other in known))
            yield SameCohort(Cohort(" + ".join(other.measure for other in known), known[0].day, children), cohort)


def rows_of(found: Ties) -> list[tuple[object, ...]]:
    """A line for everything that happened to a count, and one for each way two cohorts differ."""
    rows: list[tuple[object, ...]] = []
    for rolled in found.roll_forwards.values():
        ending = "yes" if rolled.holds else "no"
        *before, last = rolled.lines
        rows += [(rolled.measure, line.words, line.text, "") for line in before]
        rows.append((rolled.measure, last.words, last.text, ending))
    for tie in found.cohorts:
        rows += [
            (words, f"only there, on {day.isoformat()}", len(only), "yes" if tie.holds else "no")
            for words, day, only in _both_ways(tie)
        ]
    return rows


def children_of(found: Ties) -> list[tuple[object, ...]]:
    """The children of every line that is added or taken away, and of every difference between two cohorts."""
    rows: list[tuple[object, ...]] = []
    for rolled in found.roll_forwards.values():
        moved = (line for line in rolled.lines if line.sign)
        rows += [(rolled.measure, line.words, *held) for line in moved for held in sorted(line.held.items())]
    for tie in found.cohorts:
        rows += [
            (words, f"only there, on {day}", child, 1) for words, day, only in _both_ways(tie) for child in sorted(only)
        ]
    return rows


def _both_ways(tie: SameCohort) -> tuple[tuple[str, date, frozenset[str]], ...]:
    one, other = tie.one, tie.other
    return (
        (f"{one.measure}, not {other.measure}", one.day, tie.only_one),
        (f"{other.measure}, not {one.measure}", other.day, tie.only_other),
    )
