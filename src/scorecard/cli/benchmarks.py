"""Published figures to compare with: brought in as downloaded, and listed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorecard.cli.options import DAY, in_workspace, open_at, today
from scorecard.terminal import formats, print_rows

if TYPE_CHECKING:
    from datetime import date

_A_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def benchmarks() -> None:
    """Published figures to compare with: bring a release in, and see what there is."""


@benchmarks.command("import")
@click.argument("files", type=_A_FILE, nargs=-1, required=True)
@click.option("--published", type=DAY, required=True, help="The day the release was published.")
@click.option("--council", metavar="NUMBER", help="The department's number of the council, such as 884.")
@click.option("--neighbours", type=_A_FILE, help="The list of statistical neighbours to use, as CSV.")
@click.option("--judgements", type=_A_FILE, help="Ofsted's judgements, as CSV.")
@in_workspace
def import_(
    files: tuple[Path, ...],
    published: date,
    council: str | None,
    neighbours: Path | None,
    judgements: Path | None,
    folder: Path,
) -> None:
    """Make figures to compare with of a DfE release as downloaded: its zip, or its CSV files.

    Council and lists are those of [benchmarks] in scorecard.toml unless they are named here.
    """
    from scorecard.work.benchmarks import import_release

    workspace = open_at(folder)
    said = workspace.compared_with
    whom = replace(
        said,
        council=council or said.council,
        neighbours=neighbours or said.neighbours,
        judgements=judgements or said.judgements,
    )
    brought = import_release(workspace, files, published, whom)
    click.echo(
        f"Written: {brought.path.resolve()} ({brought.figures} figures; sha256 of the files {brought.sha256[:12]})"
    )
    for told in brought.understood:
        click.echo(f"  read      {told}")
    for told in brought.left:
        click.echo(f"  not known {told}")


@benchmarks.command("list")
@click.option("--on", "day", type=DAY, help="As published by that day; by default today.")
@click.option("--measure", default="", metavar="ID", help="Of that figure alone.")
@formats("table", "csv", "json")
@in_workspace
def list_(day: date | None, measure: str, form: str, folder: Path) -> None:
    """List the figures there are to compare with, the latest vintage of each; csv and json say how each was made."""
    from scorecard.work.benchmarks import LIST_COLUMNS, SHORT_COLUMNS, comparator_rows

    columns = SHORT_COLUMNS if form == "table" else LIST_COLUMNS
    print_rows(columns, comparator_rows(open_at(folder), day or today(), columns, measure), form)
