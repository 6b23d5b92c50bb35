"""How each kind of database is reached, how one moment of it is seen, and how it says a value as text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scorecard.contract.report import Finding, Severity
from scorecard.contract.sources.piece import sql_name, sql_text
from scorecard.errors import ExtractError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType

_SECONDS_TO_ANSWER = 15


@dataclass(frozen=True)
class Address:
    """Where a database is: which kind, whose, on which machine; and, of its options, which schema is meant."""

    kind: str
    user: str
    host: str
    database: str
    options: Mapping[str, str]


@dataclass(frozen=True)
class Dialect:
    """One kind of database. `reach` gives a connection that sees one moment and writes nothing."""

    title: str
    driver: str
    extra: str
    password: str
    own_schema: str
    reach: Callable[[ModuleType, Address], tuple[Any, list[Finding]]]
    cursor: Callable[[Any], Any]
    as_text: Callable[[str, str], str]


def _open_postgres(driver: ModuleType, address: Address) -> tuple[Any, list[Finding]]:
    """One transaction of the strictness in which every statement sees the same moment."""
    options = {name: value for name, value in address.options.items() if name != "schema"}
    machine, _, port = address.host.partition(":")
    given = {"user": address.user, "host": machine, "port": port, "dbname": address.database, **options}
    opened = driver.connect(
        **{name: value for name, value in given.items() if value},
        connect_timeout=_SECONDS_TO_ANSWER,
        application_name="safeguarding-scorecard",
    )
    opened.isolation_level = driver.IsolationLevel.REPEATABLE_READ
    opened.read_only = True
    opened.execute("SET LOCAL datestyle TO ISO")
    return opened, []


def _postgres_text(name: str, kind: str) -> str:
    if kind == "timestamp with time zone":
        return f"CAST({sql_name(name)} AT TIME ZONE 'Europe/London' AS text)"
    return f"CAST({sql_name(name)} AS text)"


def _open_sql_server(driver: ModuleType, address: Address) -> tuple[Any, list[Finding]]:
    """A snapshot where the database keeps one for its readers; otherwise each table as it is when it is read."""
    told = {
        "Driver": _newest_driver(driver),
        "Server": address.host.replace(":", ","),
        "Database": address.database,
        **({"UID": address.user} if address.user else {"Trusted_Connection": "yes"}),
        "Encrypt": "yes",
        "ApplicationIntent": "ReadOnly",
        **{name: value for name, value in address.options.items() if name != "schema"},
    }
    opened = driver.connect(";".join(f"{name}={_braced(value)}" for name, value in told.items()), autocommit=False)
    cursor = opened.cursor()
    cursor.execute("SELECT snapshot_isolation_state FROM sys.databases WHERE database_id = DB_ID()")
    has_snapshots = cursor.fetchone()[0] == 1
    opened.commit()  # the strictness can only be set where no transaction is open
    if has_snapshots:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL SNAPSHOT")
    cursor.close()
    return opened, [] if has_snapshots else [_no_snapshot(address.database)]


def _newest_driver(driver: ModuleType) -> str:
    """The system's own ODBC driver for SQL Server: Windows has one, and IT may have added a newer."""
    known: list[str] = [name for name in driver.drivers() if "SQL Server" in name]
    if not known:
        raise ExtractError(
            "This machine has no ODBC driver for SQL Server.",
            remedy="Ask IT for Microsoft's “ODBC Driver 18 for SQL Server”; or export the tables as files.",
        )
    return max(known, key=lambda name: int("".join(filter(str.isdigit, name)) or 0))


def _braced(value: str) -> str:
    return "{" + value.replace("}", "}}") + "}" if re.search(r"[;{}=]", value) else value


def _sql_server_text(name: str, kind: str) -> str:
    column = sql_name(name)
    if kind == "datetimeoffset":
        column = f"CAST({column} AT TIME ZONE 'GMT Standard Time' AS datetime2)"
    styles = {"date": 23, "datetime": 121, "datetime2": 121, "smalldatetime": 120, "datetimeoffset": 121}
    style = f", {styles[kind]}" if kind in styles else ", 3" if kind in {"float", "real"} else ""
    return f"CONVERT(nvarchar(max), {column}{style})"


def _no_snapshot(database: str) -> Finding:
    return Finding(
        "no_snapshot",
        Severity.NOTE,
        "The database keeps no snapshots for its readers, so each table was read as it stood when its turn came.",
        "Read it when nobody writes to it, or have ALLOW_SNAPSHOT_ISOLATION turned on.",
        database,
    )


_POSTGRES = Dialect(
    "PostgreSQL",
    "psycopg",
    "postgres",
    "Leave it out; put it in the environment as PGPASSWORD, or in the file .pgpass.",
    "current_schema()",
    _open_postgres,
    lambda opened: opened.cursor(name="scorecard"),
    _postgres_text,
)
_SQL_SERVER = Dialect(
    "SQL Server",
    "pyodbc",
    "sqlserver",
    "Leave it and the user out; the account you are signed in with to Windows is used.",
    "SCHEMA_NAME()",
    _open_sql_server,
    lambda opened: opened.cursor(),
    _sql_server_text,
)

DIALECTS = {"postgresql": _POSTGRES, "postgres": _POSTGRES, "mssql": _SQL_SERVER}


def columns_of(dialect: Dialect, schema: str) -> str:
    """The question for every column of every table and view of a schema, in order."""
    of = sql_text(schema) if schema else dialect.own_schema
    return (
        "SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns"
        f" WHERE table_schema = {of} ORDER BY table_name, ordinal_position"
    )
