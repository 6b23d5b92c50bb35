"""What changed since a month was first reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorecard.cli.options import DAY, MONTH, in_workspace, open_at
from scorecard.terminal import formats, print_rows

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from scorecard.calendar.periods import Period


@click.command()
@click.argument("period", type=MONTH, required=False)
@click.option("--indicator", "indicators", multiple=True, metavar="ID", help="Only this figure; may be given again.")
@click.option("--known", type=DAY, help="As known on that day, instead of now.")
@click.option(
    "--revision", type=int, metavar="N", help="From that revision of the month, instead of the one that counts."
)
@click.option("--windows", is_flag=True, help="Also years to date and rolling years, beside the month itself.")
@click.option("--parts", is_flag=True, help="Also the parts of each figure, such as teams and ages.")
@click.option(
    "--children", is_flag=True, help="Name the cases and children behind each line, by the council's own ids."
)
@formats("table", "csv", "json")
@in_workspace
def restated(
    period: Period | None,
    indicators: tuple[str, ...],
    known: date | None,
    revision: int | None,
    form: str,
    folder: Path,
    *,
    windows: bool,
    parts: bool,
    children: bool,
) -> None:
    """Say what changed since a month, or any frozen month, was first reported, and which records did it."""
    from scorecard.errors import UsageError
    from scorecard.work import restated_rows as rows
    from scorecard.work.restated import Asked, told_apart

    if period is None and (revision or children):
        raise UsageError("It is not said of which month.", remedy="Name one: `scorecard restated YYYY-MM`.")
    workspace = open_at(folder)
    registry = workspace.registry
    asked = Asked(indicators, parts, windows, how_late=period is not None, revision=revision)
    months = [period] if period else [month.period for month in workspace.months.all()]
    found = told_apart(workspace, months, known, asked)
    if children:
        print_rows(rows.BEHIND, rows.things(found.values()), form)
    elif period:
        print_rows(rows.BRIDGED, rows.bridged((one.restatement for one in found.values()), registry), form)
    else:
        print_rows(rows.LISTED, rows.listed((one.restatement for one in found.values()), registry), form)
