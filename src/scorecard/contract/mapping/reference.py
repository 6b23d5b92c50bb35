"""The mapping format as a page to read, made of what the program itself reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.contract.load import FOLDER
from scorecard.contract.mapping.forms import PARTS, Constant, DayTime, Filled, FirstOf, From, Key
from scorecard.contract.mapping.grammar import GRAMMAR
from scorecard.toml_files import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from scorecard.contract.mapping.forms import Form
    from scorecard.toml_files import Key as Holds

EXAMPLES = FOLDER.parent / "examples" / "mappings"
"""Mapping files to copy from, for reports as case systems export them."""

_OPENING = """# Mapping files

<!-- Made from src/scorecard/contract/mapping by `make docs`; change it there. -->

One file in a workspace's `mappings/` says how one report becomes rows of [the contract's](contract.md) tables. The
layouts that are shipped are written in the same format. [Map your reports](../how-to/map-your-reports.md) tells how to
come to one. A file that ends in `.draft.toml` is not read; what is wrong in the others is told at once, with the line.

Headers, and the texts of conditions, are compared without case, accents, gaps, punctuation and kinds of quotation
marks; values are compared as words, the rest aside. Only the columns a mapping names are read; columns of the contract
that are personal cannot be filled. There are no expressions but the forms below.
"""

MEANINGS = {
    "report": "What people call the report. `check` says it.",
    "about": "A note for whoever reads the file.",
    "recognised_by": "What tells the report. Every line under it must hold.",
    "recognised_by.name": "Patterns of the file's or the sheet's name, such as `contacts*`; one of them must fit. Case,"
    " gaps and numbering before and behind are set aside.",
    "recognised_by.headers": "Headers that must all be in one row among the first twenty. The first such row is the"
    " header. Of several mappings that fit, the one that names most headers here is taken, then one that names the"
    " file too, then the one that reads most columns; of two that fit equally, none, and `check` blocks.",
    "headers": 'Other spellings of a header: `"Person ID" = ["PersonID", "Child ID"]`.',
    "rows": "Which rows are records.",
    "rows.header": "The row of the header, if no other row may be it.",
    "rows.without": "Rows of totals and notes: a row of which any of these conditions is true is left out.",
    "rows.heading": "Rows that head a group: only this one of the columns read is filled.",
    "rows.heading.column": "The column that is filled.",
    "rows.heading.into": "What the heading's text is called, as if it were a header of the rows below.",
    "rows.carry_down": "Columns of merged cells, the widest first: an empty cell has the value above it, but where the"
    " value of a column changes, or below another heading, those named after it begin anew.",
    "rows.only": "Rows of which all these conditions are true are records; others are left out.",
    "table": "A table the report fills; there may be several.",
    "table.into": "The table's name in the contract.",
    "table.each": 'Several rows from one: the table is filled once for each entry, such as `{ date = "Visit 1",'
    ' no = "1" }`. `each.date` and `each.no` may stand where a header or a constant may.',
    "table.only": "Only rows of which all these conditions are true become rows of this table.",
    "table.columns": 'What stands in each column: `columns.cont_person_id = "Person ID"`, or another form, below.',
    "values": "Lists that say which code a text is, by name. A text that is left empty, or that no list and no"
    " vocabulary of the program knows, counts as not known, and is told.",
}
"""What each key means, the keys of one table joined by points."""

_FORMS: Mapping[str, type[Form]] = {
    '"Person ID"': From,
    '{ from = "Outcome", values = "outcome" }': From,
    '{ from = "Worker", part = "before (" }': From,
    '{ constant = "DAHUB" }': Constant,
    '{ key = ["Person ID", "Contact date", { constant = "A" }] }': Key,
    '{ first_of = ["Closed", "Ceased"], values = "…" }': FirstOf,
    '{ day = "Received", time = "At" }': DayTime,
    '{ filled = "Date seen", then = "Y", otherwise = "N" }': Filled,
}
_SAID = {
    '"Person ID"': "The cell as it stands.",
    '{ from = "Outcome", values = "outcome" }': "The cell, by a list of `[values.outcome]`.",
    '{ from = "Worker", part = "before (" }': f"A part of the cell: one of {', '.join(f'`{part}`' for part in PARTS)}.",
}


def mapping_page() -> str:
    """The whole page in Markdown; the same program gives the same page."""
    parts = [
        _OPENING,
        "## Keys",
        "",
        "| key | holds | |",
        "| --- | --- | --- |",
        *(f"| `{name}` | {MEANINGS[name]} | {'needed' if needed else ''} |" for name, needed in keys()),
        "",
        "## What may stand for a value",
        "",
        "| form | gives |",
        "| --- | --- |",
        *(f"| `{written}` | {_SAID.get(written) or _meaning(form)} |" for written, form in _FORMS.items()),
        "",
        "A column of codes or of yes and no is matched: by the list a form names, then by what is known of the",
        "column's code list. The text stays beside its code in what is kept, as `<column>__arrived`.",
        "",
        "## Conditions",
        "",
        '`{ column = "Route", is = ["DA hub"] }`, or `is_not`, or `starts_with`, each with a list, or `filled` with',
        "`true` or `false`. A condition asks one thing.",
        "",
        "## Examples",
        "",
        "They are shipped with the program, in `scorecard/library/examples/mappings`.",
        "",
        *(part for path in sorted(EXAMPLES.glob("*.toml")) for part in _example(path)),
    ]
    return "\n".join(parts).rstrip() + "\n"


def keys(table: Table = GRAMMAR, within: str = "") -> Iterator[tuple[str, bool]]:
    """Every key a mapping may have but those of conditions, and whether it is needed."""
    for name, held in table.keys.items():
        yield within + name, held.required
        if isinstance(held, Table) and not _is_condition(held.keys):
            yield from keys(held, f"{within}{name}.")


def _is_condition(held: Mapping[str, Holds | Table]) -> bool:
    return "is_not" in held


def _meaning(form: type[Form]) -> str:
    return " ".join((form.__doc__ or "").split())


def _example(path: Path) -> Iterator[str]:
    """A file with the remark at its top as the text before it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    said = [line.removeprefix("# ") for line in lines if line.startswith("#")]
    yield from (f"### {path.name}", "", *said, "", "```toml")
    yield from (line for line in lines if not line.startswith("#"))
    yield from ("```", "")
