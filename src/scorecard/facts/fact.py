"""A fact: one number with everything needed to defend it. Left of it children, right of it none."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period, Window
from scorecard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from scorecard.facts.teams import Part

WHOLE = "all"
"""Dimension and member of a fact about all cases."""

IMPORTED = "imported/"
"""How the snapshot of a fact begins that was printed before the product came."""

_PARTS_OF_A_WHOLE = 3
_ESCAPES = (("%", "%25"), ("/", "%2F"), ("×", "%D7"))


@dataclass(frozen=True, order=True)
class FactKey:
    """The one name of a fact: in a URL, on the command line, in the page, in a failing test.

    `told_for` is the team or service that a whole pack is told for. It is printed as the first part of the name, and
    not compared: within such a pack the key of a figure finds the figure of that part.

    >>> str(FactKey("cpp_open", Period(2021, 11), Window.MONTH_END))
    'cpp_open/2021-11/month_end'
    >>> FactKey.parse("referrals/2021-11/month/source/6").member
    '6'
    """

    indicator: str
    period: Period
    window: Window
    dimension: str = WHOLE
    member: str = WHOLE
    told_for: Part | None = field(default=None, compare=False, kw_only=True)

    def __str__(self) -> str:
        """`indicator/2021-11/window[/dimension/member]`; crossed dimensions stand one pair after another."""
        whole = f"{self.indicator}/{self.period}/{self.window}"
        if self.told_for:
            whole += f"/{self.told_for.kind}/{_escaped(self.told_for.id)}"
        if self.dimension == WHOLE:
            return whole
        crossed = "×" in self.dimension
        members = self.member.split("×") if crossed else [self.member]
        pairs = zip(self.dimension.split("×"), members, strict=False)
        return "/".join([whole, *(f"{dimension}/{_escaped(member)}" for dimension, member in pairs)])

    @classmethod
    def parse(cls, text: str) -> FactKey:
        """Read a key as it is printed; a `UsageError` says how one is written."""
        parts = text.strip().split("/")
        try:
            indicator, period, window = parts[0], Period.parse(parts[1]), Window(parts[2])
        except (IndexError, ValueError):
            raise _unreadable(text) from None
        pairs = parts[_PARTS_OF_A_WHOLE:]
        if len(pairs) % 2:
            raise _unreadable(text)
        if not pairs:
            return cls(indicator, period, window)
        return cls(indicator, period, window, "×".join(pairs[::2]), "×".join(_plain(one) for one in pairs[1::2]))

    def in_window(self, window: Window) -> FactKey:
        """The same figure over another window."""
        return replace(self, window=window)

    def within(self, dimension: str, member: str) -> FactKey | None:
        """The same figure as it is named within one member of a dimension; none where it is of another.

        >>> key = FactKey.parse("referrals/2021-11/month/team/T4/source/6")
        >>> str(key.within("team", "T4")), key.within("team", "T5")
        ('referrals/2021-11/month/source/6', None)
        """
        pairs = list(zip(self.dimension.split("×"), self.member.split("×"), strict=False))
        if (dimension, member) not in pairs:
            return None
        pairs.remove((dimension, member))
        dimensions, members = zip(*pairs, strict=True) if pairs else ((WHOLE,), (WHOLE,))
        return replace(self, dimension="×".join(dimensions), member="×".join(members))

    def in_month(self, period: Period) -> FactKey:
        """The same figure for another month."""
        return replace(self, period=period)


def _escaped(member: str) -> str:
    """A member as it stands in a key: a team's own code may hold the very signs that part a key."""
    for sign, code in _ESCAPES:
        member = member.replace(sign, code)
    return member


def _plain(member: str) -> str:
    for sign, code in reversed(_ESCAPES):
        member = member.replace(code, sign)
    return member


def _unreadable(text: str) -> UsageError:
    return UsageError(
        f"“{text}” is not the key of a fact.",
        remedy="Write indicator/YYYY-MM/window, such as cpp_open/2021-11/month_end; add /dimension/member for a part.",
    )


class Status(StrEnum):
    """Whether a fact has a value, and if not, why."""

    FINAL = "final"
    NO_CASES = "no_cases"
    NOT_AVAILABLE = "not_available"
    MIXED = "mixed"


class Quality(StrEnum):
    """How far a fact can be trusted."""

    SOUND = "sound"
    CAUTION = "caution"
    UNRELIABLE = "unreliable"


@dataclass(frozen=True)
class Fact:
    """One number: numerator, denominator, window, as-at date, snapshot, definition and quality.

    A plain count has no denominator. `value` is exact: percentages 0 to 100, rates per 10,000, never rounded here.
    `supplied_by` is empty for what is counted from records; else it names who gave the figure, and when. `reason` says
    in plain words why it has no value or is not sound, and is empty where there is nothing to say. `known_at` is the
    day up to which a later freeze knew of it, where it is told by that one among months as first reported.
    """

    key: FactKey
    as_at: date
    numerator: float | None
    denominator: float | None
    value: float | None
    unit: str
    status: Status
    quality: Quality
    snapshot: str
    definition: str
    supplied_by: str = ""
    reason: str = ""
    known_at: date | None = None

    @property
    def is_imported(self) -> bool:
        """Whether it was printed before the product came, and nobody has counted it since."""
        return self.snapshot.startswith(IMPORTED)


class Facts:
    """Facts by key. Asking for one that is not there gives nothing, not an error: a pack says "-" and goes on."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._by_key = {fact.key: fact for fact in facts}

    def __iter__(self) -> Iterator[Fact]:
        """Every fact, in the order it was given."""
        return iter(self._by_key.values())

    def __len__(self) -> int:
        """How many there are."""
        return len(self._by_key)

    def get(self, key: FactKey) -> Fact | None:
        """The fact of that name, if there is one."""
        return self._by_key.get(key)

    def members(self, key: FactKey, dimension: str) -> tuple[Fact, ...]:
        """The parts of a whole fact by one dimension, in the order they were computed."""
        return tuple(
            fact
            for fact in self
            if (fact.key.indicator, fact.key.period, fact.key.window, fact.key.dimension)
            == (key.indicator, key.period, key.window, dimension)
        )
