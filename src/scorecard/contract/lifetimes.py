"""Rules of a lifetime: days that cannot lie before a child's birth, after the death, or beyond an age."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

from scorecard.contract.constraint import AS_AT, Mention, OfOneRow, Relation

_PERSON, _BORN, _DIED = "ssd_person", "pers_dob", "pers_death_date"


@dataclass(frozen=True, kw_only=True)
class _OfAChild(OfOneRow):
    """A rule that looks at the child's birth or death; `of` is the column that names the child."""

    of: str

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The day and the child."""
        return ((self.table, self.column), (self.table, self.of))

    @abstractmethod
    def wrong(self) -> str:
        """What is true of the row `a` and the child `b` when they break the rule."""

    def condition(self, relation: Relation) -> str:
        """There is such a child."""
        child = f"b.pers_person_id = a.{self.of}"
        # As above: names of the contract only.
        return f"EXISTS (SELECT 1 FROM {relation(_PERSON)} AS b WHERE {child} AND {self.wrong()})"


@dataclass(frozen=True, kw_only=True)
class NotBeforeBirth(_OfAChild):
    """A day not before the child's birth, or not more than so many days before it."""

    days: int = 0

    @property
    def sentence(self) -> str:
        """The rule in words."""
        by = f"more than {self.days} days " if self.days else ""
        return f"`{self.column}` is not {by}before the child was or is due to be born."

    def wrong(self) -> str:
        """Too early; an unborn child has an expected day of birth instead."""
        return f"a.{self.column} < coalesce(b.{_BORN}, b.pers_expected_dob) - INTERVAL {int(self.days)} DAY"


@dataclass(frozen=True, kw_only=True)
class NotAfterDeath(_OfAChild):
    """A day not after the child's death."""

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return f"`{self.column}` is not after the child died."

    def wrong(self) -> str:
        """Later."""
        return f"a.{self.column} > b.{_DIED}"


@dataclass(frozen=True, kw_only=True)
class YoungerThan(_OfAChild):
    """A day before the child reaches an age."""

    years: int

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return f"`{self.column}` is before the child turns {self.years}."

    def wrong(self) -> str:
        """On the birthday or later."""
        return f"a.{self.column} >= b.{_BORN} + INTERVAL {int(self.years)} YEAR"


@dataclass(frozen=True, kw_only=True)
class EndedByAge(_OfAChild):
    """Something that ends by a birthday; `column` is the day it ended, and what is open is judged on the as-at day."""

    years: int
    start: str

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return f"`{self.column}` is no later than the day the child turns {self.years}."

    def wrong(self) -> str:
        """Ended later, or still open after the birthday."""
        last = f"coalesce(a.{self.column}, CAST({AS_AT} AS DATE))"
        return f"a.{self.start} IS NOT NULL AND {last} > b.{_BORN} + INTERVAL {int(self.years)} YEAR"
