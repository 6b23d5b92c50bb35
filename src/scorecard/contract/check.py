"""Reading an extract: everything found in it, and its records in the contract's tables and types."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from scorecard.calendar.periods import FINANCIAL_YEAR_STARTS
from scorecard.contract.cells import cell_findings, count_that_cannot, rows_that_cannot_count
from scorecard.contract.cleaning import words_of_reading
from scorecard.contract.constraint import AS_AT
from scorecard.contract.gathering import gather
from scorecard.contract.joining import join
from scorecard.contract.keys import orphans, relation_of, settle_duplicates
from scorecard.contract.layouts.one_history import OpenedSource, bring_together
from scorecard.contract.layouts.pouring import OWN_REPORTS, PouredSource, pour_source
from scorecard.contract.mapping.remarks import fits_none, unfilled
from scorecard.contract.mixed_days import children_out_of_step, days_of_their_own, mixed_days
from scorecard.contract.outcomes import unpack
from scorecard.contract.reach import stops_early
from scorecard.contract.reading import AS_IT_COMES, Reading, listed
from scorecard.contract.report import CheckReport, Finding, Severity, TableCount
from scorecard.contract.rules import rules_of
from scorecard.contract.sources.database import address_of, database_pieces
from scorecard.contract.sources.piece import ROW, sql_name
from scorecard.contract.sources.year_folders import pieces_of
from scorecard.contract.staging import FILE, Stage, stage, where_selected

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    import duckdb

    from scorecard.contract.layouts.poured import Poured
    from scorecard.contract.reading import Source
    from scorecard.contract.types import Contract, Table

_OUTCOMES = "ssdx_outcomes"


@dataclass(frozen=True)
class Extract:
    """An extract as it was read: the report, and where each table of the contract stands in the database.

    `days` are those of the tables that speak up to another day than the extract, and `out_of_step` the children of whom
    such a table and the others do not tell the same time.
    """

    report: CheckReport
    tables: Mapping[str, str]
    days: Mapping[str, date] = field(default_factory=dict)
    out_of_step: Mapping[str, int] = field(default_factory=dict)


def read_extract(
    source: Source | Sequence[Source],
    contract: Contract,
    *,
    as_at: date | None = None,
    connection: duckdb.DuckDBPyConnection,
    how: Reading = AS_IT_COMES,
) -> Extract:
    """Read folders, workbooks, files or databases as one extract; nothing in them is changed.

    Every table of the contract stands in the connection under its name, empty where nothing was supplied. Personal
    columns are never read. Whether the extract may be taken is the report's to say.
    """
    how = replace(how, as_at=as_at)
    with words_of_reading(connection):
        sources = [opened(one, connection) for one in listed(source)]
        given = [
            (one.name, _poured(connection, contract, one, number, how))
            for number, one in enumerate(bring_together(sources, contract))
        ]
        whole = join(connection, contract, given, how)
    poured, findings = whole.tables, whole.findings
    filled = {name: files for name, files in poured.items() if _any_row(connection, files)}
    stages = _stages(connection, contract, filled, how)
    rows = {name: _rows(connection, each.relation) for name, each in stages.items()}
    for name, each in stages.items():
        findings += cell_findings(connection, each, how.day_of(name))
        if any(one.layout == OWN_REPORTS.id for one in filled[name]):
            findings += gather(connection, each)
        findings += settle_duplicates(connection, each)
        findings += rows_that_cannot_count(connection, each)
    findings += _make_tables(connection, contract, stages)
    findings += orphans(connection, stages)
    findings += _broken_rules(connection, contract, stages, as_at)
    findings += stops_early(connection, contract, as_at) if as_at else ()
    findings += _absent(contract, poured, filled)
    findings += _about_mappings(contract, how, whole)
    counts = tuple(_count(connection, name, poured[name], stages.get(name), rows, how) for name in sorted(poured))
    days = days_of_their_own(counts, how.as_at_of, as_at) if as_at else {}
    children = children_out_of_step(connection, contract, days, as_at) if as_at else {}
    findings += mixed_days(children, days, as_at) if as_at else ()
    _tidy(connection, poured, stages)
    report = CheckReport(_in_order(findings), counts, tuple(whole.recognised))
    return Extract(report, {name: name for name in contract.tables}, days, children)


def opened(source: Source, connection: duckdb.DuckDBPyConnection) -> OpenedSource:
    """The pieces of a source; one that is text is a database."""
    if isinstance(source, str):
        tables, findings = database_pieces(source)
        return OpenedSource(address_of(source).database, [*tables], findings)
    return OpenedSource(source.name, *pieces_of(source, connection))


def _poured(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    source: OpenedSource,
    number: int,
    how: Reading,
) -> PouredSource:
    """One source's tables as text; several sources have numbers, so that their tables are told apart."""
    poured = pour_source(connection, contract, source.pieces, how, number)
    poured.findings[:0] = source.findings
    return poured


def _any_row(connection: duckdb.DuckDBPyConnection, files: list[Poured]) -> bool:
    return any(_rows(connection, one.relation) for one in files)


def _stages(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    poured: Mapping[str, list[Poured]],
    how: Reading,
) -> dict[str, Stage]:
    """Every supplied table that has rows, typed."""
    with words_of_reading(connection):
        return {
            name: stage(connection, contract, table, poured[name], _return_year(how.day_of(name)))
            for name, table in contract.tables.items()
            if name in poured
        }


def _return_year(as_at: date | None) -> int | None:
    """The year ending 31 March whose codes are in use."""
    if as_at is None:
        return None
    return as_at.year + 1 if as_at.month >= FINANCIAL_YEAR_STARTS else as_at.year


def _make_tables(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    stages: Mapping[str, Stage],
) -> Iterator[Finding]:
    """The tables that stay: loaded columns, texts as they arrived beside codes, and the outcomes unpacked."""
    for name, table in contract.tables.items():
        arrived = stages[name].arrived if name in stages else ()
        connection.execute(f"CREATE OR REPLACE TABLE {sql_name(name)} ({_columns(table, arrived)})")
        if name in stages:
            loaded = ", ".join(map(sql_name, (*(column.name for column in table.loaded), *arrived)))
            # Names of the contract and of our own tables.
            connection.execute(
                f"INSERT INTO {sql_name(name)} SELECT {loaded} FROM {stages[name].relation} ORDER BY {FILE}, {ROW}",
            )
    yield from unpack(connection, contract.tables[_OUTCOMES], stages.values())


def _columns(table: Table, arrived: Sequence[str]) -> str:
    types = {column.name: column.type.sql for column in table.loaded} | dict.fromkeys(arrived, "VARCHAR")
    return ", ".join(f"{sql_name(name)} {its}" for name, its in types.items())


def _broken_rules(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    stages: Mapping[str, Stage],
    as_at: date | None,
) -> Iterator[Finding]:
    for rule in rules_of(contract):
        of = stages.get(rule.table)
        if (
            of is None
            or not rule.at_load
            or any(there == of.table.name and name not in of.supplied for there, name in rule.mentions)
        ):
            continue
        sql = rule.breaking(f"a.{FILE}, a.{ROW}", relation_of(stages))
        values = {"as_at": as_at} if AS_AT in sql else None
        for file, rows in where_selected(connection, of, sql, values):
            yield Finding(
                "rule",
                rule.severity,
                f"The rule is broken: {rule.sentence}",
                f"{rule.says} {rule.mended_by.words} can put it right; or be ready to say why it stands.",
                file,
                rows,
                rule.column,
                rule.table,
                rule.rule,
            )


def _absent(
    contract: Contract,
    poured: Mapping[str, list[Poured]],
    filled: Mapping[str, list[Poured]],
) -> Iterator[Finding]:
    """What was not supplied, or has no rows; it blocks where nothing can be done without it."""
    asked = [table for table in contract.tables.values() if not table.derived]
    missing = [table for table in asked if table.name not in poured]
    empty = [table for table in asked if table.name in poured and table.name not in filled]
    yield from (_missing_table(table) for table in missing if table.essential)
    yield from (_essential_without_rows(table, poured[table.name][0].label) for table in empty if table.essential)
    for found, said in ((missing, _tables_not_supplied), (empty, _without_rows)):
        names = [table.name for table in found if not table.essential]
        if names:
            yield said(names)


def _about_mappings(contract: Contract, how: Reading, whole: PouredSource) -> Iterator[Finding]:
    """A council's mapping files that no file of any source fits, and what those that were used leave out."""
    used = {one.report for one in whole.recognised if one.layout == OWN_REPORTS.id}
    yield from (fits_none(f"{one.id}.toml") for one in how.mappings if one.report not in used)
    for name, files in whole.tables.items():
        if files and all(one.layout == OWN_REPORTS.id for one in files):
            filled = frozenset[str]().union(*(one.columns for one in files))
            labels = ", ".join(one.label for one in files)
            needed = (column.name for column in contract.tables[name].counting)
            yield from (unfilled(labels, name, column) for column in needed if column not in filled)


def _missing_table(table: Table) -> Finding:
    return Finding(
        "missing_table",
        Severity.BLOCK,
        f"The table {table.name} is not in the extract, and nothing can be counted without it.",
        f"Add it as {table.name}.csv or as a sheet of that name; see whether a file under another name is it.",
        table=table.name,
    )


def _tables_not_supplied(names: list[str]) -> Finding:
    return Finding(
        "tables_not_supplied",
        Severity.NOTE,
        f"Tables not supplied: {', '.join(names)}.",
        "Figures that need them will be missing: `scorecard coverage` says which. Add the tables you can supply.",
    )


def _essential_without_rows(table: Table, file: str) -> Finding:
    return Finding(
        "no_rows",
        Severity.BLOCK,
        f"{table.name} has a header but no row, and nothing can be counted without it.",
        "See whether the export filtered everything away.",
        file,
        table=table.name,
    )


def _without_rows(names: list[str]) -> Finding:
    return Finding(
        "no_rows",
        Severity.WARN,
        f"Tables with a header but no row: {', '.join(names)}.",
        "See whether the export filtered everything away; take out the tables you do not supply.",
    )


def _count(  # noqa: PLR0913, PLR0917 - all that is told of a table
    connection: duckdb.DuckDBPyConnection,
    table: str,
    files: list[Poured],
    of: Stage | None,
    read: Mapping[str, int],
    how: Reading,
) -> TableCount:
    labels = tuple(one.label for one in files)
    columns = tuple(sorted(frozenset[str]().union(*(one.columns for one in files))))
    layouts = tuple(sorted({one.layout for one in files}))
    told = [one.known_from for one in files]
    known_from = max((day for day in told if day), default=None) if all(told) else None
    ends = [one.known_to for one in files]
    known_to = how.as_at_of.get(table) or (min((day for day in ends if day), default=None) if all(ends) else None)
    if of is None:
        return TableCount(table, labels, 0, 0, 0, columns, layouts, known_from, known_to)
    kept, lost = _rows(connection, of.relation), count_that_cannot(connection, of)
    return TableCount(table, labels, read[table], kept, lost, columns, layouts, known_from, known_to)


def _rows(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {relation}").fetchone()
    return int(found[0]) if found else 0


def _tidy(
    connection: duckdb.DuckDBPyConnection,
    poured: Mapping[str, list[Poured]],
    stages: Mapping[str, Stage],
) -> None:
    """Take away the text that was read, packed columns among it."""
    texts = [one.relation for files in poured.values() for one in files]
    for relation in (*texts, *(each.relation for each in stages.values())):
        connection.execute(f"DROP TABLE {relation}")


def _in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """What blocks first, then warnings and notes, each in the order of files and rows."""
    grave = list(Severity)
    return tuple(
        sorted(findings, key=lambda one: (grave.index(one.severity), one.file, one.rows.first[:1], one.column)),
    )
