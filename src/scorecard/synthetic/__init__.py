"""The invented council: children living through services, and extracts of what was recorded by a day.

It shares no code with the indicators: `plan.toml` says how busy the council was, lives are drawn to fill that plan, and
every figure of a pack comes from counting the records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.synthetic.faults import PLANTED_FAULTS
from scorecard.synthetic.world import COUNCIL_NAME, World, live

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

__all__ = ["COUNCIL_NAME", "PLANTED_FAULTS", "World", "build", "write_extract"]


def build(seed: int = 1) -> World:
    """Draw the council's lives; another seed gives other children and days, and the same month's figures."""
    return live(seed)


def write_extract(world: World, as_at: date, folder: Path) -> None:
    """Write what the records said at the end of a day: one CSV file a table, named as the contract names it."""
    world.archive.write(as_at, folder)
