"""A council's own word on its data, from its `quality.toml`: grades a named owner gives, warnings somebody accepted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scorecard.calendar.periods import Period
from scorecard.errors import WorkspaceError, raise_together
from scorecard.facts.fact import Quality
from scorecard.facts.reading import COLUMNS
from scorecard.toml_files import Table, TomlFile, day, near_or_all, one_of, text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from scorecard.errors import ScorecardError

    Row = tuple[Any, ...]

_INDICATOR, _PERIOD, _QUALITY, _REASON = (COLUMNS.index(one) for one in ("indicator", "period", "quality", "reason"))

_FORM = Table(
    "the file",
    {
        "override": Table(
            "an override",
            {
                **{name: text(required=True) for name in ("indicator", "from", "by", "note")},
                "to": text(),
                "grade": one_of("grade", Quality, required=True),
            },
            many=True,
        ),
        "accepted": Table(
            "an accepted warning",
            {**{name: text(required=True) for name in ("rule", "by", "because")}, "until": day(required=True)},
            many=True,
        ),
    },
    is_frame=True,
)


@dataclass(frozen=True)
class Override:
    """The grade that a named owner gives the figures of some months, in place of the one that is counted."""

    measures: frozenset[str]
    first: Period
    last: Period | None
    grade: Quality
    by: str
    note: str

    def concerns(self, period: Period) -> bool:
        """Whether a month is among those it speaks of; without a last one, every month from the first."""
        return self.first <= period and (self.last is None or period <= self.last)

    def reason(self, counted: str) -> str:
        """What is printed beside the figure, and after it the reason that was counted."""
        return f"Graded {self.grade} by {self.by}: {self.note.rstrip('.')}. {counted}".strip()


@dataclass(frozen=True)
class Accepted:
    """A rule whose breaking somebody answers for, until a day: the records stay listed, and the figures graded."""

    rule: str
    by: str
    because: str
    until: date


@dataclass(frozen=True)
class Verdicts:
    """All that a council says of its own data."""

    overrides: tuple[Override, ...] = ()
    accepted: tuple[Accepted, ...] = ()

    def graded(self, rows: Iterable[Row]) -> list[Row]:
        """Rows of facts with the grades their owners gave them; of two overrides the later in the file counts."""
        concerned = frozenset[str]().union(*(one.measures for one in self.overrides))
        return [self._row(row) if row[_INDICATOR] in concerned else row for row in rows]

    def _row(self, row: Row) -> Row:
        name, period = row[_INDICATOR], Period.parse(row[_PERIOD])
        mine = [one for one in self.overrides if name in one.measures and one.concerns(period)]
        if not mine:
            return row
        cells = list(row)
        cells[_QUALITY], cells[_REASON] = mine[-1].grade.value, mine[-1].reason(row[_REASON])
        return tuple(cells)

    def accepting(self, rule: str, day: date) -> Accepted | None:
        """Who accepted that a rule is broken, where that still holds on a day."""
        return next((one for one in self.accepted if one.rule == rule and day <= one.until), None)


def load_verdicts(path: Path, measures: Mapping[str, Collection[str]], rules: Collection[str]) -> Verdicts:
    """Read a council's `quality.toml`; every fault in it is told at once.

    `measures` are those of each name a figure has: its own, and that of the definition it belongs to.
    """
    file = TomlFile(path, WorkspaceError)
    raise_together(file.faults(_FORM))
    overrides, accepted = file.data.get("override", []), file.data.get("accepted", [])
    raise_together([*_faults(file, overrides, measures), *_unknown_rules(file, accepted, rules)])
    return Verdicts(
        tuple(_override(entry, measures) for entry in overrides),
        tuple(Accepted(**entry) for entry in accepted),
    )


def _faults(file: TomlFile, entries: list[dict[str, Any]], measures: Collection[str]) -> Iterator[ScorecardError]:
    for entry in entries:
        if (name := entry["indicator"]) not in measures:
            remedy = near_or_all(name, measures, "`scorecard indicators` lists them.")
            yield file.fault(entry, "indicator", f"there is no figure “{name}”", remedy)
        wrong = [key for key in ("from", "to") if key in entry and _month(entry[key]) is None]
        for key in wrong:
            yield file.fault(entry, key, f"“{entry[key]}” is not a month", 'Write it as "2021-11".')
        if not wrong and "to" in entry and Period.parse(entry["to"]) < Period.parse(entry["from"]):
            yield file.fault(entry, "to", "the override ends before it begins", "Give it a later month, or none.")


def _unknown_rules(file: TomlFile, entries: list[dict[str, Any]], rules: Collection[str]) -> Iterator[ScorecardError]:
    for entry in entries:
        if (name := entry["rule"]) not in rules:
            remedy = near_or_all(name, rules, "docs/reference/quality-rules.md lists them.")
            yield file.fault(entry, "rule", f"there is no rule “{name}”", remedy)


def _month(text_: str) -> Period | None:
    try:
        return Period.parse(text_)
    except ValueError:
        return None


def _override(entry: dict[str, Any], measures: Mapping[str, Collection[str]]) -> Override:
    return Override(
        measures=frozenset(measures[entry["indicator"]]),
        first=Period.parse(entry["from"]),
        last=Period.parse(entry["to"]) if "to" in entry else None,
        grade=Quality(entry["grade"]),
        by=entry["by"],
        note=entry["note"],
    )
