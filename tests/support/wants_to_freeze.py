"""A program that freezes October of whatever workspace it is told, one a line, and says how it went."""

from __future__ import annotations

import sys
from pathlib import Path

from kept import freeze, workspace_in

from scorecard.errors import ScorecardError

if __name__ == "__main__":
    sys.stdout.write("BEGUN\n")
    sys.stdout.flush()
    for line in sys.stdin:
        try:
            said = freeze(workspace_in(Path(line.strip())), 1, again=False)
        except ScorecardError as error:
            said = type(error).__name__
        sys.stdout.write(f"{said}\n")
        sys.stdout.flush()
