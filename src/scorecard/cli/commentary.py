"""The words of the services: sent out as forms, taken back, and who has not answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorecard.cli.options import MONTH, in_workspace, open_at, today
from scorecard.terminal import formats, print_rows

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.calendar.periods import Period


@click.group()
def commentary() -> None:
    """What the services say of a month: ask them, take their words in, and see who has not answered."""


@commentary.command()
@click.argument("period", type=MONTH)
@click.option("--role", default="", help="Of that role alone.")
@formats("table", "csv", "json")
@in_workspace
def status(period: Period, role: str, form: str, folder: Path) -> None:
    """List who has not answered, by role and the day it is due."""
    from scorecard.work.commentary import STATUS_COLUMNS, status_rows

    print_rows(STATUS_COLUMNS, status_rows(open_at(folder), period, today(), role), form)
