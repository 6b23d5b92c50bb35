"""Published statistics brought in: read as downloaded, made into figures to compare with, kept in the workspace."""

from __future__ import annotations

import csv
import gzip
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.benchmarks.compared import Council, comparators_of
from scorecard.benchmarks.groups import read_judgements, read_neighbours
from scorecard.benchmarks.published import Level, Table, is_published, populations_of, table_of, values_of
from scorecard.benchmarks.series import published_series
from scorecard.contract.sources.piece import UnreadableError
from scorecard.contract.sources.zip_file import BROKEN, opened_zip
from scorecard.errors import Place, RefusedError, UsageError, WorkspaceError
from scorecard.findings.comparator_files import SHIPPED, comparators_as_text, load_comparators
from scorecard.store.disk import write_whole
from scorecard.text_files import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from scorecard.benchmarks.groups import ComparedWith
    from scorecard.benchmarks.published import Populations
    from scorecard.findings.comparators import Comparator
    from scorecard.work.workspace import Workspace

LIST_COLUMNS = ("measure", "area", "label", "value", "period", "kind", "published", "members", "method", "source")
"""The columns of the figures there are to compare with."""
SHORT_COLUMNS = ("measure", "label", "value", "period", "published", "members")
"""Those of them that fit on a screen."""

_LARGEST = 200_000_000
_LONDON = "E12000007"


@dataclass(frozen=True)
class Brought:
    """What a release gave: the file that was written, the tables that were understood, and those that were not."""

    path: Path
    sha256: str
    figures: int
    understood: tuple[str, ...]
    left: tuple[str, ...]


def import_release(workspace: Workspace, paths: Sequence[Path], published: date, whom: ComparedWith) -> Brought:
    """Read the tables of one release, published on a day; of one that is there already nothing is written over."""
    target = workspace.folder / "benchmarks" / f"{paths[0].name.split('.')[0]}-{published}.csv"
    if target.exists():
        remedy = "A release never changes: move that file away if it was read wrongly."
        raise RefusedError(f"{target.name} is there already.", remedy=remedy, at=Place(target))
    tables = [(path, table) for given in paths for path, table in _tables(given)]
    council = _council(whom, [table for _, table in tables if is_published(table.columns)], paths[0])
    populations = {
        area: number
        for path, table in tables
        if is_published(table.columns)
        for area, number in populations_of(table, path).items()
    }
    understood, left = list[str](), list[str]()
    found: list[Comparator] = []
    for path, table in tables:
        made = list(_made(path, table, council, published, populations))
        names = sorted({one.measure for one in made})
        if names:
            understood.append(f"{table.name}: {', '.join(names)}")
        elif "population_estimate" in table.columns:
            understood.append(f"{table.name}: children of each area")
        else:
            left.append(table.name)
        found += made
    if not found:
        remedy = "Give the release as it is downloaded: its zip, or the CSV files of its data folder."
        raise WorkspaceError("No table of these files is one that is known.", remedy=remedy, at=Place(paths[0]))
    write_whole(target, comparators_as_text(found).encode("utf-8"))
    digest = hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in paths)).hexdigest()
    return Brought(target, digest, len(found), tuple(understood), tuple(left))


def _made(
    path: Path, table: Table, council: Council, published: date, populations: Populations
) -> Iterator[Comparator]:
    if is_published(table.columns):
        for series in published_series():
            if series.fits(table.columns):
                yield from comparators_of(series, values_of(series, table, path, populations), council, published)


def _tables(path: Path) -> Iterator[tuple[Path, Table]]:
    """The tables of a file, each with where it stands: a CSV, one that is packed, or all of a zip."""
    try:
        for place, text in _texts(path):
            yield place, table_of(place.name, text)
    except UnreadableError as error:
        raise WorkspaceError(error.finding.problem, remedy="Give its CSV files.", at=Place(path)) from None
    except (*BROKEN, csv.Error):
        raise WorkspaceError("The file cannot be read.", remedy="Download it again.", at=Place(path)) from None


def _texts(path: Path) -> Iterator[tuple[Path, str]]:
    if path.suffix == ".zip":
        with opened_zip(path) as parts:
            for name in sorted(one for one in parts.namelist() if one.casefold().endswith(".csv")):
                yield path / name.rpartition("/")[2], parts.read(name).decode("utf-8-sig")
    elif path.suffix == ".gz":
        with gzip.GzipFile(path) as packed:
            data = packed.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            remedy = "Give the tables you need, one file each."
            problem = f"The file holds more than {_LARGEST // 1_000_000} megabytes."
            raise WorkspaceError(problem, remedy=remedy, at=Place(path))
        yield path, data.decode("utf-8-sig")
    else:
        yield path, text_of(path)


def _council(whom: ComparedWith, tables: list[Table], first: Path) -> Council:
    """The council as the tables have it: its name and region stand beside its number."""
    if not whom.council:
        remedy = "Name the council: --council 884, or council under [benchmarks] in scorecard.toml."
        raise UsageError("It is not said whose figures are wanted.", remedy=remedy)
    rows = [row for table in tables for row in table.rows if row["geographic_level"] == Level.COUNCIL]
    own = next((row for row in rows if row["old_la_code"] == whom.council), None)
    if rows and own is None:
        remedy = "Give the department's own number of the council, three digits: it is the column old_la_code."
        raise WorkspaceError(f"No table has a council of the number {whom.council}.", remedy=remedy, at=Place(first))
    near = read_neighbours(whom.neighbours) if whom.neighbours else {}
    if whom.neighbours and whom.council not in near:
        problem = f"The list has no council of the number {whom.council}."
        raise WorkspaceError(problem, remedy="Give the list that names it.", at=Place(whom.neighbours))
    region = own["region_code"] if own else ""
    return Council(
        code=whom.council,
        name=own["la_name"] if own else "",
        region=_LONDON if region.startswith("E13") else region,
        neighbours=near.get(whom.council, ()),
        judgements=read_judgements(whom.judgements, whom.judged_by) if whom.judgements else (),
        judged_by=whom.judged_by,
        or_better=whom.or_better,
        numbers={row["new_la_code"]: row["old_la_code"] for row in rows if row.get("new_la_code")},
    )


def comparator_rows(workspace: Workspace, day: date, columns: Sequence[str], measure: str = "") -> list[list[str]]:
    """Every figure there is to compare with on a day, the latest vintage of each, in some of `LIST_COLUMNS`."""
    own = workspace.folder / "benchmarks"
    held = load_comparators(SHIPPED, *([own] if own.is_dir() else []))
    measures = sorted({one.measure for one in held if measure in {"", one.measure}})
    told = (_told(one) for name in measures for one in held.latest(name, day))
    return [[row[column] for column in columns] for row in told]


def _told(one: Comparator) -> dict[str, str]:
    members = f"{one.members_used} of {one.members}" if one.members is not None else ""
    return {
        **{name: str(getattr(one, name)) for name in ("measure", "area", "label", "value", "published", "method")},
        "period": one.period_words,
        "kind": one.period_kind,
        "members": members,
        "source": one.source,
    }
