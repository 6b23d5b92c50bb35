"""What a source can know: which figures it holds everything for, and of the others in plain words what it lacks.

A figure needs every column that decides its cases or its value, but those its definition says it can do without. A
breakdown needs its own besides: where they are lacking, the whole figure stands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from scorecard.contract.load import load_contract
from scorecard.definitions.indicator import Dimension, Indicator
from scorecard.facts.cases import dimensions_of
from scorecard.facts.counting import has_cases_below
from scorecard.facts.teams import SERVICE, TEAM
from scorecard.sql.needed import Need, Needs, made_of
from scorecard.words.grammar import day_in_words, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from scorecard.contract.report import CheckReport
    from scorecard.definitions.indicator import Measure
    from scorecard.definitions.registry import Registry

_SHOWN = 4
_UNPACKED = {name for name, table in load_contract().tables.items() if table.derived}
_CASE = ("case_id", "child_id", "event_date")


@dataclass(frozen=True)
class Held:
    """What a source holds of one table: its columns, all of them where that is not known, from when on and until."""

    columns: frozenset[str] | None = None
    known_from: date | None = None
    known_to: date | None = None


@dataclass(frozen=True)
class Known:
    """What a source holds, by table."""

    tables: Mapping[str, Held]

    @cached_property
    def _doubtful(self) -> frozenset[str]:
        """The names of all that is lacking, or begins late; what is unpacked, where a packed column is lacking."""
        found = set[str]()
        for name, table in load_contract().tables.items():
            held, packed = self.tables.get(name), {column.name for column in table.packed}
            if held is None:
                found |= set() if table.derived else {name, *packed}
            else:
                found |= {name} if held.known_from or held.known_to else set()
                if held.columns is not None:
                    found |= ({column.name for column in table.loaded} | packed) - held.columns
            found |= _UNPACKED if packed & found else set()
        return frozenset(found)

    def doubts(self, sql: str) -> bool:
        """Whether anything a definition names may be lacking: reading SQL takes longer than looking for a name."""
        return any(name in sql for name in self._doubtful)

    def lacking(self, needs: Iterable[Need]) -> Needs:
        """Of these columns those the source has none of; of a table it does not have, the table alone."""
        found = set[Need]()
        for table, column in needs:
            held = self.tables.get(table)
            if held is None:
                found.add((table, ""))
            elif column and held.columns is not None and column not in held.columns:
                found.add((table, column))
        return frozenset(found)

    def known_from(self, tables: Iterable[str]) -> date | None:
        """The first day from which all of these tables hold everything; none where each of them always does."""
        days = (self.tables[name].known_from for name in tables if name in self.tables)
        return max((day for day in days if day), default=None)

    def known_to(self, tables: Iterable[str]) -> date | None:
        """The last day up to which all of these tables speak; none where each speaks up to the extract's day."""
        days = (self.tables[name].known_to for name in tables if name in self.tables)
        return min((day for day in days if day), default=None)


def known_by(report: CheckReport) -> Known:
    """What a source holds, by what was found when it was read."""
    return Known(
        {one.table: Held(frozenset(one.columns), one.known_from, one.known_to) for one in report.tables if one.files}
    )


@dataclass(frozen=True)
class Verdict:
    """Whether a figure, or a breakdown, can be known: what is lacking, what is to be minded, from when on and until.

    `before` is what is to be minded besides of a time before a day: what it can do without begins only then.
    """

    lacking: Needs = frozenset()
    cautions: tuple[str, ...] = ()
    known_from: date | None = None
    before: tuple[tuple[date, str], ...] = ()
    known_to: date | None = None

    @property
    def reason(self) -> str:
        """Why it cannot be known; empty where it can."""
        return f"Cannot be known from this source: it has no {in_words(self.lacking)}." if self.lacking else ""

    def reason_on(self, day: date) -> str:
        """Why it cannot be known of a time that begins on a day; empty where it can."""
        if self.lacking or self.known_from is None or self.known_from <= day:
            return self.reason
        return f"Cannot be known from this source: its records begin on {day_in_words(self.known_from)}."


@dataclass(frozen=True)
class Told:
    """What a source can tell of a measure, and of each of its breakdowns of which there is something to say."""

    whole: Verdict
    parts: Mapping[str, Verdict]
    looks_back: int
    latest_is_enough: bool = False


def tell(registry: Registry, indicators: Iterable[Indicator], known: Known) -> dict[str, Told]:
    """What a source can tell of each measure of these indicators, by its id."""
    return {measure.id: _told(one, measure, registry, known) for one in indicators for measure in one.measures}


def _told(indicator: Indicator, measure: Measure, registry: Registry, known: Known) -> Told:
    breakdowns = measure.breakdowns or indicator.breakdowns
    parts = {name: of_breakdown(indicator, name, registry, known) for name in breakdowns}
    said = {name: verdict for name, verdict in parts.items() if verdict != Verdict()}
    whole = of_measure(indicator, measure, registry, known)
    return Told(whole, said, indicator.months_back(measure), indicator.latest_is_enough)


def countable(indicators: Iterable[Indicator], told: Mapping[str, Told]) -> tuple[Indicator, ...]:
    """The indicators with those of their measures that can be known; one of which none can is left out."""
    kept = [
        replace(one, measures=tuple(measure for measure in one.measures if not told[measure.id].whole.lacking))
        for one in indicators
    ]
    return tuple(one for one in kept if one.measures)


def of_measure(indicator: Indicator, measure: Measure, registry: Registry, known: Known) -> Verdict:
    """What a source can tell of a figure; one that is set against another stands and falls with it."""
    own = _judged(indicator, measure_needs(indicator, measure), known) if known.doubts(indicator.sql) else Verdict()
    other = measure.of if measure.of in registry.measures else None
    if other is None:
        return own
    below = of_measure(registry.of_measure(other), registry.measure(other), registry, known)
    days = [day for day in (own.known_from, below.known_from) if day]
    ends = [day for day in (own.known_to, below.known_to) if day]
    cautions = tuple(dict.fromkeys((*own.cautions, *below.cautions)))
    before = tuple(dict.fromkeys((*own.before, *below.before)))
    since, until = max(days, default=None), min(ends, default=None)
    return Verdict(own.lacking | below.lacking, cautions, since, before, until)


def of_breakdown(indicator: Indicator, breakdown: str, registry: Registry, known: Known) -> Verdict:
    """What a source can tell of the parts of a figure, its whole being known."""
    names = (TEAM if name == SERVICE else name for name in dimensions_of((breakdown,)))
    each = [_of_dimension(indicator, name, registry, known) for name in names]
    return Verdict(
        lacking=frozenset[Need]().union(*(one.lacking for one in each)),
        cautions=tuple(dict.fromkeys(caution for one in each for caution in one.cautions)),
        known_from=max((one.known_from for one in each if one.known_from), default=None),
    )


def _of_dimension(indicator: Indicator, name: str, registry: Registry, known: Known) -> Verdict:
    """What a source can tell of one dimension: by a column of the cases themselves, or else as it is looked up."""
    defined = registry.dimensions.get(name)
    if not known.doubts(indicator.sql) and not (defined and known.doubts(defined.sql)):
        return Verdict()
    own = made_of(indicator.sql)
    if name in own.columns:
        return _judged(indicator, _records_of(own.columns[name] - own.rows, indicator), known)
    return _judged(defined, dimension_needs(defined), known) if defined else Verdict()


def measure_needs(indicator: Indicator, measure: Measure) -> Needs:
    """The columns that decide a figure's cases and its value; not those it is only broken down by."""
    made = made_of(indicator.sql)
    judged = [name for name in made.columns if name.startswith("judged_by_")]
    named = [name for name in (measure.counts, measure.of) if name]
    left_out = ["left_out"] if has_cases_below(measure, tuple(made.columns)) else []
    return _records_of(made.of(*_CASE, *judged, *named, *left_out), indicator)


def dimension_needs(dimension: Dimension) -> Needs:
    """The columns that decide which member a case has."""
    made = made_of(dimension.sql)
    return _records_of(made.of(*made.columns), dimension)


def in_words(lacking: Iterable[Need]) -> str:
    """Tables and columns by their names, with what they hold.

    >>> in_words({("ssd_cp_plans", "cppl_cp_plan_end_date"), ("ssd_cp_reviews", "")})
    'cppl_cp_plan_end_date (day the plan ended) or ssd_cp_reviews (review child protection conferences)'
    """
    tables = load_contract().tables
    said = [
        f"{column or table} ({_plain((tables[table].column(column) if column else tables[table]).meaning)})"
        for table, column in sorted(lacking)
    ]
    more = len(said) - _SHOWN
    return joined([*said[:_SHOWN], f"{more} more columns"] if more > 0 else said, "or")


def _plain(meaning: str) -> str:
    """The first words of a meaning, as they stand within a sentence."""
    for sign in ".,;:(":
        meaning = meaning.partition(sign)[0]
    meaning = meaning.strip()
    return meaning if meaning[:2].isupper() else meaning[:1].lower() + meaning[1:]


def _judged(one: Indicator | Dimension, needs: Needs, known: Known) -> Verdict:
    """Lacking columns told apart: those it can do without, with what is then said, and those it cannot."""
    lacking, said = known.lacking(_enough(one, needs, known)), one.does_without
    found = sorted(need for need in lacking if not said.keys().isdisjoint(need))
    excused = {need: said.get(need[0], said.get(need[1], "")) for need in found}
    tables = {table for table, _ in needs}
    begun = ((known.known_from([table]), said[table]) for table in sorted(tables & said.keys()) if said[table])
    return Verdict(
        lacking=lacking - excused.keys(),
        cautions=tuple(dict.fromkeys(filter(None, excused.values()))),
        known_from=known.known_from(tables - said.keys()),
        before=tuple((day, caution) for day, caution in begun if day),
        known_to=known.known_to(tables - said.keys()),
    )


def _enough(one: Indicator | Dimension, needs: Needs, known: Known) -> Needs:
    """What is needed where one of several tables is enough, and one of them is there."""
    either = one.either_of if isinstance(one, Indicator) else ()
    whole = [name for name in either if not known.lacking(need for need in needs if need[0] == name)]
    return frozenset(need for need in needs if need[0] not in either) if whole else needs


def _records_of(needs: Needs, one: Indicator | Dimension) -> Needs:
    """What is unpacked when an extract is taken is needed as it is supplied: the packed columns of the tables named."""
    tables = load_contract().tables
    found = {need for need in needs if not tables[need[0]].derived}
    if len(found) < len(needs):
        named = [table for name, table in tables.items() if f"'{name}'" in one.sql]
        found |= {(table.name, column.name) for table in named for column in table.packed}
    return frozenset(found)
