"""What earlier packs printed comes in, marked as what it is."""

from __future__ import annotations

from pathlib import Path

import click

from scorecard.cli.options import in_workspace, open_at, takes_over, today
from scorecard.errors import RefusedError, UsageError
from scorecard.words.grammar import plural


@click.command("import-history")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--by", metavar="NAME", default="", help="Who enters the figures; by default who is signed in.")
@click.option("--document", metavar="TEXT", default="", help="Where they were printed; by default the file's name.")
@click.option("--template", "as_template", is_flag=True, help="Write a workbook to fill in.")
@click.option("--out", type=click.Path(path_type=Path), help="Where that goes; by default past-figures.xlsx.")
@takes_over
@in_workspace
def import_history(
    file: Path | None, by: str, document: str, out: Path | None, folder: Path, *, as_template: bool
) -> None:
    """Keep what earlier packs printed, from a CSV file or a workbook with a row a measure and a column a month."""
    from scorecard.store.disk import write_whole
    from scorecard.work.imported import import_history as bring
    from scorecard.work.imported import template

    workspace = open_at(folder)
    if as_template:
        path = out or folder / "past-figures.xlsx"
        if path.exists():
            raise RefusedError(f"{path} is there already.", remedy="Move it away, or name another with --out.")
        write_whole(path, template(workspace, today()))
        click.echo(f"Written: {path.resolve()}")
        return
    if file is None:
        raise UsageError("No file is named.", remedy="Name the file of past figures, or add --template to begin one.")
    brought = bring(workspace, file, today(), by, document)
    count = len(brought.kept.given.figures)
    click.echo(f"Kept as {brought.kept.id}: {count} past {plural(count, 'figure')}, imported.")
    for note in brought.notes:
        click.echo(f"  {note}")
