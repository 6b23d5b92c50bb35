"""Whatever is entered late, taken out or ended late: the way from month end to month end adds up, child by child."""

from __future__ import annotations

import os
from collections import Counter
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lives import MONTHS, put, records
from rows import REGISTRY, Records, Row

from scorecard.facts.aggregate import make_facts, months_counted
from scorecard.facts.run import Run
from scorecard.sql.engines.duckdb import DuckDBEngine, open_duckdb
from scorecard.words.numbers import MINUS
from scorecard.work.ties import Book, roll_forwards

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scorecard.findings.ties import RollForward

FOLLOWED = tuple(one for one in REGISTRY.indicators.values() if one.rolls_forward)
ASKED = {
    one.id: one
    for stock in FOLLOWED
    for one in (stock, *(REGISTRY.of_measure(name) for name in stock.rolls_forward.values()))
}
OPENING, PERIOD = MONTHS
_ENDS = {
    "ssd_cla_episodes": "clae_cla_episode_ceased_date",
    "ssd_cp_plans": "cppl_cp_plan_end_date",
    "ssdx_early_help_assessments": "ehas_end_date",
    "ssdx_private_fostering": "pfos_end_date",
}
"""Where the end of a spell stands, which may be recorded late or taken back."""


@pytest.fixture(scope="module")
def engines() -> Iterator[tuple[DuckDBEngine, DuckDBEngine]]:
    """What was known when the opening was reported, and what is known now."""
    opened = open_duckdb(REGISTRY.rules), open_duckdb(REGISTRY.rules)
    yield opened
    for one in opened:
        one.close()


def _book(engine: DuckDBEngine, found: Mapping[str, Sequence[Row]]) -> Book:
    put(engine, found)
    run = Run(MONTHS, "s", PERIOD.last_day, ())
    engine.report_days(month.last_day for month in months_counted(MONTHS))
    return Book(engine.connection, make_facts(engine.connection, REGISTRY, ASKED.values(), run), PERIOD.last_day)


def _restated(found: Records, chance: Random) -> Records:
    """The same records as they are known later: some more, some fewer, some ended and some open again."""
    changed = {table: [dict(row) for row in rows if chance.random() > 0.2] for table, rows in found.items()}
    changed["ssd_person"] = found["ssd_person"]
    for table, column in _ENDS.items():
        for row in changed.get(table, ()):
            if chance.random() < 0.3:
                row[column] = None if row.get(column) else OPENING.last_day - timedelta(chance.randint(0, 40))
    return changed


def _adds_up(rolled: RollForward) -> bool:
    """Whether the printed lines lead from count to count, and the children with them."""
    standing: Counter[str] = Counter()
    for place, line in enumerate(rolled.lines):
        if line.sign:
            standing.update({child: line.sign * times for child, times in line.held.items()})
        elif place and (+standing != +line.held or min(standing.values(), default=0) < 0):
            return False
        else:
            standing = Counter(line.held)
    return sum(int(line.text.replace(MINUS, "-")) for line in rolled.lines if line.sign) == (
        rolled.closing.total() - rolled.lines[0].held.total()
    )


@settings(
    max_examples=int(os.environ.get("SCORECARD_EXAMPLES", "6")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(records(most=8), st.integers(0, 2**32))
def test_the_printed_lines_of_every_followed_count_add_up_child_by_child(
    engines: tuple[DuckDBEngine, DuckDBEngine], found: Records, seed: int
) -> None:
    then, now = _book(engines[0], found), _book(engines[1], _restated(found, Random(seed)))  # noqa: S311 - to invent, not to hide
    rolled = list(roll_forwards(REGISTRY, now, then, PERIOD))
    assert {one.measure for one in rolled} >= {one.id for one in FOLLOWED}
    for one in rolled:
        assert _adds_up(one), one
