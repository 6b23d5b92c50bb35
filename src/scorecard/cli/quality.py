"""What is to be mended in the records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorecard.cli.options import DAY, MONTH, in_workspace, open_at
from scorecard.errors import UsageError
from scorecard.terminal import formats, print_rows

if TYPE_CHECKING:
    from datetime import date

    from scorecard.calendar.periods import Period


@click.command()
@click.argument("period", type=MONTH, required=False)
@click.option("--as-at", "as_at", type=DAY, help="The day an extract speaks of; without it and PERIOD, the newest.")
@formats("table", "csv", "json")
@click.option("--out", type=click.Path(path_type=Path), help="Write a workbook here: the rows to mend, team by team.")
@in_workspace
def quality(period: Period | None, as_at: date | None, form: str, out: Path | None, folder: Path) -> None:
    """List the rules of data quality that records break, how often month by month, and who can mend them."""
    from scorecard.work.mending import mending
    from scorecard.work.mending_workbook import COLUMNS, months_of, rows_of, write_mending_workbook

    if period and as_at:
        raise UsageError("Both a month and a day are named.", remedy="Name the month, or the day with --as-at.")
    workspace = open_at(folder)
    told = mending(workspace, period, as_at)
    if out:
        click.echo(f"Written: {write_mending_workbook(told, out, workspace.authority.marking)}")
    elif form == "table":
        shown = len(COLUMNS) - 1
        print_rows(COLUMNS[:shown], [row[:shown] for row in rows_of(told)], form)
    else:
        print_rows((*COLUMNS, *months_of(told)), rows_of(told), form)
