"""What the lists of the SSDA903 imply once they are the contract's rows; each step is a file of SQL in the layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.contract.layouts.mending import PLACE, changed, mended, noted, united
from scorecard.contract.layouts.poured import Poured
from scorecard.contract.layouts.ssda903_stitching import FOLDER
from scorecard.contract.layouts.ssda903_years import known_from, stops_short
from scorecard.contract.load import load_contract
from scorecard.contract.report import SHOWN_ROWS, Finding, Rows, Severity
from scorecard.contract.sources.piece import ROW, sql_name
from scorecard.words.grammar import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    import duckdb

_EPISODES, _PLACEMENTS = "ssd_cla_episodes", "ssd_cla_placement"
_REVIEWS, _PERSONS, _PERMANENCE, _ADOPTION = "ssd_cla_reviews", "ssd_person", "ssd_permanence", "ssdx_adoption_details"

_MADE = {
    _EPISODES: ("clae_cla_id", "clae_entered_care_date", "clae_cla_placement_id"),
    _PLACEMENTS: ("clap_cla_id",),
    _REVIEWS: ("clar_cla_id",),
    _PERMANENCE: (
        "perm_cla_id",
        "perm_placement_order_date",
        "perm_placed_for_adoption_date",
        "perm_placed_foster_carer_date",
    ),
}
"""The columns that are made here, by table."""

_READ = {
    _PLACEMENTS: (
        "clap_cla_placement_type",
        "clap_cla_placement_provider",
        "clap_cla_placement_urn",
        "clap_cla_placement_change_reason",
    ),
    _PERMANENCE: (
        "perm_adm_decision_date",
        "perm_decision_reversed_date",
        "perm_decision_reversed_reason",
        "perm_permanence_order_date",
        "perm_permanence_order_type",
        "perm_matched_date",
        "perm_adopted_by_carer_flag",
        "perm_number_of_adopters",
        "perm_adopter_sex",
        "perm_adopter_legal_status",
    ),
    _PERSONS: ("pers_sex", "pers_dob", "pers_ethnicity", "pers_is_mother"),
}
"""The columns that the SQL reads and a file may lack."""

_STEPS = {_EPISODES: "history", _REVIEWS: "reviews", _PERMANENCE: "permanence", _PERSONS: "persons"}
_TIMELESS = {_PERSONS, "ssd_professionals", "ssd_mother"}
_FORGOTTEN = {"ssd_missing": "miss_missing_episode_end_date", "ssd_involvements": "invo_involvement_end_date"}
"""What an older return leaves open and no newer one tells of again, by the column of its end."""


def finish(connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]], as_at: date | None) -> list[Finding]:
    """Join what runs on over several episodes and years, number the periods of care, and bring every child together."""
    findings: list[Finding] = []
    for table, files in poured.items():
        _gather(connection, table, files)
        if table not in {_PERSONS, _PERMANENCE}:
            findings += _newest_only(connection, table)
        findings += _end_forgotten(connection, table)
    for table, step in _STEPS.items():
        if table in poured and (_is_made(table, poured) or table == _PERSONS):
            connection.execute((FOLDER / f"{step}.sql").read_text(encoding="utf-8"))
            findings += _SAID[table](connection) if table in _SAID else ()
    _spread(connection, poured, stops_short(connection, as_at))
    _tidy(connection)
    return findings


def _is_made(table: str, poured: Iterable[str]) -> bool:
    """Whether columns of a table can be made: only the episodes tell the periods of care."""
    return table in _MADE and _EPISODES in poured


def _gather(connection: duckdb.DuckDBPyConnection, table: str, files: list[Poured]) -> None:
    """All rows of a table in one, with the file, its label and the year they came from."""
    supplied = (one.columns for one in files)
    columns = sorted({*_MADE.get(table, ()), *_READ.get(table, ())}.union(*supplied))
    labels = ", ".join(f"({number}, ?)" for number in range(len(files)))
    # Names of the contract and of our own tables.
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE ssda903_{table} AS"
        f" SELECT row_number() OVER () AS n, label, y.year, {PLACE} AS file, rows.* EXCLUDE ({PLACE})"
        f" FROM ({united(files, *columns)}) AS rows JOIN (VALUES {labels}) AS files ({PLACE}, label) USING ({PLACE})"
        f" LEFT JOIN ssda903_years AS y USING (label, {ROW})",
        [one.label for one in files],
    )


def _newest_only(connection: duckdb.DuckDBPyConnection, table: str) -> Iterator[Finding]:
    """Of what several returns tell, under one key, the newest stands."""
    key = load_contract().tables[table].key
    names = ", ".join(map(sql_name, key))
    whole = " AND ".join(f"{sql_name(name)} IS NOT NULL" for name in key)
    # Names of the contract and of our own tables.
    gone = changed(
        connection,
        f"DELETE FROM ssda903_{table} WHERE n IN (SELECT n FROM ssda903_{table} WHERE {whole}"
        f" QUALIFY row_number() OVER (PARTITION BY {names} ORDER BY year DESC NULLS LAST, file DESC, n DESC) > 1)",
    )
    if table != "ssd_professionals":
        yield from noted(gone, "ssda903_told_again", "told again later; what was told last was kept.", "", table)


def _end_forgotten(connection: duckdb.DuckDBPyConnection, table: str) -> Iterator[Finding]:
    """What only an older return tells of, and leaves open, is ended with that return's year."""
    if table not in _FORGOTTEN:
        return
    end = sql_name(_FORGOTTEN[table])
    ended = changed(
        connection,
        f"UPDATE ssda903_{table} SET {end} = CAST(year AS VARCHAR) || '-03-31'"
        f" WHERE {end} IS NULL AND year < (SELECT max(year) FROM ssda903_{table})",
    )
    yield from mended(
        ended,
        Finding(
            "ssda903_ended_with_year",
            Severity.WARN,
            "open in an earlier return and in no later one: ended with the year of that return.",
            "Find out when they ended, and put the end into the case system.",
            table=table,
        ),
    )


def _outside(connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    found = connection.execute(
        f"SELECT label, min({ROW}, {SHOWN_ROWS}), count(*) FROM ssda903_reviews_outside GROUP BY label ORDER BY label"
    ).fetchall()
    for label, first, count in found:
        yield Finding(
            "ssda903_not_looked_after",
            Severity.WARN,
            "No episode says that the child was looked after on the day of the review: it was left out.",
            "Look at the first of them in the case system: put the review's day right, or the episodes.",
            label,
            Rows(tuple(first), count),
            table=_REVIEWS,
        )


def _about_persons(connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    found = connection.execute(
        "SELECT count_if(NOT in_header), count_if(births), count_if(sexes) FROM ssda903_persons"
    ).fetchone()
    said = (
        ("not_in_header", "in a list of the return but in no Header", "903 INT01 to INT09"),
        ("births_differ", "with more than one day of birth; the newest Header's was kept", "903 INT11 to INT18, 203"),
        ("sexes_differ", "with more than one sex; the newest Header's was kept", "903 INT21, 202"),
    )
    for (code, problem, rule), count in zip(said, found or (), strict=True):
        if count:
            yield Finding(
                f"ssda903_{code}",
                Severity.WARN,
                f"{count:,} {plural(count, 'child', 'children')} {problem}.",
                "Put the children right in the case system before the next return.",
                table=_PERSONS,
                rule=rule,
            )


_SAID = {_REVIEWS: _outside, _PERSONS: _about_persons}
"""What a step has to say."""


def _spread(connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]], ends: date | None) -> None:
    """Give every file its rows back, with the columns that were made, and the days from which and to which it tells."""
    if _PERMANENCE in poured and _EPISODES in poured:
        poured[_ADOPTION] = [
            Poured(one.label, sql_name(f"{one.relation.strip(chr(34))}_adoption"), frozenset(), one.layout)
            for one in poured[_PERMANENCE]
        ]
    for table, files in poured.items():
        made = connection.execute(f"SELECT * FROM ssda903_{table} LIMIT 0").description or ()
        supplied = frozenset[str]().union(
            *(one.columns for one in files), _MADE[table] if _is_made(table, poured) else ()
        )
        columns = frozenset(
            name for name, *_ in made if name in supplied or (table == _ADOPTION and name.startswith("adop_"))
        )
        listed = ", ".join(map(sql_name, sorted(columns)))
        since = None if table in _TIMELESS else _known_from(connection, [*files, *poured.get(_EPISODES, ())])
        for number, one in enumerate(files):
            # Names of the contract and of our own tables.
            connection.execute(
                f"CREATE OR REPLACE TEMP TABLE {one.relation} AS"
                f" SELECT {ROW}, {listed} FROM ssda903_{table} WHERE file = {number} ORDER BY n"
            )
            until = None if table in _TIMELESS else ends
            files[number] = one._replace(columns=columns, known_from=since, known_to=until)


def _tidy(connection: duckdb.DuckDBPyConnection) -> None:
    """Take away what was only needed on the way."""
    names = connection.execute("SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, 'ssda903_')")
    for (name,) in names.fetchall():
        connection.execute(f"DROP TABLE {name}")


def _known_from(connection: duckdb.DuckDBPyConnection, files: Iterable[Poured]) -> date | None:
    """From when the years of all reports a table is made of, the episodes among them, are there without a gap."""
    years = connection.execute(
        "SELECT report, list(DISTINCT year) FROM ssda903_years WHERE list_contains(?, label) AND year IS NOT NULL"
        " GROUP BY report",
        [[one.label for one in files]],
    ).fetchall()
    return max(filter(None, (known_from(each) for _, each in years)), default=None)
