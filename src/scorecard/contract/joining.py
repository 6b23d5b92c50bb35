"""Several sources made one extract: which of them stands for each table, and where they do not agree.

Care from the statutory return, the rest from report exports, the workforce from HR: each table is one source's, so that
nothing is counted twice. Only what is about people and places themselves is put together from all.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorecard.contract.layouts.mending import with_column
from scorecard.contract.layouts.poured import ARRIVED
from scorecard.contract.layouts.pouring import PouredSource
from scorecard.contract.report import SHOWN_ROWS, Finding, Rows, Severity
from scorecard.contract.sources.piece import ROW, sql_name
from scorecard.words.grammar import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    import duckdb

    from scorecard.contract.layouts.poured import Poured
    from scorecard.contract.reading import Reading
    from scorecard.contract.types import Contract, Table

UNITED = ("ssd_person", "ssd_professionals", "ssd_department")
"""Tables that are put together from all sources: one row for each key, the source that stands first leading."""

Named = tuple[str, PouredSource]
"""A source and what it is called where it is mentioned."""

_EPISODES = "ssd_cla_episodes"
_FEWEST_IN_COMMON = 0.5
_SAID = {"pers_dob": "date of birth", "pers_sex": "sex"}


def join(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    named: Sequence[Named],
    how: Reading,
) -> PouredSource:
    """One source of several: their tables, findings and what their pieces were taken for."""
    if len(named) == 1:
        return named[0][1]
    sources = [_labelled(one) for one in named]
    whole = PouredSource(
        findings=[finding for one in sources for finding in one.findings],
        recognised=[piece for one in sources for piece in one.recognised],
    )
    for name in sorted({name for one in sources for name, files in one.tables.items() if files}):
        given = [one.tables[name] for one in sources if one.tables.get(name)]
        # A list without a row says nothing of what another source tells.
        given.sort(key=lambda each: not any(_count(connection, one.relation) for one in each))
        files = _by_rank(name, given, how)
        whole.findings += _settled(connection, contract.tables[name], files, how.as_at)
        stand = files if name in UNITED else files[:1]
        whole.tables[name] = [one for each in stand for one in each]
        for left in files[len(stand) :]:
            _drop(connection, left)
    return whole


def _labelled(source: Named) -> PouredSource:
    """With the source's name before each file's, for two sources may have files of one name."""
    name, poured = source
    labels = {one.label: f"{name}/{one.label}" if one.label != name else name for one in poured.recognised}
    labels |= {finding.file: f"{name}/{finding.file}" for finding in poured.findings if finding.file not in {"", name}}
    return PouredSource(
        {
            table: [one._replace(label=labels.get(one.label, one.label)) for one in files]
            for table, files in poured.tables.items()
        },
        [replace(one, label=labels[one.label]) for one in poured.recognised],
        [replace(finding, file=labels.get(finding.file, finding.file)) for finding in poured.findings],
    )


def _by_rank(name: str, files: list[list[Poured]], how: Reading) -> list[list[Poured]]:
    """The sources of a table as they stand: by what was settled for it, or else as they come."""
    settled = how.precedence.get(name, ())
    ranks = {layout: rank for rank, layout in enumerate(settled)}
    return sorted(files, key=lambda each: min(ranks.get(one.layout, len(ranks)) for one in each))


def _settled(
    connection: duckdb.DuckDBPyConnection, table: Table, files: list[list[Poured]], as_at: date | None
) -> Iterator[Finding]:
    """What is said of a table that several sources give; people and places are put together on the way."""
    first, *others = files
    for place, other in enumerate(others, 1):
        if table.name in UNITED:
            yield from _unite(connection, table, files[:place], other)
        else:
            if table.name == _EPISODES and as_at:
                yield from _open_in_one(connection, first, other, as_at)
            yield _left_out(table.name, first, other, sum(_count(connection, one.relation) for one in other))


def _drop(connection: duckdb.DuckDBPyConnection, files: list[Poured]) -> None:
    for one in files:
        connection.execute(f"DROP TABLE {one.relation}")


def _unite(
    connection: duckdb.DuckDBPyConnection, table: Table, before: list[list[Poured]], other: list[Poured]
) -> Iterator[Finding]:
    """The earlier sources' rows with their gaps filled from the other, and of the other only who is in none of them."""
    key = table.key[0]
    first = [one for each in before for one in each]
    if table.name == "ssd_person":
        yield from _few_in_common(connection, key, first, other)
        for column in _SAID:
            yield from _disagreeing(connection, key, column, first, other)
    for later in other:
        for each in before:
            each[:] = [_with_gaps_filled(connection, table, earlier, later) for earlier in each]
        known = " UNION ALL ".join(_keys(one, key) for one in first)
        # Names of the contract and of our own tables.
        connection.execute(f"DELETE FROM {later.relation} WHERE {_text(key)} IN (SELECT k FROM ({known}))")


def _text(name: str, of: str = "") -> str:
    """A cell without blanks around it, and nothing where a placeholder stands."""
    return f"_filled(_trimmed({of}{sql_name(name)}))"


def _clean(one: Poured, *names: str) -> str:
    """Rows with some of their cells so read, each step below the last: put into one another the words grow too long."""
    trimmed, read = (
        ", ".join(f"{word}({sql_name(name)}) AS {sql_name(name)}" for name in names) for word in ("_trimmed", "_filled")
    )
    return f"SELECT {ROW}, {read} FROM (SELECT {ROW}, {trimmed} FROM {one.relation})"


def _keys(one: Poured, key: str) -> str:
    return f"SELECT {_text(key)} AS k FROM {one.relation} WHERE {_text(key)} IS NOT NULL"


def _with_gaps_filled(connection: duckdb.DuckDBPyConnection, table: Table, earlier: Poured, later: Poured) -> Poured:
    """The earlier file with what it does not say, or has no column for, from the later one's row of the same key."""
    key = table.key[0]
    filling: dict[str, str] = {}
    for column in sorted(name for name in later.columns - set(table.key) if not name.endswith(ARRIVED)):
        for name in sorted({column, column + ARRIVED} & later.columns):
            earlier = with_column(connection, earlier, name)
            filling[name] = column
    if not filling:
        return earlier
    said = ", ".join(
        f"CASE WHEN {_text(column, 'a.')} IS NULL THEN coalesce(b.{sql_name(name)}, a.{sql_name(name)})"
        f" ELSE a.{sql_name(name)} END AS {sql_name(name)}"
        for name, column in filling.items()
    )
    values = ", ".join(f"min({sql_name(name)}) AS {sql_name(name)}" for name in filling)
    # Names of the contract and of our own tables. To write it anew takes a thousandth of the time updating it does.
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {earlier.relation} AS SELECT a.* REPLACE ({said}) FROM {earlier.relation} AS a"
        f" LEFT JOIN (SELECT {sql_name(key)} AS k, {values} FROM ({_clean(later, key, *filling)}) GROUP BY 1) AS b"
        f" ON b.k = {_text(key, 'a.')} ORDER BY a.{ROW}"
    )
    return earlier


def _few_in_common(
    connection: duckdb.DuckDBPyConnection, key: str, first: list[Poured], other: list[Poured]
) -> Iterator[Finding]:
    """Identifiers of another kind show as children whom no other source knows."""
    known, asked = (" UNION ".join(_keys(one, key) for one in files) for files in (first, other))
    # Names of the contract and of our own tables.
    sql = f"SELECT count(*), count(a.k) FROM ({asked}) AS b LEFT JOIN (SELECT DISTINCT k FROM ({known})) AS a USING (k)"
    children, common = connection.execute(sql).fetchall()[0]
    if children and common / children < _FEWEST_IN_COMMON:
        yield Finding(
            "few_in_common",
            Severity.WARN,
            f"Of its {children:,} children only {common:,} are in {_labels(first)}.",
            "See whether both name a child by the same identifier, the council's own.",
            _labels(other),
            table="ssd_person",
        )


def _disagreeing(
    connection: duckdb.DuckDBPyConnection, key: str, column: str, first: list[Poured], other: list[Poured]
) -> Iterator[Finding]:
    """Rows that say otherwise of the same child."""
    value = "CAST(_moment({}) AS VARCHAR)" if column == "pers_dob" else "upper({}[1])"
    said = f"SELECT {ROW}, {sql_name(key)} AS k, {value.format(sql_name(column))} AS v"
    for later in other:
        for earlier in first:
            if column not in earlier.columns & later.columns:
                continue
            here, there = (f"{said} FROM ({_clean(one, key, column)})" for one in (earlier, later))
            # Names of the contract and of our own tables.
            found = connection.execute(
                f"SELECT min(b.{ROW}, {SHOWN_ROWS}), count(*) FROM ({there}) AS b"
                f" JOIN (SELECT k, min(v) AS v FROM ({here}) GROUP BY 1) AS a ON a.k = b.k WHERE a.v <> b.v"
            ).fetchall()[0]
            if found[1]:
                yield _conflict(earlier, later, column, Rows(tuple(found[0]), found[1]))


def _conflict(earlier: Poured, later: Poured, column: str, rows: Rows) -> Finding:
    return Finding(
        "sources_differ",
        Severity.WARN,
        f"The same child has another {_SAID[column]} in {earlier.label}, which was followed.",
        "Find out which is right, and put the other right in its system.",
        later.label,
        rows,
        column,
        "ssd_person",
    )


def _open_in_one(
    connection: duckdb.DuckDBPyConnection, first: list[Poured], other: list[Poured], as_at: date
) -> Iterator[Finding]:
    """Children who are in care at the end of the day by one source and not by the other."""
    here, there = (" UNION ".join(_in_care(one) for one in files) for files in (first, other))
    for one, two, stands in ((here, there, first), (there, here, other)):
        # Names of the contract and of our own tables; the day is bound.
        sql = f"SELECT count(*) FROM ({one}) WHERE k NOT IN (SELECT k FROM ({two}))"
        number = connection.execute(sql, {"as_at": as_at}).fetchall()[0][0]
        if number:
            elsewhere = _labels(other if stands is first else first)
            yield Finding(
                "sources_differ",
                Severity.WARN,
                f"{number:,} {plural(number, 'child is', 'children are')} in care on the day by this source"
                f" and not by {elsewhere}.",
                "Compare both lists of children in care; the figures follow the source that stands first.",
                _labels(stands),
                column="clae_person_id",
                table=_EPISODES,
            )


def _in_care(one: Poured) -> str:
    child, began, ended = "clae_person_id", "clae_cla_episode_start_date", "clae_cla_episode_ceased_date"
    dated = [name for name in (began, ended) if name in one.columns]
    days = ", ".join(f"_moment({sql_name(name)}) AS {sql_name(name)}" for name in dated)
    # Names of the contract and of our own tables.
    cells = f"SELECT {child} AS k, {days} FROM ({_clean(one, child, *dated)}) WHERE {child} IS NOT NULL"
    still = f" AND ({ended} IS NULL OR {ended} >= $as_at + INTERVAL 1 DAY)" if ended in dated else ""
    return f"SELECT k FROM ({cells}) WHERE {began} < $as_at + INTERVAL 1 DAY{still}"


def _left_out(table: str, first: list[Poured], other: list[Poured], rows: int) -> Finding:
    return Finding(
        "left_to_another",
        Severity.NOTE,
        f"{table} is taken from {_labels(first)};"
        f" {rows:,} {plural(rows, 'row of it here was', 'rows of it here were')} left out.",
        "To have it the other way round, name the sources of the table in sources.toml under [precedence].",
        _labels(other),
        table=table,
    )


def _labels(files: Sequence[Poured]) -> str:
    return ", ".join(one.label for one in files)


def _count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {relation}").fetchall()[0][0])
