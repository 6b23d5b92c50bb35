"""What each result of a definition is made of, and what decides its rows."""

from __future__ import annotations

from scorecard.sql.needed import made_after, made_of


def named(sql: str, *results: str) -> set[str]:
    """The columns some results need, as `table.column`."""
    return {f"{table}.{column}" for table, column in made_of(sql).of(*results) if column}


def test_a_condition_is_needed_by_every_result_and_a_column_by_its_own_alone() -> None:
    sql = "SELECT a.id AS case_id, a.team AS team FROM a AS a WHERE a.day IS NOT NULL"
    assert named(sql, "case_id") == {"a.id", "a.day"}
    assert named(sql, "team") == {"a.team", "a.day"}


def test_what_is_joined_from_the_left_is_needed_only_where_it_is_used() -> None:
    sql = "SELECT a.id AS case_id, b.x AS part FROM a AS a LEFT JOIN b AS b ON b.key = a.key"
    assert named(sql, "case_id") == {"a.id"}
    assert named(sql, "part") == {"b.x", "b.key", "a.key"}
    used = "SELECT a.id AS case_id FROM a AS a LEFT JOIN b AS b ON b.key = a.key WHERE b.x IS NULL"
    assert named(used, "case_id") == {"a.id", "b.x", "b.key", "a.key"}


def test_what_is_matched_decides_the_rows() -> None:
    sql = "SELECT a.id AS case_id FROM a AS a JOIN b AS b ON b.key = a.key"
    assert named(sql, "case_id") == {"a.id", "a.key", "b.key"}


def test_a_query_inside_is_needed_where_it_stands() -> None:
    inside = "EXISTS (SELECT 1 FROM b AS b WHERE b.a_id = a.id AND b.day > 1)"
    told = f"SELECT a.id AS case_id, flag({inside}) AS is_it FROM a AS a"
    assert named(told, "case_id") == {"a.id"}
    assert named(told, "is_it") == {"a.id", "b.a_id", "b.day"}
    asked = f"SELECT a.id AS case_id FROM a AS a WHERE NOT {inside}"
    assert named(asked, "case_id") == {"a.id", "b.a_id", "b.day"}


def test_a_column_is_followed_through_steps_and_every_part_of_a_union() -> None:
    sql = """WITH both_kinds AS (
        SELECT a.id AS id, a.day AS day, a.extra AS extra FROM a AS a
        UNION ALL SELECT b.id AS id, b.day AS day, b.other AS extra FROM b AS b WHERE b.ok = 'Y')
    SELECT k.id AS case_id, k.extra AS extra FROM both_kinds AS k WHERE k.day IS NOT NULL"""
    assert named(sql, "case_id") == {"a.id", "a.day", "b.id", "b.day", "b.ok"}
    assert named(sql, "extra") == {"a.extra", "a.day", "b.other", "b.day", "b.ok"}


def test_what_rows_are_numbered_by_is_needed_and_what_they_are_grouped_by_is_carried() -> None:
    sql = """WITH numbered AS (
        SELECT a.id AS id, a.team AS team, ROW_NUMBER() OVER (PARTITION BY a.child ORDER BY a.day) AS place FROM a AS a)
    SELECT n.id AS case_id, n.team AS team FROM numbered AS n WHERE n.place = 1 GROUP BY n.id, n.team"""
    assert named(sql, "case_id") == {"a.id", "a.child", "a.day"}
    assert named(sql, "team") == {"a.team", "a.child", "a.day"}


def test_a_table_whose_rows_alone_matter_is_needed_without_a_column() -> None:
    made = made_of("SELECT a.id AS case_id FROM a AS a WHERE NOT EXISTS (SELECT 1 FROM b AS x)")
    assert ("b", "") in made.rows


def test_what_the_program_makes_itself_is_nobody_s_to_supply() -> None:
    sql = "SELECT a.id AS case_id, d.day AS event_date FROM report_days AS d JOIN a AS a ON a.day <= d.day"
    assert named(sql, "case_id", "event_date") == {"a.id", "a.day"}


def test_a_query_is_followed_into_the_views_made_before_it_and_through_all_their_columns() -> None:
    script = (
        "CREATE OR REPLACE TEMP MACRO twice(n) AS 2 * n;\n"
        "-- A child.\nCREATE OR REPLACE TEMP VIEW the_child AS\nSELECT p.id, max(d.code) AS disabled FROM p AS p"
        "\nLEFT JOIN d AS d ON d.person = p.id;\n\n"
        "CREATE OR REPLACE TEMP TABLE the_same AS\nSELECT c.*, k.* FROM the_child AS c JOIN k AS k ON k.id = c.id"
    )
    made = made_after(script, "SELECT s.id AS a, twice(s.disabled) AS b, s.day AS e FROM the_same AS s").columns
    assert {name: {table for table, _ in needs} for name, needs in made.items()} == {
        "a": {"p"},
        "b": {"d", "p"},
        "e": {"k"},
    }
