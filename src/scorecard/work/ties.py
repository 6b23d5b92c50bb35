"""The ties of a month: its stocks followed from month end to month end, its cohorts set side by side."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
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


_NAMED = re.compile(r"(?:param_on|listed)\('(\w+)'")


@dataclass(frozen=True)
class Book:
    """Tables of cases on a connection, by indicator, and the day up to which they are known."""

    connection: duckdb.DuckDBPyConnection
    cases: Mapping[str, Cases]
    known: date

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
        if measure.counts and self._is_fractional(cases, measure.counts):
            return None
        return Counter({child: int(times) for child, times in rows if times})

    def ends(self, indicator: Indicator, measure: Measure, months: tuple[Period, Period]) -> Counter[tuple[str, date]]:
        """How often each child left in these months, and on which day."""
        cases = self.cases.get(indicator.id)
        if cases is None:
            return Counter()
        rows = self.connection.execute(
            f"SELECT COALESCE(child_id, case_id), event_date, SUM({numerator(measure, cases.columns)})"  # noqa: S608 - ids of definitions
            f" FROM {cases.table} WHERE month_no BETWEEN ? AND ? GROUP BY ALL",
            [month_number(month) for month in months],
        ).fetchall()
        return Counter({(child, day): int(times) for child, day, times in rows if times})

    def of_age(self, age: int, period: Period) -> Held:
        """Who reached an age in a month; nobody where the records are no longer kept."""
        if not age:
            return Counter()
        days = period.back(1).last_day, period.last_day
        rows = self.connection.execute("SELECT pers_person_id, pers_dob FROM ssd_person WHERE pers_dob IS NOT NULL")
        return Counter(child for child, born in rows.fetchall() if _age(born, days[0]) < age <= _age(born, days[1]))

    def _is_fractional(self, cases: Cases, column: str) -> bool:
        found = self.connection.execute(f'SELECT typeof("{column}") FROM {cases.table} LIMIT 1').fetchall()  # noqa: S608 - ids of definitions
        return any(kind.startswith(("DOUBLE", "FLOAT", "DECIMAL")) for (kind,) in found)

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


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def ties(workspace: Workspace, period: Period, view: View, known: date | None = None) -> Ties:
    """Every tie of a month, in one view of it, or as known on a day."""
    frozen = workspace.months.get(period) if view is View.FIRST else None
    registry = as_kept(workspace, frozen).registry if frozen else workspace.registry
    asked = _asked(registry)
    book = _frozen_book(workspace, frozen, asked) if frozen else _counted_book(workspace, period, asked, known)
    before = workspace.months.get(period.back(1))
    reported = _frozen_book(workspace, before, asked) if before else None
    rolled = {one.measure: one for one in roll_forwards(registry, book, reported, period)}
    if before:
        rolled = dict(_marked(rolled, registry, as_kept(workspace, before).registry))
    return Ties(rolled, tuple(_cohorts(registry, book, period)))


def _marked(rolled: Mapping[str, RollForward], now: Registry, then: Registry) -> Iterator[tuple[str, RollForward]]:
    """The roll-forwards, each saying whether both months were counted by one rule."""
    for measure, one in rolled.items():
        yield measure, replace(one, is_same_rule=_rule(now, measure) == _rule(then, measure))


def _rule(registry: Registry, measure: str) -> tuple[object, ...]:
    """All that decides who is counted: the definition, and the parameters and lists it looks up."""
    if measure not in registry.measures:
        return ()
    indicator, rules = registry.of_measure(measure), registry.rules
    named = sorted(set(_NAMED.findall(indicator.sql)))
    return (indicator.fingerprint, *(rules.parameters.get(name) or rules.code_lists.get(name) for name in named))


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


def _counted_book(workspace: Workspace, period: Period, asked: tuple[Indicator, ...], known: date | None) -> Book:
    snapshot = snapshot_for(workspace, period, known)
    counted = count(workspace, snapshot, (period.back(1), period), asked, known)
    return Book(counted.engine.connection, counted.cases, snapshot.as_at)


def _frozen_book(workspace: Workspace, frozen: FrozenMonth, asked: tuple[Indicator, ...]) -> Book:
    connection, found = duckdb.connect(":memory:"), dict[str, Cases]()
    snapshot = workspace.snapshots.get(frozen.snapshot)
    # Dates of birth stand in no freeze. Once the records have been purged nobody can say who came of age.
    connection.execute("CREATE TABLE ssd_person (pers_person_id VARCHAR, pers_dob DATE)")
    if (persons := snapshot.file("ssd_person")).exists():
        connection.execute(
            "INSERT INTO ssd_person SELECT pers_person_id, pers_dob FROM read_parquet(?)", [str(persons)]
        )
    for indicator in asked:
        path, table = frozen.cases(indicator.id), f"cases_{indicator.id}"
        if path.exists():
            connection.read_parquet(str(path)).create(table)
            columns = tuple(row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall())
            found[indicator.id] = Cases(indicator, table, columns, ())
    return Book(connection, found, snapshot.as_at)


def roll_forwards(registry: Registry, book: Book, reported: Book | None, period: Period) -> Iterator[RollForward]:
    """How each count that is followed came from the month before, as that was reported, to this one."""
    for indicator in registry.indicators.values():
        measure = _stock_count(indicator)
        closing = book.held(indicator, measure, period) if measure else None
        if measure is None or closing is None:
            continue
        flows = [book.held(*_of(registry, name), period) for name in _flows(registry, indicator)]
        started, ended = flows or (None, None)
        late, undone = _ends_since(registry, indicator, book, reported, period)
        yield RollForward(
            measure.id,
            period,
            reported.held(indicator, measure, period.back(1)) if reported else None,
            book.held(indicator, measure, period.back(1)) or Counter(),
            started,
            ended,
            closing,
            late_ends=late,
            undone_ends=undone,
            of_age=book.of_age(indicator.until_age, period),
            until_age=indicator.until_age,
            known=book.known,
        )


def _ends_since(
    registry: Registry, indicator: Indicator, book: Book, reported: Book | None, period: Period
) -> tuple[Held, Held]:
    """Of the ends of the months before, whose have become known since those were reported, and whose are known no more.

    Only months that both books hold: each keeps a year.
    """
    flows = _flows(registry, indicator)
    if reported is None or not flows:
        return Counter(), Counter()
    then, now = (one.ends(*_of(registry, flows[1]), (period.back(11), period.back(1))) for one in (reported, book))
    return Counter(child for child, _ in (now - then).elements()), Counter(
        child for child, _ in (then - now).elements()
    )


def _of(registry: Registry, measure: str) -> tuple[Indicator, Measure]:
    return registry.of_measure(measure), registry.measure(measure)


def _cohorts(registry: Registry, book: Book, period: Period) -> Iterator[SameCohort]:
    for indicator in registry.indicators.values():
        cohort = book.cohort(indicator, period) if indicator.cohort_of else None
        others = [book.cohort(registry.of_measure(name), period) for name in indicator.cohort_of]
        known = [other for other in others if other]
        if cohort and known:
            children = frozenset[str]().union(*(other.children for other in known))
            yield SameCohort(Cohort(" + ".join(other.measure for other in known), known[0].day, children), cohort)


def rows_of(found: Ties, registry: Registry) -> list[tuple[object, ...]]:
    """A line for everything that happened to a count, and one for each way two cohorts differ."""
    rows: list[tuple[object, ...]] = []
    for rolled in found.roll_forwards.values():
        title = registry.measure(rolled.measure).title
        *before, last = rolled.lines
        rows += [(title, line.words, line.text, "") for line in before]
        rows.append((title, last.words, last.text, _said(rolled)))
    for tie in found.cohorts:
        ties_so = "other day" if tie.one.day != tie.other.day else "yes" if tie.holds else "no"
        rows += [(title, words, len(only), ties_so) for title, words, only in _both_ways(tie, registry)]
    return rows


def _said(rolled: RollForward) -> str:
    return ("yes" if rolled.holds else "no") if rolled.is_tested else "not tested"


def children_of(found: Ties, registry: Registry) -> list[tuple[object, ...]]:
    """The children of every line that is added or taken away, and of every difference between two cohorts."""
    rows: list[tuple[object, ...]] = []
    for rolled in found.roll_forwards.values():
        title = registry.measure(rolled.measure).title
        moved = (line for line in rolled.lines if line.sign)
        rows += [(title, line.words, *held) for line in moved for held in sorted(line.held.items())]
    for tie in found.cohorts:
        for title, words, only in _both_ways(tie, registry):
            rows += [(title, words, child, 1) for child in sorted(only)]
    return rows


def _both_ways(tie: SameCohort, registry: Registry) -> tuple[tuple[str, str, frozenset[str]], ...]:
    title = registry.indicators[tie.other.measure].title
    return (
        (title, f"Missing here, counted on {tie.one.day.isoformat()}", tie.only_one),
        (title, f"Only here, on {tie.other.day.isoformat()}", tie.only_other),
    )
