"""What a source can feed: the first thing a new council runs; and what a workspace is made of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorecard.cli.options import SOURCE, in_workspace, open_at, today, with_days
from scorecard.terminal import echo_utf8, formats, print_rows, screen_width

if TYPE_CHECKING:
    from scorecard.cli.options import Days
    from scorecard.contract.reading import Source


@click.command()
@click.argument("sources", type=SOURCE, nargs=-1, required=True, metavar="SOURCE…")
@with_days("The day up to which the source speaks; by default the end of the month its records end in.")
@formats("table", "csv", "json")
@in_workspace
def coverage(sources: tuple[Source, ...], days: Days, form: str, folder: Path) -> None:
    """Say which figures of the pack a source can feed, and what the others need. Keeps nothing, and never blocks."""
    from scorecard.work.coverage import coverage as look
    from scorecard.work.coverage_text import COLUMNS, as_rows, as_text, judged_as_at

    found = look(sources, days.extract, today(), folder, days.of_tables)
    if form == "table":
        click.echo(as_text(found, screen_width()))
    else:
        print_rows(COLUMNS, as_rows(found), form)
        click.echo(judged_as_at(found), err=True)


@click.command()
@click.option("--out", type=click.Path(path_type=Path), help="Write it to this file, as Markdown.")
@in_workspace
def about(out: Path | None, folder: Path) -> None:
    """Print the workspace's own handbook: sources, mappings, what was settled, who did what, the months ahead."""
    from scorecard.store.disk import write_whole
    from scorecard.work.about import about as handbook

    text = handbook(open_at(folder), today())
    if out is None:
        echo_utf8(text)
        return
    write_whole(out, text.encode("utf-8"))
    click.echo(f"Written: {out.resolve()}")
