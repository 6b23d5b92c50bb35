"""A mended mapping: replay it over the extracts that are kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from scorecard.cli.moves import moved_row
from scorecard.cli.options import MONTH, in_workspace, open_at, takes_over
from scorecard.terminal import formats, print_rows
from scorecard.words.grammar import plural

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.calendar.periods import Period
    from scorecard.work.remap import Done, MovedMonth, Plan

_COLUMNS = ("figure", "title", "first", "after", "counted first", "counted after")


@click.command()
@click.option("--from", "since", type=MONTH, help="The first month to look at; by default every one.")
@click.option("--because", "reason", default="The mapping was corrected.", help="Why; it stands with each revision.")
@click.option("--yes", "is_agreed", is_flag=True, help="Do it without asking.")
@formats("table", "json")
@takes_over
@in_workspace
def remap(since: Period | None, reason: str, is_agreed: bool, form: str, folder: Path) -> None:  # noqa: FBT001 - as Click gives it
    """Replay a mended mapping over kept extracts: show what moves and, once agreed, open revisions of those months."""
    from scorecard.work.remap import carry_out, plan

    workspace = open_at(folder)
    planned = plan(workspace, since)
    if form == "table":
        _print(planned)
        is_agreed = is_agreed or (bool(planned.snapshots or planned.months) and _agreed(planned))
    done = carry_out(workspace, planned, reason) if is_agreed else None
    if form == "json":
        click.echo(json.dumps(_as_data(planned, done), indent=1, ensure_ascii=False))
    elif done:
        _print_done(done)


def _agreed(planned: Plan) -> bool:
    count = len(planned.months)
    said = f"Map {len(planned.snapshots)} {plural(len(planned.snapshots), 'extract')} again"
    if click.confirm(f"{said} and open {count} {plural(count, 'revision')}?"):
        return True
    click.echo("Nothing was changed.")
    return False


def _print(planned: Plan) -> None:
    for one in planned.snapshots:
        rows = ", ".join(f"{count:,} in {column}" for column, count in one.rows.items())
        click.echo(f"{one.snapshot.id}: rows with another code: {rows}.")
    for month in planned.months:
        click.echo(f"{month.frozen.period.label}, {month.extract.id}:")
        print_rows(_COLUMNS, _figures(month), "table")
    for said in planned.cannot:
        click.echo(f"Not mapped again: {said}.")
    if not planned.snapshots and not planned.months:
        click.echo("No figure would move: the extracts say by this mapping what they said before.")


def _figures(month: MovedMonth) -> list[tuple[object, ...]]:
    """Every figure of a month that moves, with what was counted; a figure that one side lacks has nothing there."""
    return [
        (*moved_row(one), *(fact.numerator if fact else None for fact in (one.before, one.after)))
        for one in month.figures
    ]


def _print_done(done: Done) -> None:
    for one in done.snapshots:
        click.echo(f"Kept as {one.id}, in place of {one.remapped_from}; both stay.")
    for revision in done.revisions:
        click.echo(f"Revision {revision.revision} of {revision.period.label} is open; what was reported stands.")
    if done.revisions:
        click.echo(
            'Each counts when somebody else lets it: scorecard approve YYYY-MM --by "Name, role" --because "why"'
        )


def _as_data(planned: Plan, done: Done | None) -> dict[str, object]:
    names = [name.replace(" ", "_") for name in _COLUMNS]
    rows = [row for month in planned.months for row in _figures(month)]
    return {
        "snapshots": [{"id": one.snapshot.id, "rows": one.rows} for one in planned.snapshots],
        "figures": [dict(zip(names, row, strict=True)) for row in rows],
        "cannot": list(planned.cannot),
        "kept": [one.id for one in done.snapshots] if done else [],
        "revisions": [one.name for one in done.revisions] if done else [],
    }
