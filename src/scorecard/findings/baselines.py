"""Baselines: from which months the limits of a measure are made, and why they begin anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorecard.calendar.periods import Period


@dataclass(frozen=True)
class Baseline:
    """A stretch of months that limits are made of, for every month from its first on, until another begins.

    Without a last month it is every month before the one that is told. A new one begins for a `cause`: something
    changed in how the work is done or counted, so that months before and since are not alike.
    """

    measure: str
    first: Period
    cause: str
    last: Period | None = None
    by: str = ""


class Baselines:
    """All recorded baselines, by measure, the earliest first."""

    def __init__(self, baselines: Iterable[Baseline] = ()) -> None:
        self._by_measure: dict[str, list[Baseline]] = {}
        for one in sorted(baselines, key=lambda held: (held.measure, held.first)):
            self._by_measure.setdefault(one.measure, []).append(one)

    def __iter__(self) -> Iterator[Baseline]:
        """Every baseline, by measure and month."""
        return (one for held in self._by_measure.values() for one in held)

    def of(self, measure: str) -> tuple[Baseline, ...]:
        """Those of one measure, the earliest first."""
        return tuple(self._by_measure.get(measure, ()))
