"""A database as a source: its tables as one moment saw them, as text, and never a password anywhere."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb
import psycopg
import pytest
import sqlglot

from scorecard.contract.report import Severity
from scorecard.contract.sources import database
from scorecard.contract.sources.database import TablePiece, address_of, database_pieces
from scorecard.errors import ExtractError
from scorecard.work import take
from scorecard.work.new import new_workspace
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SCHEMA = """
DROP SCHEMA IF EXISTS ssd_development CASCADE;
CREATE SCHEMA ssd_development;
SET search_path TO ssd_development;
CREATE TABLE ssd_person
    (pers_person_id varchar, pers_forename text, pers_sex char(1), pers_ethnicity text, pers_dob date);
INSERT INTO ssd_person VALUES ('c2', 'Zedekiah', 'M', 'WBRI', '2012-06-02'), ('c1', 'Quux', 'F', 'WBRI', '2010-05-01');
CREATE TABLE ssd_contacts (cont_contact_id bigint, cont_person_id text, cont_contact_date timestamptz);
INSERT INTO ssd_contacts VALUES (7, 'c1', '2021-07-01 23:30:00+00'), (8, 'c2', NULL);
CREATE VIEW "Odd ""names" AS SELECT true AS "Is it, then?", 1.50::numeric(5,2) AS amount, '{"a": 1}'::jsonb AS packed;
"""


@pytest.fixture
def address(postgres_server: str) -> str:
    """The address of a database with three tables in a schema of their own."""
    with psycopg.connect(postgres_server) as writer:
        writer.execute(SCHEMA)
    return f"{postgres_server}&schema=ssd_development"


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as opened:
        yield opened


def _rows(piece: TablePiece, connection: duckdb.DuckDBPyConnection, *columns: str) -> list[tuple[Any, ...]]:
    head = piece.head[0]
    found = piece.pour(connection, "poured", {column: head.index(column) for column in columns or head}, 1)
    rows = connection.execute("SELECT * FROM poured ORDER BY _row").fetchall()
    connection.execute("DROP TABLE poured")
    assert [finding.code for finding in found] == ([] if rows else ["cannot_open"])
    return rows


def _pieces(address: str) -> dict[str, TablePiece]:
    pieces, findings = database_pieces(address)
    assert findings == []
    return {piece.name: piece for piece in pieces}


@pytest.mark.postgres
def test_every_table_and_view_of_the_schema_is_a_piece_of_text(
    address: str, connection: duckdb.DuckDBPyConnection
) -> None:
    pieces = _pieces(address)
    assert sorted(pieces) == ['Odd "names', "ssd_contacts", "ssd_person"]
    assert _rows(pieces["ssd_contacts"], connection) == [(1, "7", "c1", "2021-07-02 00:30:00"), (2, "8", "c2", None)]
    assert _rows(pieces["ssd_person"], connection, "pers_person_id", "pers_dob") == [
        (1, "c1", "2010-05-01"),
        (2, "c2", "2012-06-02"),
    ]
    assert _rows(pieces['Odd "names'], connection) == [(1, "true", "1.50", '{"a": 1}')]
    assert pieces["ssd_person"].label == "postgres, table ssd_development.ssd_person"


@pytest.mark.postgres
def test_all_tables_are_read_as_they_stood_at_one_moment_and_none_is_written_to(
    address: str, postgres_server: str, connection: duckdb.DuckDBPyConnection
) -> None:
    pieces = _pieces(address)
    with psycopg.connect(postgres_server) as writer:
        writer.execute("INSERT INTO ssd_development.ssd_person VALUES ('c3', '', 'F', 'WBRI', '2013-01-01')")
        writer.execute("DELETE FROM ssd_development.ssd_contacts")
    assert len(_rows(pieces["ssd_person"], connection, "pers_person_id")) == 2
    assert len(_rows(pieces["ssd_contacts"], connection, "cont_contact_id")) == 2
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        pieces["ssd_person"].reading.opened.execute("DELETE FROM ssd_development.ssd_person")


@pytest.mark.postgres
def test_a_table_that_may_not_be_read_is_a_finding_and_leaves_no_row(
    address: str, connection: duckdb.DuckDBPyConnection
) -> None:
    piece = _pieces(address)["ssd_person"]
    away = TablePiece(piece.database, piece.schema, "ssd_nowhere", piece.columns, piece.reading)
    assert _rows(away, connection) == []


@pytest.mark.postgres
def test_a_schema_without_tables_and_a_database_that_does_not_answer_block(postgres_server: str) -> None:
    for address, code in (
        (f"{postgres_server}&schema=nowhere", "no_files"),
        (postgres_server.replace("/postgres?", "/nowhere?"), "cannot_open"),
    ):
        pieces, (finding,) = database_pieces(address)
        assert (pieces, finding.code, finding.severity) == ([], code, Severity.BLOCK)


@pytest.mark.postgres
def test_a_database_is_checked_and_taken_like_files_and_anew_when_it_has_changed(
    address: str, postgres_server: str, tmp_path: Path
) -> None:
    new_workspace(tmp_path / "council")
    workspace, day = open_workspace(tmp_path / "council"), date(2021, 11, 30)
    assert not take.check(address, as_at=day).blocks
    first = take.take(workspace, address, day).snapshot
    assert take.take(workspace, address, day).snapshot.id == first.id
    with psycopg.connect(postgres_server) as writer:
        writer.execute("UPDATE ssd_development.ssd_person SET pers_ethnicity = 'MWBC' WHERE pers_person_id = 'c2'")
    assert take.take(workspace, address, day).snapshot.id != first.id
    kept = "".join(path.read_bytes().decode("latin-1") for path in tmp_path.rglob("*") if path.is_file())
    assert "Zedekiah" not in kept


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ana:hunter2@records/ssd",
        "mssql://ana:hunter2@records/ssd",
        "postgresql://ana@records/ssd?password=hunter2",
        "mssql://records/ssd?schema=x&PWD=hunter2",
    ],
)
def test_an_address_with_a_password_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(ExtractError, match="holds a password") as refused:
        address_of(address)
    assert "hunter2" not in f"{refused.value}{refused.value.remedy}"


@pytest.mark.parametrize("address", ["oracle://records/ssd", "postgresql:/records", "postgresql://records"])
def test_what_is_no_address_is_refused_with_one_that_is(address: str) -> None:
    with pytest.raises(ExtractError, match="no address"):
        address_of(address)


def test_a_driver_that_is_not_installed_is_named_by_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(database, "import_module", missing)
    with pytest.raises(ExtractError, match="SQL Server needs one more package") as refused:
        database_pieces("mssql://records/ssd")
    assert 'pip install "safeguarding-scorecard[sqlserver]"' in refused.value.remedy


class _SqlServer:
    """What a driver for SQL Server would answer: it keeps what it was asked."""

    Error = RuntimeError

    def __init__(self, *, snapshots: bool) -> None:
        self.asked: list[str] = []
        self.told = ""
        self._snapshots = snapshots
        self._rows: list[tuple[str, ...]] = [("7", "c1", "2021-07-02 00:30:00.0000000")]

    def drivers(self) -> list[str]:
        return ["SQLite3", "SQL Server", "ODBC Driver 17 for SQL Server", "ODBC Driver 18 for SQL Server"]

    def connect(self, told: str, *, autocommit: bool) -> _SqlServer:
        assert not autocommit
        self.told = told
        return self

    def cursor(self) -> _SqlServer:
        return self

    def execute(self, asked: str) -> None:
        self.asked.append(asked)

    def fetchone(self) -> Sequence[int]:
        return (int(self._snapshots),)

    def fetchall(self) -> list[tuple[str, ...]]:
        kinds = {"cont_contact_id": "int", "cont_person_id": "nvarchar", "cont_contact_date": "datetimeoffset"}
        return [("ssd", "ssd_contacts", name, kind) for name, kind in kinds.items()]

    def fetchmany(self, _: int) -> list[tuple[str, ...]]:
        rows, self._rows = self._rows, []
        return rows

    def commit(self) -> None:
        self.asked.append("COMMIT")

    def close(self) -> None:
        return


@pytest.mark.parametrize("snapshots", [True, False])
def test_sql_server_is_asked_in_its_own_words_for_a_snapshot_and_then_for_text(
    snapshots: bool,  # noqa: FBT001 -- a case of the table
    connection: duckdb.DuckDBPyConnection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = _SqlServer(snapshots=snapshots)
    monkeypatch.setattr(database, "import_module", lambda _: server)
    (piece,), findings = database_pieces("mssql://records.local:1433/SSD;x?schema=ssd&TrustServerCertificate=yes")
    assert server.told == (
        "Driver=ODBC Driver 18 for SQL Server;Server=records.local,1433;Database={SSD;x};Trusted_Connection=yes;"
        "Encrypt=yes;ApplicationIntent=ReadOnly;TrustServerCertificate=yes"
    )
    assert [finding.code for finding in findings] == ([] if snapshots else ["no_snapshot"])
    assert ("SET TRANSACTION ISOLATION LEVEL SNAPSHOT" in server.asked) is snapshots
    assert _rows(piece, connection) == [(1, "7", "c1", "2021-07-02 00:30:00.0000000")]
    question = server.asked[-1]
    assert "CAST(\"cont_contact_date\" AT TIME ZONE 'GMT Standard Time' AS datetime2), 121)" in question
    for asked in (each for each in server.asked if each.startswith("SELECT")):
        sqlglot.parse_one(asked, dialect="tsql")


def test_a_machine_without_a_driver_for_sql_server_is_told_what_to_ask_for(monkeypatch: pytest.MonkeyPatch) -> None:
    server = _SqlServer(snapshots=True)
    monkeypatch.setattr(server, "drivers", lambda: ["SQLite3"])
    monkeypatch.setattr(database, "import_module", lambda _: server)
    with pytest.raises(ExtractError, match="no ODBC driver for SQL Server"):
        database_pieces("mssql://records/ssd")
