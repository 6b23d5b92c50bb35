"""Records leave: those older than the council keeps them, those of a child who is to be erased or has two ids."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

import click

from scorecard.cli.options import MONTH, in_workspace, open_at, takes_over, today
from scorecard.errors import StoreError, UsageError
from scorecard.terminal import print_rows
from scorecard.words.grammar import plural

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.calendar.periods import Period
    from scorecard.work.children import Changed
    from scorecard.work.workspace import Workspace

for_good = click.option("--yes", is_flag=True, help="Do it. Without this it is only said what would be done.")
from_file = click.option(
    "--from",
    "file",
    type=click.File("r", encoding="utf-8"),
    help="Read it from a file, or from - for standard input, instead of asking for it.",
)
reason = click.option("--why", default="", metavar="TEXT", help="A reference for the ledger, without the child's id.")


@click.command()
@click.option("--before", type=MONTH, help="Records from before this month; by default those older than the setting.")
@for_good
@takes_over
@in_workspace
def purge(before: Period | None, folder: Path, *, yes: bool) -> None:
    """Take records away that are older than the council keeps them; figures, seals and the ledger stay."""
    from scorecard.work.purge import kept_from, older
    from scorecard.work.purge import purge as take_away

    workspace = open_at(folder)
    first = kept_from(workspace, today(), before)
    found = take_away(workspace, first, today()) if yes else older(workspace, first)
    if found:
        print_rows(("records", "files"), [(one.what, len(one.files)) for one in found], "table")
    said = "" if not found else " They are gone." if yes else " Nothing was changed: --yes takes them away."
    click.echo(f"{len(found) or 'No'} {_plural(found)} from before {first.label}.{said}")
    _lying(workspace)


@click.command()
@from_file
@reason
@for_good
@takes_over
@in_workspace
def erase(file: IO[str] | None, why: str, folder: Path, *, yes: bool) -> None:
    """Take every record of one child out of all that is kept; asks for the id and shows it nowhere."""
    from scorecard.work import children

    workspace = open_at(folder)
    (child,) = _ids(file, ("The child's id",), why)
    found = children.erase(workspace, child, today(), why) if yes else children.find(workspace, child)
    _must_be_there(found)
    _say(workspace, found, "were erased" if yes else "would be erased", yes=yes)


@click.command()
@from_file
@reason
@for_good
@takes_over
@in_workspace
def merge(file: IO[str] | None, why: str, folder: Path, *, yes: bool) -> None:
    """Put the records of one id of a child under another of the same child's; asks for both and shows neither."""
    from scorecard.work import children

    workspace = open_at(folder)
    gone, kept = _ids(file, ("The id that is given up", "The id that stays"), why)
    if gone == kept:
        raise UsageError("Both ids are the same.", remedy="Give the one that is given up, then the one that stays.")
    found = children.find(workspace, gone)
    _must_be_there(found)
    _must_be_there(children.find(workspace, kept))
    if yes:
        found = children.merge(workspace, gone, kept, today(), why)
    _say(workspace, found, "were put under the other id" if yes else "would be put under the other id", yes=yes)


def _ids(file: IO[str] | None, asked: tuple[str, ...], why: str) -> tuple[str, ...]:
    """What is asked for: a line each of a file, or typed twice without being shown."""
    if file is None:
        found = tuple(click.prompt(one, hide_input=True, confirmation_prompt=True, err=True).strip() for one in asked)
    else:
        found = tuple(line.strip() for line in file if line.strip())
    if len(found) != len(asked):
        lines = " and then ".join(asked).lower()
        raise UsageError(f"The file holds {len(found)} lines.", remedy=f"Write {lines}, each on a line of its own.")
    if any(one in why for one in found):
        raise UsageError("--why holds the child's id.", remedy="Write a reference that names no child.")
    return found


def _must_be_there(found: Changed) -> None:
    if not found.files:
        raise StoreError(
            "No record of that child is kept here.", remedy="Is the id written as in the extracts? Nothing was changed."
        )


def _say(workspace: Workspace, found: Changed, done: str, *, yes: bool) -> None:
    files = len(found.files)
    click.echo(f"{found.rows:,} {plural(found.rows, 'row')} in {files} {plural(files, 'file')} {done}.")
    click.echo("Figures that were reported stay as they are." if yes else "Nothing was changed: --yes does it.")
    _lying(workspace)


def _lying(workspace: Workspace) -> None:
    """What the store does not keep, a person must look at."""
    from scorecard.work.purge import lying_beside

    found = lying_beside(workspace)
    if found:
        click.echo("These lie in the workspace besides, and may hold records; the program leaves them to you:")
    for name, files in found:
        click.echo(f"  {name}: {files} {plural(files, 'file')} of data")


def _plural(found: tuple[object, ...]) -> str:
    return "extract or freeze has records" if len(found) == 1 else "extracts and freezes have records"
