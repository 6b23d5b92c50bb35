"""Keeping what is kept: is every file as it was, is anything unsafe, and who did what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorecard.cli.options import in_workspace, open_at
from scorecard.errors import StoreError, raise_together
from scorecard.terminal import formats, print_rows, progress

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.option("--quick", is_flag=True, help="Compare every file with its seal, and count no month again.")
@formats("table", "json")
@in_workspace
def verify(folder: Path, form: str, quick: bool) -> None:  # noqa: FBT001 - an option
    """Check that everything kept is as it was, and that each frozen month is what its records come to."""
    from scorecard.work.verify import verify as check

    workspace = open_at(folder)
    with progress() as told:
        found = check(workspace, told, quick=quick)
    if form == "table":
        print_rows(("kept", "is"), found.rows, form)
        click.echo(f"{found.files} files and {len(workspace.store.ledger.all())} lines of the ledger were compared.")
    else:
        rows = [(*row, "") for row in found.rows]
        rows += [(fault.path, fault.problem, fault.remedy) for fault in found.faults]
        print_rows(("kept", "is", "to do"), rows, form)
    raise_together(found.problems)


@click.command()
@formats("table", "csv", "json")
@in_workspace
@click.pass_context
def doctor(context: click.Context, folder: Path, form: str) -> None:
    """Name what is unsafe about this workspace and the machine it lies on."""
    from scorecard.work.doctor import examine

    notes = examine(open_at(folder))
    rows = [("unsafe" if note.is_unsafe else "note", note.of, note.found, note.to_do) for note in notes]
    print_rows(("is", "of", "found", "to do"), rows, form)
    if any(note.is_unsafe for note in notes):
        context.exit(StoreError.exit_code)


@click.command()
@formats("table", "csv", "json")
@in_workspace
def ledger(folder: Path, form: str) -> None:
    """List who did what to the store, when and why."""
    rows = [
        (one.number, one.by.at[:16].replace("T", " "), one.by.person, one.by.machine, one.act, one.to, one.why)
        for one in open_at(folder).store.ledger.all()
    ]
    print_rows(("line", "when", "who", "machine", "what", "to", "why"), rows, form)
