"""Months: keep one as first reported, see what is left to do, run one from extract to pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from scorecard.calendar.periods import Period
from scorecard.cli.moves import acceptances, accepting, print_moved
from scorecard.cli.options import MONTH, SOURCE, default_view, in_workspace, open_at, takes_over, today, with_days
from scorecard.cli.records import keep_extract
from scorecard.terminal import formats, print_rows

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.cli.options import Days
    from scorecard.contract.reading import Source
    from scorecard.store.months import FrozenMonth
    from scorecard.store.snapshots import Snapshot
    from scorecard.work.workspace import Workspace


@click.command()
@click.argument("period", type=MONTH)
@click.option("--again", is_flag=True, help="Count a frozen month anew, before anything of it was issued.")
@accepting
@click.option("--because", default="", help="Why a finding may stand, or why the month is frozen again.")
@formats("table", "csv", "json")
@takes_over
@in_workspace
def freeze(
    *, period: Period, again: bool, accept: tuple[str, ...], by: str, because: str, form: str, folder: Path
) -> None:
    """Keep a month as first reported; --again lists the figures that moved."""
    from scorecard.work.revise import moved

    workspace = open_at(folder)
    before = workspace.months.get(period)
    given = acceptances(accept, by, because)
    kept = keep_month(workspace, period, aside=form != "table", again=again, reason=because, accepting=given)
    if before:
        print_moved(moved(workspace, before, kept), form)


def keep_month(
    workspace: Workspace, period: Period, snapshot: Snapshot | None = None, *, aside: bool = False, **how: Any
) -> FrozenMonth:
    """Freeze a month and say so; `aside` where something else is to be read by a program."""
    from scorecard.work.freeze import freeze as keep

    kept = keep(workspace, period, workspace.by.at, snapshot, **how)
    click.echo(f"{period.label} is kept as first reported (revision {kept.revision}, from {kept.snapshot}).", err=aside)
    return kept


@click.command()
@click.argument("period", type=MONTH, required=False)
@formats("table", "json")
@in_workspace
def status(period: Period | None, form: str, folder: Path) -> None:
    """A month's checklist, and the next command to type."""
    from scorecard.work.status import checklist, next_command

    workspace = open_at(folder)
    month = period or Period.holding(today()).back(1)
    steps = checklist(workspace, month)
    if form == "table":
        click.echo(f"{workspace.authority.name}, {month.label}")
    rows = [("yes" if step.is_done else "no", step.title, step.detail, step.command) for step in steps]
    print_rows(("done", "step", "detail", "command"), rows, form)
    if form == "table":
        command = next_command(steps)
        click.echo(f"Next: {command}" if command else "Nothing is left to do.")


@click.command()
@click.argument("period", type=MONTH)
@click.argument("sources", type=SOURCE, nargs=-1, required=True, metavar="SOURCE…")
@with_days("The day up to which the extract speaks; by default the month's last.")
@click.option("--again", is_flag=True, help="Freeze a month anew that is frozen from another extract.")
@takes_over
@in_workspace
def month(*, period: Period, sources: tuple[Source, ...], days: Days, again: bool, folder: Path) -> None:
    """Run a month: take, freeze, pack, up to the first thing a person must decide."""
    from scorecard.work.pack import make_pack

    workspace = open_at(folder)
    snapshot = keep_extract(workspace, sources, days.extract or period.last_day, days.of_tables)
    frozen = workspace.months.get(period)
    if frozen and frozen.snapshot == snapshot.id:
        click.echo(f"{period.label} is frozen from it already (revision {frozen.revision}).")
    else:
        keep_month(workspace, period, snapshot, again=again)
    made, *_ = make_pack(workspace, period, default_view(workspace, period, None), folder / "packs", today())
    click.echo(f"Written: {made.resolve()}")


@click.command("new-year")
@click.argument("year", type=click.IntRange(2000, 2100))
@formats("table", "csv", "json")
@in_workspace
def new_year(year: int, form: str, folder: Path) -> None:
    """List what to confirm before 1 April of a year: targets, standards, population, bank holidays."""
    from scorecard.work.new_year import to_confirm

    rows = [(one.what, one.stands, one.to_do, one.file) for one in to_confirm(open_at(folder), year)]
    print_rows(("what", "stands", "to do", "file"), rows, form)
