"""Supplied totals among the facts: where a month has no records for a figure, what its supplier gave stands for it.

As soon as a month has a record, it is counted. Longer windows are sums of months, each counted or supplied.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period, Window, months_between
from scorecard.definitions.indicator import POPULATION, Indicator, Measure, Statistic, Unit
from scorecard.facts.aggregate import set_against
from scorecard.facts.cases import CROSSED, Cases, month_number
from scorecard.facts.counting import denominator, is_additive, months_of, numerator, windows_of
from scorecard.facts.fact import WHOLE, Fact, FactKey, Quality, Status
from scorecard.facts.reading import key_cells, to_fact, to_row
from scorecard.words.grammar import day_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import duckdb

    from scorecard.facts.run import Run
    from scorecard.facts.teams import Part
    from scorecard.store.supplied import SuppliedFigure, Supply

_PER = {Unit.PERCENT: 100.0, Unit.RATE_PER_10000: 10_000.0}

Given = dict[FactKey, tuple["SuppliedFigure", "Supply"]]


def fill_in(
    connection: duckdb.DuckDBPyConnection,
    indicators: Iterable[Indicator],
    run: Run,
    counted: Mapping[str, Cases],
    supplies: Iterable[Supply],
) -> None:
    """Put supplied figures into the table `facts`, in place of what was counted from no record.

    What is counted and set against one of them then stands on it too, and says so.
    """
    given = _newest(supplies)
    for indicator in indicators:
        of_it = {measure.id for measure in indicator.measures}
        mine = {key: one for key, one in given.items() if key.indicator in of_it}
        if mine:
            _Filling(connection, indicator, run, counted.get(indicator.id), mine).fill()
    if given:
        set_against(connection)


def settle_part(connection: duckdb.DuckDBPyConnection, council: str, part: Part) -> None:
    """Settle the facts of a part by those of the whole council, which stand in a table of their own.

    What was supplied for the part stands in place of what was counted. It has no figure where the council's was
    supplied, in part or in whole, or has none: nobody knows what of it was the part's own. Nor is it better than the
    council's where that is unreliable.
    """
    connection.execute(
        f"""DELETE FROM facts WHERE NOT EXISTS
        (FROM {council} AS c WHERE c.indicator = facts.indicator AND c.period = facts.period
                               AND c."window" = facts."window" AND c.dimension = '{WHOLE}' AND c.supplied_by = ''
                               AND (c.status <> '{Status.NOT_AVAILABLE}' OR c.reason = ''))"""  # noqa: S608 - the program's own names
    )
    connection.execute(
        f"""UPDATE facts SET quality = c.quality, reason = 'The council''s own figure is not reliable. ' || c.reason
        FROM {council} AS c
        WHERE c.quality = '{Quality.UNRELIABLE}' AND c.dimension = '{WHOLE}' AND c.indicator = facts.indicator
          AND c.period = facts.period AND c."window" = facts."window"
          AND facts.quality <> '{Quality.UNRELIABLE}'"""  # noqa: S608 - the program's own names
    )
    rows = connection.execute(f"FROM {council} WHERE supplied_by <> ''").fetchall()
    given = [replace(fact, key=key) for fact in map(to_fact, rows) if (key := fact.key.within(part.kind, part.id))]
    shown = connection.execute('SELECT DISTINCT indicator, period, "window" FROM facts').fetchall()
    spans = [(name, Period.parse(period), Window(window)) for name, period, window in shown]
    gone = [
        FactKey(*span, one.key.dimension, one.key.member)
        for one in given
        for span in spans
        if one.key.indicator == span[0] and _months(one.key.period, one.key.window) == (one.key.period,)
        if one.key.period in _months(*span[1:])
    ]
    _replace(connection, [*gone, *(one.key for one in given)], given)


def _newest(supplies: Iterable[Supply]) -> Given:
    """Each figure as it was last given, also where it has passed from one supplier to another."""
    given: Given = {}
    for supply in sorted(supplies, key=lambda one: (one.given.given_on, one.given.supplier)):
        given |= {FactKey.parse(figure.key): (figure, supply) for figure in supply.given.figures}
    return given


@dataclass(frozen=True)
class _Month:
    """What one month adds to a figure; counted, where there is no supply."""

    numerator: float
    denominator: float | None
    supply: Supply | None = None


@dataclass(frozen=True)
class _Filling:
    """One indicator of a run, with what was given for it."""

    connection: duckdb.DuckDBPyConnection
    indicator: Indicator
    run: Run
    cases: Cases | None
    given: Given
    _counted: dict[tuple[str, str], dict[tuple[int, str], _Month]] = field(default_factory=dict)

    def fill(self) -> None:
        """Take away what rests on no record, and put in what was supplied."""
        gone, made = list[FactKey](), list[Fact]()
        without = self._without_records()
        for measure in self.indicator.measures:
            windows = windows_of(self.indicator, measure)
            spans = {(period, window): _months(period, window) for period in self.run.months for window in windows}
            gone += [FactKey(measure.id, *span) for span, months in spans.items() if not without.isdisjoint(months)]
            for cell in sorted({(key.dimension, key.member) for key in self.given if key.indicator == measure.id}):
                every = {month for months in spans.values() for month in months}
                known = {month: self._month(FactKey(measure.id, month, windows[0], *cell)) for month in every}
                for span, months in spans.items():
                    key, added = FactKey(measure.id, *span, *cell), [one for month in months if (one := known[month])]
                    if any(one.supply for one in added):
                        gone.append(key)
                        # Without a month, or where months do not add up to it, a longer window has no figure.
                        if len(added) == len(months) and (len(months) == 1 or is_additive(measure)):
                            made.append(self._fact(key, measure, added))
        _replace(self.connection, gone, made)

    def _without_records(self) -> set[Period]:
        """The months for which the whole of any figure had to be given: no figure of these records is counted then."""
        wholes = (key for key in self.given if key.dimension == WHOLE)
        return {key.period for key in wholes if not self._records(key)}

    def _month(self, key: FactKey) -> _Month | None:
        """What one month adds: its records; else what was given; else nought, where its whole has records.

        A part given with its whole stands and falls with it; one given alone stands until it has a record of its own.
        """
        if records := self._records(key):
            return records
        whole = FactKey(key.indicator, key.period, key.window)
        recorded = self._records(whole)
        if key in self.given and not (recorded and whole in self.given):
            figure, supply = self.given[key]
            return _Month(figure.numerator, figure.denominator, supply)
        return _Month(0, None if recorded.denominator is None else 0) if recorded else None

    def _records(self, key: FactKey) -> _Month | None:
        """What the records of one month add up to; None where it has not one."""
        if self.cases is None or key.indicator not in {one.id for one in self.cases.indicator.measures}:
            return None
        at = (key.indicator, key.dimension)
        if at not in self._counted:
            measure = next(one for one in self.indicator.measures if one.id == key.indicator)
            self._counted[at] = _count(self.connection, self.cases, measure, key.dimension)
        return self._counted[at].get((month_number(key.period), key.member))

    def _fact(self, key: FactKey, measure: Measure, months: list[_Month]) -> Fact:
        """The figure made of its months, at least one of which was supplied."""
        top, bottom = sum(month.numerator for month in months), self._denominator(key, measure, months)
        supplies = [month.supply for month in months if month.supply]
        return Fact(
            key=key,
            as_at=key.period.last_day,
            numerator=top,
            denominator=bottom,
            value=value_of(key, measure, top, bottom),
            unit=measure.unit,
            status=_status(measure, bottom),
            quality=Quality.SOUND,
            snapshot=supplies[-1].id,
            definition=self.indicator.fingerprint,
            supplied_by=_said(supplies, len(months)),
        )

    def _denominator(self, key: FactKey, measure: Measure, months: list[_Month]) -> float | None:
        if measure.of == POPULATION:
            population = self.run.population(key.period) if key.dimension == WHOLE else None
            return population.persons if population else None
        of_each = [month.denominator for month in months]
        return None if None in of_each else sum(filter(None, of_each))


def _months(period: Period, window: Window) -> tuple[Period, ...]:
    return months_between(*months_of(window, period))


def _count(
    connection: duckdb.DuckDBPyConnection, cases: Cases, measure: Measure, dimension: str
) -> dict[tuple[int, str], _Month]:
    """Numerator and denominator of every month and member that has a record."""
    counted, base = numerator(measure, cases.columns), denominator(measure, cases.columns)
    whole = dimension == WHOLE
    member = f"'{WHOLE}'" if whole else f" || '{CROSSED}' || ".join(f"dim_{one}" for one in dimension.split(CROSSED))
    rows = connection.execute(
        f"SELECT month_no, {member}, CAST(SUM({counted}) AS DOUBLE), CAST(SUM({base}) AS DOUBLE)"  # noqa: S608 - ids of definitions
        f" FROM {cases.table} GROUP BY 1, 2"
    ).fetchall()
    return {(number, code): _Month(top or 0, bottom) for number, code, top, bottom in rows}


def value_of(key: FactKey, measure: Measure, top: float, bottom: float | None) -> float | None:
    """The figure that a numerator and a denominator make; None where they make none."""
    if measure.of is None:
        return top
    if not bottom:
        return None
    if measure.statistic is Statistic.MEDIAN:
        return top
    first, last = months_of(key.window, key.period)
    days = (last.last_day - first.first_day).days + 1
    lengthened = 365 / days if key.window is Window.YEAR_TO_DATE_ANNUALISED else 1
    return _PER.get(measure.unit, 1.0) * top / bottom * lengthened


def _status(measure: Measure, bottom: float | None) -> Status:
    if measure.of is None or bottom:
        return Status.FINAL
    return Status.NOT_AVAILABLE if bottom is None else Status.NO_CASES


def _said(supplies: list[Supply], months: int) -> str:
    """Who gave a figure, and when; of several months, for how many."""
    last = supplies[-1].given
    who, day = f"{last.title} ({last.given_by})", day_in_words(last.given_on)
    return f"{who} on {day}" if months == 1 else f"{who} for {len(supplies)} of {months} months, last on {day}"


def _replace(connection: duckdb.DuckDBPyConnection, gone: list[FactKey], made: list[Fact]) -> None:
    """Wholes go with all their parts; then what was made is put in."""
    columns = {name: kind for name, kind, *_ in connection.execute("DESCRIBE facts").fetchall()}
    named = dict(list(columns.items())[:5])
    connection.execute(
        f"DELETE FROM facts USING ({_rows_of(named)}) AS g"  # noqa: S608 - the columns of the table itself
        ' WHERE facts.indicator = g.indicator AND facts.period = g.period AND facts."window" = g."window"'
        f" AND (g.dimension = '{WHOLE}' OR (facts.dimension = g.dimension AND facts.member = g.member))",
        _lists([key_cells(key) for key in gone], named),
    )
    rows = [to_row(fact) for fact in made]
    connection.execute(f"INSERT INTO facts {_rows_of(columns)}", _lists(rows, columns))


def _rows_of(columns: dict[str, str]) -> str:
    return "SELECT " + ", ".join(f'unnest(CAST(? AS {kind}[])) AS "{name}"' for name, kind in columns.items())


def _lists(rows: list[tuple[object, ...]], columns: dict[str, str]) -> list[list[object]]:
    return [[row[place] for row in rows] for place in range(len(columns))]
