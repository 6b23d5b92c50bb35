"""The page on data quality: the rules that records break, month by month, and the figures that suffer by it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorecard.contract.load import load_contract
from scorecard.contract.report import Severity
from scorecard.contract.rules import rules_of
from scorecard.contract.volumes import TOLERATED
from scorecard.facts.fact import Quality
from scorecard.findings.printing import value_number
from scorecard.pack.document import Bullets, Cell, Column, Note, NumberTable, Row, Section, Words
from scorecard.words.grammar import plural, printed_day
from scorecard.words.numbers import counted, signed
from scorecard.words.phrase import Label, Number, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard.calendar.periods import Period
    from scorecard.contract.constraint import Constraint
    from scorecard.facts.fact import Fact
    from scorecard.findings.finding import Reading
    from scorecard.pack.desk import Desk
    from scorecard.pack.document import Part
    from scorecard.pack.plan import SectionPlan
    from scorecard.words.phrase import Phrase

_MONTHS = 6
_FIRST_WORDS = re.compile(r"[.,:]")
_GRADES = {Quality.SOUND: "Sound", Quality.CAUTION: "With caution", Quality.UNRELIABLE: "Not reliable"}
_WEIGHT = {Severity.NOTE: ("moves no figure",)}


def quality_section(desk: Desk, plan: SectionPlan) -> Section:
    """Rules broken with their counts and who can mend them, figures that are not sound, warnings that are accepted."""
    council = () if desk.context.told_for else (*_rules(desk), *_volumes(desk))
    return Section(plan.id, plan.title, (*council, *_figures(desk), *_accepted(desk), _bounds(desk)), kind="section")


def _rules(desk: Desk) -> tuple[Part, ...]:
    broken, period = desk.context.broken, desk.context.period
    now = broken.get(period)
    if now is None:
        return (Note(("Which records break a rule was not kept when this month was frozen.",)),)
    shown = sorted(month for month in broken if month <= period)[-_MONTHS:]
    named = {name for month in shown for name, number in broken[month].items() if number}
    rules = [rule for rule in rules_of(load_contract()) if rule.id in named]
    if not rules:
        return (Words(("No record breaks a rule.",)),)
    return (Words(_said(desk, rules, now)), _rules_table(desk, rules, shown))


def _said(desk: Desk, rules: list[Constraint], now: Mapping[str, int]) -> Phrase:
    of = f"quality/{desk.context.period}"
    times = [number for rule in rules if (number := now.get(rule.id))]
    return (
        "In the extract of ",
        printed_day(desk.context.as_at),
        " ",
        Number(counted(len(times)), f"{of}#rules", Source.FINDING),
        f" {plural(len(times), 'rule')} of data quality {plural(len(times), 'is', 'are')} broken, ",
        Number(counted(sum(times)), f"{of}#times", Source.FINDING),
        f" {plural(sum(times), 'time')} in all. Those who can mend the records find them in what ",
        Label(f"“scorecard quality {desk.context.period}”"),
        " makes.",
    )


def _rules_table(desk: Desk, rules: list[Constraint], months: list[Period]) -> NumberTable:
    period, broken = desk.context.period, desk.context.broken
    columns = (
        Column("Code", numeric=False),
        Column("Who can mend", numeric=False),
        *(Column(month.short_label, strong=month == period) for month in months),
    )
    ordered = sorted(rules, key=lambda rule: -broken[period].get(rule.id, 0))
    rows = tuple(
        Row(
            Cell((Label(rule.says),)),
            (
                Cell((Label(rule.rule or "our own"),), _WEIGHT.get(rule.severity, ())),
                Cell((rule.mended_by.words,)),
                *(_count(rule, month, broken[month]) for month in months),
            ),
        )
        for rule in ordered
    )
    return NumberTable("data-quality-rules", "Records that break a rule", "Rule", columns, rows, kind="rules")


def _count(rule: Constraint, month: Period, counts: Mapping[str, int]) -> Cell:
    return Cell((Number(counted(counts.get(rule.id, 0)), f"quality/{month}#{rule.id}", Source.FINDING),))


def _volumes(desk: Desk) -> tuple[Part, ...]:
    """The tables that brought many more rows than in a usual month, or many fewer."""
    period, tables = desk.context.period, load_contract().tables
    odd = [one for one in desk.context.volumes if not one.is_usual]
    rows = tuple(
        Row(
            Cell((Label(first_words(tables[one.table].meaning)),)),
            tuple(
                Cell((Number(text, f"quality/{period}#{one.table}-{name}", Source.FINDING),))
                for name, text in (
                    ("rows", counted(one.rows)),
                    ("median", counted(one.median)),
                    ("difference", f"{signed(one.difference * 100)}%"),
                )
            ),
        )
        for one in odd
    )
    columns = (Column(period.label), Column("Usual", "median of the twelve months before"), Column("Difference"))
    caption = f"Records of a month unlike the year before: more than {TOLERATED * 100:g}% from its median"
    return (NumberTable("data-quality-volumes", caption, "Records", columns, rows, kind="volumes"),) if odd else ()


def first_words(meaning: str) -> str:
    """What a table of records is called, out of what it means."""
    return _FIRST_WORDS.split(meaning)[0]


def _figures(desk: Desk) -> tuple[Part, ...]:
    """The month's figures that are not sound, or were graded by somebody, in the order of their titles."""
    readings = filter(None, map(desk.reading, desk.measures))
    found = sorted((one for one in readings if _is_told(one)), key=lambda one: one.measure.title)
    if not found:
        return (Words(("Every figure of ", Label(desk.context.period.label), " is sound.")),)
    rows = tuple(_figure_row(reading, reading.now) for reading in found if reading.now)
    columns = (Column("Figure"), Column("Grade", numeric=False), Column("Why", numeric=False))
    caption = f"Figures that are not sound, {desk.context.period.label}"
    return (NumberTable("data-quality-figures", caption, "Measure", columns, rows, kind="graded"),)


def _is_told(reading: Reading) -> bool:
    """Whether there is a figure and something to be said of it."""
    now = reading.now
    return now is not None and now.value is not None and (now.quality is not Quality.SOUND or bool(now.reason))


def _figure_row(reading: Reading, now: Fact) -> Row:
    figure, grade = Cell((value_number(now, reading.measure),)), Cell((_GRADES[now.quality],))
    return Row(Cell((Label(reading.measure.title),)), (figure, grade, Cell((Label(now.reason),))))


def _accepted(desk: Desk) -> tuple[Part, ...]:
    """What somebody answers for until a day; its records stay in the counts above."""
    says = {rule.id: rule.says for rule in rules_of(load_contract())}
    items: tuple[Phrase, ...] = tuple(
        (Label(says[one.rule]), " ", Label(one.because), " (", Label(one.by), ", until ", printed_day(one.until), ")")
        for one in desk.context.verdicts.accepted
        if desk.context.as_at <= one.until
    )
    return (Bullets(items, "Accepted for the time being"),) if items else ()


def _bounds(desk: Desk) -> Note:
    bounds = desk.context.bounds
    said = (
        f"A figure is to be read with caution where more than {bounds.caution * 100:g}% of its cases are in doubt, and"
        f" is not reliable beyond {bounds.unreliable * 100:g}%: then it is neither judged nor compared."
    )
    return Note((Label(said),))
