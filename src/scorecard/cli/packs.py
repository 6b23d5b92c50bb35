"""The pack of a month."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorecard.cli.options import (
    DAY,
    MONTH,
    asked_part,
    default_view,
    for_part,
    in_view,
    in_workspace,
    open_at,
    today,
)
from scorecard.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from scorecard.calendar.periods import Period
    from scorecard.render.formats import Form


@click.command()
@click.argument("period", type=MONTH)
@click.option(
    "--format",
    "named",
    default="html",
    show_default=True,
    metavar="NAMES",
    help="Formats, with commas between, such as html,xlsx; or all.",
)
@click.option(
    "--send-as",
    "sent",
    type=click.Path(path_type=Path, file_okay=False),
    help="A folder for copies named by month, edition and marking, with a covering mail.",
)
@click.option("--lock", is_flag=True, help="With --send-as: ask for a password, and lock the PDF and the workbook.")
@click.option(
    "--audience", type=click.Choice(["internal", "public"]), default="internal", show_default=True, help="For whom."
)
@click.option("--only", type=click.Choice(["exceptions"]), help="Only what is an exception, on four pages.")
@in_view
@click.option("--known", type=DAY, help="As known on that day, instead of now; with --view first, what stands beside.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="The folder it goes to; by default packs/ of the workspace."
)
@for_part
@in_workspace
def pack(
    period: Period,
    named: str,
    sent: Path | None,
    audience: str,
    only: str | None,
    view: str | None,
    known: date | None,
    out: Path | None,
    part: str | None,
    folder: Path,
    *,
    lock: bool,
) -> None:
    """Make a month's pack."""
    from scorecard.pack.context import Edition
    from scorecard.work.pack import make_pack, refuse_public
    from scorecard.work.send import send

    if audience == "public":
        refuse_public()
    forms = _forms(named)
    if lock and not sent:
        raise UsageError("Only copies to be sent are locked.", remedy="Name a folder for them with --send-as.")
    password = click.prompt("Password for the files", hide_input=True, confirmation_prompt=True) if lock else ""
    workspace = open_at(folder)
    shown, written_to = default_view(workspace, period, view or ("now" if known else None)), out or folder / "packs"
    made = make_pack(
        workspace, period, shown, written_to, today(), asked_part(part), known, forms, Edition(only or "full")
    )
    for path in (*made, *(send(workspace, period, made, sent, password) if sent else ())):
        click.echo(f"Written: {path.resolve()}")


def _forms(named: str) -> tuple[Form, ...]:
    """The formats somebody named, each once."""
    from scorecard.render.formats import Form

    if named == "all":
        return tuple(Form)
    names = [one.strip() for one in named.lower().split(",") if one.strip()]
    unknown = [one for one in names if one not in list(Form)]
    if unknown or not names:
        known = ", ".join(Form)
        raise UsageError(
            f"The pack cannot be made as {', '.join(unknown) or 'nothing'}.", remedy=f"Formats are {known}."
        )
    return tuple(dict.fromkeys(map(Form, names)))
