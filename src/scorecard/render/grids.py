"""A document as sheets: a table on each, numbers as numbers, by the government's guidance for accessible spreadsheets.

https://analysisfunction.civilservice.gov.uk/policy-store/releasing-statistics-in-spreadsheets/ : a cover, a list of
contents, notes, then one table a sheet with its title in the first cell, one row of headings, no merged or empty rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.pack.charts import Chart, Panels
from scorecard.pack.document import Definition, Details, NumberTable
from scorecard.words.grammar import day_in_words
from scorecard.words.numbers import NO_VALUE
from scorecard.words.phrase import Number, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.pack.document import Cell, Document, Figure, Part, Section

_PRINTED = re.compile(
    r"(?P<sign>[-−]?)(?P<before>£?)(?P<digits>[\d,]+(?:\.(?P<decimals>\d+))?)(?P<after>%?)(?P<days> days?)?"
)

_FACT_HEADINGS = (
    *("Key", "Figure", "Title", "Period", "Window", "Dimension", "Member", "As at", "Numerator", "Denominator"),
    *("Value", "Unit", "Status", "Quality", "Snapshot", "Definition", "Supplied by", "Reason"),
)


@dataclass(frozen=True)
class Amount:
    """A number in a cell: exact, and how many decimals and which signs it is shown with."""

    value: float
    decimals: int = 0
    before: str = ""
    after: str = ""


Held = str | Amount | None


@dataclass(frozen=True)
class Heading:
    """A column: its heading, unique in its table, and how many letters wide it is."""

    words: str
    width: int = 14


@dataclass(frozen=True)
class Grid:
    """One sheet: its short name, its title, what is said under that, a table, and the charts of its columns."""

    name: str
    title: str
    said: tuple[str, ...]
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Held, ...], ...]
    charts: tuple[Chart, ...] = ()


def grids_of(document: Document) -> tuple[Grid, ...]:
    """Every sheet of a document: summary, comparisons, the months of each topic, notes, definitions, all figures."""
    tables = [(section, part) for section, part in _parts(document) if isinstance(part, NumberTable)]
    trends = [_trend(section, charts) for section, charts in _by_section(document)]
    told = [grid for kind in ("summary", "benchmarks") for grid in _tables(kind, tables)]
    grids = [*told, *trends, _notes(tables), _definitions(document), _facts(document)]
    return tuple(_numbered([grid for grid in grids if grid.rows]))


def covered(document: Document, grids: tuple[Grid, ...]) -> tuple[Grid, Grid]:
    """The cover and the list of contents that stand before the other sheets."""
    about = [(name, text_of(phrase)) for name, phrase in document.about]
    council = [("Council", document.council), ("Month", document.period), ("Marking", document.marking)]
    how = [
        (
            "How numbers are kept",
            "A number is kept exactly and shown as the pack prints it; percentages run from 0 to 100.",
        ),
        ("What a dash means", f"“{NO_VALUE}” means that there is no figure: nothing to count, or nothing known."),
    ]
    cover = Grid("Cover", f"{document.title}, {document.period}", (), (Heading("What", 28), Heading("Told", 90)),
                 tuple((*pair,) for pair in (*council, *about, *how)))  # fmt: skip
    listed = tuple((grid.name, grid.title) for grid in grids)
    return cover, Grid("Contents", "Contents", (), (Heading("Sheet", 14), Heading("What is on it", 90)), listed)


def amount(number: Number | None) -> Held:
    """A printed number as a number; what is not one stays words.

    >>> amount(Number("1,292", "k")), amount(Number("58%", "k")), amount(Number("-", ""))
    (Amount(value=1292.0, decimals=0, before='', after=''), Amount(value=58.0, decimals=0, before='', after='%'), '-')
    """
    if number is None:
        return None
    found = _PRINTED.fullmatch(number.text)
    if not found:
        return number.text
    value = float(found["digits"].replace(",", "")) * (-1 if found["sign"] else 1)
    return Amount(value, len(found["decimals"] or ""), found["before"], found["after"] or (found["days"] or ""))


def _parts(document: Document) -> Iterator[tuple[Section, Part]]:
    for section in document.sections:
        yield from _of_section(section)


def _of_section(section: Section) -> Iterator[tuple[Section, Part]]:
    for part in section.parts:
        yield from ((section, one) for one in _opened(part))
    for inner in section.sections:
        yield from _of_section(inner)


def _opened(part: Part) -> Iterator[Part]:
    """A part, or the parts it holds."""
    inner: tuple[Part, ...] = part.parts if isinstance(part, Details) else ()
    if isinstance(part, Panels):
        inner = part.charts
    if inner:
        for one in inner:
            yield from _opened(one)
    else:
        yield part


def _by_section(document: Document) -> Iterator[tuple[Section, tuple[Chart, ...]]]:
    """The charts of each section that run along the same things, in the order of the page."""
    held: dict[tuple[str, str, tuple[str, ...]], tuple[Section, list[Chart]]] = {}
    for section, part in _parts(document):
        if isinstance(part, Chart):
            along = (section.id, part.along, tuple(point.label for point in part.points))
            held.setdefault(along, (section, []))[1].append(part)
    yield from ((section, tuple(charts)) for section, charts in held.values())


def _trend(section: Section, charts: tuple[Chart, ...]) -> Grid:
    """The figures behind the charts of a section: a row for each month or part, a column for each line drawn."""
    columns = [column for chart in charts for column in _drawn(chart)]
    names = _unique([name for name, _ in columns])
    said = tuple(f"{chart.title}: {chart.subtitle}." if chart.subtitle else f"{chart.title}." for chart in charts)
    rows = tuple(
        (label, *(held[place] for _, held in columns)) for place, label in enumerate(p.label for p in charts[0].points)
    )
    heads = (Heading(charts[0].along), *(Heading(name, 18) for name in names))
    return Grid("", f"{section.title}: figures drawn", said, heads, rows, charts)


def _drawn(chart: Chart) -> Iterator[tuple[str, list[Held]]]:
    """Each series and each line of a chart as a column: exact values, shown as they are printed."""
    for series in chart.series:
        yield series.label, [_exactly(point.value, point.number) for point in series.points]
    for line in chart.lines:
        yield line.label, [_exactly(value, number) for value, number in zip(line.values, line.numbers, strict=True)]


def _exactly(value: float | None, number: Number | None) -> Held:
    """The exact value; where there is none an empty cell, since a chart draws words as a nought."""
    if value is None:
        return None
    shown = amount(number)
    return Amount(value, shown.decimals, shown.before, shown.after) if isinstance(shown, Amount) else Amount(value)


def _unique(names: list[str]) -> list[str]:
    """Names with a number after those that stand a second time.

    >>> _unique(["Target", "Referrals", "Target"])
    ['Target', 'Referrals', 'Target (2)']
    """
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found


def _tables(kind: str, tables: list[tuple[Section, NumberTable]]) -> list[Grid]:
    """All tables of one kind as one table: each row under the section it stands in, the columns of any those of all."""
    held = [(section, table) for section, table in tables if table.kind == kind]
    if not held:
        return []
    names = list(dict.fromkeys(column.heading for _, table in held for column in table.columns))
    told = [_told(section, table, names) for section, table in held]
    rows = [row for some in told for row in some]
    heads = _unique(["Section", held[0][1].corner, *(one for name in names for one in (name, f"{name}, more"))])
    kept = [place for place in range(len(heads)) if any(row[place] for row in rows)]
    wide = tuple(Heading(heads[place], _wide(place)) for place in kept)
    return [Grid("", held[0][1].caption, (), wide, tuple(tuple(row[place] for place in kept) for row in rows))]


def _wide(place: int) -> int:
    """How wide a column is: those of names, those of figures, and those of what is said of them."""
    names, figures = 2, (16, 30)
    return 36 if place < names else figures[place % 2]


def _told(section: Section, table: NumberTable, names: list[str]) -> list[tuple[Held, ...]]:
    """The rows of a table in the columns of many."""
    own = [column.heading for column in table.columns]
    rows: list[tuple[Held, ...]] = []
    for row in table.rows:
        by_name = dict(zip(own, (_cell(cell, table.id) for cell in row.cells), strict=True))
        cells = [one for name in names for one in by_name.get(name, (None, None))]
        rows.append((section.title, f"{text_of(row.heading.phrase)}{_marks(row.heading, table.id)}", *cells))
    return rows


def _cell(cell: Cell, table: str) -> tuple[Held, Held]:
    """A cell's figure, and beside it what is said of it: smaller words, its status, its notes."""
    numbers = [piece for piece in cell.phrase if isinstance(piece, Number)]
    only = len(numbers) == 1 and text_of(cell.phrase) == numbers[0].text
    figure: Held = amount(numbers[0]) if only else text_of(cell.phrase) or None
    status = f"{cell.status.words} {text_of(cell.status.distance)}".strip() if cell.status else ""
    said = "; ".join(words for words in (status, text_of(cell.small), _marks(cell, table).strip()) if words)
    return (figure, said or None) if figure or not said else (said, None)


def _marks(cell: Cell, table: str) -> str:
    return f" [{', '.join(f'note {table} {mark}' for mark in cell.marks)}]" if cell.marks else ""


def _notes(tables: list[tuple[Section, NumberTable]]) -> Grid:
    rows = tuple(
        (f"{table.id} {note.mark}", section.title, table.caption, text_of(note.phrase))
        for section, table in tables
        for note in table.notes
    )
    heads = (Heading("Note", 40), Heading("Section", 34), Heading("Table", 40), Heading("What it says", 90))
    return Grid("", "Notes", (), heads, rows)


def _definitions(document: Document) -> Grid:
    held = {part.id: part for _, part in _parts(document) if isinstance(part, Definition)}
    rows = tuple(
        (one.id, one.title, " ".join(line for _, lines in one.prose.blocks for line in lines), " ".join(one.caveats),
         "; ".join(f"{name}: {words}" for name, words in one.facts))
        for one in held.values()
    )  # fmt: skip
    heads = (
        Heading("Id", 28),
        Heading("Title", 40),
        Heading("What is counted", 90),
        Heading("To mind", 60),
        Heading("Also", 60),
    )
    return Grid("", "Definitions", ("What each figure counts, as its definition says it.",), heads, rows)


def _facts(document: Document) -> Grid:
    """Every figure of the pack, a row each."""
    said = ("All figures of this month with their parts, and of the months before it the wholes; exact, not rounded.",)
    return Grid(
        "",
        "All figures",
        said,
        tuple(Heading(name, 16) for name in _FACT_HEADINGS),
        tuple(map(_fact, document.figures)),
    )


def _fact(one: Figure) -> tuple[Held, ...]:
    counts = (None if each is None else Amount(each) for each in (one.numerator, one.denominator))
    value = None if one.value is None else Amount(one.value, one.decimals)
    key = (one.key, one.measure, one.title, one.period, one.window, one.dimension, one.member, day_in_words(one.as_at))
    graded = (one.unit, one.status, one.quality)
    return (*key, *counts, value, *graded, one.snapshot, one.definition, one.supplied_by, one.reason)


def _numbered(grids: list[Grid]) -> Iterator[Grid]:
    """The sheets with short names that say their place: a name of one's own is cut off or refused by programs."""
    named = {"All figures": "Facts", "Definitions": "Definitions", "Notes": "Notes"}
    for place, grid in enumerate(grids, 1):
        name = named.get(grid.title) or f"Table {place}"
        yield Grid(name, grid.title, grid.said, grid.headings, grid.rows, grid.charts)
