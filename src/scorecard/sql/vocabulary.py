"""The words that definitions use besides plain SQL. A new word needs a definition that cannot be said without it.

Calendar words look one day up at a time, by a scalar look-up in the table `calendar`: never a join of calendars, which
takes seconds where this takes milliseconds (docs of decision 5). The alias `scorecard_calendar` keeps the looked-up row
apart from every table a definition can name.
"""

from __future__ import annotations

from scorecard.sql.engines.engine import EngineName
from scorecard.sql.word import Kind, Word

_DUCKDB, _POSTGRES = EngineName.DUCKDB, EngineName.POSTGRES

_NUMBER_OF = (
    "(SELECT scorecard_calendar.working_day_number FROM calendar AS scorecard_calendar"
    " WHERE scorecard_calendar.day = {day})"
)
# The English clock changes at 01:00 UTC (summer time orders since 1981): local time from 02:00 on has the new offset.
_HOURS_AHEAD = (
    "(SELECT CASE WHEN EXTRACT(HOUR FROM {moment}) >= 2 THEN scorecard_calendar.hours_ahead_at_end"
    " ELSE scorecard_calendar.hours_ahead_at_start END FROM calendar AS scorecard_calendar"
    " WHERE scorecard_calendar.day = CAST({moment} AS DATE))"
)
_CLOCK = f"({_HOURS_AHEAD.format(moment='{b}')} - {_HOURS_AHEAD.format(moment='{a}')})"

FLAG = Word(
    "flag(condition)",
    meaning="1 where the condition holds; 0 where it does not, and where a missing value leaves it unknown.",
    takes=(Kind.CONDITION,),
    gives=Kind.NUMBER,
    everywhere="CASE WHEN {condition} THEN 1 ELSE 0 END",
    examples="""
        condition | flag | because
        1 = 1     | 1    | true
        1 = 2     | 0    | false
        NULL      | 0    | unknown is not true
    """,
)

DAYS_BETWEEN = Word(
    "days_between(a, b)",
    meaning="Calendar days from the first day to the second; the first is day 0. Negative where the second is earlier.",
    takes=(Kind.DAY, Kind.DAY),
    gives=Kind.NUMBER,
    everywhere="({b} - {a})",
    examples="""
        a          | b          | days_between | because
        2021-11-01 | 2021-11-01 | 0            | day 0 is not counted
        2021-11-01 | 2021-11-30 | 29           |
        2020-02-28 | 2020-03-01 | 2            | a leap year
        2021-03-27 | 2021-03-29 | 2            | the clock changes; days do not
        2021-11-02 | 2021-11-01 | -1           | the wrong way round
        2021-11-02 |            |              | a missing day gives nothing
    """,
)

WORKING_DAYS_BETWEEN = Word(
    "working_days_between(a, b)",
    meaning=(
        "Working days in England after the first day, up to and including the second: day 0 is not counted. A day off"
        " counts as at the last working day before it. Nothing where the bank holidays of either year are not known"
        " (before 2012)."
    ),
    takes=(Kind.DAY, Kind.DAY),
    gives=Kind.NUMBER,
    everywhere=f"({_NUMBER_OF.format(day='{b}')} - {_NUMBER_OF.format(day='{a}')})",
    looks_up=("a", "b"),
    examples="""
        a          | b          | working_days_between | because
        2021-09-27 | 2021-11-29 | 45 | nine weeks without a bank holiday
        2021-09-27 | 2021-11-30 | 46 |
        2021-11-01 | 2022-01-06 | 45 | three bank holidays
        2021-11-27 | 2022-02-02 | 45 | from a Saturday, Monday is day 1
        2021-12-10 | 2022-01-05 | 15 | Christmas
        2021-12-17 | 2022-01-12 | 15 | Christmas
        2021-11-06 | 2021-11-26 | 15 | from a Saturday
        2022-03-31 | 2022-04-25 | 15 | Good Friday and Easter Monday
        2022-09-02 | 2022-09-26 | 15 | the bank holiday for the state funeral
        2023-04-21 | 2023-05-16 | 15 | early May and the coronation
        2021-12-22 | 2022-01-10 | 10 | a visit due over Christmas
        2021-11-05 | 2021-11-06 | 0  | Saturday counts as at Friday
        2021-11-06 | 2021-11-08 | 1  | Monday is day 1
        2021-10-31 | 2021-11-30 | 22 | November 2021
        2021-11-08 | 2021-11-08 | 0  | the same day
        2021-11-09 | 2021-11-08 | -1 | the wrong way round
        2011-12-30 | 2012-01-03 |    | the bank holidays of 2011 are not known
        2028-12-29 | 2029-01-02 |    | nor those of 2029
        2021-11-08 |            |    | a missing day gives nothing
    """,
)

WORKING_DAY_AFTER = Word(
    "working_day_after(day, n)",
    meaning=(
        "The n-th working day after a day, the day itself not counted; from a day off, counting begins with the next"
        " working day as day 1. What is done by that day is done within n working days; so is"
        " what is done on days off that follow it, which only working_days_between counts."
    ),
    takes=(Kind.DAY, Kind.NUMBER),
    gives=Kind.DAY,
    everywhere=(
        "(SELECT scorecard_calendar.day FROM calendar AS scorecard_calendar JOIN calendar AS scorecard_start"
        " ON scorecard_calendar.working_day_number = scorecard_start.working_day_number + CAST({n} AS INTEGER)"
        " WHERE scorecard_calendar.is_working_day AND scorecard_start.day = {day})"
    ),
    looks_up=("day",),
    examples="""
        day        | n  | working_day_after | because
        2021-09-27 | 45 | 2021-11-29        |
        2021-11-01 | 45 | 2022-01-06        | three bank holidays
        2021-11-27 | 45 | 2022-02-02        | from a Saturday
        2021-12-10 | 15 | 2022-01-05        | Christmas
        2021-12-17 | 15 | 2022-01-12        | Christmas
        2021-11-06 | 15 | 2021-11-26        | from a Saturday
        2022-03-31 | 15 | 2022-04-25        | Easter
        2022-09-02 | 15 | 2022-09-26        | the state funeral
        2023-04-21 | 15 | 2023-05-16        | two bank holidays in May
        2021-12-22 | 10 | 2022-01-10        | Christmas
        2021-11-06 | 1  | 2021-11-08        | Monday is day 1
        2021-11-08 | 0  | 2021-11-08        | no working day later is the day itself
        2021-11-07 | 0  | 2021-11-05        | or the last working day before it
        2021-11-08 | -1 | 2021-11-05        | backwards
        2028-12-20 | 10 |                   | beyond the bank holidays that are known
        2021-11-08 |    |                   | a missing number gives nothing
    """,
)

HOURS_BETWEEN = Word(
    "hours_between(a, b)",
    meaning=(
        "Hours that passed from the first moment to the second, with fractions, changes of the clock included. A moment"
        " that the clock shows twice (01:30 in late October) is its first."
    ),
    takes=(Kind.MOMENT, Kind.MOMENT),
    gives=Kind.NUMBER,
    spelt={
        _DUCKDB: f"((epoch_us({{b}}) - epoch_us({{a}})) / 3600000000.0 - {_CLOCK})",
        _POSTGRES: f"(CAST(EXTRACT(EPOCH FROM {{b}} - {{a}}) * 1000000 AS DOUBLE PRECISION) / 3600000000 - {_CLOCK})",
    },
    looks_up=("a", "b"),
    examples="""
        a                   | b                   | hours_between | because
        2021-11-01 09:00:00 | 2021-11-02 09:00:00 | 24    |
        2021-11-01 09:00:00 | 2021-11-01 09:45:00 | 0.75  | fractions count
        2021-10-30 12:00:00 | 2021-10-31 12:00:00 | 25    | the clock went back
        2021-03-27 12:00:00 | 2021-03-28 12:00:00 | 23    | the clock went forward
        2021-10-31 00:30:00 | 2021-10-31 01:30:00 | 1     | 01:30 is the first of the two
        2021-10-31 00:30:00 | 2021-10-31 02:30:00 | 3     | an hour came twice
        2021-03-28 00:30:00 | 2021-03-28 02:30:00 | 1     | an hour was skipped
        2021-06-01 10:00:00 | 2021-12-01 10:00:00 | 4393  | summer to winter
        2021-11-01 09:00:00 | 2021-11-01 08:00:00 | -1    | the wrong way round
        2021-11-01 09:00:00 |                     |       | a missing moment gives nothing
    """,
)

MONTHS_BEFORE = Word(
    "months_before(day, n)",
    meaning="The same day of the month so many months earlier, or that month's last day where it has no such day.",
    takes=(Kind.DAY, Kind.NUMBER),
    gives=Kind.DAY,
    spelt={
        _DUCKDB: "CAST({day} - to_months(CAST({n} AS INTEGER)) AS DATE)",
        _POSTGRES: "CAST({day} - make_interval(months => CAST({n} AS INTEGER)) AS DATE)",
    },
    examples="""
        day        | n  | months_before | because
        2021-11-30 | 12 | 2020-11-30    |
        2021-08-31 | 6  | 2021-02-28    | February has no 31st
        2020-08-31 | 6  | 2020-02-29    | a leap year
        2020-02-29 | 12 | 2019-02-28    | 29 February, a year earlier
        2021-02-28 | 12 | 2020-02-28    | not the 29th
        2021-11-30 | 0  | 2021-11-30    |
        2021-01-31 | 11 | 2020-02-29    |
                   | 12 |               | a missing day gives nothing
    """,
)

MONTHS_AFTER = Word(
    "months_after(day, n)",
    meaning="The same day of the month so many months later, or that month's last day where it has no such day.",
    takes=(Kind.DAY, Kind.NUMBER),
    gives=Kind.DAY,
    spelt={
        _DUCKDB: "CAST({day} + to_months(CAST({n} AS INTEGER)) AS DATE)",
        _POSTGRES: "CAST({day} + make_interval(months => CAST({n} AS INTEGER)) AS DATE)",
    },
    examples="""
        day        | n   | months_after | because
        2021-08-31 | 3   | 2021-11-30   | November has no 31st
        2020-02-29 | 12  | 2021-02-28   | 29 February, a year later
        2004-02-29 | 216 | 2022-02-28   | an interval ends on the 28th; an age turns on 1 March
        2021-11-30 | 3   | 2022-02-28   |
        2021-11-30 | 1   | 2021-12-30   | not the month's last day
        2021-11-30 |     |              | a missing number gives nothing
    """,
)

DAYS_AFTER = Word(
    "days_after(day, n)",
    meaning="The day so many calendar days later; a negative number goes back.",
    takes=(Kind.DAY, Kind.NUMBER),
    gives=Kind.DAY,
    everywhere="({day} + CAST({n} AS INTEGER))",
    examples="""
        day        | n  | days_after | because
        2021-11-30 | 1  | 2021-12-01 |
        2021-11-30 | -1 | 2021-11-29 |
        2020-02-28 | 2  | 2020-03-01 | a leap year
        2021-11-30 | 28 | 2021-12-28 | four weeks
                   | 28 |            | a missing day gives nothing
    """,
)

DAY_OF = Word(
    "day_of(moment)",
    meaning="The day on which a moment lies.",
    takes=(Kind.MOMENT,),
    gives=Kind.DAY,
    everywhere="CAST({moment} AS DATE)",
    examples="""
        moment              | day_of     | because
        2021-11-30 00:00:00 | 2021-11-30 | midnight begins the day
        2021-11-30 23:59:59 | 2021-11-30 |
                            |            | a missing moment gives nothing
    """,
)

_AS_NUMBER = "(EXTRACT(YEAR FROM {day}) * 10000 + EXTRACT(MONTH FROM {day}) * 100 + EXTRACT(DAY FROM {day}))"

AGE_ON = Word(
    "age_on(born_on, day)",
    meaning=(
        "Whole years lived by that day. Born on 29 February: a year older on 1 March of a common year. Nothing before"
        " birth: an unborn child has no age."
    ),
    takes=(Kind.DAY, Kind.DAY),
    gives=Kind.NUMBER,
    everywhere=(
        "CASE WHEN {born_on} <= {day} THEN CAST(FLOOR("
        f"({_AS_NUMBER.format(day='{day}')} - {_AS_NUMBER.format(day='{born_on}')}) / 10000.0) AS INTEGER) END"
    ),
    examples="""
        born_on    | day        | age_on | because
        2010-10-05 | 2021-10-04 | 10     | the day before the birthday
        2010-10-05 | 2021-10-05 | 11     | the birthday
        2004-02-29 | 2021-02-28 | 16     | born on 29 February
        2004-02-29 | 2021-03-01 | 17     | a year older on 1 March
        2004-02-29 | 2020-02-29 | 16     |
        2004-12-31 | 2005-01-01 | 0      | years lived, not years written
        2021-11-30 | 2021-11-30 | 0      | the day of birth
        2021-12-01 | 2021-11-30 |        | not yet born
                   | 2021-11-30 |        | a missing day gives nothing
    """,
)

OPEN_ON = Word(
    "open_on(started_on, ended_on, day)",
    meaning="Whether it was open at the end of a day: begun by then, not ended by then. What ended that day is closed.",
    takes=(Kind.DAY, Kind.DAY, Kind.DAY),
    gives=Kind.CONDITION,
    everywhere="({started_on} <= {day} AND ({ended_on} IS NULL OR {ended_on} > {day}))",
    examples="""
        started_on | ended_on   | day        | open_on | because
        2021-04-01 |            | 2021-11-30 | 1 | still open
        2021-11-30 |            | 2021-11-30 | 1 | opened that day
        2021-12-01 |            | 2021-11-30 | 0 | opened later
        2021-04-01 | 2021-12-01 | 2021-11-30 | 1 | ended the day after
        2021-04-01 | 2021-11-30 | 2021-11-30 | 0 | ended that day
        2021-11-30 | 2021-11-30 | 2021-11-30 | 0 | opened and ended that day
                   |            | 2021-11-30 | 0 | without a start it is not known to be open
    """,
)

PARAM_ON = Word(
    "param_on('name', day)",
    meaning=(
        "The value of a parameter that was in force on a day. Before its first day it has none: nothing is returned,"
        " not zero."
    ),
    takes=(Kind.NAME, Kind.DAY),
    gives=Kind.NUMBER,
    examples="""
        name                       | day        | param_on | because
        'example_limit'            | 2021-09-30 | 3   | the day before the change
        'example_limit'            | 2021-10-01 | 5   | the day of the change
        'example_limit'            | 2013-03-31 |     | before its first day
        'example_share'            | 2021-10-01 | 0.5 |
        'example_limit'            |            |     | a missing day gives nothing
    """,
)

LISTED = Word(
    "listed('list', code, day)",
    meaning="Whether a code was on a list on a day. A missing code is on no list.",
    takes=(Kind.NAME, Kind.TEXT, Kind.DAY),
    gives=Kind.CONDITION,
    examples="""
        list            | code | day        | listed | because
        'example_codes' | V3   | 2021-11-30 | 1 | always on the list
        'example_codes' | V4   | 2008-03-31 | 0 | the day before it came
        'example_codes' | V4   | 2008-04-01 | 1 | from this day on
        'example_codes' | V5   | 2015-03-31 | 1 | the last day it was on
        'example_codes' | V5   | 2015-04-01 | 0 | off the list from this day on
        'example_codes' | X9   | 2021-11-30 | 0 | never on the list
        'example_codes' | v3   | 2021-11-30 | 0 | codes are compared as written
        'example_codes' |      | 2021-11-30 | 0 | a missing code is on no list
        'example_codes' | V3   |            | 1 | always on the list, whatever the day
        'example_codes' | V4   |            | 0 | on the list from a day on: a missing day is not known to be after it
    """,
)

LATER_OF = Word(
    "later_of(a, b)",
    meaning="The later of two days or moments (the greater of two numbers); nothing where either is missing.",
    takes=(Kind.ANY, Kind.ANY),
    gives=Kind.ANY,
    everywhere="CASE WHEN {a} >= {b} THEN {a} WHEN {a} < {b} THEN {b} END",
    examples="""
        a          | b          | later_of   | because
        2021-11-01 | 2021-11-30 | 2021-11-30 |
        2021-11-30 | 2021-11-01 | 2021-11-30 |
        2021-11-30 | 2021-11-30 | 2021-11-30 |
        2021-11-30 |            |            | which is later is not known
                   | 2021-11-30 |            | which is later is not known
    """,
)

EARLIER_OF = Word(
    "earlier_of(a, b)",
    meaning="The earlier of two days or moments (the smaller of two numbers); nothing where either is missing.",
    takes=(Kind.ANY, Kind.ANY),
    gives=Kind.ANY,
    everywhere="CASE WHEN {a} <= {b} THEN {a} WHEN {a} > {b} THEN {b} END",
    examples="""
        a          | b          | earlier_of | because
        2021-11-01 | 2021-11-30 | 2021-11-01 |
        2021-11-30 | 2021-11-01 | 2021-11-01 |
        2021-11-30 | 2021-11-30 | 2021-11-30 |
        2021-11-30 |            |            | which is earlier is not known
    """,
)

NOT_RECORDED = Word(
    "not_recorded(value)",
    meaning="Whether a value is missing or blank.",
    takes=(Kind.ANY,),
    gives=Kind.CONDITION,
    everywhere="({value} IS NULL OR TRIM(CAST({value} AS VARCHAR)) = '')",
    examples="""
        value | not_recorded | because
              | 1            | missing
        ''    | 1            | empty
        '  '  | 1            | blank
        '0'   | 0            |
        'N'   | 0            | a no is recorded
    """,
)

WORDS: dict[str, Word] = {
    word.name: word
    for word in (
        FLAG,
        DAYS_BETWEEN,
        WORKING_DAYS_BETWEEN,
        WORKING_DAY_AFTER,
        HOURS_BETWEEN,
        MONTHS_BEFORE,
        MONTHS_AFTER,
        DAYS_AFTER,
        DAY_OF,
        AGE_ON,
        OPEN_ON,
        PARAM_ON,
        LISTED,
        LATER_OF,
        EARLIER_OF,
        NOT_RECORDED,
    )
}
