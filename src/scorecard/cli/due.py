"""Lists for the people who do the work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorecard.cli.options import DAY, in_workspace, open_at, today
from scorecard.terminal import formats, print_report, print_rows

if TYPE_CHECKING:
    from datetime import date

    from scorecard.work.due import Lists


@click.command()
@click.argument("source", type=click.Path(path_type=Path), required=False)
@click.option("--on", "day", type=DAY, help="The day; by default today, or without SOURCE the newest extract's day.")
@click.option("--team", "teams", multiple=True, metavar="WORDS", help="Only teams with these words in their name.")
@click.option("--duty", "duties", multiple=True, metavar="WORDS", help="Only duties with these words in their name.")
@click.option("--within", "days", type=click.IntRange(0), default=14, show_default=True, help="How many days ahead.")
@click.option("--overdue", "late_only", is_flag=True, help="Only what is overdue.")
@formats("table", "csv", "json")
@click.option("--out", type=click.Path(path_type=Path), help="Write a workbook here, with a sheet for each team.")
@in_workspace
def due(
    source: Path | None,
    day: date | None,
    teams: tuple[str, ...],
    duties: tuple[str, ...],
    days: int,
    form: str,
    out: Path | None,
    folder: Path,
    *,
    late_only: bool,
) -> None:
    """List what is due and overdue, by team and worker: from an extract, or the newest one taken. Keeps nothing."""
    from scorecard.work.due_text import COLUMNS, as_rows, as_text, not_listed

    lists = _read(source, day, folder, duties).of_teams(teams)
    lists = lists.overdue() if late_only else lists.within(days)
    if out:
        from scorecard.work.due_workbook import write_due_workbook

        click.echo(f"Written: {write_due_workbook(lists, out)}")
    elif form == "table":
        click.echo(as_text(lists))
    else:
        print_rows(COLUMNS, as_rows(lists), form)
        for line in not_listed(lists):
            click.echo(line, err=True)


def _read(source: Path | None, day: date | None, folder: Path, duties: tuple[str, ...]) -> Lists:
    from scorecard.work.due import due_in_extract, due_in_workspace
    from scorecard.work.take import BlockedExtractError
    from scorecard.work.workspace import SETTINGS

    if source is None:
        return due_in_workspace(open_at(folder), day, duties)
    try:
        return due_in_extract(source, day or today(), open_at(folder) if (folder / SETTINGS).exists() else None, duties)
    except BlockedExtractError as error:
        print_report(error.report, "table")
        raise
