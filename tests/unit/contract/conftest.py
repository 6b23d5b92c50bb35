"""Extracts made of a few files, and what is read from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from scorecard.contract.check import read_extract
from scorecard.contract.load import load_contract

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from scorecard.contract.report import CheckReport, Finding

NOVEMBER = date(2021, 11, 30)


@dataclass(frozen=True)
class Read:
    """What came of reading an extract."""

    report: CheckReport
    connection: duckdb.DuckDBPyConnection

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a query finds in the tables that were made."""
        return self.connection.execute(sql).fetchall()

    def found(self, code: str) -> list[Finding]:
        """The findings of one kind."""
        return [finding for finding in self.report.findings if finding.code == code]

    def codes(self) -> set[str]:
        """The kinds of findings there are, but for what merely was not supplied."""
        return {finding.code for finding in self.report.findings} - {"tables_not_supplied", "columns_not_supplied"}


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as opened:
        yield opened


@pytest.fixture
def read(connection: duckdb.DuckDBPyConnection) -> Callable[[Path], Read]:
    """Reads a folder or file as at 30 November 2021."""

    def read_it(source: Path) -> Read:
        extract = read_extract(source, load_contract(), as_at=NOVEMBER, connection=connection)
        return Read(extract.report, connection)

    return read_it


@pytest.fixture
def read_files(read: Callable[[Path], Read], tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Read]:
    """Writes files into a folder and reads it; a child is there unless the files say otherwise."""

    def read_them(files: Mapping[str, str | bytes]) -> Read:
        folder = tmp_path / "extract"
        folder.mkdir(exist_ok=True)
        for name, content in {"ssd_person.csv": PEOPLE, **files}.items():
            raw = content if isinstance(content, bytes) else content.encode()
            (folder / name).write_bytes(raw)
        return read(folder)

    return read_them


PEOPLE = "pers_person_id,pers_sex,pers_ethnicity,pers_dob\nc1,F,WBRI,2010-05-01\nc2,M,WBRI,2012-06-02\n"
