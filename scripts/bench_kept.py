"""What keeping costs: ten years of frozen figures and 24 kept extracts of one council, on the disk and in time.

`python scripts/bench_kept.py [--keep DIR]`; called by `make bench`. The newest 24 months are taken and frozen as a
council would; the figures of the years before are theirs again, moved back in time. Each measurement runs in a process
of its own, and stands beside a bare reading of the files it needs.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from scorecard.calendar.periods import Period, months_between
from scorecard.store.months import NOT_NEEDED
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from scorecard.store.months import FrozenMonth
    from scorecard.work.workspace import Workspace

LAST = Period(2022, 3)
TAKEN = 24
YEARS = 10
_MIB = 1 << 20


def prepare(folder: Path) -> str:
    """Take and freeze 24 months, and put the figures of eight years before them."""
    import shutil  # noqa: PLC0415 -- the measured stages start without what only this needs

    from scorecard.definitions.registry import LIBRARY  # noqa: PLC0415 -- see above
    from scorecard.synthetic import build, write_extract  # noqa: PLC0415 -- see above
    from scorecard.work.freeze import freeze  # noqa: PLC0415 -- see above
    from scorecard.work.take import take  # noqa: PLC0415 -- see above

    shutil.rmtree(folder / "workspace", ignore_errors=True)
    shutil.copytree(LIBRARY / "demo", folder / "workspace")
    workspace, world = open_workspace(folder / "workspace"), build(1)
    for month in months_between(LAST.back(TAKEN - 1), LAST):
        write_extract(world, month.last_day, folder / "extract")
        kept = take(workspace, folder / "extract", month.last_day)
        freeze(workspace, month, month.last_day.isoformat(), kept.snapshot)
    for back in range(TAKEN, YEARS * 12):
        _put_figures(workspace, workspace.months.all()[-1 - (back % TAKEN)], LAST.back(back))
    return f"{len(workspace.months.all())} frozen months, {len(workspace.snapshots.all())} extracts"


def _put_figures(workspace: Workspace, of: FrozenMonth, period: Period) -> None:
    """A month frozen long ago, whose records have been purged since: the figures of another, moved back in time."""
    moved = (of.period.year - period.year) * 12 + of.period.month - period.month

    def write(aside: Path) -> None:
        with duckdb.connect() as connection:
            shifted = connection.sql(
                "SELECT * REPLACE (strftime(CAST(period || '-01' AS DATE) - to_months(CAST(? AS INTEGER)), '%Y-%m')"
                " AS period) FROM read_parquet(?)",
                params=[moved, str(of.facts)],
            )
            shifted.write_parquet(str(aside / "facts.parquet"), compression="zstd")

    with workspace.store.writing():
        kept = workspace.months.keep(period, of.snapshot, period.last_day.isoformat(), of.rules, write)
        workspace.months.let_count(kept, NOT_NEEDED)


def disk(folder: Path) -> str:
    """How much lies where, a month and in all."""
    store = folder / "workspace" / "store"
    extracts, months = _bytes(store / "snapshots"), _bytes(store / "months")
    cases = sum(_bytes(path) for path in (store / "months").glob("*/*/cases"))
    return (
        f"{extracts / _MIB:.1f} MiB of extracts ({extracts / TAKEN / _MIB:.2f} each),"
        f" {(months - cases) / _MIB:.1f} MiB of figures ({(months - cases) / YEARS / 12 / _MIB:.2f} a month),"
        f" {cases / _MIB:.1f} MiB of cases"
    )


def unchanged(folder: Path) -> str:
    """Take the newest extract once more for the day after: what tables without a change add to the disk."""
    from scorecard.work.take import take  # noqa: PLC0415 -- see above

    workspace = open_workspace(folder / "workspace")
    before = _bytes(folder / "workspace" / "store" / "snapshots")
    take(workspace, folder / "extract", LAST.last_day + timedelta(1))
    added = _bytes(folder / "workspace" / "store" / "snapshots") - before
    return f"{added / 1024:,.0f} KiB added, where an extract takes {before / TAKEN / 1024:,.0f} KiB"


def opened(folder: Path) -> str:
    """Open the workspace and read the thirteen months a pack shows, as first reported."""
    from scorecard.pack.context import View  # noqa: PLC0415 -- see above
    from scorecard.work.views import facts_for_pack  # noqa: PLC0415 -- see above

    return f"{len(facts_for_pack(open_workspace(folder / 'workspace'), LAST, View.FIRST)):,} facts"


def one_month(folder: Path) -> str:
    """Count every figure of one month as now known."""
    from scorecard.work.views import facts_now  # noqa: PLC0415 -- see above

    return f"{len(facts_now(open_workspace(folder / 'workspace'), LAST)):,} facts"


def restated(folder: Path) -> str:
    """List every figure of the frozen months that is no longer what was first reported."""
    from scorecard.work.restated import THE_MONTH_ITSELF, told_apart  # noqa: PLC0415 -- see above

    workspace = open_workspace(folder / "workspace")
    months = [frozen.period for frozen in workspace.months.all() if frozen.has_cases]
    return f"{len(told_apart(workspace, months, asked=THE_MONTH_ITSELF)):,} figures of {len(months)} months restated"


def scan(folder: Path) -> str:
    """Read every byte of every Parquet file the store holds."""
    files = [*(folder / "workspace" / "store").rglob("*.parquet")]
    return f"{sum(len(path.read_bytes()) for path in files) / _MIB:.0f} MiB in {len(files):,} files"


STAGES = {
    "prepare": prepare,
    "disk": disk,
    "scan": scan,
    "open": opened,
    "month": one_month,
    "restated": restated,
    "unchanged": unchanged,
}


def _bytes(folder: Path) -> int:
    """What the files of a folder take, one that stands under two names once."""
    sizes = {(state.st_dev, state.st_ino): state.st_size for path in folder.rglob("*") if (state := path.stat())}
    return sum(sizes.values())


def _run(stage: str, folder: Path) -> tuple[float, str]:
    words = [sys.executable, "-X", "utf8", __file__, "--stage", stage, "--keep", str(folder)]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    seconds, note = json.loads(done.stdout.splitlines()[-1])
    return seconds, note


def main() -> int:
    """Run every stage in a process of its own, in a folder that is thrown away unless one is named."""
    reader = argparse.ArgumentParser(description="What ten years of figures and 24 extracts cost.")
    reader.add_argument("--keep", type=Path, help="a folder to work in and leave")
    reader.add_argument("--stage", choices=[*STAGES], help=argparse.SUPPRESS)
    asked = reader.parse_args()
    if asked.stage:
        begun = time.perf_counter()
        note = STAGES[asked.stage](asked.keep)
        print(json.dumps([time.perf_counter() - begun, note]))
        return 0
    with tempfile.TemporaryDirectory(prefix="scorecard-kept-", ignore_cleanup_errors=True) as scratch:
        folder = asked.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        found = {stage: _run(stage, folder) for stage in STAGES}
    print(f"\nTen years of figures and 24 extracts of one council: {found['prepare'][1]}")
    for stage in STAGES:
        seconds, note = found[stage]
        times = "" if stage in {"prepare", "disk"} else f"{seconds:7.2f} s {seconds / found['scan'][0]:7.1f} ×"
        print(f"  {stage:10}{times:20} {note}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
