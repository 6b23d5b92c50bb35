"""What is sent, and what is put right after: an edition sealed, a revision opened, a revision let count."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorecard.cli.moves import acceptances, accepting, moved_row, print_moved
from scorecard.cli.options import MONTH, in_workspace, open_at, takes_over, today
from scorecard.terminal import formats, print_rows

if TYPE_CHECKING:
    from scorecard.calendar.periods import Period
    from scorecard.work.issue import Changes
    from scorecard.work.workspace import Workspace


@click.command()
@click.argument("period", type=MONTH)
@click.option(
    "--file",
    "files",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A file that was sent; may be repeated. By default the council's pack as first reported.",
)
@click.option("--to", "recipients", multiple=True, help="Who it went to, as you type it; may be repeated.")
@click.option("--because", default="", help="Why it is issued once more: a new edition needs a reason.")
@click.option("--list", "listed", is_flag=True, help="List the editions there are; nothing is issued.")
@formats("table", "csv", "json")
@takes_over
@in_workspace
def issue(
    *,
    period: Period,
    files: tuple[Path, ...],
    recipients: tuple[str, ...],
    because: str,
    listed: bool,
    form: str,
    folder: Path,
) -> None:
    """Seal what was sent of a month: every file, the words with their authors, and the recipients."""
    from scorecard.work.issue import issue as seal
    from scorecard.work.revise import open_revisions

    workspace = open_at(folder)
    if listed:
        _list_editions(workspace, period, form)
        return
    if waiting := open_revisions(workspace, period):
        click.echo(f"Revision {waiting[-1].revision} of {period.label} is open, and is not what is issued.", err=True)
    done = seal(workspace, period, today(), files, recipients, because)
    if done.made_anew:
        said = "The pack was made for it: there was none of the freeze that counts, with the words as they are."
        click.echo(said, err=True)
    sent = done.edition.sent
    to = f", to {'; '.join(sent.recipients)}" if sent.recipients else ", to nobody named: --to names them"
    click.echo(f"{period.label} is issued: edition {done.edition.number}, of revision {sent.revision}{to}.", err=True)
    if done.changes:
        _print_changes(done.changes, form)
    else:
        print_rows(("file", "sha256"), sorted(done.edition.seals.items()), form)


@click.command()
@click.argument("period", type=MONTH)
@click.option("--because", required=True, help="Why it is counted again: what was wrong, in a sentence.")
@click.option(
    "--cause",
    type=click.Choice(["error", "mapping", "definition"]),
    default="error",
    show_default=True,
    help="What is put right.",
)
@accepting
@formats("table", "csv", "json")
@takes_over
@in_workspace
def revise(period: Period, because: str, cause: str, accept: tuple[str, ...], by: str, form: str, folder: Path) -> None:
    """Count an issued month again, and list the figures that would move; nothing counts until it is approved."""
    from scorecard.work.revise import CAUSES, moved
    from scorecard.work.revise import revise as count_again
    from scorecard.work.views import frozen_month

    workspace = open_at(folder)
    before = frozen_month(workspace, period)
    opened = count_again(workspace, period, CAUSES[cause], because, acceptances(accept, by, because))
    click.echo(f"Revision {opened.revision} of {period.label} is open, from {opened.snapshot}.", err=True)
    print_moved(moved(workspace, before, opened), form)
    click.echo(
        f'It counts when somebody else lets it: scorecard approve {period} --by "Name, role" --because "why"', err=True
    )


@click.command()
@click.argument("period", type=MONTH)
@click.option("--revision", type=click.IntRange(1), help="Which; by default the newest that is open.")
@click.option("--by", required=True, help="Who approves it: name and role. Not whoever opened it.")
@click.option("--because", required=True, help="Why it may count.")
@takes_over
@in_workspace
def approve(period: Period, revision: int | None, by: str, because: str, folder: Path) -> None:
    """Let a revision count for its month; what was reported before stays beside it."""
    from scorecard.store.months import Approval
    from scorecard.work.revise import approve as let
    from scorecard.work.revise import opened_by

    workspace = open_at(folder)
    done = let(workspace, period, Approval(by, because), revision)
    click.echo(f"Revision {done.revision} of {period.label} counts, approved by {by}.")
    opener = opened_by(workspace, done)
    if not opener or opener == workspace.by.person:
        who = f"Whoever is signed in as {opener} opened it as well" if opener else "It is not known who opened it"
        click.echo(f"{who}: that {by} is somebody else rests on your word.", err=True)
    if workspace.store.issues.latest(period):
        click.echo(f'Next: scorecard issue {period} --because "{because}"')


def _list_editions(workspace: Workspace, period: Period, form: str) -> None:
    rows = [
        (
            one.number,
            one.sent.revision,
            one.sent.issued_at[:16].replace("T", " "),
            one.sent.issued_by,
            "; ".join(one.sent.recipients),
            len(one.seals),
            one.sent.reason,
        )
        for one in workspace.store.issues.editions(period)
    ]
    print_rows(("edition", "revision", "issued", "by", "to", "files", "because"), rows, form)


def _print_changes(changes: Changes, form: str) -> None:
    """What differs from the edition before: files, words and figures."""
    rows: list[tuple[str, str, object, object]] = [("file", name, "", what) for name, what in changes.files.items()]
    rows += [("words", name, "", what) for name, what in changes.words.items()]
    rows += [("figure", key, before, after) for key, _, before, after in map(moved_row, changes.figures)]
    print_rows(("of", "what", "before", "after"), rows, form)
