"""The words of the services: sent out as forms, taken back, and who has not answered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorecard.cli.options import MONTH, default_view, in_view, in_workspace, open_at, today
from scorecard.terminal import formats, print_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.calendar.periods import Period
    from scorecard.work.commentary_reply import Remark
    from scorecard.work.workspace import Workspace


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


@commentary.command()
@click.argument("period", type=MONTH)
@click.option("--to", "role", default="", metavar="ROLE", help="To that role alone.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="The folder they go to; by default commentary/forms of the workspace.",
)
@in_view
@in_workspace
def send(period: Period, role: str, out: Path | None, view: str | None, folder: Path) -> None:
    """Write a form for each role, and the mail it goes with."""
    from scorecard.work.commentary_forms import send_forms

    workspace = open_at(folder)
    written_to = out or folder / "commentary" / "forms"
    for path in send_forms(workspace, period, default_view(workspace, period, view), written_to, role):
        click.echo(f"Written: {path.resolve()}")


@commentary.command()
@click.argument("files", type=click.Path(path_type=Path, exists=True, dir_okay=False), nargs=-1, required=True)
@click.option("--month", "period", type=MONTH, help="Refuse forms of any other month.")
@in_workspace
def read(files: tuple[Path, ...], period: Period | None, folder: Path) -> None:
    """Take in the words of forms that came back, and write each author an answer."""
    from scorecard.work.checking import remarks
    from scorecard.work.commentary_in import take_words

    def checked(workspace: Workspace, month: Period) -> Iterator[Remark]:
        return remarks(workspace, month, default_view(workspace, month, None))

    for taken in take_words(open_at(folder), files, today(), period, checked):
        answer = taken.answer
        again = " It had been read before, and changes nothing." if taken.is_repeated else ""
        click.echo(
            f"{answer.role}, {answer.period.label}, version {answer.version}: {len(answer.taken)} taken in,"
            f" {len(answer.remarks)} to look at again, {len(answer.promises)} promised.{again}"
        )
        click.echo(f"  Answer: {taken.reply.resolve()}")


@commentary.command()
@click.argument("period", type=MONTH)
@click.option("--all", "everything", is_flag=True, help="Also what the figures bear out, each with its figure.")
@formats("table", "csv", "json")
@in_view
@in_workspace
def check(period: Period, everything: bool, form: str, view: str | None, folder: Path) -> None:  # noqa: FBT001 - click's own flag
    """Hold the words of a month against its figures: each number, percentage and direction.

    The exit code is 1 where a figure says otherwise.
    """
    from scorecard.claims.claim import Verdict
    from scorecard.work.checking import CHECK_COLUMNS, check_rows

    workspace = open_at(folder)
    rows = check_rows(workspace, period, default_view(workspace, period, view), everything=everything)
    print_rows(CHECK_COLUMNS, rows, form)
    if any(row[1] == Verdict.CONTRADICTED for row in rows):
        raise SystemExit(1)
