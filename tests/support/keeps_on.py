"""A program that takes and freezes until it is stopped: it says what it tries before, and what is done after.

`python keeps_on.py FOLDER FIRST LAST`: extracts, months and hand-overs of these numbers.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kept import OCTOBER, freeze, hand_over, take, workspace_in


def main(folder: Path, first: int, last: int) -> None:
    """Take over from whoever was stopped before, and keep one after another."""
    workspace = workspace_in(folder)
    store = workspace.store
    store.take_over()
    _say("BEGUN")
    for number in range(first, last):
        revision = len(store.months.revisions(OCTOBER)) + 1
        supplied = len(list(store.folder.glob("supplied/*/*/[0-9]*"))) + 1
        _say("TRY", f"2021-11-30-{number:08d}")
        _say("DONE", take(store, number))
        _say("TRY", f"{OCTOBER}/{revision}")
        _say("DONE", freeze(workspace, number))
        _say("TRY", f"supplied/{OCTOBER}/fostering/{supplied}")
        _say("DONE", hand_over(store, number, folder))


def _say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
