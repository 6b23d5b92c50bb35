"""The lists of what is due as a workbook: a sheet for each team, ready for A4."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scorecard.work.due_text import counts, heading, not_listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from scorecard.facts.due import Due
    from scorecard.work.due import Lists

_COLUMNS = {"Worker": 14, "Child": 14, "Duty": 28, "Due": 12, "Left or over": 14, "Last done": 12}
_COUNTED = {"Team": 44, "Duty": 28, "Overdue": 12, "Due": 12}
_HEADER_ROW = 3
_A4 = 9
_LONGEST_NAME = 31
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")


def write_due_workbook(lists: Lists, path: Path) -> Path:
    """Write the lists; text stays text, never a formula or a link. The file's folder is made where there is none."""
    import xlsxwriter  # noqa: PLC0415 - needed by this form only, and slow to load

    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    teams, told_of = lists.teams(), heading(lists).replace("\n", " ")
    with xlsxwriter.Workbook(str(path), {**options, "default_date_format": "dd/mm/yyyy"}) as book:
        book.set_properties({"title": told_of, "comments": lists.marking})
        counted = [(team, *row) for team, rows in teams.items() for row in counts(lists, rows) if any(row[1:])]
        names = iter(sheet_names(("All teams", *teams)))
        _fill(
            book,
            next(names),
            ("All teams", told_of, " ".join(not_listed(lists)), lists.marking),
            _COUNTED,
            counted,
        )
        for team, rows in teams.items():
            late = sum(row.is_overdue for row in rows)
            told = (team, told_of, f"{late} overdue, {len(rows) - late} due", lists.marking)
            listed = [(r.worker, r.child, r.duty, r.due_on, _days(r), r.last_done_on or "never") for r in rows]
            _fill(book, next(names), told, _COLUMNS, listed)
    return path


def _days(row: Due) -> int | str:
    return "over" if row.days_left is None else row.days_left


def _fill(
    book: Any, name: str, told: tuple[str, str, str, str], columns: Mapping[str, int], rows: Sequence[Sequence[object]]
) -> None:
    """A sheet with its title, what it is of, and its rows; printed one page wide, the header on each page."""
    title, day, note, marking = told
    sheet = book.add_worksheet(name)
    bold, plain = book.add_format({"bold": True}), book.add_format({"align": "left"})
    # The sign of the number is said in words, so that the column sorts and a printed page needs no colour.
    days = book.add_format({"align": "left", "num_format": '0" left";0" over";"today"'})
    header = book.add_format({"bold": True, "bottom": 1, "align": "left", "bg_color": "#E7E6E6"})
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, f"{day} {note}".strip(), bold)
    for column, (head, width) in enumerate(columns.items()):
        is_days = head == "Left or over"
        sheet.set_column(column, column, width, days if is_days else plain)
        sheet.write_string(_HEADER_ROW, column, head, header)
        for place, row in enumerate(rows, _HEADER_ROW + 1):
            if row[column] is not None:
                sheet.write(place, column, row[column])
    sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + max(len(rows), 1), len(columns) - 1)
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.set_header(f"&L{title.replace('&', '&&')}&R{marking.replace('&', '&&')}")
    sheet.set_footer("&LBy the council's own numbers of children; not for publication&RPage &P of &N")


def sheet_names(names: Sequence[str]) -> list[str]:
    """Names a workbook takes for its sheets: short, without its own signs, each once whatever its capitals.

    >>> sheet_names(["North", "north", "Care/16+", "Child Protection and Court Team North"])
    ['North', 'north (2)', 'Care 16+', 'Child Protection and … North']
    """
    found, taken = list[str](), {"history"}
    for name in names:
        plain = _shortened(_NOT_IN_A_NAME.sub(" ", name).split())
        given = next(one for n in range(1, 1000) if (one := _numbered(plain, n)).casefold() not in taken)
        taken.add(given.casefold())
        found.append(given)
    return found


def _shortened(words: list[str]) -> str:
    """What is long loses words from its middle: teams that differ often do so in their last word."""
    left, right = words[: len(words) // 2], words[len(words) // 2 :]
    name = " ".join(words)
    while len(name) > _LONGEST_NAME and len(right) > 1:
        right = right[1:]
        name = " ".join([*left, "…", *right])
    return name


def _numbered(name: str, number: int) -> str:
    last = f" ({number})" if number > 1 else ""
    return name[: _LONGEST_NAME - len(last)].strip() + last
