"""Figures: a month's facts, the cases behind one, everything about one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorecard.cli.options import (
    DAY,
    MONTH,
    asked_part,
    asked_view,
    default_view,
    for_part,
    in_view,
    in_workspace,
    open_at,
)
from scorecard.facts.fact import FactKey
from scorecard.terminal import echo_utf8, formats, print_rows

if TYPE_CHECKING:
    from datetime import date

    from scorecard.calendar.periods import Period


@click.command()
@click.argument("period", type=MONTH)
@click.option(
    "--view",
    type=click.Choice(["first", "now"]),
    default="now",
    show_default=True,
    help="As first reported, or as known now.",
)
@click.option("--known", type=DAY, help="As known on that day, instead of now.")
@click.option("--indicator", "indicators", multiple=True, metavar="ID", help="Only this figure; may be given again.")
@for_part
@formats("table", "csv", "json", "parquet")
@click.option("--out", type=click.Path(path_type=Path), help="Where a parquet file goes.")
@in_workspace
def facts(
    period: Period,
    view: str,
    known: date | None,
    indicators: tuple[str, ...],
    part: str | None,
    form: str,
    out: Path | None,
    folder: Path,
) -> None:
    """Print a month's facts."""
    from scorecard.facts.reading import COLUMNS
    from scorecard.pack.context import View
    from scorecard.work.parts import part_rows
    from scorecard.work.views import facts_first, facts_now

    workspace = open_at(folder)
    if told_for := asked_part(part):
        rows = part_rows(workspace, period, told_for, View(view), known=known, indicators=indicators)
    elif view == "first":
        rows = facts_first(workspace, period, indicators=indicators)
    else:
        rows = facts_now(workspace, period, known=known, indicators=indicators)
    if form == "parquet":
        from scorecard.work.export import write_parquet

        click.echo(f"Written: {write_parquet(rows, out or Path(f'facts-{period}-{view}.parquet'))}")
    else:
        print_rows(COLUMNS, rows, form)


@click.command()
@click.argument("key")
@in_view
@formats("table", "csv", "json", "xlsx")
@click.option("--out", type=click.Path(path_type=Path), help="Where a workbook goes.")
@in_workspace
def cases(key: str, view: str | None, form: str, out: Path | None, folder: Path) -> None:
    """List the records behind a fact, one row for each thing in its denominator."""
    from scorecard.work.behind import behind
    from scorecard.work.explain import not_counted

    held = behind(open_at(folder), FactKey.parse(key), asked_view(view))
    found = held.cases
    if why := not_counted(held.fact) or held.gone:
        click.echo(why, err=True)
    if form == "xlsx":
        from scorecard.work.export import write_workbook

        name = key.replace("/", "_") + ".xlsx"
        click.echo(f"Written: {write_workbook(found.columns, found.rows, out or Path(name))}")
    else:
        print_rows(found.columns, found.rows, form)


@click.command()
@click.argument("key")
@in_view
@formats("table", "json")
@in_workspace
def explain(key: str, view: str | None, form: str, folder: Path) -> None:
    """Say everything about a fact: parts, definition, parameters, SQL, cases."""
    from scorecard.work.behind import behind
    from scorecard.work.explain import as_json, as_text

    found = behind(open_at(folder), FactKey.parse(key), asked_view(view))
    echo_utf8(as_json(found)) if form == "json" else click.echo(as_text(found))


@click.command()
@click.argument("period", type=MONTH)
@in_view
@click.option("--children", is_flag=True, help="Name the children of every line that is added or taken away.")
@formats("table", "csv", "json")
@in_workspace
def ties(period: Period, view: str | None, form: str, folder: Path, *, children: bool) -> None:
    """Say how each count at the month's end came from the one before, and whether the same children are counted."""
    from scorecard.work.ties import children_of, rows_of
    from scorecard.work.ties import ties as look

    workspace = open_at(folder)
    found = look(workspace, period, default_view(workspace, period, view))
    if children:
        print_rows(("figure", "line", "child", "times"), children_of(found, workspace.registry), form)
    else:
        print_rows(("figure", "line", "children", "ties"), rows_of(found, workspace.registry), form)
