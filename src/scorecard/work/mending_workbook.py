"""What is to be mended as rows to print, and as a workbook: the rules with their trend, and a sheet for each team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.words.grammar import day_in_words, plural
from scorecard.work.sheets import Sheet, sheet_names, workbook, write_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.work.mending import Mending

COLUMNS = ("rule", "code", "severity", "records", "says", "mended_by", "accepted")
"""What is printed of each rule, before its months."""

_RULES = {"Rule": 60, "Code": 18, "Severity": 10, "Records": 10, "Who can mend": 24, "Accepted": 30}
_ROWS = {"Worker": 14, "Child": 14, "Rule": 60, "Record": 24, "Table": 26, "Day": 12, "Code": 18, "Who can mend": 24}
_A_MONTH = 9


def rows_of(told: Mending) -> list[tuple[object, ...]]:
    """A row for each rule that is broken or was, the most broken first; a month whose counts were not kept is empty."""
    counts, day = told.counts, told.snapshot.as_at
    rows = list[tuple[object, ...]]()
    for rule in sorted(told.rules, key=lambda one: -counts.get(one.id, 0)):
        held = told.verdicts.accepting(rule.id, day)
        accepted = f"{held.by}, until {day_in_words(held.until)}: {held.because}" if held else ""
        own = (rule.id, rule.rule, rule.severity.value, counts.get(rule.id, 0), rule.says, rule.mended_by.words)
        rows.append((*own, accepted, *(told.before[month].get(rule.id, 0) for month in told.before)))
    return rows


def months_of(told: Mending) -> tuple[str, ...]:
    """The columns of the months before."""
    return tuple(map(str, told.before))


def write_mending_workbook(told: Mending, path: Path, marking: str) -> Path:
    """Write the rules and the rows; children stand in it by the council's own numbers."""
    day, teams = day_in_words(told.snapshot.as_at), told.teams()
    title, names = f"To mend in the records of {day}", iter(sheet_names(("Rules", *teams)))
    with workbook(path, title, marking) as book:
        months = {month.short_label: _A_MONTH for month in told.before}
        rules = [
            (says, code, severity, n, who, accepted, *before)
            for _, code, severity, n, says, who, accepted, *before in rows_of(told)
        ]
        write_sheet(book, next(names), Sheet("Rules that are broken", title, marking, {**_RULES, **months}, rules))
        for team, rows in teams.items():
            note = f"{title}: {len(rows)} {plural(len(rows), 'row')}"
            listed = [
                (
                    one.worker,
                    one.child,
                    one.rule.says,
                    one.record,
                    one.rule.table,
                    one.day,
                    one.rule.rule,
                    one.rule.mended_by.words,
                )
                for one in rows
            ]
            write_sheet(book, next(names), Sheet(team, note, marking, _ROWS, listed))
    return path
