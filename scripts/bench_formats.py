"""What each format of one month's pack costs: seconds, as a multiple of the time the page takes, and size.

`python scripts/bench_formats.py [--workspace DIR]`; called by `make bench`. Without a workspace the invented council is
built first. Each format is made in a process of its own from one kept document, so that a library it loads counts.
"""

from __future__ import annotations

import argparse
import json
import pickle
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from scorecard.render.formats import Form

MOST_SECONDS = 30
"""What all formats of one month may take on two cores, the document among them."""

_FORM = """
import json, pickle, sys, time
from pathlib import Path
begun = time.perf_counter()
from scorecard.render.formats import Form, render
from scorecard.render.style import DEFAULT
document = pickle.loads(Path(sys.argv[1]).read_bytes())
loaded = time.perf_counter()
made = render(document, Form(sys.argv[2]), DEFAULT)
print(json.dumps([time.perf_counter() - loaded, sum(map(len, made.values()))]))
"""


def measure(kept: Path, form: Form) -> tuple[float, int]:
    """The seconds and bytes of one format."""
    words = [sys.executable, "-c", _FORM, str(kept), form]
    made = subprocess.run(words, check=True, capture_output=True)
    seconds, size = json.loads(made.stdout)
    return seconds, size


def keep_document(workspace: Path, kept: Path) -> float:
    """Lay the pack of November 2021 out and keep it; the seconds that takes."""
    from scorecard.calendar.periods import Period  # noqa: PLC0415 -- measured
    from scorecard.pack.context import View  # noqa: PLC0415 -- measured
    from scorecard.work.pack import document_of  # noqa: PLC0415 -- measured
    from scorecard.work.workspace import open_workspace  # noqa: PLC0415 -- measured

    begun = time.perf_counter()
    document = document_of(open_workspace(workspace), Period(2021, 11), View.FIRST, date(2021, 12, 10))
    took = time.perf_counter() - begun
    kept.write_bytes(pickle.dumps(document))
    return took


def main() -> int:
    """Measure every format, and say whether all together stay within what they may take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = asked.workspace or Path(folder) / "demo"
        if not asked.workspace:
            subprocess.run([sys.executable, "-m", "scorecard", "demo", str(workspace)], check=True)
        kept = Path(folder) / "document.pickle"
        laid_out = keep_document(workspace, kept)
        told = {form: measure(kept, form) for form in Form}
    page = told[Form.HTML][0]
    print(f"laid out: {laid_out:.1f} s ({laid_out / page:.1f} times the page)")
    for form, (seconds, size) in told.items():
        print(f"{form:>7}: {seconds:6.2f} s ({seconds / page:5.1f} times the page), {size / 1024:8,.0f} KiB")
    whole = laid_out + sum(seconds for seconds, _ in told.values())
    print(f"all: {whole:.1f} s; {'within' if whole <= MOST_SECONDS else 'MORE THAN'} {MOST_SECONDS} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
