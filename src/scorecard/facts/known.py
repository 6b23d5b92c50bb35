"""What a source can know: which figures it holds everything for, and of the others in plain words what it lacks.

A figure needs every column that decides its cases or its value, but those its definition says it can do without. A
breakdown needs its own besides: where they are lacking, the whole figure stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.contract.load import load_contract
from scorecard.definitions.indicator import Dimension, Indicator
from scorecard.facts.cases import CROSSED
from scorecard.facts.counting import has_cases_below, other_measure
from scorecard.facts.teams import SERVICE, TEAM
from scorecard.sql.needed import Need, Needs, made_of
from scorecard.words.grammar import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from scorecard.definitions.indicator import Measure
    from scorecard.definitions.registry import Registry

_SHOWN = 4
_CASE = ("case_id", "child_id", "event_date")


@dataclass(frozen=True)
class Held:
    """What a source holds of one table: its columns, all of them where that is not known, and from when on."""

    columns: frozenset[str] | None = None
    known_from: date | None = None


@dataclass(frozen=True)
class Known:
    """What a source holds, by table."""

    tables: Mapping[str, Held]

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


@dataclass(frozen=True)
class Verdict:
    """Whether a figure, or a breakdown of it, can be known: what is lacking, what is to be minded, and from when on."""

    lacking: Needs = frozenset()
    cautions: tuple[str, ...] = ()
    known_from: date | None = None

    @property
    def reason(self) -> str:
        """Why it cannot be known; empty where it can."""
        return f"Cannot be known from this source: it has no {in_words(self.lacking)}." if self.lacking else ""


def of_measure(indicator: Indicator, measure: Measure, registry: Registry, known: Known) -> Verdict:
    """What a source can tell of a figure; one that is set against another stands and falls with it."""
    needs = measure_needs(indicator, measure)
    own = _judged(indicator, needs, known)
    made = made_of(indicator.sql)
    other = other_measure(measure, tuple(made.columns))
    if other is None or other not in registry.measures:
        return own
    below = of_measure(registry.of_measure(other), registry.measure(other), registry, known)
    days = [day for day in (own.known_from, below.known_from) if day]
    cautions = tuple(dict.fromkeys((*own.cautions, *below.cautions)))
    return Verdict(own.lacking | below.lacking, cautions, max(days, default=None))


def of_breakdown(indicator: Indicator, breakdown: str, registry: Registry, known: Known) -> Verdict:
    """What a source can tell of the parts of a figure, its whole being known."""
    lacking, cautions = set[Need](), list[str]()
    for name in breakdown.split(CROSSED):
        defined = registry.dimensions.get(TEAM if name == SERVICE else name)
        own = made_of(indicator.sql)
        if name in own.columns:
            verdict = _judged(indicator, _records_of(own.columns[name] - own.rows, indicator), known)
        else:
            verdict = _judged(defined, dimension_needs(defined), known) if defined else Verdict()
        lacking |= verdict.lacking
        cautions += verdict.cautions
    return Verdict(frozenset(lacking), tuple(dict.fromkeys(cautions)))


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
    excused = {need: said.get(need[0], said.get(need[1], "")) for need in lacking if not said.keys().isdisjoint(need)}
    known_from = known.known_from({table for table, _ in needs} - said.keys())
    return Verdict(lacking - excused.keys(), tuple(dict.fromkeys(filter(None, excused.values()))), known_from)


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
