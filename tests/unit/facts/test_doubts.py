from __future__ import annotations

from datetime import date

import pytest

from scorecard.calendar.periods import Period, Window
from scorecard.contract.load import load_contract
from scorecard.contract.rules import put_broken, rules_of
from scorecard.definitions.registry import load_registry
from scorecard.facts.aggregate import make_facts, months_counted
from scorecard.facts.doubts import moved_by
from scorecard.facts.fact import Fact, FactKey, Facts, Quality
from scorecard.facts.reading import fact_rows, to_fact
from scorecard.facts.run import Run
from scorecard.sql.engines.duckdb import open_duckdb

CONTRACT, REGISTRY = load_contract(), load_registry()
AS_AT, NOVEMBER = date(2021, 11, 30), Period(2021, 11)
RULES = {rule.id: rule for rule in rules_of(CONTRACT)}
Record = tuple[str, str]


def _count(indicator: str, records: list[Record], *, look: bool = True) -> Facts:
    engine = open_duckdb(REGISTRY.rules)
    for table in CONTRACT.tables.values():
        columns = ", ".join(f'"{column.name}" {column.type.sql}' for column in table.loaded)
        engine.connection.execute(f'CREATE TABLE "{table.name}" ({columns})')
    for name, cells in records:
        its = dict(cell.split("=") for cell in cells.split())
        marks = ", ".join("?" for _ in its)
        engine.connection.execute(f"INSERT INTO {name} ({', '.join(its)}) VALUES ({marks})", list(its.values()))
    run = Run((NOVEMBER,), "s", AS_AT)
    engine.report_days(month.last_day for month in months_counted(run.months))
    if look:
        put_broken(engine.connection, CONTRACT, AS_AT)
    make_facts(engine.connection, REGISTRY, [REGISTRY.indicators[indicator]], run)
    return Facts(to_fact(row) for row in fact_rows(engine.connection, "facts", [NOVEMBER]))


def _month(facts: Facts, measure: str) -> Fact:
    found = facts.get(FactKey(measure, NOVEMBER, Window.MONTH))
    assert found
    return found


def _child(name: str) -> Record:
    return ("ssd_person", f"pers_person_id={name} pers_sex=F pers_ethnicity=WBRI pers_dob=2010-01-01")


def _assessment(name: str, started: str, authorised: str, child: str = "c1") -> Record:
    days = f"cina_assessment_start_date={started} cina_assessment_auth_date={authorised}"
    return ("ssd_cin_assessments", f"cina_assessment_id={name} cina_person_id={child} {days}")


def _referral(name: str, day: str, child: str = "c1") -> Record:
    closed = f"cine_close_date={day} cine_close_reason=RC8"
    return ("ssd_cin_episodes", f"cine_referral_id={name} cine_person_id={child} cine_referral_date={day} {closed}")


def test_a_record_that_breaks_a_rule_doubts_its_own_case_and_no_other_of_the_child() -> None:
    right = [_assessment(f"a{n}", f"2021-{n:02}-02", f"2021-{n:02}-20") for n in range(4, 11)]
    wrong = _assessment("b", "2021-11-20", "2021-11-10")
    facts = _count("assessments_45wd", [_child("c1"), *right, wrong])
    november = _month(facts, "assessments_completed")
    assert (november.quality, november.reason) == (
        Quality.UNRELIABLE,
        (
            "Resting on records that break a rule: 1 of 1 case; most often: An assessment is not authorised before it"
            " started."
        ),
    )
    year = facts.get(FactKey("assessments_completed", NOVEMBER, Window.YEAR_TO_DATE))
    assert year
    assert (year.quality, year.numerator) == (Quality.CAUTION, 8)


def test_where_nobody_has_looked_for_broken_rules_there_is_no_doubt() -> None:
    facts = _count("assessments_45wd", [_child("c1"), _assessment("b", "2021-11-20", "2021-11-10")], look=False)
    assert _month(facts, "assessments_completed").quality is Quality.SOUND


@pytest.mark.parametrize(("unlinked", "quality"), [(0, Quality.SOUND), (2, Quality.CAUTION), (6, Quality.UNRELIABLE)])
def test_a_look_back_is_graded_by_the_records_it_cannot_trace_to_a_child(unlinked: int, quality: Quality) -> None:
    children = [f"c{n}" for n in range(20)]
    before = [
        _referral(f"r{n}", "2021-02-05", f"OLD-{name}" if n < unlinked else name)
        for n, name in enumerate(children[:19])
    ]
    facts = _count("rereferrals", [*map(_child, children), *before, _referral("r", "2021-11-05", "c0")])
    found = _month(facts, "rereferrals_12m_pct")
    assert found.quality is quality
    assert (f"{unlinked} of 20 break a rule" in found.reason) is (unlinked > 0)


def test_what_lies_before_the_look_back_does_not_grade_it() -> None:
    old = [_referral(f"r{n}", "2020-10-31", f"OLD-{n}") for n in range(9)]
    facts = _count("rereferrals", [_child("c1"), *old, _referral("r", "2021-11-05")])
    assert _month(facts, "rereferrals_12m_pct").quality is Quality.SOUND


def test_a_referral_of_an_unknown_child_counts_all_the_same() -> None:
    facts = _count("referrals", [_child("c1"), _referral("r1", "2021-11-05", "OLD-1"), _referral("r2", "2021-11-05")])
    assert (_month(facts, "referrals").value, _month(facts, "referrals").quality) == (2, Quality.SOUND)


def test_a_rule_moves_the_figures_that_read_its_columns_and_no_other() -> None:
    rule = RULES["assessment-authorised-before-start"]
    moved = {name for name, one in REGISTRY.indicators.items() if rule in moved_by(one)}
    assert {"assessments_45wd", "child_seen"} <= moved
    assert moved.isdisjoint({"contacts_received", "cla_open", "cpp_open"})


def test_what_is_only_good_to_know_moves_nothing() -> None:
    notes = {name for name, rule in RULES.items() if rule.severity == "note"}
    moving = {rule.id for one in REGISTRY.indicators.values() for rule in moved_by(one)}
    assert (bool(notes), bool(moving), notes & moving) == (True, True, set())


def test_every_indicator_that_a_history_is_of_is_there() -> None:
    named = {name for rule in RULES.values() for name in rule.history_of}
    assert named
    assert named <= REGISTRY.indicators.keys()
