"""Over every indicator: what is written into a frozen month later moves *now*, never *first*, and every case is told.

Two extracts of invented lives differ in one way alone (records entered, taken out, or changed), so that the only right
cause is known. What each case adds is worked out again here in plain Python, from the kept cases and from those of the
newest extract, and the bridge must list exactly where the two differ.
"""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lives import put, records
from rows import CONTRACT, REGISTRY, Records, Row, one_for_each_key

from scorecard.calendar.periods import Period
from scorecard.definitions.indicator import CountEach, Indicator, Measure, Statistic
from scorecard.facts.counting import months_of
from scorecard.facts.reading import to_fact
from scorecard.facts.restate import Cause
from scorecard.sql.engines.duckdb import open_duckdb
from scorecard.store.snapshots import TableTaken, Taken
from scorecard.work.freeze import freeze
from scorecard.work.new import new_workspace
from scorecard.work.restated import ToldApart, told_apart
from scorecard.work.views import count, facts_first
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorecard.contract.types import Table
    from scorecard.facts.fact import FactKey
    from scorecard.store.snapshots import Snapshot
    from scorecard.work.workspace import Workspace

MONTH = Period(2021, 11)
LATER = date(2021, 12, 31)

few = settings(
    max_examples=max(1, int(os.environ.get("SCORECARD_EXAMPLES", "6")) // 6),
    deadline=None,
    derandomize="SCORECARD_EXAMPLES" not in os.environ,
    database=None,
    phases=[Phase.generate],  # an example takes seconds: to look for a smaller one takes hours
    print_blob=False,
    suppress_health_check=list(HealthCheck),
)

_DRAWS, _DEALS = 2, 8
"""How many lives are drawn, and how often they are dealt at most until every indicator has moved."""

Adds = dict[str, tuple[Decimal, ...]]
"""What each thing adds to a figure: above, below, and its value where those are no sum."""


def _some(table: Table, rows: Iterable[Row], chance: Random) -> tuple[list[Row], list[Row]]:
    """The rows in two, about one in four among the second; what is unpacked from one record stays together."""
    kept, others, drawn = list[Row](), list[Row](), dict[tuple[Any, ...], bool]()
    for row in rows:
        record = tuple(row.get(name) for name in (table.key[:-1] if table.derived else table.key))
        (others if drawn.setdefault(record, chance.random() < 1 / 4) else kept).append(row)
    return kept, others


def entered(found: Records, chance: Random) -> tuple[Records, Records]:
    """An extract that lacks some records, and a later one that has them."""
    return {name: _some(CONTRACT.tables[name], rows, chance)[0] for name, rows in found.items()}, found


def removed(found: Records, chance: Random) -> tuple[Records, Records]:
    """An extract, and a later one that lacks some of its records."""
    whole, part = entered(found, chance)[::-1]
    return whole, part


def changed(found: Records, chance: Random) -> tuple[Records, Records]:
    """An extract, and a later one in which some records say what others say, under their own keys."""

    def otherwise(table: Table, rows: list[Row]) -> list[Row]:
        kept, others = _some(table, rows, chance)
        said = [one | {name: row[name] for name in table.key} for row in others if (one := chance.choice(rows))]
        return one_for_each_key(table, [*kept, *said])

    return found, {name: otherwise(CONTRACT.tables[name], rows) for name, rows in found.items()}


@dataclass(frozen=True)
class Frozen:
    """A frozen month, what was first reported of it, and the extract taken since."""

    workspace: Workspace
    first: list[tuple[object, ...]]
    newest: Snapshot

    @cached_property
    def told(self) -> dict[FactKey, ToldApart]:
        """The restatements, as the product tells them."""
        return told_apart(self.workspace, [MONTH])


def _frozen(folder: Path, before: Records, after: Records) -> Frozen:
    new_workspace(folder)
    with (folder / "scorecard.toml").open("a", encoding="utf-8") as settled:
        settled.write('\n[[population]]\nfrom = 2018-04-01\npersons = 20000\nsource = "an estimate"\n')
    workspace = open_workspace(folder)
    freeze(workspace, MONTH, "2021-12-03", _keep(workspace, before, MONTH.last_day))
    first = facts_first(workspace, MONTH)
    return Frozen(workspace, first, _keep(workspace, after, LATER))


def _keep(workspace: Workspace, found: Records, as_at: date) -> Snapshot:
    engine = open_duckdb(REGISTRY.rules)
    put(engine, found)
    tables = {
        name: TableTaken(name, tuple(column.name for column in table.loaded)) for name, table in CONTRACT.tables.items()
    }
    taken = Taken(as_at, "invented", f"{as_at:%Y%m%d}", CONTRACT.version, None, {})
    with workspace.store.writing():
        kept = workspace.snapshots.keep(taken, tables, engine.connection)
        workspace.snapshots.let_stand(kept)
    engine.close()
    return kept


def _check(frozen: Frozen, told: Mapping[FactKey, ToldApart], cause: Cause) -> set[str]:
    """Every figure's lines against what the cases say; gives back the indicators of the figures that moved."""
    assert facts_first(frozen.workspace, MONTH) == frozen.first
    counted = count(frozen.workspace, frozen.newest, (MONTH,))
    then, now = _Cases(duckdb.connect(), {}), _Cases(counted.engine.connection, {})
    registry, moved = frozen.workspace.registry, set[str]()
    for indicator in registry.indicators.values():
        then.add(indicator, f"read_parquet('{frozen.workspace.months.revision(MONTH, 1).cases(indicator.id)}')")
        now.add(indicator, counted.cases[indicator.id].table)
    for row in frozen.first:
        key = to_fact(row).key
        if key.dimension != "all":
            continue
        expected = _differing(then.adds(registry, key), now.adds(registry, key))
        one = told.get(key)
        if one is None:
            # The two differ by case and the figure is the same: nothing moved that anybody was told.
            continue
        moved.add(registry.of_measure(key.indicator).id)
        assert sorted((thing.thing, thing.n, thing.d) for _, thing in one.things) == expected, key
        assert {step.cause for step, _ in one.things} <= {cause}, key
        lines, was, to = one.restatement.lines, one.restatement.first, one.restatement.now
        assert sum(line.cases for line in lines) == len(one.things)
        assert sum(line.denominator for line in lines) == pytest.approx((to.denominator or 0) - (was.denominator or 0))
        if one.restatement.adds_up:
            assert sum(line.numerator for line in lines) == pytest.approx((to.numerator or 0) - (was.numerator or 0))
    counted.engine.close()
    return moved


@dataclass(frozen=True)
class _Cases:
    """Cases as rows, by indicator, and what they add by the plain words of the definition's front matter."""

    connection: duckdb.DuckDBPyConnection
    rows: dict[str, list[Row]]

    def add(self, indicator: Indicator, table: str) -> None:
        answer = self.connection.execute(f"FROM {table}")
        names = [column[0] for column in answer.description]
        self.rows[indicator.id] = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def adds(self, registry: Any, key: FactKey) -> Adds:
        measure, indicator = registry.measure(key.indicator), registry.of_measure(key.indicator)
        found = self._of(measure, indicator, key)
        if measure.of in registry.measures and measure.of not in _names(self.rows[indicator.id]):
            other = self._of(registry.measure(measure.of), registry.of_measure(measure.of), key)
            found |= {f"against {name}": (Decimal(0), top, Decimal(0)) for name, (top, _, _) in other.items()}
        return found

    def _of(self, measure: Measure, indicator: Indicator, key: FactKey) -> Adds:
        first, last = months_of(key.window, key.period)
        found: dict[str, list[tuple[Decimal, ...]]] = defaultdict(list)
        below = measure.of == "all" or measure.of in _names(self.rows[indicator.id])
        for row in self.rows[indicator.id]:
            if first.first_day <= row["event_date"] <= last.last_day and not (below and row["left_out"]):
                name = row["child_id" if measure.count_each is CountEach.CHILD else "case_id"]
                found[name].append(_added(row, measure, below=below))
        once = measure.count_each is CountEach.CHILD
        return {
            name: tuple((max if once else sum)(column) for column in zip(*each, strict=True))
            for name, each in found.items()
            if name is not None
        }


def _names(rows: list[Row]) -> set[str]:
    return set(rows[0]) if rows else set()


def _added(row: Row, measure: Measure, *, below: bool) -> tuple[Decimal, ...]:
    top = _number(row[measure.counts]) if measure.counts else Decimal(1)
    bottom = Decimal(0)
    if below and measure.statistic is not Statistic.RATIO:
        bottom = Decimal(row[measure.counts or ""] is not None)
    elif below:
        bottom = Decimal(1) if measure.of == "all" else _number(row[measure.of or ""])
    if measure.count_each is CountEach.CHILD:
        return Decimal(top > 0), Decimal(bottom > 0), Decimal(0)
    return (bottom, bottom, top) if measure.statistic is Statistic.MEDIAN else (top, bottom, Decimal(0))


def _number(value: Any) -> Decimal:
    return Decimal(0) if value is None else Decimal(str(value)).quantize(Decimal("0.000001"))


def _differing(then: Adds, now: Adds) -> list[tuple[str, float, float]]:
    """The symmetric difference of what was added then and is now; a thing may stand on both sides of a figure."""
    nothing = (Decimal(0),) * 3
    both = [(name, then.get(name, nothing), now.get(name, nothing)) for name in {*then, *now}]
    return sorted(
        (name.removeprefix("against "), float(to[0] - was[0]), float(to[1] - was[1]))
        for name, was, to in both
        if was != to
    )


WAYS = ((entered, Cause.ENTERED_LATE), (removed, Cause.REMOVED), (changed, Cause.CHANGED))


@pytest.mark.slow
@pytest.mark.parametrize(("way", "cause"), WAYS)
@few
@given(found=records(least=20, most=30), seed=st.integers(0, 2**32))
def test_what_is_written_later_moves_now_and_never_first_and_every_case_is_told_once(
    way: Any, cause: Cause, found: Records, seed: int
) -> None:
    with TemporaryDirectory() as folder:
        chance = Random(seed)  # noqa: S311 - to invent, not to hide
        frozen = _frozen(Path(folder) / "council", *way(found, chance))
        _check(frozen, frozen.told, cause)


class Dealt:
    """Lives so rich that nearly every indicator moves, a quarter of their records late: dealt as often as asked."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._drawn, self._frozen = folder, list[Records](), list[Frozen]()

    def __getitem__(self, number: int) -> Frozen:
        """One deal; each is made once."""
        while len(self._frozen) <= number:
            at = len(self._frozen)
            found = self._draws()[at % _DRAWS]
            chance = Random(at)  # noqa: S311 - to invent, not to hide
            self._frozen.append(_frozen(self._folder / f"{at}", *entered(found, chance)))
        return self._frozen[number]

    def _draws(self) -> list[Records]:
        @settings(
            max_examples=_DRAWS, deadline=None, database=None, derandomize=True, suppress_health_check=[*HealthCheck]
        )
        @given(records(least=90, most=100))
        def draw(found: Records) -> None:
            self._drawn.append(found)

        if not self._drawn:
            draw()
        return self._drawn


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Dealt:
    """The deals that these tests share."""
    return Dealt(tmp_path_factory.mktemp("lived"))


@pytest.mark.slow
def test_every_indicator_is_moved_by_what_is_entered_late(lived: Dealt) -> None:
    still = set(REGISTRY.indicators)
    for number in range(_DEALS):
        still -= _check(lived[number], lived[number].told, Cause.ENTERED_LATE)
        if not still:
            break
    assert still == set()


@pytest.mark.slow
def test_a_bridge_that_keeps_a_case_back_is_caught(lived: Dealt) -> None:
    told = lived[0].told
    key, one = next((key, one) for key, one in told.items() if one.things)
    with pytest.raises(AssertionError):
        _check(lived[0], told | {key: replace(one, things=one.things[1:])}, Cause.ENTERED_LATE)


@pytest.mark.slow
def test_a_bridge_that_names_another_cause_is_caught(lived: Dealt) -> None:
    told = lived[0].told
    key, one = next((key, one) for key, one in told.items() if one.things)
    (step, thing), *others = one.things
    wrong = replace(one, things=((replace(step, cause=Cause.CHANGED), thing), *others))
    with pytest.raises(AssertionError):
        _check(lived[0], told | {key: wrong}, Cause.ENTERED_LATE)
