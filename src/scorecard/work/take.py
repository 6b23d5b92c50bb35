"""Read an extract, say all that is wrong with it, and keep it as an immutable snapshot."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from scorecard.contract.blocking import blocking, stops_taking
from scorecard.contract.check import read_extract
from scorecard.contract.layouts.layout import LAYOUTS
from scorecard.contract.layouts.own import LAYOUT
from scorecard.contract.load import load_contract
from scorecard.contract.reading import AS_IT_COMES, Source, listed
from scorecard.contract.report import Severity
from scorecard.contract.sources.year_folders import files_read
from scorecard.contract.values.vocabulary import FOLDER as VALUES
from scorecard.errors import ExtractError, raise_together
from scorecard.store.disk import sha256 as file_sha256
from scorecard.store.ledger import Act
from scorecard.store.snapshots import TableTaken, Taken, fingerprint_of_files
from scorecard.work.blocking import beside_last
from scorecard.work.history import earlier_lists, with_history
from scorecard.work.read_by import read_by
from scorecard.work.sources import reading_of, settled_in
from scorecard.work.views import gone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from scorecard.contract.check import Extract
    from scorecard.contract.reading import Reading
    from scorecard.contract.report import CheckReport, Finding
    from scorecard.contract.types import Contract
    from scorecard.store.ledger import Ledger
    from scorecard.store.snapshots import Snapshot
    from scorecard.work.workspace import Workspace


@dataclass(frozen=True)
class Kept:
    """A snapshot, and what was found while reading it."""

    snapshot: Snapshot
    report: CheckReport


class BlockedExtractError(ExtractError):
    """An extract cannot be read, or is another council's: nothing can be kept of it."""

    def __init__(self, report: CheckReport, source: str) -> None:
        super().__init__(
            f"{source} was not taken: what is said above under “Blocks” must be mended first.",
            remedy="Mend them in the case system or the export and try again; nothing has been kept.",
        )
        self.report = report


def check(source: Source | Sequence[Source], as_at: date | None = None, how: Reading = AS_IT_COMES) -> CheckReport:
    """Everything wrong with an extract of one or several sources; nothing is kept."""
    sources = listed(source)
    must_be_there(sources)
    with duckdb.connect(":memory:") as connection:
        return read_extract(sources, load_contract(), as_at=as_at, connection=connection, how=how).report


def take(
    workspace: Workspace,
    source: Source | Sequence[Source],
    as_at: date,
    as_at_of: Mapping[str, date] | None = None,
) -> Kept:
    """Keep an extract of one or several sources, unless something blocks; tables may speak up to days of their own."""
    sources = listed(source)
    must_be_there(sources)
    contract = load_contract()
    how = replace(reading_of(workspace.folder), as_at_of=as_at_of or {})
    with duckdb.connect(":memory:") as connection:
        extract = read_extract(sources, contract, as_at=as_at, connection=connection, how=how)
        beside = beside_last(workspace, connection, extract.report.rows, as_at)
        if any(map(stops_taking, (*beside, *extract.report.findings))):
            raise BlockedExtractError(_with(beside, extract.report), named(sources))
        tables = _tables(extract, contract)
        before = earlier_lists(_with_records(workspace), as_at, tables.values())
        tables, said = with_history(connection, tables, before)
        report = replace(extract.report, findings=(*extract.report.findings, *said))
        more = [_contents(connection, sources, tables), _read_as(extract, sources, how)]
        taken = Taken(
            as_at=as_at,
            source=named(sources),
            source_sha256=_fingerprint(sources, workspace.folder, before, more),
            contract_version=contract.version,
            covers_from=workspace.covers_from,
            findings=_counted(report.findings),
            files=tuple(asdict(one) for one in extract.report.recognised),
            severities={one.value: _counted(found) for one in Severity if (found := report.of(one))}
            | {Severity.BLOCK.value: blocking(report.findings)},
        )
        by = read_by([(one.layout, one.report) for one in extract.report.recognised], workspace.folder)
        with workspace.store.writing() as ledger:
            files = by.keep(workspace.rules)
            decided = by.of_tables(files)
            tables = {name: replace(one, mapping=decided.get(name, "")) for name, one in tables.items()}
            snapshot = workspace.snapshots.keep(replace(taken, mapping=files), tables, connection)
            _let_stand(workspace, ledger, snapshot)
        return Kept(snapshot, _with(beside, report))


def _with_records(workspace: Workspace) -> list[Snapshot]:
    """The snapshots whose records have not been purged."""
    return [one for one in workspace.snapshots.all() if not one.purged_on]


def _let_stand(workspace: Workspace, ledger: Ledger, snapshot: Snapshot) -> None:
    """Let a snapshot stand for its day, unless it does; of one that was purged the files are not kept again."""
    if snapshot.purged_on:
        raise gone(snapshot.id, snapshot.purged_on)
    if not workspace.snapshots.stands(snapshot):
        ledger.add(Act.TAKEN, snapshot.id, told={"manifest": file_sha256(snapshot.manifest)})
        workspace.snapshots.let_stand(snapshot)


def _with(findings: Sequence[Finding], report: CheckReport) -> CheckReport:
    """A report with what the last extract tells of this one: it is not kept, and the order of taking changes none."""
    return replace(report, findings=(*findings, *report.findings))


def _counted(findings: Sequence[Finding]) -> dict[str, int]:
    """How many findings there are of each code."""
    return dict(sorted(Counter(finding.code for finding in findings).items()))


def _tables(extract: Extract, contract: Contract) -> dict[str, TableTaken]:
    """The tables to keep: those that were supplied, and those that reading an extract makes by itself."""
    made = {name: TableTaken(name) for name, table in contract.tables.items() if table.derived}
    supplied = {
        one.table: TableTaken(
            extract.tables[one.table],
            one.columns,
            one.layouts,
            one.known_from,
            extract.days.get(one.table),
            out_of_step=extract.out_of_step.get(one.table, 0),
        )
        for one in extract.report.tables
        if one.files
    }
    return made | supplied


def _fingerprint(sources: Sequence[Source], folder: Path, before: Snapshot | None, more: Sequence[str]) -> str:
    """One fingerprint of all that decides what is kept: the files, how they were read, and what went before them."""
    files = [file for one in sources if isinstance(one, Path) for file in files_read(one)]
    earlier = [before.manifest] if before else []
    of_files = fingerprint_of_files([*files, *settled_in(folder), *earlier])
    said = " ".join(filter(None, more))
    return sha256(f"{of_files} {said}".encode()).hexdigest() if said else of_files


def _read_as(extract: Extract, sources: Sequence[Source], how: Reading) -> str:
    """What the files alone do not tell: the order of the sources, the layouts as they are now, days of tables' own.

    Nothing where the contract's own tables of one source are read as they come.
    """
    pieces = [(one.label, one.layout, one.report) for one in extract.report.recognised]
    layouts = {layout for _, layout, _ in pieces} - {LAYOUT}
    if len(sources) == 1 and not layouts and not how.as_at_of:
        return ""
    library = [*VALUES.glob("*.toml"), *(file for one in layouts for file in (LAYOUTS / one).glob("*"))]
    return repr((pieces, sorted(how.as_at_of.items()), fingerprint_of_files(library)))


def _contents(
    connection: duckdb.DuckDBPyConnection, sources: Sequence[Source], tables: Mapping[str, TableTaken]
) -> str:
    """A database has no files to be told by, so that its rows are; nothing where every source is files."""
    if all(isinstance(one, Path) for one in sources):
        return ""
    rows = "count(*), sum(hash(*COLUMNS(*)))"
    return repr(
        [(name, connection.table(one.relation).aggregate(rows).fetchall()) for name, one in sorted(tables.items())]
    )


def named(sources: Sequence[Source]) -> str:
    """What sources are called where they are mentioned: a file by its own name."""
    return ", ".join(one.name if isinstance(one, Path) else one for one in sources)


def must_be_there(sources: Sequence[Source]) -> None:
    """An `ExtractError` where there is no such file or folder."""
    absent = [one for one in sources if isinstance(one, Path) and not one.exists()]
    raise_together(
        [
            ExtractError(
                f"There is no file or folder {one}.",
                remedy="Name a folder of files, a workbook or a file; put a name with spaces in quotation marks.",
            )
            for one in absent
        ]
    )
