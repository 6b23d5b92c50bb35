"""Small invented lives, leaning to the edges where definitions go wrong, for properties of facts."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from rows import CONTRACT, REGISTRY, Records, Row, one_for_each_key, rows_of, tables_read

from scorecard.calendar.periods import Period
from scorecard.facts.aggregate import make_facts, months_counted
from scorecard.facts.reading import fact_rows
from scorecard.facts.run import Population, Run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scorecard.sql.engines.duckdb import DuckDBEngine

MONTHS = (Period(2021, 10), Period(2021, 11))
_FEWEST_CHILDREN, _ROWS_A_CHILD = 4, 3
_BIRTHS = (
    date(2001, 11, 30),
    date(2000, 2, 29),
    date(2001, 6, 30),
    date(2005, 11, 30),
    date(2012, 5, 5),
    date(2021, 11, 24),
    None,
)
_CENSUSES = (date(2021, 9, 30), date(2021, 10, 31), date(2021, 11, 30))
_RARE: Records = tomllib.loads(Path(__file__).with_name("rare_lives.toml").read_text(encoding="utf-8"))


@st.composite
def records(draw: st.DrawFn, least: int = 1, most: int = 5) -> Records:
    """A few children with a few rows of every table that the library reads."""
    seed, found = draw(st.integers(0, 2**32)), Records()
    for table in tables_read():
        chance = Random(f"{table.name} of {seed}")  # noqa: S311 - to invent, not to hide
        count = {
            "ssd_person": max(_FEWEST_CHILDREN, most // _ROWS_A_CHILD),
            "ssd_cla_placement": len(found.get("ssd_cla_episodes", ())),
        }.get(table.name) or draw(st.integers(least, most))
        rows = rows_of(table, count, found, chance)
        shape = _SHAPES.get(table.name)
        found[table.name] = one_for_each_key(table, [shape(row, chance) for row in rows] if shape else rows)
    _give_placements(found)
    return {name: [*rows, *_RARE.get(name, ())] for name, rows in found.items()}


def _person(row: Row, chance: Random) -> Row:
    died = chance.choice([None, None, None, row["pers_death_date"]])
    return row | {"pers_dob": chance.choice(_BIRTHS), "pers_death_date": died}


def _episode(row: Row, chance: Random) -> Row:
    name, begun = row["clae_cla_episode_id"], row["clae_cla_episode_start_date"]
    ended = chance.choice([None, None, begun + timedelta(chance.randint(0, 800))])
    return row | {
        "clae_cla_id": f"period-{name}",
        "clae_entered_care_date": chance.choice([begun, begun, None]),
        "clae_cla_placement_id": f"placement-{name}",
        "clae_cla_episode_ceased_date": ended,
        "clae_cla_episode_ceased_reason": ended and row["clae_cla_episode_ceased_reason"],
    }


def _taken_at_a_census(column: str) -> Callable[[Row, Random], Row]:
    return lambda row, chance: row | {column: chance.choice(_CENSUSES)}


def _supervision_due(row: Row, _: Random) -> Row:
    return row | {"wsup_due_month": row["wsup_due_month"].replace(day=1)}


_SHAPES: Mapping[str, Callable[[Row, Random], Row]] = {
    "ssd_person": _person,
    "ssd_cla_episodes": _episode,
    "ssdx_workforce": _taken_at_a_census("wkfc_snapshot_date"),
    "ssdx_establishment": _taken_at_a_census("estb_snapshot_date"),
    "ssdx_worker_supervisions": _supervision_due,
}
"""What a row of a table must be besides what the contract says of each column."""


def _give_placements(found: Records) -> None:
    """Every episode is in a placement of its own, with the days of the episode."""
    for placement, episode in zip(found["ssd_cla_placement"], found["ssd_cla_episodes"], strict=True):
        placement["clap_cla_placement_id"] = episode["clae_cla_placement_id"]
        placement["clap_cla_id"] = episode["clae_cla_id"]


def put(engine: DuckDBEngine, found: Mapping[str, Sequence[Row]]) -> None:
    """Put records into an engine; tables without any are empty."""
    for table in CONTRACT.tables.values():
        columns = {column.name: column.type for column in table.loaded}
        engine.put(table.name, columns, [[row.get(name) for name in columns] for row in found.get(table.name, ())])


def facts_of(engine: DuckDBEngine, found: Mapping[str, Sequence[Row]]) -> list[tuple[Any, ...]]:
    """Every fact of the library over these records, for two months."""
    put(engine, found)
    run = Run(MONTHS, "s", MONTHS[-1].last_day, (Population(date(2018, 4, 1), 36_110, "a census"),))
    engine.report_days(month.last_day for month in months_counted(MONTHS))
    make_facts(engine.connection, REGISTRY, REGISTRY.indicators.values(), run)
    return fact_rows(engine.connection, "facts", MONTHS)
