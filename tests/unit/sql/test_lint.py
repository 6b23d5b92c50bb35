"""The lint catches what is planted, says what to write instead, and lets the subset pass."""

from __future__ import annotations

from datetime import date

import pytest

from scorecard.contract.types import ColumnType
from scorecard.sql.lint import Offence, lint, lookups
from scorecard.sql.rules import CodeList, DatedRules, DatedValue, ListedCode, Parameter

RULES = DatedRules(
    parameters={"limit": Parameter("limit", "Limit", "days", (DatedValue(date(2013, 4, 1), 45, "s"),))},
    code_lists={"respite": CodeList("respite", "Respite", "s", (ListedCode("V3"),))},
)
TABLES = {
    "assessments": {
        "id": ColumnType.ID,
        "person": ColumnType.ID,
        "start_date": ColumnType.DATE,
        "end_date": ColumnType.DATE,
        "begun_at": ColumnType.MOMENT,
        "code": ColumnType.CODE,
        "number": ColumnType.INTEGER,
    },
    "visits": {"id": ColumnType.ID, "person": ColumnType.ID, "visit_date": ColumnType.DATE},
}
CASE = "a.id AS case_id, a.person AS child_id, a.end_date AS event_date"
OF_DAY = "v.id AS case_id, v.person AS child_id, d.day AS event_date"
MEMBER = "c.case_id, c.event_date, 'x' AS member"


def found(sql: str, kind: str = "flow", first_line: int = 1) -> tuple[Offence, ...]:
    return lint(sql, kind=kind, tables=TABLES, rules=RULES, first_line=first_line)


def flow(more: str = "", after: str = "", first: str = "") -> str:
    return f"{first} SELECT {CASE}{more} FROM assessments AS a {after}"


# what is planted → a few words of the one offence it makes
PLANTED = {
    "SELECT * FROM assessments AS a": "SELECT * hides",
    "SELECT a.* FROM assessments AS a": "SELECT * hides",
    "FROM assessments": "SELECT * hides",
    flow(", a.end_date > a.start_date AS late"): "a condition where a value is asked for",
    flow(", a.code IS NULL AS blank"): "a condition where a value is asked for",
    flow(", CASE WHEN a.code = 'x' THEN a.number > 1 END AS odd"): "a condition where a value is asked for",
    flow(", flag(a.number) AS odd"): "a value, where a condition is asked for",
    flow(after="WHERE EXISTS (SELECT 1 AS one FROM query('SELECT 1') AS q)"): "in the place of a table",
    flow(after="WHERE EXISTS (SELECT 1 AS one FROM read_text('/etc/passwd') AS q)"): "in the place of a table",
    flow(after="JOIN glob('/etc/*') AS g ON g.file = a.code"): "in the place of a table",
    flow(after="WHERE a.number"): "a value, where a condition is asked for",
    flow(after="WHERE flag(a.number = 1)"): "a value, where a condition is asked for",
    flow(", a.end_date - a.start_date AS days"): "date arithmetic",
    flow(", a.end_date + 1 AS next"): "date arithmetic",
    flow(", a.end_date - INTERVAL 12 MONTH AS before"): "date arithmetic",
    flow(", date_diff('day', a.start_date, a.end_date) AS days"): "date arithmetic",
    flow(", year(a.end_date) AS of_year"): "year is not a word",
    flow(", EXTRACT(YEAR FROM a.end_date) AS of_year"): "date arithmetic",
    flow(", age(a.end_date, a.start_date) AS old"): "date arithmetic",
    flow(", last_day(a.end_date) AS month_end"): "last_day is not a word",
    flow(", strftime(a.end_date, '%Y') AS of_year"): "is not a word",
    flow(", CAST(a.begun_at AS DATE) AS begun"): "only CAST to INTEGER and VARCHAR",
    flow(", a.number::DOUBLE AS half"): "only CAST to INTEGER and VARCHAR",
    flow(", TRY_CAST(a.code AS INTEGER) AS number"): "only CAST is known",
    flow(", a.number / 2 AS half"): "division of whole numbers",
    flow(", a.number % 2 AS odd"): "% differs",
    flow(", TRUE AS yes"): "TRUE and FALSE",
    flow(", lower(a.code) AS small"): "lower is not a word",
    flow(", parm_on('limit', a.end_date) AS allowed"): "parm_on is not a word",
    flow(after="WHERE a.end_date > now()"): "change with the day it is asked",
    flow(after="WHERE a.end_date > current_date"): "change with the day it is asked",
    flow(after="QUALIFY ROW_NUMBER() OVER (PARTITION BY a.person ORDER BY a.id) = 1"): "QUALIFY",
    flow(after="ORDER BY a.id"): "the order of cases",
    flow(after="LIMIT 10"): "LIMIT",
    flow(after="WHERE a.code ILIKE 'x%'"): "ILIKE",
    flow(after="WHERE a.person IN (SELECT v.person FROM visits AS v)"): "IN (SELECT",
    flow(after="WHERE a.code IS NOT DISTINCT FROM 'x'"): "IS NOT DISTINCT FROM",
    flow(after="WHERE a.code = NULL"): "nothing equals NULL",
    flow(after="WHERE a.number IS TRUE"): "TRUE and FALSE",
    flow(", SUM(a.number) OVER (ORDER BY a.id) AS running"): "only ROW_NUMBER() may have OVER",
    flow(", LAG(a.number) OVER (ORDER BY a.id) AS previous"): "only ROW_NUMBER() may have OVER",
    flow(", ROW_NUMBER() OVER (PARTITION BY a.person) AS place"): "without an order",
    flow(", (SELECT MAX(v.visit_date) FROM visits AS v) AS seen"): "a query in brackets",
    flow(", [1, 2] AS several"): "square brackets",
    flow(", $$text$$ AS written"): "dollar signs",
    flow(', a.code AS "Code of case"'): "double quotes",
    flow(", a.code AS Code"): "has capitals",
    flow(", a.number || a.code AS both"): "this is no text",
    flow(", SUM(a.code) AS total", "GROUP BY a.id, a.person, a.end_date"): "a text is reckoned with",
    flow(after="JOIN visits AS v USING (person)"): "USING",
    flow(after="NATURAL JOIN visits AS v"): "kind of join",
    flow(after="ASOF JOIN visits AS v ON v.person = a.person"): "kind of join",
    flow(after="CROSS JOIN visits AS v"): "CROSS JOIN",
    flow(after=", visits AS v"): "a join says on what",
    flow(after="RIGHT JOIN visits AS v ON v.person = a.person"): "RIGHT JOIN",
    flow(after="JOIN visits ON visits.person = a.person"): "has no alias",
    flow(after="JOIN visits v ON v.person = a.person"): "AS is missing",
    flow(after="JOIN visits AS a ON a.person = a.id"): "is taken",
    flow(after="JOIN visits AS scorecard_v ON scorecard_v.person = a.person"): "the program's own",
    flow(after="JOIN vists AS v ON v.person = a.person"): "no table or step “vists”",
    flow(after="JOIN calendar AS k ON k.day = a.end_date"): "no table or step “calendar”",
    flow(after="JOIN main.visits AS v ON v.person = a.person"): "named with its schema",
    flow(after="JOIN (SELECT v.person FROM visits AS v) AS w ON w.person = a.person"): "a query in brackets",
    flow(after="JOIN read_csv('x.csv') AS v ON v.person = a.person"): "read_csv",
    flow(after="JOIN visits AS v ON v.person = a.person WHERE visit_date IS NULL"): "which table “visit_date”",
    flow(", a.cod AS code"): "has no column “cod”",
    flow(", b.code"): "no table or step with the alias “b”",
    flow(after="WHERE event_date IS NOT NULL"): "has no column “event_date”",
    flow(", a.number + 1"): "without a name",
    flow(", a.code, a.code"): "two columns are named",
    flow(", COUNT(*) FILTER (WHERE a.code = 'x') AS n", "GROUP BY a.id, a.person, a.end_date"): "FILTER",
    flow(", COUNT() AS n", "GROUP BY a.id, a.person, a.end_date"): "COUNT() does not say",
    flow(after="GROUP BY ALL"): "GROUP BY ALL",
    flow(after="GROUP BY 1, 2, 3"): "a number stands for a column",
    f"SELECT DISTINCT ON (a.person) {CASE} FROM assessments AS a": "DISTINCT ON",
    flow(after=f"UNION SELECT {CASE} FROM assessments AS a"): "UNION drops rows",
    flow(after=f"UNION ALL SELECT {CASE}, a.code FROM assessments AS a"): "unlike columns",
    flow(after=f"EXCEPT SELECT {CASE} FROM assessments AS a"): "only reads",
    flow(first="WITH RECURSIVE x AS (SELECT v.id FROM visits AS v)"): "RECURSIVE",
    flow(first="WITH x (y) AS (SELECT v.id FROM visits AS v)"): "renamed in brackets",
    flow(first="WITH visits AS (SELECT v.id FROM visits AS v)"): "the name of something else",
    flow(first="WITH calendar AS (SELECT v.id FROM visits AS v)"): "the name of something else",
    flow(after="; DROP TABLE visits"): "one SELECT, without a semicolon",
    flow(after=";"): "one SELECT, without a semicolon",
    "DROP TABLE visits": "only reads",
    "COPY visits TO 'x.csv'": "only reads",
    "": "one SELECT",
    flow(after="WHERE a.end_date >= :first_day"): "a placeholder",
    flow(after="WHERE a.end_date >= $1"): "a placeholder",
    flow(after="WHERE a.code = {{ code }}"): "a template",
    flow(after="WHERE (a.code = 'x'"): "cannot be read as SQL",
    flow(", param_on('limits', a.end_date) AS allowed"): "no parameter “limits”",
    flow(", param_on(a.code, a.end_date) AS allowed"): "not named outright",
    flow(after="WHERE listed('respit', a.code, a.end_date)"): "no list “respit”",
    flow(", days_between(a.start_date) AS days"): "takes 2 argument(s), not 1",
    flow(", working_days_between(days_after(a.start_date, 1), a.end_date) AS days"): "more than a plain column",
    flow(", working_days_between(start_date, a.end_date) AS days"): "without its table",
    flow(", hours_between(a.start_date, a.begun_at) AS hours"): "is given a day, not a moment",
    flow(", days_between(a.begun_at, a.end_date) AS days"): "is given a moment, not a day",
    flow(", later_of(a.begun_at, a.end_date) AS later"): "a day and a moment are taken for alike",
    flow(after="WHERE a.begun_at <= a.end_date"): "a day and a moment are taken for alike",
    flow(after="WHERE a.begun_at = day_of(a.begun_at) AND a.begun_at > day_of(a.begun_at) + 1"): "date arithmetic",
    flow(after="WHERE a.code = 3"): "a number and a text are taken for alike",
    flow(after="WHERE a.end_date >= '2021-04-01'"): "a day and a text are taken for alike",
    flow(after="WHERE a.code IN ('x', 3)"): "a number and a text are taken for alike",
    flow(", CASE WHEN a.code = 'x' THEN 1 ELSE 'no' END AS odd"): "a number and a text are taken for alike",
    flow(", COALESCE(a.end_date, a.code) AS odd"): "a day and a text are taken for alike",
    flow(after="JOIN report_days AS d ON d.day = a.end_date"): "a flow does not speak of report_days",
    "SELECT a.id AS case_id, a.person AS child_id FROM assessments AS a": "event_date is not returned",
    "SELECT a.id AS case_id, a.end_date AS event_date FROM assessments AS a": "child_id is not returned",
    "SELECT a.id AS case_id, a.person AS child_id, a.begun_at AS event_date FROM assessments AS a": "is no day",
}
PLANTED_IN_STOCKS = {
    f"SELECT {CASE} FROM assessments AS a": "joins report_days once, not 0 times",
    f"SELECT {OF_DAY} FROM report_days AS d JOIN visits AS v ON v.visit_date = d.day "
    "JOIN report_days AS e ON e.day = d.day": "joins report_days once, not 2 times",
    f"SELECT {OF_DAY.replace('d.', 'r.')} FROM report_days AS r JOIN visits AS v ON v.visit_date = r.day": "another",
}
PLANTED_IN_DIMENSIONS = {
    f"SELECT {MEMBER}, c.child_id FROM cases AS c": "returns more than its members",
    "SELECT c.case_id, c.event_date FROM cases AS c": "member is not returned",
    "SELECT a.id AS case_id, a.end_date AS event_date, a.code AS member FROM assessments AS a": "the relation cases",
    f"SELECT {MEMBER} FROM cases AS c JOIN report_days AS d ON d.day = c.event_date": "no table or step “report_days”",
}
EVERY_PLANT = [
    *((sql, "flow", words) for sql, words in PLANTED.items()),
    *((sql, "stock", words) for sql, words in PLANTED_IN_STOCKS.items()),
    *((sql, "dimension", words) for sql, words in PLANTED_IN_DIMENSIONS.items()),
]

ALLOWED = [
    flow(),
    flow(", flag(a.end_date > a.start_date) AS late, a.number * 2 + 1 - 3 AS more, -a.number AS less"),
    flow(", CASE WHEN a.code = 'x' THEN 'one' WHEN a.code IS NULL THEN NULL ELSE 'two' END AS left_out"),
    flow(", CASE a.code WHEN 'x' THEN 1 ELSE 0 END AS is_x, CAST(a.number AS VARCHAR) || '/' || a.id AS name"),
    flow(", working_days_between(a.start_date, a.end_date) + 1 AS days, CAST(a.code AS INTEGER) AS coded"),
    flow(", param_on('limit', a.end_date) AS judged_by_limit, NULLIF(a.code, '') AS code"),
    flow(after="WHERE a.end_date >= DATE '2021-04-01' AND NOT (a.code IN ('x', 'y') OR a.code LIKE 'z%')"),
    flow(after="WHERE listed('respite', a.code, a.end_date) AND NOT not_recorded(a.code) AND a.number BETWEEN 1 AND 3"),
    flow(
        after="WHERE NOT EXISTS (SELECT 1 FROM visits AS v WHERE v.person = a.person AND v.visit_date >= a.start_date)"
    ),
    flow(
        after="LEFT JOIN visits AS v ON v.person = a.person AND working_days_between(a.start_date, v.visit_date) <= 5"
    ),
    flow(", flag(a.begun_at = day_of(a.begun_at)) AS is_day, flag(day_of(a.begun_at) <> a.begun_at) AS is_moment"),
    flow(after="INNER JOIN visits AS v ON v.person = a.person AND v.visit_date = day_of(a.begun_at)"),
    flow(after=f"UNION ALL SELECT {CASE} FROM assessments AS a", first="-- one; two\n"),
    f"SELECT DISTINCT {CASE} FROM assessments AS a",
    "SELECT id AS case_id, person AS child_id, end_date AS event_date FROM assessments AS a WHERE code = ';'",
    """WITH seen AS (SELECT v.person, MIN(v.visit_date) AS first_seen, COUNT(DISTINCT v.id) AS visits FROM visits AS v
                     GROUP BY v.person HAVING COUNT(*) > 1),
            numbered AS (SELECT a.id, a.person, s.first_seen,
                                ROW_NUMBER() OVER (PARTITION BY a.person ORDER BY a.start_date DESC, a.id) AS place
                         FROM assessments AS a JOIN seen AS s ON s.person = a.person)
       SELECT n.id AS case_id, n.person AS child_id, n.first_seen AS event_date FROM numbered AS n WHERE n.place = 1""",
]


@pytest.mark.parametrize(("sql", "kind", "words"), EVERY_PLANT)
def test_an_offence_is_caught_and_comes_with_a_remedy(sql: str, kind: str, words: str) -> None:
    offences = found(sql, kind)
    assert [offence for offence in offences if words in offence.problem], offences
    assert all(offence.remedy for offence in offences)


@pytest.mark.parametrize(("sql", "kind", "words"), EVERY_PLANT)
def test_one_mistake_is_told_once(sql: str, kind: str, words: str) -> None:
    del words
    assert len(found(sql, kind)) <= 2


@pytest.mark.parametrize("sql", ALLOWED)
def test_the_subset_passes(sql: str) -> None:
    assert found(sql) == ()


def test_a_stock_that_joins_report_days_once_passes() -> None:
    assert found(f"SELECT {OF_DAY} FROM report_days AS d JOIN visits AS v ON v.visit_date <= d.day", "stock") == ()


def test_a_dimension_that_reads_cases_passes() -> None:
    assert found(f"SELECT {MEMBER} FROM cases AS c", "dimension") == ()


def test_an_offence_names_the_line_of_the_file() -> None:
    sql = f"SELECT {CASE},\n       a.number AS n,\n       now() AS asked\nFROM assessments AS a\nWHERE a.cod = 'x'"
    assert [offence.line for offence in found(sql, first_line=31)] == [33, 35]


def test_a_misspelt_word_column_table_or_parameter_brings_the_right_one_to_mind() -> None:
    wrong = flow(", param_on('limt', a.end_dat) AS p, workingdays_between(a.id, a.id) AS w", "JOIN visit AS v ON 1 = 1")
    remedies = " ".join(offence.remedy for offence in found(wrong))
    assert all(f"“{name}”" in remedies for name in ("limit", "end_date", "working_days_between", "visits"))


def test_without_types_a_day_is_known_by_its_name() -> None:
    untyped = {name: list(columns) for name, columns in TABLES.items()}
    sql = flow(", a.end_date - a.start_date AS days")
    assert "date arithmetic" in lint(sql, kind="flow", tables=untyped, rules=RULES)[0].problem
    assert lint(flow(", a.number - 1 AS less"), kind="flow", tables=untyped, rules=RULES) == ()


def test_lookups_are_the_parameters_lists_and_tables_a_definition_names() -> None:
    used = lookups(
        "WITH step AS (SELECT v.id FROM visits AS v) SELECT param_on('limit', a.end_date) AS p FROM assessments AS a "
        "JOIN step AS s ON s.id = a.id WHERE listed('respite', a.code, a.end_date)"
    )
    assert used.parameters == {"limit"}
    assert used.code_lists == {"respite"}
    assert used.tables == {"visits", "assessments"}
