"""Returns: the same records in the layouts that are sent, and what was sent laid against the pack."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorecard.cli.options import DAY, MONTH, in_workspace, open_at
from scorecard.terminal import print_rows

if TYPE_CHECKING:
    from datetime import date

    from scorecard.calendar.periods import Period

in_layout = click.option("--layout", required=True, help="annex-a, ssda903 or cin-census.")


@click.command()
@in_layout
@click.option("--month", "period", type=MONTH, help="As at the end of this month.")
@click.option("--as-at", type=DAY, help="As at this day, from the newest extract that reaches it.")
@click.option("--out", type=click.Path(path_type=Path), default=Path(), help="The folder it goes into.")
@in_workspace
def export(layout: str, period: Period | None, as_at: date | None, out: Path, folder: Path) -> None:
    """Write the records in the layout of a return, for reconciliation, not submission."""
    from scorecard.work.returns import export as write

    written = write(open_at(folder), layout, period, as_at, out)
    print_rows(("list", "rows"), [(sheet.title or sheet.name, len(sheet.rows)) for sheet in written.sheets], "table")
    click.echo(f"Written: {written.path} (from {written.snapshot.id}, for reconciliation, not submission)")


@click.command()
@click.argument("source", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--month", "period", type=MONTH, help="As at the end of this month, as first reported where it is frozen."
)
@click.option("--as-at", type=DAY, help="As at this day, from the newest extract that reaches it.")
@click.option("--now", is_flag=True, help="As known now, also where the month is frozen.")
@click.option("--out", type=click.Path(path_type=Path), help="A workbook that names each child that differs.")
@in_workspace
def reconcile(
    source: Path, period: Period | None, as_at: date | None, out: Path | None, folder: Path, *, now: bool
) -> None:
    """Lay a return the council sends beside the records and the pack, list by list."""
    from scorecard.work.reconcile import reconcile as lay_beside
    from scorecard.work.reconcile_report import as_text, write_workbook

    found = lay_beside(open_at(folder), source, period, as_at, now=now)
    click.echo(as_text(found))
    if out:
        click.echo(f"Written, by the numbers of the children: {write_workbook(found, out)}")
