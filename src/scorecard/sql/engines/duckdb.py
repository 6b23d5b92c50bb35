"""DuckDB, in memory: where definitions run unless a council says otherwise."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import duckdb

from scorecard.calendar.working_days import shipped_bank_holidays
from scorecard.contract.types import ColumnType
from scorecard.sql.engines.engine import EngineName, Rows
from scorecard.sql.engines.failure import failed_on
from scorecard.sql.engines.plain import plain
from scorecard.sql.render import calendar_sql, macros, render

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from scorecard.calendar.working_days import BankHolidays
    from scorecard.sql.rules import DatedRules

# Extensions are downloads, and spilling would write records beside the program: neither happens by itself.
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "temp_directory": "",
}
# What DuckDB says in these cases speaks of names and types in the SQL; all else may quote a record.
_ABOUT_THE_SQL = (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException)


class DuckDBEngine:
    """Tables, calendar and words in one DuckDB connection; `connection` is open to those who run more SQL on it."""

    name = EngineName.DUCKDB

    def __init__(self, rules: DatedRules, holidays: BankHolidays | None = None) -> None:
        self.connection = duckdb.connect(":memory:", config=_SETTINGS)
        self.connection.execute(_calendar(holidays or shipped_bank_holidays()))
        self.judge_by(rules)
        self.report_days(())

    def put(self, table: str, columns: Mapping[str, ColumnType], rows: Iterable[Sequence[object]]) -> None:
        """Make (or replace) a table holding these rows."""
        described = ", ".join(f'"{name}" {type_.sql}' for name, type_ in columns.items())
        self.connection.execute(f'CREATE OR REPLACE TABLE "{table}" ({described})')
        values = list(zip(*rows, strict=True))
        if values:
            listed = ", ".join(f"unnest(CAST(? AS {type_.sql}[]))" for type_ in columns.values())
            self.connection.execute(
                f'INSERT INTO "{table}" SELECT {listed}',
                [list(column) for column in values],
            )

    def report_days(self, days: Iterable[date]) -> None:
        """Fill the relation `report_days(day)` that stocks join."""
        self.put("report_days", {"day": ColumnType.DATE}, [(day,) for day in days])

    def judge_by(self, rules: DatedRules) -> None:
        """From now on look parameters and lists up in these rules."""
        self.rules = rules
        self.connection.execute(macros(rules))

    def query(self, definition: str) -> Rows:
        """Render a definition's SQL and run it."""
        sql = render(definition, self.name, self.rules)
        try:
            answer = self.connection.execute(sql)
            columns = tuple(column[0] for column in answer.description)
            return Rows(columns, tuple(plain(row) for row in answer.fetchall()))
        except duckdb.Error as error:
            about_the_sql = isinstance(error, _ABOUT_THE_SQL)
            raise failed_on(self.name, sql, said=said_of_the_sql(error), about_the_sql=about_the_sql) from None

    def confine(self, folder: Path) -> None:
        """From now on no query reads or writes a file outside a folder: a second wall behind the lint."""
        inside = folder.resolve().as_posix().replace("'", "''")
        self.connection.execute(f"SET allowed_directories = ['{inside}']")
        self.connection.execute("SET enable_external_access = false")
        self.connection.execute("SET lock_configuration = true")

    def close(self) -> None:
        """Let go of the tables."""
        self.connection.close()


def said_of_the_sql(error: duckdb.Error) -> str:
    """What DuckDB said where it speaks of the SQL; only the kind of fault where it may quote a record."""
    return str(error) if isinstance(error, _ABOUT_THE_SQL) else type(error).__name__


def open_duckdb(rules: DatedRules, holidays: BankHolidays | None = None) -> DuckDBEngine:
    """An engine with the calendar and the rules, and no tables yet."""
    return DuckDBEngine(rules, holidays)


@cache
def _calendar(holidays: BankHolidays) -> str:
    return calendar_sql(holidays)
