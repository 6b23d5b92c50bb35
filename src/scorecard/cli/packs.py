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


@click.command()
@click.argument("period", type=MONTH)
@click.option("--format", "form", default="html", show_default=True, help="html; other formats come later.")
@click.option(
    "--audience", type=click.Choice(["internal", "public"]), default="internal", show_default=True, help="For whom."
)
@in_view
@click.option("--known", type=DAY, help="As known on that day, instead of now; with --view first, what stands beside.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="The folder it goes to; by default packs/ of the workspace."
)
@for_part
@in_workspace
def pack(
    period: Period,
    form: str,
    audience: str,
    view: str | None,
    known: date | None,
    out: Path | None,
    part: str | None,
    folder: Path,
) -> None:
    """Make a month's pack."""
    from scorecard.work.pack import make_pack, refuse_public

    if audience == "public":
        refuse_public()
    if form != "html":
        raise UsageError(
            f"The pack cannot be made as {form} yet.", remedy="Leave --format out, or write --format html."
        )
    workspace = open_at(folder)
    shown, written_to = default_view(workspace, period, view or ("now" if known else None)), out or folder / "packs"
    made = make_pack(workspace, period, shown, written_to, today(), asked_part(part), known)
    click.echo(f"Written: {made.resolve()}")
