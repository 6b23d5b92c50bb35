"""The invented council's workspace: monthly extracts, frozen months, the November 2021 pack."""

from __future__ import annotations

import shutil
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period, months_between
from scorecard.definitions.registry import LIBRARY
from scorecard.errors import RefusedError
from scorecard.pack.context import View
from scorecard.render.formats import Form
from scorecard.work.freeze import freeze
from scorecard.work.pack import make_pack
from scorecard.work.take import take
from scorecard.work.workspace import SETTINGS, open_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from pathlib import Path

    from scorecard.work.progress import Progress

PACK_MONTH = Period(2021, 11)

MONTHS = (*months_between(PACK_MONTH.back(12), PACK_MONTH), Period(2022, 5))
"""The months that are frozen: the thirteen of the pack's charts, and the newest, which says what is known since."""

_AT_A_TIME = 2


@dataclass(frozen=True)
class Demo:
    """Where to look."""

    folder: Path
    extract: Path
    pack: Path


def demo(
    folder: Path,
    write_extracts: Callable[[dict[Path, date]], Iterable[Path]],
    progress: Progress,
    produced_on: date,
) -> Demo:
    """Build the workspace in a folder that is empty, absent, or an earlier demo.

    `write_extracts` makes the extract of each folder as at its day, and gives each back when it is done; the invented
    council is handed in, since the real work knows nothing of it.
    """
    _make_room(folder)
    progress.begin(len(MONTHS) + 2)
    progress.step("Inventing a council's records")
    shutil.copytree(LIBRARY / "demo", folder, dirs_exist_ok=True)
    wanted = {folder / "extracts" / month.last_day.isoformat(): month.last_day for month in MONTHS}
    # Months do not depend on each other, and one keeps one processor busy: two are taken and frozen at a time.
    with ProcessPoolExecutor(_AT_A_TIME, get_context("spawn")) as helpers:
        begun = [
            helpers.submit(take_and_freeze, folder, extract, wanted[extract]) for extract in write_extracts(wanted)
        ]
        for done in as_completed(begun):
            progress.step(f"Took the extract of {done.result()} and froze the month")
    progress.step(f"Making the pack of {PACK_MONTH.label}")
    pack, *_ = make_pack(
        open_workspace(folder), PACK_MONTH, View.FIRST, folder / "packs", produced_on, forms=tuple(Form)
    )
    return Demo(folder, folder / "extracts" / PACK_MONTH.last_day.isoformat(), pack)


def take_and_freeze(folder: Path, extract: Path, as_at: date) -> str:
    """One month of the demo, in a process of its own; gives back the month's name."""
    workspace, month = open_workspace(folder), Period.holding(as_at)
    kept = take(workspace, extract, as_at)
    freeze(workspace, month, as_at.isoformat(), kept.snapshot)
    return month.label


def _make_room(folder: Path) -> None:
    """An earlier demo is replaced; anything else is left alone."""
    marker = folder / SETTINGS
    if folder.exists() and any(folder.iterdir()):
        if not marker.exists() or marker.read_bytes() != (LIBRARY / "demo" / SETTINGS).read_bytes():
            raise RefusedError(f"{folder} is not empty.", remedy="Name a new folder: `scorecard demo DIR`.")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
