"""Read an extract, say all that is wrong with it, and keep it as an immutable snapshot."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from scorecard.contract.check import read_extract
from scorecard.contract.load import load_contract
from scorecard.contract.sources.folder import files_read
from scorecard.errors import ExtractError
from scorecard.store.snapshots import Taken, fingerprint_of_files

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from scorecard.contract.report import CheckReport
    from scorecard.contract.types import Contract
    from scorecard.store.snapshots import Snapshot
    from scorecard.work.workspace import Workspace


@dataclass(frozen=True)
class Kept:
    """A snapshot, and what was found while reading it."""

    snapshot: Snapshot
    report: CheckReport


class BlockedExtractError(ExtractError):
    """An extract has faults that stop it from being taken."""

    def __init__(self, report: CheckReport, source: Path) -> None:
        super().__init__(
            f"{source} was not taken: the findings above marked “block” must be mended first.",
            remedy="Mend them in the case system or the export and try again; nothing has been kept.",
        )
        self.report = report


def check(source: Path, as_at: date | None = None) -> CheckReport:
    """Everything wrong with an extract; nothing is kept."""
    must_be_there(source)
    with duckdb.connect(":memory:") as connection:
        return read_extract(source, load_contract(), as_at=as_at, connection=connection).report


def take(workspace: Workspace, source: Path, as_at: date) -> Kept:
    """Keep an extract, unless something blocks."""
    must_be_there(source)
    contract = load_contract()
    with duckdb.connect(":memory:") as connection:
        extract = read_extract(source, contract, as_at=as_at, connection=connection)
        if extract.report.blocks:
            raise BlockedExtractError(extract.report, source)
        found = Counter(finding.code for finding in extract.report.findings)
        taken = Taken(
            as_at=as_at,
            source=source.name,
            source_sha256=fingerprint_of_files(files_read(source)),
            contract_version=contract.version,
            covers_from=workspace.covers_from,
            findings=dict(sorted(found.items())),
        )
        supplied = {count.table for count in extract.report.tables if count.files} | _derived(contract)
        tables = {name: relation for name, relation in extract.tables.items() if name in supplied}
        return Kept(workspace.snapshots.keep(taken, tables, connection), extract.report)


def _derived(contract: Contract) -> set[str]:
    """The tables that reading an extract makes by itself."""
    return {name for name, table in contract.tables.items() if table.derived}


def must_be_there(source: Path) -> None:
    """An `ExtractError` where there is no such file or folder."""
    if not source.exists():
        raise ExtractError(
            f"There is no file or folder {source}.",
            remedy="Name a folder of CSV or Parquet files, or one workbook; put a name with spaces in quotation marks.",
        )
