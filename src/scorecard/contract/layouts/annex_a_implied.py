"""What the lists of Annex A imply together: who the children are, which referral a need began with, what care was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.contract.layouts.mending import PLACE, changed, mended, united, with_column
from scorecard.contract.report import Finding, Severity
from scorecard.contract.sources.piece import ROW, sql_name

if TYPE_CHECKING:
    from datetime import date

    import duckdb

    from scorecard.contract.layouts.poured import Poured

_UNITED = "_united"
_IS_NEED = "cine_cin_primary_need_code"
"""The column that list 6 tells of an episode of need, and list 3 does not."""
_OF_NEED = (_IS_NEED, "cine_close_date", "cine_close_reason")


def one_row_each(connection: duckdb.DuckDBPyConnection, files: list[Poured], key: str) -> list[Finding]:
    """A person, team or worker has one row, in the first list that names it, with what any list says of it."""
    columns = sorted({name for one in files for name in one.columns} - {key})
    firsts = "".join(
        f", first({name} ORDER BY {PLACE}, {ROW}) FILTER ({name} IS NOT NULL) AS {name}"
        for name in map(sql_name, columns)
    )
    every = united(files, key, *columns)
    # Names of the contract and of our own tables.
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {_UNITED} AS SELECT {key}, min(({PLACE}, {ROW})) AS _first{firsts}"
        f" FROM ({every}) WHERE {key} IS NOT NULL GROUP BY {key}"
    )
    findings = [said for one in files if "pers_dob" in one.columns for said in _born_otherwise(connection, one)]
    for number, one in enumerate(files):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {one.relation} AS SELECT _first[2] AS {ROW}, * EXCLUDE (_first)"
            f" FROM {_UNITED} WHERE _first[1] = {number} ORDER BY {ROW}"
        )
        files[number] = one._replace(columns=frozenset((key, *columns)))
    return findings


def _born_otherwise(connection: duckdb.DuckDBPyConnection, one: Poured) -> list[Finding]:
    told = connection.execute(
        f"SELECT count(*) FROM {one.relation} AS o JOIN {_UNITED} AS u USING (pers_person_id)"
        " WHERE u.pers_dob <> o.pers_dob"
    ).fetchall()[0][0]
    problem = "the child has another date of birth in an earlier list, which was followed."
    remedy = "Find out which is right, and put the other right in the case system."
    said = Finding("lists_differ", Severity.WARN, problem, remedy, one.label, column="pers_dob", table="ssd_person")
    return mended(told, said)


def expected_births(connection: duckdb.DuckDBPyConnection, people: list[Poured], as_at: date | None) -> None:
    """A day of birth after the day of the lists is an unborn child's expected one."""
    for number, one in enumerate(people):
        if as_at is None or "pers_dob" not in one.columns:
            continue
        people[number] = with_column(connection, one, "pers_expected_dob")
        connection.execute(
            f"UPDATE {one.relation} SET pers_expected_dob = pers_dob, pers_dob = NULL WHERE pers_dob > ?",
            [str(as_at)],
        )


def numbered(connection: duckdb.DuckDBPyConnection, files: list[Poured], key: str) -> None:
    """Two things of one child on one day have two identifiers: all but the first carry a number."""
    for one in files:
        said = ", ".join(sql_name(name) for name in sorted(one.columns))
        connection.execute(
            f"UPDATE {one.relation} AS o SET {key} = o.{key} || '/' || n.number"
            f" FROM (SELECT {ROW}, row_number() OVER (PARTITION BY {key} ORDER BY {said}, {ROW}) AS number"
            f" FROM {one.relation}) AS n WHERE n.{ROW} = o.{ROW} AND n.number > 1"
        )


def episodes_of_need(
    connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]], since: date | None
) -> list[Finding]:
    """The need and the end that list 6 tells, given to the referral of list 3 that began the episode.

    By the guidance that is the referral of the day on which the need began; councils also write a later day, so that
    otherwise the child's last referral before it is taken, unless it ended in no further action. An episode begun
    before the window stands by itself; one begun within it without a referral is none that was listed.
    """
    files = poured.get("ssd_cin_episodes", [])
    referrals = [place for place, one in enumerate(files) if _IS_NEED not in one.columns]
    needs = [one for one in files if _IS_NEED in one.columns]
    told = sorted({name for one in needs for name in one.columns if name.startswith(_OF_NEED)})
    for place in referrals:
        for name in told:
            files[place] = with_column(connection, files[place], name)
    findings = []
    for need in needs:
        for place in referrals:
            its = [name for name in told if name in need.columns]
            findings += _join_need(connection, files[place], need, its)
    if not referrals:
        # Without list 3 the children in need alone would be taken for all who were referred.
        poured.pop("ssd_cin_episodes", None)
    return findings + [said for need in needs for said in _begun_within(connection, need, since)]


def _join_need(connection: duckdb.DuckDBPyConnection, referral: Poured, need: Poured, told: list[str]) -> list[Finding]:
    """The latest need that each referral began, for one referral has one place for it."""
    action = "coalesce(r.cine_referral_nfa, 'N') <> 'Y'" if "cine_referral_nfa" in referral.columns else "true"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {_UNITED} AS SELECT r.{ROW} AS referral, n.*"
        f" FROM {need.relation} AS n JOIN {referral.relation} AS r ON r.cine_person_id = n.cine_person_id"
        " AND (r.cine_referral_date = n.cine_referral_date"
        f" OR (r.cine_referral_date < n.cine_referral_date AND {action}))"
        f" QUALIFY row_number() OVER (PARTITION BY n.{ROW} ORDER BY r.cine_referral_date DESC, r.{ROW}) = 1"
    )
    said = ", ".join(f"{name} = u.{name}" for name in map(sql_name, told))
    connection.execute(f"DELETE FROM {need.relation} WHERE {ROW} IN (SELECT {ROW} FROM {_UNITED})")
    earlier = changed(
        connection,
        f"DELETE FROM {_UNITED} WHERE {ROW} IN (SELECT {ROW} FROM {_UNITED} QUALIFY"
        f" row_number() OVER (PARTITION BY referral ORDER BY cine_referral_date DESC, {ROW} DESC) > 1)",
    )
    connection.execute(f"UPDATE {referral.relation} AS r SET {said} FROM {_UNITED} AS u WHERE u.referral = r.{ROW}")
    connection.execute(f"DROP TABLE {_UNITED}")
    problem = "the child was in need again without another referral in list 3; the latest need was followed."
    remedy = "See whether list 3 is whole: every episode of need begins with a referral."
    return mended(earlier, Finding("need_again", Severity.WARN, problem, remedy, need.label))


def _begun_within(connection: duckdb.DuckDBPyConnection, need: Poured, since: date | None) -> list[Finding]:
    lost = (
        changed(connection, f"DELETE FROM {need.relation} WHERE cine_referral_date >= ?", [str(since)]) if since else 0
    )
    problem = "the need began within the six months, and list 3 has no referral that could have begun it; left out."
    remedy = "See whether list 3 is whole: every episode of need begins with a referral."
    return mended(lost, Finding("need_without_referral", Severity.WARN, problem, remedy, need.label))


def placements_within_care(connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]]) -> None:
    """Care before the latest placement is an episode of its own, its placement not known."""
    placed = united(poured.get("ssd_cla_placement", []), "clap_cla_placement_id", "clap_cla_placement_start_date")
    for one in poured.get("ssd_cla_episodes", []):
        if "clae_cla_placement_id" not in one.columns:
            continue
        began = f"SELECT clap_cla_placement_id AS id, clap_cla_placement_start_date AS day FROM ({placed}) AS p"
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {_UNITED} AS SELECT e.*, p.day FROM {one.relation} AS e JOIN ({began}) AS p"
            " ON p.id = e.clae_cla_placement_id WHERE p.day > e.clae_cla_episode_start_date"
            " AND p.day < coalesce(e.clae_cla_episode_ceased_date, '9999')"
        )
        before = {"clae_cla_episode_ceased_date": "u.day", "clae_cla_placement_id": "NULL"}
        if "clae_cla_episode_ceased_reason" in one.columns:
            before["clae_cla_episode_ceased_reason"] = "'X1'"
        said = ", ".join(f"{name} = {value}" for name, value in before.items())
        connection.execute(f"UPDATE {one.relation} AS e SET {said} FROM {_UNITED} AS u WHERE u.{ROW} = e.{ROW}")
        connection.execute(
            f"INSERT INTO {one.relation} BY NAME SELECT * EXCLUDE (day) REPLACE (day AS clae_cla_episode_start_date,"
            f" 'P' AS clae_cla_episode_start_reason, clae_cla_episode_id || '/' || day AS clae_cla_episode_id)"
            f" FROM {_UNITED}"
        )
        connection.execute(f"DROP TABLE {_UNITED}")


def allocated(connection: duckdb.DuckDBPyConnection, poured: dict[str, list[Poured]], as_at: date | None) -> None:
    """Who works with a child is told as at the day; without a day, or a worker, there is nothing to tell."""
    files = [one for one in poured.pop("ssd_involvements", []) if as_at and "invo_professional_id" in one.columns]
    for number, one in enumerate(files):
        files[number] = with_column(connection, one, "invo_involvement_start_date")
        connection.execute(
            f"UPDATE {one.relation} SET invo_involvement_start_date = $day,"
            " invo_involvements_id = invo_involvements_id || '/' || $day",
            {"day": str(as_at)},
        )
        for earlier in files[:number]:
            connection.execute(
                f"DELETE FROM {one.relation} WHERE invo_person_id IN (SELECT invo_person_id FROM {earlier.relation})"
            )
    if files:
        poured["ssd_involvements"] = files
