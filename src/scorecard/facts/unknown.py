"""What a source cannot know, said on the facts themselves: no value and why, or a value in doubt and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period, Window
from scorecard.definitions.indicator import EVER, Indicator, Kind
from scorecard.facts.cases import put_rows
from scorecard.facts.counting import months_of, windows_of
from scorecard.facts.fact import WHOLE, Quality, Status
from scorecard.words.grammar import day_in_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    import duckdb

    from scorecard.definitions.indicator import Measure
    from scorecard.facts.cases import Cases
    from scorecard.facts.known import Told
    from scorecard.facts.run import Run

_BLANK = ""
"""In place of a grade: there is no value to be graded."""

_UNKNOWN = dict.fromkeys(("indicator", "period", "window", "dimension", "quality", "reason"), "VARCHAR")

_SAME = (
    'f.indicator = u.indicator AND f.period = u.period AND f."window" = u."window"'
    " AND (u.dimension = '' OR f.dimension = u.dimension)"
)


def doubt_unknown(connection: duckdb.DuckDBPyConnection, made: Collection[Cases], run: Run) -> None:
    """Doubt what rests on less than its definition asks for, and put aside in `unknown` what cannot be known at all."""
    found = [row for cases in made for row in _of_indicator(cases.indicator, run)]
    put_rows(connection, "unknown", _UNKNOWN, found)
    if found:
        connection.execute(
            'INSERT INTO doubts SELECT f.indicator, f.period, f."window", f.dimension, f.member, u.quality, u.reason'  # noqa: S608 - the program's own names
            f" FROM facts AS f JOIN unknown AS u ON {_SAME} WHERE u.quality <> '{_BLANK}'"
        )


def blank_unknown(connection: duckdb.DuckDBPyConnection) -> None:
    """Take the value from what cannot be known, and say why in its place."""
    connection.execute(
        f"""UPDATE facts AS f SET numerator = NULL, denominator = NULL, value = NULL, status = '{Status.NOT_AVAILABLE}',
               quality = '{Quality.SOUND}', reason = u.reason
        FROM (SELECT * EXCLUDE (reason), MIN(reason) AS reason FROM unknown WHERE quality = '{_BLANK}'
              GROUP BY ALL) AS u
        WHERE {_SAME}"""  # noqa: S608 - the program's own names
    )


def put_missing(connection: duckdb.DuckDBPyConnection, indicators: Iterable[Indicator], run: Run) -> None:
    """A fact without a value, and why, of each figure that was not counted because the source lacks what it needs."""
    columns = {name: kind for name, kind, *_ in connection.execute("DESCRIBE facts").fetchall()}
    nothing = (None, None, None)
    rows = [
        (
            *(measure.id, str(period), window.value, WHOLE, WHOLE, run.as_at, *nothing, measure.unit.value),
            *(Status.NOT_AVAILABLE.value, Quality.SOUND.value, run.snapshot, one.fingerprint, "", reason),
        )
        for one in indicators
        for measure in one.measures
        if (reason := run.told[measure.id].whole.reason)
        for period, window, _ in _spans(one, measure, run)
    ]
    if rows:
        put_rows(connection, "missing", columns, rows)
        connection.execute("INSERT INTO facts FROM missing")


def _spans(indicator: Indicator, measure: Measure, run: Run) -> Iterator[tuple[Period, Window, Period]]:
    """Each month and window that the records reach back to, with the first month of the window."""
    for period in run.months:
        for window in windows_of(indicator, measure):
            first = months_of(window, period)[0]
            if run.covers(first):
                yield period, window, first


def _of_indicator(indicator: Indicator, run: Run) -> Iterator[tuple[str, ...]]:
    for measure in indicator.measures:
        told = run.told.get(measure.id)
        if told is None:
            continue
        for period, window, first in _spans(indicator, measure, run):
            at = (measure.id, str(period), window.value)
            for quality, reason in (*said_of(told, indicator.kind, first, run), *ended(told, period)):
                yield (*at, "", quality, reason)
            for breakdown, verdict in told.parts.items():
                if reason := verdict.reason_on(_begins(indicator.kind, first)):
                    yield (*at, breakdown, _BLANK, reason)
                for caution in verdict.cautions:
                    yield (*at, breakdown, Quality.CAUTION.value, caution)


def said_of(told: Told, kind: Kind, first: Period, run: Run) -> Iterator[tuple[str, str]]:
    """What is to be said of a window that begins with a month: the grade, empty where it has no value, and why."""
    day, begins = _begins(kind, first), told.whole.known_from
    if not told.whole.lacking and (reason := told.whole.reason_on(day)):
        yield _BLANK, reason
    # Of a case system nobody asks that it hold all that ever was: it is known from when it is whole.
    complete = (None if told.latest_is_enough else begins, run.covers_from if told.looks_back < EVER else None)
    known = [one for one in complete if one]
    if told.looks_back and known and _months_before(day, told.looks_back) < max(known):
        asks = "everything" if told.looks_back >= EVER else f"the {told.looks_back} months"
        yield (
            Quality.UNRELIABLE.value,
            f"It asks about {asks} before each case, and the records begin on {day_in_words(max(known))}.",
        )
    for caution in (*told.whole.cautions, *(said for until, said in told.whole.before if day < until)):
        yield Quality.CAUTION.value, caution


def ended(told: Told, period: Period) -> Iterator[tuple[str, str]]:
    """What is to be said of a month that a table speaks of in part, or no more: its nought would say there was none."""
    until = told.whole.known_to
    if until and not told.whole.lacking and until < period.last_day:
        ends = f"records end on {day_in_words(until)}."
        if until < period.first_day:
            yield _BLANK, f"Cannot be known from this source: its {ends}"
        else:
            yield Quality.CAUTION.value, f"Its {ends}"


def _begins(kind: Kind, first: Period) -> date:
    """A stock is known when all that is open at the month's end is there; a flow, from the month's first day."""
    return first.last_day if kind is Kind.STOCK else first.first_day


def _months_before(day: date, months: int) -> date:
    """The day so many months before the first or the last day of a month."""
    month = Period.holding(day)
    earlier = month.back(months)
    return earlier.first_day if day == month.first_day else earlier.last_day
