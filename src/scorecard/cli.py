"""The command line: one door to the work. The only module that reads the clock."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scorecard.calendar.periods import Period
from scorecard.errors import UsageError
from scorecard.facts.fact import FactKey
from scorecard.terminal import Commands, Day, Month, echo_utf8, formats, print_report, print_rows, progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.pack.context import View
    from scorecard.store.snapshots import Snapshot
    from scorecard.work.workspace import Workspace

_MONTH, _DAY = Month(), Day()
_workspace = click.option(
    "--workspace",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="The workspace; by default the folder you are in.",
)
_view = click.option(
    "--view",
    type=click.Choice(["first", "now"]),
    help="As first reported, or as known now. By default first where the month has been frozen.",
)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="safeguarding-scorecard", prog_name="scorecard")
def commands() -> None:
    """The monthly Safeguarding and Family Support Scorecard, from the child-level records themselves."""


def main() -> None:
    """Run the command line, in a terminal or a pipe of any encoding."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows pipe is often cp1252: what it cannot show becomes "?", never a traceback.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr] # standard streams are text files
    commands(prog_name="scorecard")


@commands.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("demo"))
@click.option("--seed", type=int, default=1, show_default=True, help="Another number invents other children.")
def demo(folder: Path, seed: int) -> None:
    """Build the invented council's workspace and its November 2021 pack."""
    from scorecard.synthetic import build, write_extract
    from scorecard.work.demo import PACK_MONTH
    from scorecard.work.demo import demo as make

    def write_extracts(wanted: dict[Path, date]) -> Iterator[Path]:
        world = build(seed)
        for extract, day in wanted.items():
            write_extract(world, day, extract)
            yield extract

    with progress() as told:
        made = make(folder, write_extracts, told, produced_on=PACK_MONTH.back(-1).first_day)
    click.echo(f"The pack of {PACK_MONTH.label}: {made.pack.resolve()}")
    click.echo(f"The extract it was made from: {made.extract.resolve()}")
    click.echo("Next, behind a figure:")
    click.echo(f"  python -m scorecard explain cpp_open/2021-11/month_end --workspace {folder}")


@commands.command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Begin a council's own workspace."""
    from scorecard.work.new import new_workspace

    for path in new_workspace(folder):
        click.echo(f"Written: {path}")
    click.echo(f"Next: put your council's name into {folder / 'scorecard.toml'}, then `scorecard check SOURCE`.")


@commands.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--as-at", type=_DAY, help="The day the extract was made for; days after it are questioned.")
@formats("table", "json")
def check(source: Path, as_at: date | None, form: str) -> None:
    """Say everything that is wrong with an extract; changes nothing."""
    from scorecard.work.take import check as look

    report = look(source, as_at)
    print_report(report, form)
    if report.blocks:
        raise click.exceptions.Exit(11)


@commands.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--as-at", type=_DAY, required=True, help="The day up to which the extract speaks.")
@_workspace
def take(source: Path, as_at: date, folder: Path) -> None:
    """Keep an extract as an immutable snapshot."""
    _take(_open(folder), source, as_at)


def _take(workspace: Workspace, source: Path, as_at: date) -> Snapshot:
    from scorecard.work.take import BlockedExtractError
    from scorecard.work.take import take as keep

    try:
        kept = keep(workspace, source, as_at)
    except BlockedExtractError as error:
        print_report(error.report, "table")
        raise
    rows = sum(seal.rows for seal in kept.snapshot.tables.values())
    click.echo(f"Kept as {kept.snapshot.id}: {rows:,} rows.")
    if kept.report.findings:
        click.echo(f"{len(kept.report.findings)} findings; `scorecard check {source}` lists them.")
    newest = workspace.snapshots.covering(as_at, as_at)
    if newest is not None and newest.id != kept.snapshot.id:
        click.echo(f"It had been taken before; {newest.id}, taken later for the same day, stands in its place.")
    return kept.snapshot


@commands.command()
@click.argument("period", type=_MONTH)
@_workspace
def freeze(period: Period, folder: Path) -> None:
    """Keep a month as first reported."""
    _freeze(_open(folder), period)


def _freeze(workspace: Workspace, period: Period, snapshot: Snapshot | None = None) -> None:
    from scorecard.work.freeze import freeze as keep

    kept = keep(workspace, period, datetime.now().astimezone().isoformat(timespec="seconds"), snapshot)
    click.echo(f"{period.label} is kept as first reported (revision {kept.revision}, from {kept.snapshot}).")


@commands.command()
@click.argument("period", type=_MONTH)
@click.option(
    "--view",
    type=click.Choice(["first", "now"]),
    default="now",
    show_default=True,
    help="As first reported, or as known now.",
)
@click.option("--known", type=_DAY, help="As known on that day, instead of now.")
@click.option("--indicator", "indicators", multiple=True, metavar="ID", help="Only this figure; may be given again.")
@formats("table", "csv", "json", "parquet")
@click.option("--out", type=click.Path(path_type=Path), help="Where a parquet file goes.")
@_workspace
def facts(
    period: Period,
    view: str,
    known: date | None,
    indicators: tuple[str, ...],
    form: str,
    out: Path | None,
    folder: Path,
) -> None:
    """Print a month's facts."""
    from scorecard.facts.reading import COLUMNS
    from scorecard.work.views import facts_first, facts_now

    workspace = _open(folder)
    if view == "first":
        rows = facts_first(workspace, period, indicators=indicators)
    else:
        rows = facts_now(workspace, period, known=known, indicators=indicators)
    if form == "parquet":
        from scorecard.work.export import write_parquet

        click.echo(f"Written: {write_parquet(rows, out or Path(f'facts-{period}-{view}.parquet'))}")
    else:
        print_rows(COLUMNS, rows, form)


@commands.command()
@click.argument("key")
@_view
@formats("table", "csv", "json", "xlsx")
@click.option("--out", type=click.Path(path_type=Path), help="Where a workbook goes.")
@_workspace
def cases(key: str, view: str | None, form: str, out: Path | None, folder: Path) -> None:
    """List the records behind a fact, one row for each thing in its denominator."""
    from scorecard.work.behind import behind

    found = behind(_open(folder), FactKey.parse(key), _asked(view)).cases
    if form == "xlsx":
        from scorecard.work.export import write_workbook

        name = key.replace("/", "_") + ".xlsx"
        click.echo(f"Written: {write_workbook(found.columns, found.rows, out or Path(name))}")
    else:
        print_rows(found.columns, found.rows, form)


@commands.command()
@click.argument("key")
@_view
@formats("table", "json")
@_workspace
def explain(key: str, view: str | None, form: str, folder: Path) -> None:
    """Say everything about a fact: parts, definition, parameters, SQL, cases."""
    from scorecard.work.behind import behind
    from scorecard.work.explain import as_json, as_text

    found = behind(_open(folder), FactKey.parse(key), _asked(view))
    echo_utf8(as_json(found)) if form == "json" else click.echo(as_text(found))


@commands.command()
@click.argument("period", type=_MONTH)
@click.option("--format", "form", default="html", show_default=True, help="html; other formats come later.")
@click.option(
    "--audience", type=click.Choice(["internal", "public"]), default="internal", show_default=True, help="For whom."
)
@_view
@click.option(
    "--out", type=click.Path(path_type=Path), help="The folder it goes to; by default packs/ of the workspace."
)
@_workspace
def pack(period: Period, form: str, audience: str, view: str | None, out: Path | None, folder: Path) -> None:
    """Make a month's pack."""
    from scorecard.work.pack import make_pack, refuse_public

    if audience == "public":
        refuse_public()
    if form != "html":
        raise UsageError(
            f"The pack cannot be made as {form} yet.", remedy="Leave --format out, or write --format html."
        )
    workspace = _open(folder)
    made = make_pack(workspace, period, _default_view(workspace, period, view), out or folder / "packs", _today())
    click.echo(f"Written: {made.resolve()}")


@commands.command()
@click.argument("period", type=_MONTH, required=False)
@formats("table", "json")
@_workspace
def status(period: Period | None, form: str, folder: Path) -> None:
    """A month's checklist, and the next command to type."""
    from scorecard.work.status import checklist, next_command

    workspace = _open(folder)
    month = period or Period.holding(_today()).back(1)
    steps = checklist(workspace, month)
    if form == "table":
        click.echo(f"{workspace.authority.name}, {month.label}")
    rows = [("yes" if step.is_done else "no", step.title, step.detail, step.command) for step in steps]
    print_rows(("done", "step", "detail", "command"), rows, form)
    if form == "table":
        command = next_command(steps)
        click.echo(f"Next: {command}" if command else "Nothing is left to do.")


@commands.command()
@click.argument("period", type=_MONTH)
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--as-at", type=_DAY, help="The day up to which the extract speaks; by default the month's last.")
@_workspace
def month(period: Period, source: Path, as_at: date | None, folder: Path) -> None:
    """Run a month: take, freeze, pack, up to the first thing a person must decide."""
    from scorecard.work.pack import make_pack

    workspace = _open(folder)
    _freeze(workspace, period, _take(workspace, source, as_at or period.last_day))
    made = make_pack(workspace, period, _default_view(workspace, period, None), folder / "packs", _today())
    click.echo(f"Written: {made.resolve()}")


@commands.command()
@click.argument("words", nargs=-1, metavar="[ID | new ID]")
@formats("table", "json")
@_workspace
def indicators(words: tuple[str, ...], form: str, folder: Path) -> None:
    """The registry; one definition and what it counts; or a skeleton to fill (`indicators new ID`)."""
    from scorecard.work import listing

    match words:
        case ("new", name):
            from scorecard.work.new import new_indicator

            click.echo(f"Written: {new_indicator(folder, name)}")
            click.echo(f"Fill it in, then `scorecard indicators {name}` shows what it counts.")
        case ():
            print_rows(listing.COLUMNS, listing.measures(_registry(folder)), form)
        case (name,):
            registry = _registry(folder)
            click.echo(listing.definition(registry, name))
            click.echo(f"\n{listing.examples_run(registry, name)}")
            _preview(folder, name)
        case _:
            raise UsageError("Give one id, or `new` and an id.", remedy="scorecard indicators assessments_45wd")


def _preview(folder: Path, name: str) -> None:
    """Thirteen months of counts and ten cases, where an extract has been taken."""
    from scorecard.work.behind import thirteen_months
    from scorecard.work.workspace import SETTINGS

    if not (folder / SETTINGS).exists():
        return
    workspace = _open(folder)
    found = thirteen_months(workspace, name)
    if found is None:
        click.echo("No extract has been taken yet, so there is nothing to count.")
        return
    click.echo("\nThe newest thirteen months:")
    print_rows(found.columns, found.months, "table")
    click.echo("\nTen of its cases, the newest first:")
    print_rows(found.cases.columns, found.cases.rows, "table")


@commands.command()
@click.argument("name", metavar="ID")
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "postgres"]),
    default="duckdb",
    show_default=True,
    help="For which database.",
)
@click.option("--bare", is_flag=True, help="Without the preamble that makes it paste.")
@_workspace
def sql(name: str, engine: str, bare: bool, folder: Path) -> None:  # noqa: FBT001 - a switch of the command line
    """Print an indicator's SQL as it runs."""
    from scorecard.work.listing import sql_as_run

    echo_utf8(sql_as_run(_registry(folder), name, engine, bare=bare))


@commands.command()
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


@commands.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes a shell complete this command's words."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    if made is not None:
        click.echo(made(commands, {}, "scorecard", "_SCORECARD_COMPLETE").source())


def _open(folder: Path) -> Workspace:
    from scorecard.work.workspace import open_workspace

    return open_workspace(folder)


def _registry(folder: Path) -> Any:
    """The workspace's registry; outside a workspace, the library's."""
    from scorecard.definitions.registry import load_registry

    return load_registry(folder)


def _asked(view: str | None) -> View | None:
    from scorecard.pack.context import View

    return View(view) if view else None


def _default_view(workspace: Workspace, period: Period, view: str | None) -> View:
    from scorecard.pack.context import View

    return View(view) if view else View.FIRST if workspace.months.get(period) else View.NOW


def _today() -> date:
    return datetime.now().astimezone().date()
