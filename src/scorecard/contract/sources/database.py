"""A database as a source: every table and view of one schema as a piece, all as they stood at one moment.

Nothing is written to it, and only the columns that are wanted leave it. A password is never part of the address.
"""

from __future__ import annotations

import re
import weakref
from dataclasses import dataclass
from importlib import import_module
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from scorecard.contract.report import Finding, Severity
from scorecard.contract.sources.database_dialects import DIALECTS, Address, columns_of
from scorecard.contract.sources.piece import ROW, Cells, sql_name
from scorecard.errors import ExtractError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

    import duckdb

    from scorecard.contract.sources.database_dialects import Dialect

_ADDRESS = re.compile(
    r"(?P<kind>\w+)://(?:(?P<user>[^@/:?]*)(?P<password>:[^@]*)?@)?(?P<host>[^/?@]*)/(?P<database>[^?]*)(?:\?(?P<rest>.*))?",
)
_PASSWORDS = {"password", "pwd", "passfile", "sslpassword"}
_BATCH = 20_000
_LONGEST_REASON = 200


def is_database(source: str) -> bool:
    """Whether a source is the address of a database rather than a file.

    >>> [is_database(source) for source in ("postgresql://ana@records/ssd", "mssql://records/ssd", "C:/extract")]
    [True, True, False]
    """
    scheme, colon, _ = source.partition("://")
    return bool(colon) and scheme in DIALECTS


def address_of(source: str) -> Address:
    """The parts of an address; an `ExtractError` where it cannot be one, or holds a password.

    >>> address_of("mssql://records.council.local/SSD?schema=ssd_development").options
    {'schema': 'ssd_development'}
    """
    found = _ADDRESS.fullmatch(source)
    if found is None or found["kind"] not in DIALECTS:
        raise ExtractError(
            "This is no address of a database.",
            remedy="Write it as postgresql://user@machine/database?schema=ssd_development, or with mssql:// before it.",
        )
    given = (pair.partition("=") for pair in (found["rest"] or "").split("&") if pair)
    options = {name: value for name, _, value in given}
    if found["password"] or _PASSWORDS & {name.lower() for name in options}:
        raise ExtractError(
            "The address of the database holds a password, which others could see and which would be kept.",
            remedy=DIALECTS[found["kind"]].password,
        )
    return Address(found["kind"], found["user"] or "", found["host"], found["database"], options)


class _Reading:
    """An open connection, closed when no piece needs it any more."""

    def __init__(self, opened: Any, dialect: Dialect, driver: ModuleType) -> None:
        self.opened = opened
        self.dialect = dialect
        self.error: type[Exception] = driver.Error
        weakref.finalize(self, opened.close)


@dataclass(frozen=True)
class TablePiece:
    """One table or view; its rows come in the order of their values, and the first is row 1."""

    database: str
    schema: str
    name: str
    columns: tuple[tuple[str, str], ...]
    reading: _Reading

    @property
    def label(self) -> str:
        """The database and the table."""
        return f"{self.database}, table {self.schema}.{self.name}"

    @property
    def head(self) -> tuple[Cells, ...]:
        """The names of the columns."""
        return (tuple(name for name, _ in self.columns),)

    def pour(
        self,
        connection: duckdb.DuckDBPyConnection,
        into: str,
        columns: Mapping[str, int],
        header_row: int,
    ) -> list[Finding]:
        """The wanted columns of every row, each value as text; nothing of a table that cannot be read to its end."""
        del header_row
        names = ", ".join(f"{sql_name(name)} VARCHAR" for name in columns)
        connection.execute(f"CREATE TEMP TABLE {into} ({ROW} BIGINT, {names})")
        marks = ", ".join("unnest(?)" for _ in range(len(columns) + 1))
        cursor = self.reading.dialect.cursor(self.reading.opened)
        read = 0
        try:
            cursor.execute(self._question(columns))
            while batch := cursor.fetchmany(_BATCH):
                values = [list(column) for column in zip(*batch, strict=True)]
                numbers = list(range(read + 1, read + len(batch) + 1))
                connection.execute(f"INSERT INTO {into} SELECT {marks}", [numbers, *values])
                read += len(batch)
        except self.reading.error as error:
            connection.execute(f"DELETE FROM {into}")
            return [_refused(self.label, error)]
        finally:
            cursor.close()
        return []

    def _question(self, columns: Mapping[str, int]) -> str:
        said = [self.reading.dialect.as_text(*self.columns[place]) for place in columns.values()]
        order = ", ".join(str(place) for place in range(1, len(said) + 1))
        # Names of the database's own tables and columns.
        return f"SELECT {', '.join(said)} FROM {sql_name(self.schema)}.{sql_name(self.name)} ORDER BY {order}"


def database_pieces(source: str) -> tuple[list[TablePiece], list[Finding]]:
    """The tables and views of one schema of a database."""
    address = address_of(source)
    dialect = DIALECTS[address.kind]
    try:
        driver = import_module(dialect.driver)
    except ImportError:
        raise ExtractError(
            f"Reading from {dialect.title} needs one more package.",
            remedy=f'Install it with: py -m pip install "safeguarding-scorecard[{dialect.extra}]"',
        ) from None
    try:
        opened, findings = dialect.reach(driver, address)
        reading = _Reading(opened, dialect, driver)
        found = _columns(opened, columns_of(dialect, address.options.get("schema", "")))
    except driver.Error as error:
        return [], [_refused(address.database, error)]
    pieces = [
        TablePiece(address.database, schema, table, tuple((column, kind) for *_, column, kind in columns), reading)
        for (schema, table), columns in groupby(found, itemgetter(0, 1))
    ]
    return pieces, findings if pieces else [*findings, _no_tables(address)]


def _columns(opened: Any, question: str) -> list[tuple[str, str, str, str]]:
    cursor = opened.cursor()
    cursor.execute(question)
    found = [tuple(row) for row in cursor.fetchall()]
    cursor.close()
    return found


def _no_tables(address: Address) -> Finding:
    return Finding(
        "no_files",
        Severity.BLOCK,
        "There is no table or view in this schema of the database that you may read.",
        "Name the schema, as in ?schema=ssd_development at the end of the address, or ask to be let in.",
        address.database,
    )


def _refused(label: str, error: Exception) -> Finding:
    """What the driver says of a connection or a question of ours, in its first line; it never names a value."""
    reason = (str(error).strip().splitlines() or [""])[0][:_LONGEST_REASON]
    return Finding(
        "cannot_open",
        Severity.BLOCK,
        f"The database does not answer, or does not let you in. It says: {reason}",
        "See that the address is right, that you are on the council's network, and that you may read the tables.",
        label,
    )
