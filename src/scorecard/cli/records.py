"""Records come in: look at an extract, keep it; the contract it is held to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorecard.cli.options import SOURCE, in_workspace, open_at, takes_over, today, with_days
from scorecard.cli.supplied import keep_forms
from scorecard.errors import UsageError
from scorecard.terminal import echo_utf8, formats, print_report
from scorecard.words.grammar import plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from scorecard.cli.options import Days
    from scorecard.contract.reading import Source
    from scorecard.store.snapshots import Snapshot
    from scorecard.work.workspace import Workspace


@click.command()
@click.argument("sources", type=SOURCE, nargs=-1, required=True, metavar="SOURCE…")
@with_days("The day the extract was made for; days after it are questioned.")
@click.option(
    "--write-mapping",
    "drafts",
    is_flag=False,
    flag_value="",
    metavar="[DIR]",
    help="Also draft mapping files of what nobody has mapped, into DIR or the workspace's mappings.",
)
@formats("table", "json")
@in_workspace
def check(sources: tuple[Source, ...], days: Days, drafts: str | None, form: str, folder: Path) -> None:
    """Say what each file was taken for and everything that is wrong with an extract; changes nothing."""
    from scorecard.work.sources import MAPPINGS, reading_of
    from scorecard.work.take import check as look

    report = look(sources, days.extract, replace(reading_of(folder), as_at_of=days.of_tables))
    print_report(report, form)
    if drafts is not None:
        _draft(sources, folder, Path(drafts) if drafts else folder / MAPPINGS)
    if report.blocks:
        raise click.exceptions.Exit(11)


def _draft(sources: Sequence[Source], folder: Path, into: Path) -> None:
    from scorecard.work.drafts import write_drafts
    from scorecard.work.sources import reading_of

    written = write_drafts(sources, reading_of(folder), into)
    for path in written:
        click.echo(f"Drafted: {path}", err=True)
    if not written:
        click.echo("Nothing to draft: every report is known, and every value matched.", err=True)


@click.command()
@click.argument("sources", type=SOURCE, nargs=-1, required=True, metavar="SOURCE…")
@with_days("The day up to which the extract speaks; supplied totals need none.")
@takes_over
@in_workspace
def take(sources: tuple[Source, ...], days: Days, folder: Path) -> None:
    """Keep an extract of one or several sources as an immutable snapshot, or what suppliers filled in."""
    from scorecard.work.supplied import forms_in

    workspace = open_at(folder)
    if len(sources) == 1 and isinstance(sources[0], Path) and (forms := forms_in(sources[0])):
        keep_forms(workspace, forms, today())
    elif days.extract is None:
        raise UsageError(
            "It is not said up to which day the extract speaks.",
            remedy="Write --as-at YYYY-MM-DD, the day whose end it shows.",
        )
    else:
        keep_extract(workspace, sources, days.extract, days.of_tables)


def keep_extract(
    workspace: Workspace, sources: Sequence[Source], as_at: date, as_at_of: Mapping[str, date]
) -> Snapshot:
    """Keep an extract and say what was kept, and which of its tables speak up to other days."""
    from scorecard.contract.mixed_days import MIXED_DAYS
    from scorecard.work.take import BlockedExtractError
    from scorecard.work.take import take as keep

    before = workspace.snapshots.covering(as_at, as_at)
    try:
        kept = keep(workspace, sources, as_at, as_at_of)
    except BlockedExtractError as error:
        print_report(error.report, "table")
        raise
    rows = sum(seal.rows for seal in kept.snapshot.tables.values())
    click.echo(f"Kept as {kept.snapshot.id}: {rows:,} rows.")
    if kept.report.findings:
        named = " ".join(f'"{one}"' if " " in str(one) else str(one) for one in sources)
        count = len(kept.report.findings)
        days = " ".join(f"--as-at {day}" for day in (as_at, *(f"{table}={day}" for table, day in as_at_of.items())))
        click.echo(f"{count} {plural(count, 'finding')}; `scorecard check {named} {days}` lists them.")
    for finding in kept.report.findings:
        if finding.code == MIXED_DAYS:
            click.echo(f"{finding.table}: {finding.problem}")
    if before is not None and before.id != kept.snapshot.id:
        click.echo(f"It stands in place of {before.id}, which was taken before for the same day and stays.")
    return kept.snapshot


@click.command()
@click.option("--templates", "folder", type=click.Path(path_type=Path), metavar="DIR", help="Where the files go.")
def contract(folder: Path | None) -> None:
    """Print the contract, or write empty files of it that a council can fill."""
    from scorecard.contract.load import load_contract
    from scorecard.contract.reference import contract_page
    from scorecard.contract.templates import write_templates

    if folder is None:
        echo_utf8(contract_page(load_contract()))
        return
    write_templates(load_contract(), folder)
    click.echo(f"Written: {folder.resolve()}")
