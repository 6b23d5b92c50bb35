"""The invented council's workspace: monthly extracts, frozen months, the November 2021 pack."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period, months_between
from scorecard.definitions.registry import LIBRARY
from scorecard.errors import RefusedError
from scorecard.pack.context import View
from scorecard.work.freeze import freeze
from scorecard.work.pack import make_pack
from scorecard.work.take import take
from scorecard.work.workspace import SETTINGS, open_workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from scorecard.work.progress import Progress

FIRST_MONTH = Period(2020, 11)
"""The first month that is frozen: a year before the pack, so that its charts show every month as first reported."""

PACK_MONTH = Period(2021, 11)
LAST_MONTH = Period(2022, 5)


@dataclass(frozen=True)
class Demo:
    """Where to look."""

    folder: Path
    extract: Path
    pack: Path


def demo(
    folder: Path,
    write_extracts: Callable[[dict[Path, date]], None],
    progress: Progress,
    produced_on: date,
) -> Demo:
    """Build the workspace in a folder that is empty, absent, or an earlier demo.

    `write_extracts` makes the extract of each folder as at its day; the invented council is handed in, since the real
    work knows nothing of it.
    """
    _make_room(folder)
    months = months_between(FIRST_MONTH, LAST_MONTH)
    progress.begin(len(months) + 2)
    progress.step("Inventing a council's records")
    shutil.copytree(LIBRARY / "demo", folder, dirs_exist_ok=True)
    extracts = {month: folder / "extracts" / month.last_day.isoformat() for month in months}
    write_extracts({extract: month.last_day for month, extract in extracts.items()})
    workspace = open_workspace(folder)
    for month, extract in extracts.items():
        progress.step(f"Taking the extract of {month.label} and freezing the month")
        kept = take(workspace, extract, month.last_day)
        freeze(workspace, month, month.last_day.isoformat(), kept.snapshot)
    progress.step(f"Making the pack of {PACK_MONTH.label}")
    pack = make_pack(workspace, PACK_MONTH, View.FIRST, folder / "packs", produced_on)
    return Demo(folder, extracts[PACK_MONTH], pack)


def _make_room(folder: Path) -> None:
    """An earlier demo is replaced; anything else is left alone."""
    marker = folder / SETTINGS
    if folder.exists() and any(folder.iterdir()):
        if not marker.exists() or marker.read_bytes() != (LIBRARY / "demo" / SETTINGS).read_bytes():
            raise RefusedError(f"{folder} is not empty.", remedy="Name a new folder: `scorecard demo DIR`.")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
