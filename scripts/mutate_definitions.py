"""How good the worked examples are: every definition, changed a little, must fail one of its own.

`python scripts/mutate_definitions.py [ID …]` prints the changes that no example noticed, and the share of all. It fails
when more than 3 % are unnoticed, or one is that `mutation_survivors.toml` gives no reason for.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mutations import Mutant, mutants_of, rule_mutants, written
from sqlglot import parse_one

from scorecard.contract.load import load_contract
from scorecard.definitions.examples import run_example
from scorecard.definitions.registry import load_registry
from scorecard.errors import ScorecardError
from scorecard.sql.engines.duckdb import DuckDBEngine, open_duckdb
from scorecard.sql.lint import lookups
from scorecard.sql.rules import DatedRules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from scorecard.contract.types import ColumnType, Contract
    from scorecard.definitions.indicator import Example, Indicator
    from scorecard.sql.engines.engine import EngineName, Rows

MOST_SURVIVING = 3.0
ANY_NUMBER = 100.0
REASONS = Path(__file__).with_name("mutation_survivors.toml")


class RememberingEngine:
    """DuckDB that does not fill a table again with what it holds: a mutant is one query."""

    def __init__(self, engine: DuckDBEngine) -> None:
        self.name: EngineName = engine.name
        self._engine = engine
        self._held: dict[str, object] = {}

    @property
    def rules(self) -> DatedRules:
        """The rules in force."""
        return self._engine.rules

    def judge_by(self, rules: DatedRules) -> None:
        """Look up in other rules."""
        self._engine.judge_by(rules)

    def put(self, table: str, columns: Mapping[str, ColumnType], rows: Iterable[Sequence[object]]) -> None:
        """Make a table hold these rows."""
        wanted = list(rows)
        if table not in self._held or self._held[table] != wanted:
            self._engine.put(table, columns, wanted)
            self._held[table] = wanted

    def report_days(self, days: Iterable[date]) -> None:
        """Make `report_days` hold these days."""
        wanted = list(days)
        if self._held.get("report_days") != wanted:
            self._engine.report_days(wanted)
            self._held["report_days"] = wanted

    def query(self, definition: str) -> Rows:
        """Run it."""
        return self._engine.query(definition)

    def close(self) -> None:
        """Let go of the tables."""
        self._engine.close()


@dataclass(frozen=True)
class Outcome:
    """What became of an indicator's mutants."""

    indicator: str
    tried: int
    survivors: tuple[str, ...]


def try_mutants(indicator: Indicator, rules: DatedRules, contract: Contract) -> Outcome:
    """Run every mutant through the examples until one notices it; one that does not run at all is not counted."""
    asked = _asked_by(indicator, rules)
    engine = _engine(asked)
    _check_unchanged(indicator, engine, contract)
    tried, survivors = _try_sql(indicator, engine, contract)
    engine.close()
    for change, changed in rule_mutants(asked):
        engine = _engine(changed)
        tried += 1
        if not any(_noticed(indicator, example, engine, contract) for example in indicator.examples):
            survivors.append(change)
        engine.close()
    return Outcome(indicator.id, tried, tuple(survivors))


def _try_sql(indicator: Indicator, engine: RememberingEngine, contract: Contract) -> tuple[int, list[str]]:
    """How many changes to the SQL ran, and those that no example noticed. One example's tables serve all mutants."""
    living, tried = list(mutants_of(indicator.sql, contract)), 0
    for example in indicator.examples:
        still = list[Mutant]()
        for mutant in living:
            noticed = _noticed(replace(indicator, sql=mutant.sql), example, engine, contract)
            still += [mutant] if noticed is False else []
            tried += bool(noticed)
        living = still
    return tried + len(living), [mutant.change for mutant in living]


def _noticed(indicator: Indicator, example: Example, engine: RememberingEngine, contract: Contract) -> bool | None:
    try:
        return bool(run_example(indicator, example, engine, contract))
    except ScorecardError:
        return None


def _check_unchanged(indicator: Indicator, engine: RememberingEngine, contract: Contract) -> None:
    """The SQL written out unchanged must pass; else every mutant would seem noticed."""
    same = replace(indicator, sql=written(parse_one(indicator.sql, dialect="duckdb")))
    for example in indicator.examples:
        if run_example(same, example, engine, contract):
            message = f"{indicator.id} fails its own example “{example.title}”"
            raise SystemExit(message)


def reasons() -> dict[str, dict[str, str]]:
    """Why a mutant may survive: by indicator, by change."""
    return tomllib.loads(REASONS.read_text(encoding="utf-8"))


def report(outcomes: list[Outcome], most: float) -> int:
    """Print what survived and the share; 0 when it may stand."""
    given = reasons()
    tried = sum(outcome.tried for outcome in outcomes)
    survived = [(outcome.indicator, change) for outcome in outcomes for change in outcome.survivors]
    for indicator, change in survived:
        print(f"{indicator}: {change}\n    {given.get(indicator, {}).get(change, 'NO REASON GIVEN')}")
    share = 100 * len(survived) / tried if tried else 0
    unexplained = [change for indicator, change in survived if change not in given.get(indicator, {})]
    gone = _gone(outcomes, given)
    print(f"{len(survived)} of {tried} changes survive: {share:.1f} %; {len(unexplained)} without a reason.")
    for one in gone:
        print(f"No longer survives; take its reason out: {one}")
    return int(share > most or bool(unexplained) or bool(gone))


def _gone(outcomes: list[Outcome], given: dict[str, dict[str, str]]) -> list[str]:
    return [
        f"{outcome.indicator}: {change}"
        for outcome in outcomes
        for change in given.get(outcome.indicator, {})
        if change not in outcome.survivors
    ]


def _asked_by(indicator: Indicator, rules: DatedRules) -> DatedRules:
    """Only the rules a definition looks up: the fewer an engine knows, the sooner it plans a query."""
    asked = lookups(indicator.sql)
    parameters = {name: rules.parameters[name] for name in sorted(asked.parameters)}
    return DatedRules(parameters, {name: rules.code_lists[name] for name in sorted(asked.code_lists)})


def _engine(rules: DatedRules) -> RememberingEngine:
    engine = open_duckdb(rules)
    engine.connection.execute("SET threads = 1")
    return RememberingEngine(engine)


def main(wanted: list[str]) -> int:
    """Try the definitions of these ids, or all."""
    registry, contract = load_registry(), load_contract()
    chosen = [one for one in registry.indicators.values() if not wanted or one.id in wanted]
    # The share is asked of all: one survivor among the few changes of a short definition says nothing.
    most = ANY_NUMBER if wanted else MOST_SURVIVING
    return report([try_mutants(one, registry.rules, contract) for one in chosen], most)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ids", nargs="*", metavar="ID", help="an indicator's id; all where none is named")
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr] # a pipe in another encoding may lack an arrow
    sys.exit(main(parser.parse_args().ids))
