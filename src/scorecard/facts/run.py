"""What a run of facts is told: the months, the snapshot, the population. Nothing in it is looked up from a clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scorecard.facts.teams import NO_TEAMS, Teams

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from scorecard.calendar.periods import Period
    from scorecard.facts.known import Told


@dataclass(frozen=True)
class Population:
    """How many children aged 0 to 17 live in the area, in use from a day on."""

    from_day: date
    persons: int
    source: str


@dataclass(frozen=True)
class Bounds:
    """Beyond which share of its cases in doubt a figure is to be read with caution, and beyond which it is unreliable.

    The shares are a council's to set: a twentieth moves a percentage by five points at most, and with a quarter in
    doubt neither a target nor another council can be told from chance.
    """

    caution: float = 0.05
    unreliable: float = 0.25


DEFAULT_BOUNDS = Bounds()


@dataclass(frozen=True)
class Run:
    """The months wanted (in order), the snapshot they are counted in, the populations of the rates, the teams.

    `told` is what the source can tell of each measure, by its id; of one that is not in it there is nothing to say.
    """

    months: tuple[Period, ...]
    snapshot: str
    as_at: date
    populations: tuple[Population, ...] = ()
    covers_from: date | None = None
    teams: Teams = NO_TEAMS
    bounds: Bounds = DEFAULT_BOUNDS
    told: Mapping[str, Told] = field(default_factory=dict)

    def covers(self, first: Period) -> bool:
        """Whether the records reach back to a month; a window that begins before them has no figure."""
        return self.covers_from is None or self.covers_from <= first.first_day

    def population(self, period: Period) -> Population | None:
        """The population in use on the last day of a month."""
        return population_on(self.populations, period.last_day)


def population_on(populations: tuple[Population, ...], day: date) -> Population | None:
    """The population in use on a day: the latest that had begun."""
    begun = [population for population in populations if population.from_day <= day]
    return max(begun, key=lambda population: population.from_day, default=None)
