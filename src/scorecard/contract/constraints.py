"""Rules that tie columns of a record, or of two records, together: each finds the rows that break it and says itself.

Most are the sector's own, from the validation rules of the children in need census (CIN) and the return on looked after
children (903), and carry their codes.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping  # noqa: TC003 - KINDS is read when the contract is loaded
from dataclasses import dataclass, field
from typing import ClassVar

from scorecard.contract.constraint import AS_AT, Constraint, Mention, OfOneRow, Relation
from scorecard.contract.lifetimes import EndedByAge, NotAfterDeath, NotBeforeBirth, YoungerThan

_FAR = "DATE '9999-12-31'"
_INVOLVED = "ssd_involvements"


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
class DoneOnceDue(_Compared):
    """Something that was due has the day on which it was done; `other` is the day it was due by."""

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return f"`{self.column}` is filled once {self._said_other} has passed."

    def wrong(self, own: str, other: str) -> str:
        """Not done, and past the day."""
        return f"{own} IS NULL AND {other} < CAST({AS_AT} AS DATE)"


@dataclass(frozen=True, kw_only=True)
class Known(OfOneRow):
    """A column that names a row of another table, which is there; nothing is said where that table is empty."""

    other: str
    parts_records: ClassVar[bool] = True
    at_load: ClassVar[bool] = False

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Both columns."""
        return ((self.table, self.column), self._other)

    @property
    def _other(self) -> Mention:
        there, _, column = self.other.rpartition(".")
        return there, column

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return f"`{self.column}` is a `{self._other[1]}` of {self._other[0]}."

    def condition(self, relation: Relation) -> str:
        """Named, and not among those there are."""
        there, column = self._other
        # As above: names of the contract only.
        rows = f"SELECT {column} FROM {relation(there)} WHERE {column} IS NOT NULL"
        return f"a.{self.column} IS NOT NULL AND EXISTS ({rows}) AND a.{self.column} NOT IN ({rows})"


@dataclass(frozen=True, kw_only=True)
class OnList(OfOneRow):
    """A code of its column's list; `codes` are those of the contract, and written nowhere else."""

    codes: tuple[str, ...]
    at_load: ClassVar[bool] = False

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return f"`{self.column}` is a code of its list."

    def condition(self, relation: Relation) -> str:
        """Filled with something else."""
        del relation
        listed = ", ".join("'" + code.replace("'", "''") + "'" for code in self.codes)
        return f"a.{self.column} NOT IN ({listed})"


@dataclass(frozen=True, kw_only=True)
class Allocated(OfOneRow):
    """Open work whose child has a worker on the as-at day, some days after it began; `column` is the day it ended."""

    of: str
    start: str
    days: int = 7

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """End, child, and the involvements that are looked at."""
        involved = ("invo_person_id", "invo_involvement_start_date", "invo_involvement_end_date")
        own = ((self.table, name) for name in (self.column, self.start, self.of))
        return (*own, *((_INVOLVED, name) for name in involved))

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return (
            f"The child of a row open (`{self.column}` empty) more than {self.days} days after `{self.start}`"
            " has an open involvement."
        )

    def condition(self, relation: Relation) -> str:
        """Open, and nobody is involved; nothing is said where no involvement was supplied."""
        involved, day = relation(_INVOLVED), f"CAST({AS_AT} AS DATE)"
        # As above: names of the contract only.
        busy = (
            f"SELECT invo_person_id FROM {involved} WHERE invo_person_id IS NOT NULL"
            f" AND invo_involvement_start_date <= {day} AND coalesce(invo_involvement_end_date, {_FAR}) >= {day}"
        )
        is_open = f"a.{self.column} IS NULL AND a.{self.start} < {day} - INTERVAL {int(self.days)} DAY"
        return f"{is_open} AND EXISTS (SELECT 1 FROM {involved}) AND a.{self.of} NOT IN ({busy})"


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


KINDS: Mapping[str, type[Constraint]] = {
    "not_before": NotBefore,
    "same_day": SameDay,
    "another_day": AnotherDay,
    "together": Together,
    "closed_with": ClosedWith,
    "filled": Filled,
    "done_once_due": DoneOnceDue,
    "known": Known,
    "on_list": OnList,
    "allocated": Allocated,
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
