"""Rules that tie columns of a record, or of two records, together: each finds the rows that break it and says itself.

Most are the sector's own, from the validation rules of the children in need census (CIN) and the return on looked after
children (903), and carry their codes.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping  # noqa: TC003 - KINDS is read when the contract is loaded
from dataclasses import dataclass, field

from scorecard.contract.constraint import AS_AT, Constraint, Mention, OfOneRow, Relation

_FAR = "DATE '9999-12-31'"
_PERSON, _BORN, _DIED = "ssd_person", "pers_dob", "pers_death_date"


@dataclass(frozen=True, kw_only=True)
class _Compared(OfOneRow):
    """Two columns compared, the other in the same row or, by way of `via`, in a row of another table."""

    other: str
    via: Mapping[str, str] = field(default_factory=dict)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Both columns, and those that link the two rows."""
        there, column = self._other
        linked = [mention for own, its in self.via.items() for mention in ((self.table, own), (there, its))]
        return ((self.table, self.column), (there, column), *linked)

    @property
    def _other(self) -> Mention:
        there, _, column = self.other.rpartition(".")
        return there or self.table, column

    @property
    def _said_other(self) -> str:
        there, column = self._other
        return f"`{column}` of its {there}" if self.via else f"`{column}`"

    @abstractmethod
    def wrong(self, own: str, other: str) -> str:
        """What is true of the two values when they break the rule."""

    def condition(self, relation: Relation) -> str:
        """The comparison, in the row itself or in the one it is linked to."""
        there, column = self._other
        if not self.via:
            return self.wrong(f"a.{self.column}", f"a.{column}")
        linked = " AND ".join(f"b.{its} = a.{own}" for own, its in self.via.items())
        wrong = self.wrong(f"a.{self.column}", f"b.{column}")
        # As above: names of the contract only.
        return f"EXISTS (SELECT 1 FROM {relation(there)} AS b WHERE {linked} AND {wrong})"


@dataclass(frozen=True, kw_only=True)
class NotBefore(_Compared):
    """A day or moment that cannot come before another; `strictly`, not on the same day either."""

    strictly: bool = False

    @property
    def sentence(self) -> str:
        """The rule in words."""
        order = "after" if self.strictly else "on or after"
        return f"`{self.column}` is {order} {self._said_other}."

    def wrong(self, own: str, other: str) -> str:
        """Earlier, or not later."""
        return f"{own} {'<=' if self.strictly else '<'} {other}"


@dataclass(frozen=True, kw_only=True)
class SameDay(_Compared):
    """Two days that must be one."""

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return f"`{self.column}` is the same day as {self._said_other}."

    def wrong(self, own: str, other: str) -> str:
        """Different."""
        return f"{own} <> {other}"


@dataclass(frozen=True, kw_only=True)
class AnotherDay(_Compared):
    """Two days that cannot be one."""

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return f"`{self.column}` is not the same day as {self._said_other}."

    def wrong(self, own: str, other: str) -> str:
        """Equal."""
        return f"{own} = {other}"


@dataclass(frozen=True, kw_only=True)
class Together(_Compared):
    """Two columns that are filled together or not at all."""

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return f"`{self.column}` and {self._said_other} are filled together or not at all."

    def wrong(self, own: str, other: str) -> str:
        """One without the other."""
        return f"({own} IS NULL) <> ({other} IS NULL)"


@dataclass(frozen=True, kw_only=True)
class ClosedWith(_Compared):
    """Work that cannot stay open once what it belongs to is closed."""

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return f"`{self.column}` is filled once {self._said_other} is."

    def wrong(self, own: str, other: str) -> str:
        """Open here, closed there."""
        return f"{own} IS NULL AND {other} IS NOT NULL"


@dataclass(frozen=True, kw_only=True)
class Filled(OfOneRow):
    """A column that should never be empty."""

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return f"`{self.column}` is filled."

    def condition(self, relation: Relation) -> str:
        """Empty."""
        del relation
        return f"a.{self.column} IS NULL"


@dataclass(frozen=True, kw_only=True)
class Weekday(OfOneRow):
    """A day that should not be a Saturday or a Sunday."""

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return f"`{self.column}` is not at a weekend."

    def condition(self, relation: Relation) -> str:
        """Saturday or Sunday."""
        del relation
        return f"isodow(a.{self.column}) > 5"


@dataclass(frozen=True, kw_only=True)
class OneOpen(OfOneRow):
    """Of one child (or one period of care) only one row is open at a time; `column` is the day it ended."""

    start: str
    of: str

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """End, start and whose it is."""
        return tuple((self.table, name) for name in (self.column, self.start, self.of))

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return f"No two rows of one `{self.of}` are open (`{self.column}` empty) at once."

    def condition(self, relation: Relation) -> str:
        """Open, and one of several."""
        is_open = f"{self.column} IS NULL AND {self.start} IS NOT NULL"
        # As above: names of the contract only.
        several = f"SELECT {self.of} FROM {relation(self.table)} WHERE {is_open} GROUP BY ALL HAVING count(*) > 1"
        return f"a.{self.column} IS NULL AND a.{self.start} IS NOT NULL AND a.{self.of} IN ({several})"


@dataclass(frozen=True, kw_only=True)
class NoOverlap(Constraint):
    """Of one child (or one period of care) a row does not begin before an earlier one ended; `column` is its start."""

    ended: str
    of: str

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Start, end and whose it is."""
        return tuple((self.table, name) for name in (self.column, self.ended, self.of))

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return f"A row of one `{self.of}` begins (`{self.column}`) when the earlier ones have ended (`{self.ended}`)."

    def breaking(self, select: str, relation: Relation) -> str:
        """The later of two that overlap; two that are both open are another rule's."""
        end = f"coalesce({self.ended}, {_FAR})"
        earlier = (
            f"PARTITION BY {self.of} ORDER BY {self.column}, {end} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
        )
        # As above: names of the contract only.
        rows = (
            f"SELECT *, max({end}) OVER ({earlier}) AS earlier_end FROM {relation(self.table)}"
            f" WHERE {self.of} IS NOT NULL AND {self.column} IS NOT NULL"
        )
        both_open = f"a.{self.ended} IS NULL AND a.earlier_end = {_FAR}"
        return f"SELECT {select} FROM ({rows}) AS a WHERE a.earlier_end > a.{self.column} AND NOT ({both_open})"


@dataclass(frozen=True, kw_only=True)
class NotAlongside(OfOneRow):
    """A row whose days share none with a row of another table for the same child; `column` is its start."""

    ended: str
    of: str
    other: str
    other_start: str
    other_ended: str
    other_of: str

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Start, end and child on both sides."""
        own = tuple((self.table, name) for name in (self.column, self.ended, self.of))
        return own + tuple((self.other, name) for name in (self.other_start, self.other_ended, self.other_of))

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return f"A row does not share days with a row of {self.other} of the same child."

    def condition(self, relation: Relation) -> str:
        """Each begins before the other ends."""
        # As above: names of the contract only.
        return (
            f"EXISTS (SELECT 1 FROM {relation(self.other)} AS b WHERE b.{self.other_of} = a.{self.of}"
            f" AND a.{self.column} < coalesce(b.{self.other_ended}, {_FAR})"
            f" AND b.{self.other_start} < coalesce(a.{self.ended}, {_FAR}))"
        )


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


KINDS: Mapping[str, type[Constraint]] = {
    "not_before": NotBefore,
    "same_day": SameDay,
    "another_day": AnotherDay,
    "together": Together,
    "closed_with": ClosedWith,
    "filled": Filled,
    "weekday": Weekday,
    "one_open": OneOpen,
    "no_overlap": NoOverlap,
    "not_alongside": NotAlongside,
    "not_before_birth": NotBeforeBirth,
    "not_after_death": NotAfterDeath,
    "younger_than": YoungerThan,
    "ended_by_age": EndedByAge,
}
"""The kinds a contract's file can name."""
