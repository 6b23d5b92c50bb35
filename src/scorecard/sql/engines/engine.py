"""What an engine can do: hold tables, run rendered SQL, give rows back. Nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from scorecard.contract.types import ColumnType
    from scorecard.sql.rules import DatedRules


class EngineName(StrEnum):
    """The engines a definition can be rendered for."""

    DUCKDB = "duckdb"
    POSTGRES = "postgres"


@dataclass(frozen=True)
class Rows:
    """A query's answer: column names, and tuples of Python values (date, datetime, str, int, float, None)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


class Engine(Protocol):
    """A place where definitions run. Every engine has the calendar loaded and the rules it was opened with."""

    name: EngineName

    @property
    def rules(self) -> DatedRules:
        """What parameters and lists are looked up in."""

    def put(self, table: str, columns: Mapping[str, ColumnType], rows: Iterable[Sequence[object]]) -> None:
        """Make (or replace) a table holding these rows."""

    def report_days(self, days: Iterable[date]) -> None:
        """Fill the relation `report_days(day)` that stocks join."""

    def judge_by(self, rules: DatedRules) -> None:
        """From now on look parameters and lists up in these rules."""

    def query(self, definition: str) -> Rows:
        """Render a definition's SQL for this engine and run it."""

    def close(self) -> None:
        """Let go of what it holds."""
