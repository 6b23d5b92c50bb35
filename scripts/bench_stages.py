"""The stages `bench.py` measures, each run as `python scripts/bench_stages.py STAGE DIR`; prints what it took."""

from __future__ import annotations

import json
import re
import shutil
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from scorecard.calendar.periods import Period
from scorecard.contract.load import load_contract
from scorecard.contract.types import ColumnType, Table
from scorecard.definitions.registry import LIBRARY, load_registry
from scorecard.pack.context import View
from scorecard.synthetic import build, write_extract
from scorecard.work.freeze import freeze
from scorecard.work.pack import make_pack
from scorecard.work.take import take
from scorecard.work.views import count, months_shown, snapshot_for
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.definitions.indicator import Dimension, Indicator

LAST = Period(2022, 3)
"""Four years of records: April 2018 to March 2022."""

MONTHS = 24
SEED = 1
_MIB = 1 << 20


def prepare(folder: Path) -> str:
    """Make the extract of so many councils, and an empty workspace to take it into."""
    extract = folder / "extract"
    shutil.rmtree(folder / "workspace", ignore_errors=True)
    shutil.copytree(LIBRARY / "demo", folder / "workspace")
    write_extract(build(SEED), LAST.last_day, extract)
    councils = int((folder / "councils").read_text(encoding="utf-8"))
    if councils > 1:
        multiply(extract, councils)
    size = sum(path.stat().st_size for path in extract.iterdir())
    return f"extract of {size / _MIB:.0f} MiB"


def multiply(extract: Path, times: int) -> None:
    """Write every table so many times over, ids apart, as if the councils had one extract."""
    tables = load_contract().tables
    with duckdb.connect() as connection:
        for path in sorted(extract.glob("*.csv")):
            connection.execute(f"CREATE TABLE once AS {_read(path)}")
            over = _times_over(connection, tables[path.stem], times)
            connection.execute(f"COPY ({over}) TO '{path.as_posix()}' (HEADER)")
            connection.execute("DROP TABLE once")


def _read(path: Path) -> str:
    return f"SELECT * FROM read_csv('{path.as_posix()}', header = true, all_varchar = true)"  # noqa: S608 -- our own file


def _times_over(connection: duckdb.DuckDBPyConnection, table: Table, times: int) -> str:
    ids = {column.name for column in table.columns if column.type is ColumnType.ID}
    present = connection.table("once").columns
    columns = ", ".join(f'council || \'-\' || "{name}" AS "{name}"' if name in ids else f'"{name}"' for name in present)
    return f"SELECT {columns} FROM once, range({times}) AS councils(council)"  # noqa: S608 -- the contract's names


def measure_take(folder: Path) -> str:
    """Check and keep the extract."""
    workspace = open_workspace(folder / "workspace")
    kept = take(workspace, folder / "extract", LAST.last_day)
    return f"{sum(seal.rows for seal in kept.snapshot.tables.values()):,} rows kept"


def freeze_month(folder: Path) -> str:
    """Freeze the month to be drawn; not measured."""
    freeze(open_workspace(folder / "workspace"), LAST, date.isoformat(LAST.last_day))
    return ""


def measure_facts(folder: Path) -> str:
    """Count every fact of twenty-four months."""
    workspace = open_workspace(folder / "workspace")
    counted = count(workspace, snapshot_for(workspace, LAST), months_shown(LAST, MONTHS))
    found = counted.engine.connection.execute("SELECT count(*) FROM facts").fetchone()
    return f"{found[0] if found else 0:,} facts of {MONTHS} months"


def measure_render(folder: Path) -> str:
    """Draw the month's pack from the facts that were frozen."""
    made, *_ = make_pack(open_workspace(folder / "workspace"), LAST, View.FIRST, folder / "packs", LAST.last_day)
    return f"a page of {made.stat().st_size / 1024:,.0f} KiB"


def scan(folder: Path) -> str:
    """Read every value of the columns the definitions use, and nothing else."""
    workspace = open_workspace(folder / "workspace")
    snapshot = snapshot_for(workspace, LAST)
    read = 0
    with duckdb.connect() as connection:
        for table, columns in columns_used():
            if table in snapshot.tables and snapshot.tables[table].rows:
                # A hash of each value: a count or a greatest value would be answered from the file's footer.
                hashes = ", ".join(f'bit_xor(hash("{column}"))' for column in columns)
                path = snapshot.file(table).as_posix()
                connection.execute(f"SELECT {hashes} FROM read_parquet('{path}')").fetchall()  # noqa: S608 -- ours
                read += len(columns)
    return f"{read} columns"


def columns_used() -> Iterator[tuple[str, list[str]]]:
    """Each table the definitions name, with the columns they name."""
    registry = load_registry()
    defined: list[Indicator | Dimension] = [*registry.indicators.values(), *registry.dimensions.values()]
    everything = " ".join(each.sql for each in defined)
    words = set(re.findall(r"\w+", everything))
    for table in load_contract().tables.values():
        named = [column.name for column in table.loaded if column.name in words]
        if table.name in words and named:
            yield table.name, named


def peak_mebibytes() -> float:
    """The most memory this process has held; 0 where the system does not say."""
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"^VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"), flags=re.MULTILINE)
        return int(found[1]) / 1024 if found else 0.0
    try:
        import resource  # noqa: PLC0415 -- not on Windows
    except ImportError:
        return 0.0
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / _MIB if sys.platform == "darwin" else used / 1024


STAGES = {
    "prepare": prepare,
    "take": measure_take,
    "freeze": freeze_month,
    "facts": measure_facts,
    "render": measure_render,
    "scan": scan,
}


def main() -> None:
    """Run the stage named and print its time, its peak memory and what it did, as JSON."""
    stage, folder = STAGES[sys.argv[1]], Path(sys.argv[2])
    begun = time.perf_counter()
    note = stage(folder)
    seconds = time.perf_counter() - begun
    found = {"seconds": seconds, "processor": time.process_time(), "mebibytes": peak_mebibytes(), "note": note}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
