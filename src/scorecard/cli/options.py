"""What commands share: their options, the workspace they open, the view they show, and the clock."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from scorecard.terminal import Day, Month

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorecard.calendar.periods import Period
    from scorecard.facts.teams import Part
    from scorecard.pack.context import View
    from scorecard.store.by import By
    from scorecard.work.workspace import Workspace

Function = TypeVar("Function", bound="Callable[..., object]")


class SourceType(click.ParamType[Path | str]):
    """A folder, workbook or file; or, as text, the address of a database."""

    name = "SOURCE"

    def convert(self, value: Any, _param: click.Parameter | None, _ctx: click.Context | None) -> Path | str:
        """A path, unless it is written as an address."""
        return value if isinstance(value, Path) or "://" in value else Path(value)


class TableDay(click.ParamType[tuple[str, date]]):
    """A day, or TABLE=DAY where it is a table's own."""

    name = "[TABLE=]YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, date]:
        """The table, empty where the day is the extract's, and the day."""
        from scorecard.contract.load import load_contract

        table, _, day = value.rpartition("=")
        if table and table not in load_contract().tables:
            self.fail(f"There is no table {table}; `scorecard contract` lists them", param, ctx)
        return table, DAY.convert(day, param, ctx)


class Days(NamedTuple):
    """The day up to which an extract speaks, where it was said, and those of tables that have one of their own."""

    extract: date | None
    of_tables: dict[str, date]


def with_days(words: str) -> Callable[[Function], Function]:
    """The option by which the days of an extract and of its tables are said, as `days`."""

    def split(_ctx: click.Context, _param: click.Parameter, said: tuple[tuple[str, date], ...]) -> Days:
        days = dict(said)
        return Days(days.pop("", None), days)

    return click.option(
        "--as-at",
        "days",
        type=TableDay(),
        multiple=True,
        metavar="[TABLE=]YYYY-MM-DD",
        callback=split,
        help=f"{words} TABLE=DAY for a table of another day.",
    )


MONTH, DAY, SOURCE = Month(), Day(), SourceType()
_TAKE_OVER = "scorecard.take_over"
in_workspace = click.option(
    "--workspace",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="The workspace; by default the folder you are in.",
)
in_view = click.option(
    "--view",
    type=click.Choice(["first", "now"]),
    help="As first reported, or as known now. By default first where the month has been frozen.",
)

for_part = click.option(
    "--for", "part", metavar="team/ID", help="Of one team alone, or of one service: team/ID or service/ID."
)


def _note_take_over(ctx: click.Context, _param: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - click's own call
    ctx.meta[_TAKE_OVER] = asked


takes_over = click.option(
    "--take-over",
    is_flag=True,
    expose_value=False,
    callback=_note_take_over,
    help="Write even though another seems to be writing: their program no longer runs.",
)
"""Every command that writes into the store has this option; `open_at` does what it asks for."""


def open_at(folder: Path) -> Workspace:
    """The workspace in a folder; with --take-over, the lease of a writer who is gone is broken first."""
    from scorecard.work.workspace import open_workspace

    workspace = open_workspace(folder, whoever())
    ctx = click.get_current_context(silent=True)
    if ctx and ctx.meta.get(_TAKE_OVER) and (holder := workspace.store.take_over()) is not None:
        click.echo(f"Taken over from {holder}.", err=True)
    return workspace


def registry_at(folder: Path) -> Any:
    """The workspace's registry; outside a workspace, the library's."""
    from scorecard.definitions.registry import load_registry

    return load_registry(folder)


def asked_view(view: str | None) -> View | None:
    """The view that was asked for, if one was."""
    from scorecard.pack.context import View

    return View(view) if view else None


def default_view(workspace: Workspace, period: Period, view: str | None) -> View:
    """The view asked for; else first where the month has been frozen, and now where it has not."""
    from scorecard.pack.context import View

    return View(view) if view else View.FIRST if workspace.months.get(period) else View.NOW


def asked_part(part: str | None) -> Part | None:
    """The team or service that was asked for, if one was."""
    from scorecard.facts.teams import Part

    return Part.parse(part) if part else None


def whoever() -> By:
    """Who is at the machine, which it is, and what time."""
    from getpass import getuser

    from scorecard.store.by import By
    from scorecard.store.disk import machine_name

    try:
        person = getuser()
    except (OSError, KeyError, ImportError):  # a container may know no name, and Windows has no other list of them
        person = ""
    return By(person, machine_name(), datetime.now().astimezone().isoformat(timespec="seconds"))


def today() -> date:
    """What day it is."""
    return datetime.now().astimezone().date()
