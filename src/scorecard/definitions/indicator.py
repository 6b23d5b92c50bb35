"""What a definition file says, once read: an indicator, its measures, its worked examples."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from scorecard.errors import Place


class Kind(StrEnum):
    """Whether the things counted happen in a month or are open at the end of it."""

    FLOW = "flow"
    STOCK = "stock"


class Unit(StrEnum):
    """What a value is a number of."""

    COUNT = "count"
    PERCENT = "percent"
    RATE_PER_10000 = "rate_per_10000"
    DAYS = "days"
    POUNDS = "pounds"


class Better(StrEnum):
    """Which way is good; `neither` where a change carries no judgement."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Statistic(StrEnum):
    """How the cases of a measure become one value."""

    RATIO = "ratio"
    MEAN = "mean"
    MEDIAN = "median"


class CountEach(StrEnum):
    """Whether a child who stands in several cases of a window counts once for each, or once."""

    CASE = "case"
    CHILD = "child"


ALL_CASES = "all"
"""`of: all`, the whole of the cases that are not left out."""

POPULATION = "population"
"""`of: population`, the children aged 0 to 17 who live in the area."""

EVER = 1200
"""`looks_back: ever`, in months: to the very first record there may be."""


@dataclass(frozen=True)
class Measure:
    """One figure made from an indicator's cases.

    `counts` is a 0/1 or number column (every case, where it is empty); `of` is what it is set against: `all` cases,
    a column, the `population`, the id of another measure, or nothing, which makes it a plain count. `meaning` says in
    one sentence what the figure is; empty where the first sentence of its indicator's meaning says it. `looks_back` is
    how many months before each case it asks about, where that is not what its indicator says.
    """

    id: str
    title: str
    unit: Unit
    better: Better
    counts: str | None = None
    of: str | None = None
    decimals: int = 0
    statistic: Statistic = Statistic.RATIO
    count_each: CountEach = CountEach.CASE
    annualised: bool = False
    meaning: str = ""
    in_words: str = ""
    breakdowns: tuple[str, ...] = ()
    from_day: date | None = None
    to_day: date | None = None
    looks_back: int | None = None


@dataclass(frozen=True)
class Duty:
    """What each case of a stock is owed by a day: `measure` is the figure whose failures are overdue.

    The SQL returns `due_on` and `last_done_on` beside the measure, for no more than one case of a child a day.
    """

    title: str
    measure: str


@dataclass(frozen=True)
class GivenTable:
    """A tiny table of records in a worked example: text cells, empty where the record has none."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True)
class ExpectedCase:
    """A case an example expects: the columns it names, and why."""

    values: Mapping[str, str | None]
    because: str


@dataclass(frozen=True)
class Example:
    """Tiny tables in, expected cases out; its title is a sentence that could be false.

    `traps` names the ways in which others get this wrong, and which the example shows not to happen. `settings` are
    parameters that have another value in the example than in the library.
    """

    title: str
    given: tuple[GivenTable, ...]
    days: tuple[date, date]
    expected: tuple[ExpectedCase, ...]
    place: Place
    traps: tuple[str, ...] = ()
    settings: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Indicator:
    """One definition file: which cases count, the measures made of them, and the examples that prove it.

    Of a stock, `rolls_forward` names the measures that count its `started` and `ended`; `cohort_of` the stocks whose
    children are the very children it asks about; `until_age` is how old a child is when it counts them no longer,
    though nobody has recorded an end. It needs every column its SQL names, but those that `does_without` names (a
    column, or a whole table), with what is then to be said of the figure: nothing where it stays the same. Of the
    tables named in `either_of` one is enough. `looks_back` is how many months before each case it asks about, and
    `latest_is_enough` that of what it looks back to it asks for the latest record of each child alone.
    """

    id: str
    title: str
    section: str
    kind: Kind
    one_case_is: str
    measures: tuple[Measure, ...]
    sql: str
    meaning: str
    examples: tuple[Example, ...]
    place: Place
    sql_line: int
    fingerprint: str
    owner: str = ""
    source: str = ""
    caveats: tuple[str, ...] = ()
    local_standard: bool = False
    breakdowns: tuple[str, ...] = ()
    duty: Duty | None = None
    rolls_forward: Mapping[str, str] = field(default_factory=dict)
    cohort_of: tuple[str, ...] = ()
    until_age: int = 0
    pooled_month_ends: bool = False
    from_day: date | None = None
    to_day: date | None = None
    replaces: str = ""
    reason: str = ""
    parameters: tuple[str, ...] = ()
    code_lists: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    does_without: Mapping[str, str] = field(default_factory=dict)
    either_of: tuple[str, ...] = ()
    looks_back: int = 0
    latest_is_enough: bool = False

    def months_back(self, measure: Measure) -> int:
        """How many months before each case a measure asks about."""
        return self.looks_back if measure.looks_back is None else measure.looks_back


@dataclass(frozen=True)
class Dimension:
    """One way of breaking cases down: a member for each case, or not recorded.

    `members` maps code to label in the order they are printed; empty where the records decide (teams). `by_child` says
    that the member depends on the child and the day alone, whatever the case: it is then looked up once for both. What
    it `does_without` is as of an indicator.
    """

    id: str
    title: str
    meaning: str
    members: Mapping[str, str]
    sql: str
    sql_line: int
    place: Place
    fingerprint: str
    by_child: bool = False
    does_without: Mapping[str, str] = field(default_factory=dict)


NOT_RECORDED = "not_recorded"
"""The member of a case whose records do not say."""
