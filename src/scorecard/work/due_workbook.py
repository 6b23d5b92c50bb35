"""The lists of what is due as a workbook: a sheet for each team, ready for A4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.work.due_text import counts, heading, not_listed
from scorecard.work.sheets import Sheet, sheet_names, workbook, write_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.facts.due import Due
    from scorecard.work.due import Lists

_COLUMNS = {"Worker": 14, "Child": 14, "Duty": 28, "Due": 12, "Left or over": 14, "Last done": 12}
_COUNTED = {"Team": 44, "Duty": 28, "Overdue": 12, "Due": 12}
# The sign of the number is said in words, so that the column sorts and a printed page needs no colour.
_SAID = {"Left or over": '0" left";0" over";"today"'}


def write_due_workbook(lists: Lists, path: Path) -> Path:
    """Write the lists; text stays text, never a formula or a link. The file's folder is made where there is none."""
    teams, told_of = lists.teams(), heading(lists).replace("\n", " ")
    with workbook(path, told_of, lists.marking) as book:
        counted = [(team, *row) for team, rows in teams.items() for row in counts(lists, rows) if any(row[1:])]
        names = iter(sheet_names(("All teams", *teams)))
        note = f"{told_of} {' '.join(not_listed(lists))}".strip()
        write_sheet(book, next(names), Sheet("All teams", note, lists.marking, _COUNTED, counted))
        for team, rows in teams.items():
            late = sum(row.is_overdue for row in rows)
            note = f"{told_of} {late} overdue, {len(rows) - late} due"
            listed = [(r.worker, r.child, r.duty, r.due_on, _days(r), r.last_done_on or "never") for r in rows]
            write_sheet(book, next(names), Sheet(team, note, lists.marking, _COLUMNS, listed, _SAID))
    return path


def _days(row: Due) -> int | str:
    return "over" if row.days_left is None else row.days_left
