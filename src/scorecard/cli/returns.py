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
