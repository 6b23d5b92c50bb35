"""The page for the information governance lead: every column that is loaded, what reads it, and what is never read."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import reference_markdown as markdown

from scorecard.contract.load import load_contract
from scorecard.contract.types import ColumnType
from scorecard.definitions.registry import load_registry
from scorecard.sql.needed import made_of
from scorecard.work.workspace import FEWEST_MONTHS_KEPT, MONTHS_KEPT, MOST_MONTHS_KEPT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorecard.contract.types import Column, Table

_HEAD = """# What is loaded, and what for

<!-- Made from the contract and the definitions by `make docs`; change it there. -->

Written by the program from its own contract and definitions, so that it cannot fall behind them. An extract may hold
less: a table or column that is not supplied is not loaded. Whatever else a file holds is not read.

- **For** names the first few figures and breakdowns of the library that read a column, and says how many more do. The
  whole of each definition is on [the page of indicators](../reference/indicators.md).
- Where a text was mapped to a code of the contract, the text as it came is kept beside the code, so that a mended
  mapping can be applied again. A mapping that takes a column of free words for a code would keep those words.
- A column that no figure reads serves the [checks of the records](../reference/quality-rules.md), the returns that
  `scorecard export` writes, or a council's own definitions. Where you need none of those, leave it out of the
  extract."""
_NAMED = 3


def page() -> str:
    """The whole page."""
    readers = _readers()
    tables = load_contract().tables.values()
    loaded = [(table.name, column.name) for table in tables for column in table.loaded]
    read = sum(bool(readers[one]) for one in loaded)
    refused = [(of.name, one.name, one.meaning) for of in tables for one in of.columns if one.personal]
    return markdown.document(
        _HEAD,
        f"In all {len(loaded)} columns of {len(tables)} tables may be loaded; a figure or a breakdown of the library"
        f" reads {read} of them. {len(refused)} columns of the standard are never loaded.",
        "## Never loaded",
        "These are part of the standard, and an export may hold them; they are passed over, and no snapshot has them.",
        markdown.table(("table", "column", "is"), refused),
        "## How long",
        f"Records are kept {MONTHS_KEPT} months unless the council sets `keep_months` in `scorecard.toml`, from"
        f" {FEWEST_MONTHS_KEPT} to {MOST_MONTHS_KEPT}; `scorecard purge` then takes them away."
        " [What we hold and for how long](what-we-hold.md) has the rest on one page.",
        "## Loaded",
        *(part for table in tables for part in _table(table, readers)),
    )


def _table(table: Table, readers: Mapping[tuple[str, str], list[str]]) -> Iterator[str]:
    yield f"### {table.name}"
    names = "by the council's own id" if table.naming_children else "no"
    yield f"{table.meaning} A row is {table.one_row_is}. Names a child: {names}."
    rows = [(f"`{one.name}`", one.meaning, _kind(one), _for(readers[table.name, one.name])) for one in table.loaded]
    yield markdown.table(("column", "is", "holds", "for"), rows)


def _kind(column: Column) -> str:
    return (
        f"code of {column.codes}"
        if column.codes
        else "text as recorded"
        if column.type is ColumnType.TEXT
        else column.type
    )


def _for(names: list[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return f"{shown} and {len(names) - _NAMED} more" if len(names) > _NAMED else shown or "-"


def _readers() -> defaultdict[tuple[str, str], list[str]]:
    """By table and column, the titles of the figures and breakdowns that read it."""
    registry, found = load_registry(), defaultdict[tuple[str, str], list[str]](list)
    defined = [(one.title, one.sql) for one in registry.indicators.values()]
    defined += [(one.title, one.sql) for one in registry.dimensions.values()]
    for title, sql in defined:
        made = made_of(sql)
        for need in made.of(*made.columns):
            found[need].append(title)
    return found
