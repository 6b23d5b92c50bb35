"""Figures that were printed before the product came, among the facts: marked, never pooled, without cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.facts.fact import WHOLE, Fact, FactKey, Quality, Status
from scorecard.facts.reading import COLUMNS, to_row
from scorecard.words.grammar import day_in_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from scorecard.calendar.periods import Period
    from scorecard.definitions.registry import Registry
    from scorecard.store.imported import Imported, PrintedFigure

    Rows = list[tuple[object, ...]]

_DIMENSION, _STATUS = COLUMNS.index("dimension"), COLUMNS.index("status")
_OF_A_WHOLE = COLUMNS[:_DIMENSION]
_KEY = COLUMNS[: COLUMNS.index("as_at")]


def printed_rows(imports: Iterable[Imported], registry: Registry, months: Collection[Period]) -> Rows:
    """Rows of what was printed for these months; of a figure in several documents, as it was entered last.

    A figure that nobody defines any more is passed over.
    """
    found = dict[FactKey, Fact]()
    for one in imports:
        for figure in one.given.figures:
            key = FactKey.parse(figure.key)
            if key.period in months and key.indicator in registry.measures:
                found[key] = _fact(key, figure, one, registry)
    return [to_row(fact) for fact in found.values()]


def _fact(key: FactKey, figure: PrintedFigure, one: Imported, registry: Registry) -> Fact:
    """It was counted by no definition of ours: it has none."""
    return Fact(
        key=key,
        as_at=key.period.last_day,
        numerator=figure.numerator,
        denominator=figure.denominator,
        value=figure.value,
        unit=registry.measure(key.indicator).unit,
        status=Status.FINAL,
        quality=Quality.SOUND,
        snapshot=one.id,
        definition="",
        supplied_by=f"{figure.document}, entered by {one.given.entered_by} on {day_in_words(one.given.entered_on)}",
    )


def not_told(rows: Rows, by: Rows) -> Rows:
    """The rows of what others do not tell: with a whole go all its parts, which would not add up to it."""
    wholes = {row[: len(_OF_A_WHOLE)] for row in by if row[_DIMENSION] == WHOLE}
    keys = {row[: len(_KEY)] for row in by}
    return [row for row in rows if row[: len(_OF_A_WHOLE)] not in wholes and row[: len(_KEY)] not in keys]


def where_not_counted(counted: Rows, printed: Rows) -> Rows:
    """What was counted, and what was printed where the records do not reach."""
    beyond = not_told(printed, [row for row in counted if row[_STATUS] != Status.NOT_AVAILABLE])
    return [*not_told(counted, beyond), *beyond]
