"""What a council has settled about its sources: its mapping files, and which source stands for a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.contract.layouts.own import LAYOUT
from scorecard.contract.layouts.pouring import OWN_REPORTS
from scorecard.contract.layouts.shipped import SHIPPED, VARIANTS
from scorecard.contract.load import load_contract
from scorecard.contract.mapping.reading import read_mappings
from scorecard.contract.reading import Reading
from scorecard.errors import WorkspaceError, raise_together
from scorecard.toml_files import Table, TomlFile, some_of

if TYPE_CHECKING:
    from pathlib import Path

MAPPINGS, SOURCES = "mappings", "sources.toml"


def reading_of(folder: Path) -> Reading:
    """How the sources of a folder are read; a folder without such files settles nothing."""
    return Reading(mappings=read_mappings(folder / MAPPINGS, load_contract()), precedence=_precedence(folder / SOURCES))


def settled_in(folder: Path) -> list[Path]:
    """The files that decide how sources are read."""
    files = [*sorted((folder / MAPPINGS).glob("*.toml")), folder / SOURCES]
    return [path for path in files if path.exists()]


def _precedence(path: Path) -> dict[str, tuple[str, ...]]:
    """By table, the layouts in the order in which they stand."""
    if not path.exists():
        return {}
    file = TomlFile(path, WorkspaceError)
    layouts = (LAYOUT, OWN_REPORTS.id, *(one.id for one in SHIPPED), *(one.id for one in VARIANTS))
    tables = {name: some_of("layouts", layouts) for name in load_contract().tables}
    form = Table("the file", {"precedence": Table("[precedence]", tables)}, is_frame=True)
    raise_together(file.faults(form))
    return {table: tuple(named) for table, named in file.data.get("precedence", {}).items()}
