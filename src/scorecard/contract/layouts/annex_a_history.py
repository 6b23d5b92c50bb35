"""Which records of an earlier Annex A still stand once they have left the lists.

A list holds a record while it lies in the window or is still open. One that is no longer listed has either left the
window, and then stands as it was last told; or it should be listed and is not, and then it has been taken out of the
records, and is taken out here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from scorecard.contract.layouts.annex_a import UNDATED
from scorecard.contract.layouts.mending import mended
from scorecard.contract.report import Finding, Severity
from scorecard.contract.sources.piece import sql_name

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import duckdb

_EARLIER, _LEFT = "_earlier", "_left"
_SHORTEST_MONTH = 28


@dataclass(frozen=True)
class Listed:
    """How long the records of one table are listed.

    `key` tells one from another and `child` whose it is. `until` is the SQL of the last day for which it is listed,
    NULL while it is open. `latest_only`: a child's next record takes its place. Of a record that began (`begun`) before
    the window the newest lists may tell a part only: its `ending`; what else the earlier ones told of it stays.
    """

    key: str
    child: str
    until: str
    latest_only: bool = False
    begun: str = ""
    ending: tuple[str, ...] = ()


_WHOLE_PERIOD = (
    "CASE WHEN bool_and(clae_cla_episode_ceased_date IS NOT NULL) OVER (PARTITION BY clae_cla_id)"
    " THEN max(clae_cla_episode_ceased_date) OVER (PARTITION BY clae_cla_id) END"
)
_DAY_OF_ENQUIRY = r"TRY_CAST(regexp_extract(icpc_s47_enquiry_id, '/(\d{4}-\d{2}-\d{2})(/\d+)?$', 1) AS DATE)"
"""A conference is listed with its enquiry, whose identifier holds the day (see `list-5.toml`)."""

LISTED = {
    "ssd_contacts": Listed("cont_contact_id", "cont_person_id", "cont_contact_date"),
    "ssdx_early_help_assessments": Listed("ehas_assessment_id", "ehas_person_id", "ehas_end_date"),
    "ssd_cin_episodes": Listed(
        "cine_referral_id",
        "cine_person_id",
        "cine_referral_date",
        begun="cine_referral_date",
        ending=("cine_close_date", "cine_close_reason"),
    ),
    "ssd_cin_assessments": Listed("cina_assessment_id", "cina_person_id", "cina_assessment_auth_date"),
    "ssd_s47_enquiry": Listed("s47e_s47_enquiry_id", "s47e_person_id", "s47e_s47_start_date"),
    "ssd_initial_cp_conference": Listed("icpc_icpc_id", "icpc_person_id", _DAY_OF_ENQUIRY),
    "ssd_cp_plans": Listed("cppl_cp_plan_id", "cppl_person_id", "cppl_cp_plan_end_date", latest_only=True),
    "ssd_cla_episodes": Listed("clae_cla_id", "clae_person_id", _WHOLE_PERIOD, latest_only=True),
    "ssd_permanence": Listed(
        "perm_table_id",
        "perm_person_id",
        "greatest(perm_adm_decision_date, perm_permanence_order_date, perm_decision_reversed_date)",
    ),
}
"""The tables whose records are kept when they have left the lists."""

NAMED = UNDATED | {"ssd_cla_placement": "clap_cla_id"}
"""Tables whose earlier rows stand where the new lists tell nothing of the same person, place or period of care."""


def with_others(connection: duckdb.DuckDBPyConnection, table: str, relation: str, earlier: Path) -> str:
    """The table of both: people and places of earlier lists, where the new ones do not name them."""
    key, into = NAMED[table], sql_name(f"_whole_{table}")
    _read(connection, earlier)
    # Names of the contract and of our own tables, here and below.
    connection.execute(
        f"CREATE TABLE {into} AS SELECT * FROM {relation} UNION ALL BY NAME"
        f" SELECT * FROM {_EARLIER} WHERE {key} NOT IN ({_keys(relation, key)})"
    )
    return into


def _read(connection: duckdb.DuckDBPyConnection, earlier: Path) -> None:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {_EARLIER} AS SELECT * FROM read_parquet(?)", [str(earlier)])


def _keys(relation: str, key: str) -> str:
    return f"SELECT {key} FROM {relation} WHERE {key} IS NOT NULL"


def with_earlier(
    connection: duckdb.DuckDBPyConnection, table: str, relation: str, earlier: Path, since: date
) -> tuple[str, list[Finding]]:
    """The table of both: what is listed, and what left the window that begins on `since`; the others are counted.

    An open record is always listed. One that is not is either gone, or the child's next one stands in its place: then
    the day it ended was listed nowhere, and it is left out rather than ended on a day nobody told.
    """
    listed, into = LISTED[table], sql_name(f"_whole_{table}")
    _read(connection, earlier)
    begins = _begins(connection, relation, listed, since)
    followed = f"a.{listed.child} IN ({_keys(relation, listed.child)})" if listed.latest_only else "false"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {_LEFT} AS SELECT a.* EXCLUDE (_until), CASE WHEN a._until < $since THEN 'kept'"
        f" WHEN NOT ({followed}) THEN 'gone' WHEN a._until IS NULL THEN 'followed' ELSE 'kept' END AS _why"
        f" FROM (SELECT *, {listed.until} AS _until FROM {_EARLIER}) AS a"
        f" WHERE a.{listed.key} NOT IN ({_keys(relation, listed.key)})",
        {"since": begins},
    )
    connection.execute(
        f"CREATE TABLE {into} AS SELECT {_told(connection, relation, listed, since)} FROM {relation} AS n"
        f" LEFT JOIN {_EARLIER} AS e ON {f'e.{listed.key} = n.{listed.key}' if listed.begun else 'false'}"
        f" UNION ALL BY NAME SELECT * EXCLUDE (_why) FROM {_LEFT} WHERE _why = 'kept'",
    )
    counted = dict(connection.execute(f"SELECT _why, count(*) FROM {_LEFT} GROUP BY _why").fetchall())
    gone, followed_by_one = counted.get("gone", 0), counted.get("followed", 0)
    return into, [*mended(gone, _no_longer_listed(table)), *mended(followed_by_one, _end_never_listed(table))]


def _begins(connection: duckdb.DuckDBPyConnection, relation: str, listed: Listed, since: date) -> date:
    """The day the lists really begin: six months to the end of November are made from 30 or 31 May, or from 1 June.

    Where they list nothing of the days between, nobody knows, and what earlier lists told of those days stands.
    """
    next_month = (since.replace(day=1) + timedelta(days=31)).replace(day=1)
    latest = next_month if since.day >= _SHORTEST_MONTH else since + timedelta(days=1)
    first: date | None = connection.execute(
        f"SELECT CAST(min(_until) AS DATE) FROM (SELECT {listed.until} AS _until FROM {relation}) WHERE _until >= ?",
        [since],
    ).fetchall()[0][0]
    return min(first or latest, latest)


def _told(connection: duckdb.DuckDBPyConnection, relation: str, listed: Listed, since: date) -> str:
    """The columns as the new lists tell them, and what only earlier ones told of a record begun before the window."""
    if not listed.begun:
        return "n.*"
    earlier = connection.table(_EARLIER).columns
    both = [name for name in connection.table(relation).columns if name in earlier]
    filled = ", ".join(
        f"CASE WHEN n.{listed.begun} < DATE '{since}' THEN coalesce(n.{name}, e.{name}) ELSE n.{name} END AS {name}"
        for name in both
        if name.partition("__")[0] not in listed.ending
    )
    return f"n.* REPLACE ({filled})"


def _no_longer_listed(table: str) -> Finding:
    problem = "in the extract before and by its days still to be listed, but no longer there; taken out."
    remedy = "Nothing needs doing if it was deleted or put right in the case system."
    return Finding("no_longer_listed", Severity.NOTE, problem, remedy, table=table)


def _end_never_listed(table: str) -> Finding:
    problem = "open in the extract before, and the child has a newer one now; when it ended was never listed; left out."
    remedy = "Take an extract of each month's end, so that fewer end and begin between two of them."
    return Finding("end_never_listed", Severity.WARN, problem, remedy, table=table)
