"""Totals without records: workbooks for those who supply them, and what has been given."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorecard.cli.options import MONTH, in_workspace, open_at
from scorecard.terminal import formats, print_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from scorecard.calendar.periods import Period
    from scorecard.work.workspace import Workspace


@click.command()
@click.option("--template", "period", type=MONTH, help="Write the workbooks of that month, one for each supplier.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="The folder they go to; by default supplied/ of the workspace."
)
@formats("table", "csv", "json")
@in_workspace
def supplied(period: Period | None, out: Path | None, form: str, folder: Path) -> None:
    """List the totals that were supplied, or write the workbooks to fill in."""
    from scorecard.work.supplied import SUPPLIED_COLUMNS, given_rows, write_forms

    workspace = open_at(folder)
    if period is None:
        print_rows(SUPPLIED_COLUMNS, given_rows(workspace), form)
        return
    for path in write_forms(workspace, period, out or folder / "supplied"):
        click.echo(f"Written: {path.resolve()}")


def keep_forms(workspace: Workspace, forms: Sequence[Path], today: date) -> None:
    """Keep what suppliers filled in and say what was kept."""
    from scorecard.work.supplied import asked_of, take_forms

    for kept in take_forms(workspace, forms, today):
        given = kept.given
        asked = asked_of(workspace, given.period, given.supplier)
        click.echo(
            f"Kept as {kept.id}: {len(given.figures)} of {asked} figures of {given.title} for {given.period.label},"
            f" supplied by {given.given_by}."
        )
        latest = workspace.supplies.get(given.period, given.supplier)
        if latest != kept:
            click.echo("  It had been taken before; one that was taken later stands in its place.")
        elif workspace.months.get(given.period):
            click.echo("  The month is frozen; freeze it again if these belong in what is first reported.")
