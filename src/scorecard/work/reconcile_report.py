"""A return beside the pack, as a terminal shows it (counts alone) and as a workbook that names the children."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard.returns.sheet import MARK
from scorecard.words.grammar import day_in_words, joined, plural
from scorecard.words.table import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from scorecard.returns.compared import Compared
    from scorecard.work.reconcile import Reconciled

LISTS = ("list", "sent", "records", "only sent", "only records", "differ")
FIGURES = ("figure", "counted", "pack", "sent", "records")
COLUMNS = ("list", "column", "rows")
_ROWS = ("Child", "Told apart by", "What was found", "Sent", "Records")
_WIDTHS = (16, 26, 46, 30, 30)


def list_rows(found: Reconciled) -> list[tuple[object, ...]]:
    """Each list: its rows in the file and in the records, in one of them alone, and differing."""
    return [
        (one.name, len(one.sent), len(one.ours), one.only_sent, one.only_ours, one.rows_differing)
        for one in found.lists
    ]


def figure_rows(found: Reconciled) -> list[tuple[object, ...]]:
    """Each count beside the pack's figure of the same thing."""
    return [(str(one.key), one.counted.told, _number(one.pack), one.sent, one.ours) for one in found.figures]


def column_rows(found: Reconciled) -> list[tuple[object, ...]]:
    """Each column in which rows differ, with how many."""
    return [(one.name, column, rows) for one in found.lists for column, rows in one.differing.items()]


def _number(value: float | None) -> object:
    return "not known" if value is None else int(value)


def heading(found: Reconciled) -> str:
    """What was laid beside what."""
    return (
        f"{found.file} ({found.title}) beside the records as at {day_in_words(found.as_at)}, from {found.snapshot.id}."
    )


def notes(found: Reconciled) -> Iterator[str]:
    """What was not there, and what was not compared."""
    for title in found.missing:
        yield f"Not in the file: {title}."
    alike: dict[tuple[str, ...], list[str]] = {}
    for one in found.lists:
        if one.ours and one.not_compared:
            alike.setdefault(tuple(_told(one, column) for column in one.not_compared), []).append(one.name)
    for columns, names in alike.items():
        yield f"Not compared in {joined(names)}: {'; '.join(columns)}."


def _told(one: Compared, column: str) -> str:
    """A column that is not compared, and the tables that were not supplied where it is made of them."""
    lacking = one.lacking.get(column)
    return f"{column.strip()} ({joined(lacking)} not supplied)" if lacking else column.strip()


def as_text(found: Reconciled) -> str:
    """The counts; no child is named."""
    parts = [heading(found), "", table(LISTS, list_rows(found))]
    if found.figures:
        parts += ["", "Beside the figures of the pack:", table(FIGURES, figure_rows(found))]
    if columns := column_rows(found):
        parts += ["", "Columns that differ in rows both have:", table(COLUMNS, columns)]
    return "\n".join([*parts, "", *notes(found)])


def write_workbook(found: Reconciled, path: Path) -> Path:
    """The counts on a first sheet, then a sheet for each list that differs, with every child's number."""
    import xlsxwriter  # noqa: PLC0415 - needed by this form only, and slow to load

    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": heading(found), "comments": MARK})
        page = _page(book, "Summary", heading(found))
        at = _put(book, page, 2, LISTS, list_rows(found))
        at = _put(book, page, at, FIGURES, figure_rows(found)) if found.figures else at
        at = _put(book, page, at, COLUMNS, column_rows(found))
        for number, note in enumerate(notes(found), at):
            page.write_string(number, 0, note)
        for one in found.lists:
            if one.differences:
                rows = plural(len(one.differences), "difference")
                page = _page(book, one.name, f"{one.title}: {len(one.differences)} {rows}")
                _put(book, page, 2, _ROWS, _differences(one))
                page.freeze_panes(3, 1)
    return path


def _differences(one: Compared) -> list[tuple[object, ...]]:
    return [
        (each.child, each.where, each.found, *((each.sent, each.ours) if each.column else ("", "")))
        for each in one.differences
    ]


def _page(book: Any, name: str, title: str) -> Any:
    page = book.add_worksheet(name)
    page.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    page.write_string(1, 0, MARK)
    for place, width in enumerate(_WIDTHS):
        page.set_column(place, place, width)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_header(f"&L{MARK}&RBy the council's own numbers of children")
    return page


def _put(book: Any, page: Any, at: int, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> int:
    """A table from one row on; the row after it and a gap."""
    header = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E7E6E6"})
    for place, name in enumerate(columns):
        page.write_string(at, place, name, header)
    for number, row in enumerate(rows, at + 1):
        for place, value in enumerate(row):
            page.write(number, place, value)
    return at + len(rows) + 2
