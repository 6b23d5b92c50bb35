"""Definitions: the registry, one of them tried on the newest extract, its SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorecard.cli.options import in_workspace, open_at, registry_at
from scorecard.errors import UsageError
from scorecard.terminal import echo_utf8, formats, print_rows

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("words", nargs=-1, metavar="[ID | new ID]")
@formats("table", "json")
@in_workspace
def indicators(words: tuple[str, ...], form: str, folder: Path) -> None:
    """The registry; one definition and what it counts; or a skeleton to fill (`indicators new ID`)."""
    from scorecard.work import listing

    match words:
        case ("new", name):
            from scorecard.work.new import new_indicator

            click.echo(f"Written: {new_indicator(folder, name)}")
            click.echo(f"Fill it in, then `scorecard indicators {name}` shows what it counts.")
        case ():
            print_rows(listing.COLUMNS, listing.measures(registry_at(folder)), form)
        case (name,):
            registry = registry_at(folder)
            click.echo(listing.definition(registry, name))
            click.echo(f"\n{listing.examples_run(registry, name)}")
            _preview(folder, name)
        case _:
            raise UsageError("Give one id, or `new` and an id.", remedy="scorecard indicators assessments_45wd")


def _preview(folder: Path, name: str) -> None:
    """Thirteen months of counts and ten cases, where an extract has been taken."""
    from scorecard.work.behind import thirteen_months
    from scorecard.work.workspace import SETTINGS

    if not (folder / SETTINGS).exists():
        return
    workspace = open_at(folder)
    found = thirteen_months(workspace, name)
    if found is None:
        click.echo("No extract has been taken yet, so there is nothing to count.")
        return
    click.echo("\nThe newest thirteen months:")
    print_rows(found.columns, found.months, "table")
    click.echo("\nTen of its cases, the newest first:")
    print_rows(found.cases.columns, found.cases.rows, "table")


@click.command()
@click.argument("name", metavar="ID")
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "postgres"]),
    default="duckdb",
    show_default=True,
    help="For which database.",
)
@click.option("--bare", is_flag=True, help="Without the preamble that makes it paste.")
@in_workspace
def sql(name: str, engine: str, bare: bool, folder: Path) -> None:  # noqa: FBT001 - a switch of the command line
    """Print an indicator's SQL as it runs."""
    from scorecard.work.listing import sql_as_run

    echo_utf8(sql_as_run(registry_at(folder), name, engine, bare=bare))
