"""PostgreSQL: the same definitions on a server, whose tables are temporary: nothing stays when the session ends."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from scorecard.calendar.working_days import calendar_rows, shipped_bank_holidays
from scorecard.contract.types import ColumnType
from scorecard.errors import UsageError
from scorecard.sql.engines.engine import EngineName, Rows
from scorecard.sql.engines.failure import failed_on
from scorecard.sql.engines.plain import plain
from scorecard.sql.render import render

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from psycopg import Connection

    from scorecard.calendar.working_days import BankHolidays
    from scorecard.sql.rules import DatedRules

# The look-ups are by day and by working-day number; without the indexes each would read the whole calendar.
_CALENDAR = """
CREATE TEMP TABLE calendar (
  day DATE PRIMARY KEY, working_day_number INTEGER, is_working_day BOOLEAN, month_end DATE, holidays_known BOOLEAN,
  hours_ahead_at_start INTEGER, hours_ahead_at_end INTEGER)
"""
_BY_NUMBER = "CREATE INDEX ON calendar (working_day_number) WHERE is_working_day"
# Text sorts and compares by its bytes, as DuckDB's does, whatever the server's language.
_COLLATED = {"VARCHAR": 'VARCHAR COLLATE "C"'}
_ABOUT_THE_SQL = (
    "42"  # class 42 of SQLSTATE: syntax errors and names or types that do not fit; all else may quote a record
)


class PostgresEngine:
    """Tables, calendar and words in one session of a PostgreSQL server."""

    name = EngineName.POSTGRES

    def __init__(self, connection: Connection[tuple[object, ...]], rules: DatedRules, holidays: BankHolidays) -> None:
        self.rules = rules
        self.connection = connection
        self._run(
            "SET jit = off"
        )  # many cheap look-ups look dear to the planner; compiling them costs more than they do
        self._run(_CALENDAR)
        self._copy("calendar", calendar_rows(holidays))
        self._run(_BY_NUMBER)
        self._run("ANALYZE calendar")
        self.report_days(())

    def put(self, table: str, columns: Mapping[str, ColumnType], rows: Iterable[Sequence[object]]) -> None:
        """Make (or replace) a table holding these rows."""
        described = ", ".join(f'"{name}" {_COLLATED.get(type_.sql, type_.sql)}' for name, type_ in columns.items())
        self._run(f'DROP TABLE IF EXISTS pg_temp."{table}"')
        self._run(f'CREATE TEMP TABLE "{table}" ({described})')
        self._copy(table, rows)

    def report_days(self, days: Iterable[date]) -> None:
        """Fill the relation `report_days(day)` that stocks join."""
        self.put("report_days", {"day": ColumnType.DATE}, [(day,) for day in days])

    def judge_by(self, rules: DatedRules) -> None:
        """From now on look parameters and lists up in these rules."""
        self.rules = rules

    def query(self, definition: str) -> Rows:
        """Render a definition's SQL and run it."""
        sql = render(definition, self.name, self.rules)
        psycopg = import_module("psycopg")
        try:
            answer = self.connection.execute(sql)
            columns = tuple(column.name for column in answer.description or ())
            return Rows(columns, tuple(plain(row) for row in answer.fetchall()))
        except psycopg.Error as error:
            about_the_sql = str(error.sqlstate or "").startswith(_ABOUT_THE_SQL)
            said = error.diag.message_primary if about_the_sql else type(error).__name__
            raise failed_on(self.name, sql, said=said, about_the_sql=about_the_sql) from None

    def close(self) -> None:
        """End the session, and its tables with it."""
        self.connection.close()

    def _run(self, sql: str) -> None:
        self.connection.execute(sql)

    def _copy(self, table: str, rows: Iterable[Sequence[object]]) -> None:
        with self.connection.cursor() as cursor, cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)


def open_postgres(rules: DatedRules, server: str, holidays: BankHolidays | None = None) -> PostgresEngine:
    """A session on a server, given as `postgresql://…` or `host=… dbname=…`, with the calendar and no tables yet."""
    try:
        psycopg = import_module("psycopg")
    except ImportError:
        raise UsageError(
            "PostgreSQL needs a part that is not installed",
            remedy='Install it with: python -m pip install "safeguarding-scorecard[postgres]"',
        ) from None
    try:
        connection = psycopg.connect(server, autocommit=True)
    except psycopg.OperationalError:
        raise UsageError(
            "the PostgreSQL server does not answer, or does not let this user in",
            remedy="Check host, port, database name and user.",
        ) from None
    return PostgresEngine(connection, rules, holidays or shipped_bank_holidays())
