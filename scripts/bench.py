"""Time and peak memory of the road from records to page: one council with four years of records, and twenty such.

`python scripts/bench.py [--councils 1 20] [--repeat N] [--keep DIR]`; what `make bench` calls. Each stage runs in a
process of its own, so its peak memory is its own, beside a bare scan by DuckDB of the columns the definitions read:
ratios from one run mean something on any machine, seconds only on this one.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import bench_stages

STAGES = ("scan", "take", "facts", "render")

SECONDS, MEBIBYTES = 5.0, 1024.0
"""What every fact of one council for twenty-four months may take on two cores."""


@dataclass(frozen=True)
class Measured:
    """What one stage took."""

    seconds: float
    processor: float
    mebibytes: float
    note: str

    def against(self, scan: Measured) -> str:
        """As printed, with its ratios to the bare scan."""
        times, memory = self.seconds / scan.seconds, self.mebibytes / scan.mebibytes if scan.mebibytes else 0.0
        return f"{self.seconds:9.2f} s {times:8.1f} ×   {self.mebibytes:7.0f} MiB {memory:6.1f} ×   {self.note}"


def run(stage: str, folder: Path, repeat: int = 1) -> Measured:
    """Run a stage in a process of its own, so often, and answer its quickest time and its greatest memory."""
    found = [_once(stage, folder) for _ in range(repeat)]
    best = min(found, key=lambda each: each.seconds)
    return Measured(best.seconds, best.processor, max(each.mebibytes for each in found), best.note)


def _once(stage: str, folder: Path) -> Measured:
    words = [sys.executable, "-X", "utf8", bench_stages.__file__, stage, str(folder)]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def bench(councils: int, folder: Path, repeat: int) -> None:
    """Prepare the records of so many councils, and print each stage beside the scan."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "councils").write_text(str(councils), encoding="utf-8")
    made = run("prepare", folder)
    print(f"\n{'One council' if councils == 1 else f'{councils} councils'}: {made.note}")
    found = {"take": run("take", folder)}
    run("freeze", folder)
    found |= {stage: run(stage, folder, repeat) for stage in STAGES if stage != "take"}
    for stage in STAGES:
        print(f"  {stage:7}{found[stage].against(found['scan'])}", flush=True)
    if councils == 1:
        print(f"  {_said(found['facts'])}")


def _said(facts: Measured) -> str:
    """Whether one council's facts are counted within what they may take, on the cores of this machine."""
    within = facts.seconds <= SECONDS and facts.mebibytes <= MEBIBYTES
    return (
        f"{facts.note} in {facts.seconds:.1f} s and {facts.mebibytes:.0f} MiB on {os.cpu_count()} cores"
        f" ({facts.processor:.1f} s of a processor, start and all):"
        f" {'within' if within else 'beyond'} {SECONDS:.0f} s and {MEBIBYTES:.0f} MiB"
    )


def main() -> int:
    """Run it, in a folder that is thrown away unless one is named."""
    reader = argparse.ArgumentParser(description="Time and memory from records to page.")
    reader.add_argument("--councils", type=int, nargs="+", default=[1, 20], help="of how many councils (default: 1 20)")
    reader.add_argument("--repeat", type=int, default=3, help="how often each quick stage runs; the best counts")
    reader.add_argument("--keep", type=Path, help="a folder to work in and leave")
    asked = reader.parse_args()
    print("Each beside a bare DuckDB scan of the columns the definitions read, from this run:")
    with tempfile.TemporaryDirectory(prefix="scorecard-bench-", ignore_cleanup_errors=True) as scratch:
        for councils in asked.councils:
            bench(councils, (asked.keep or Path(scratch)) / f"councils-{councils}", asked.repeat)
    return 0


if __name__ == "__main__":
    sys.exit(main())
