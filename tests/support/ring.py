"""How much of a promise is tried: a little in every run, all of it by `make deep`."""

from __future__ import annotations

import os

DEEP = bool(os.environ.get("SCORECARD_DEEP"))


def size(every_run: int, deep: int) -> int:
    """How many times a promise is tried in this run."""
    return deep if DEEP else every_run
