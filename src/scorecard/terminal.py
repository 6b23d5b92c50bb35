"""How results look in a terminal and in a pipe: tables of text, CSV, JSON, and a progress bar or plain lines."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sys
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from scorecard.calendar.periods import Period
from scorecard.errors import ScorecardError, WorkspaceError
from scorecard.words.table import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scorecard.contract.report import CheckReport
    from scorecard.work.progress import Progress

Command = TypeVar("Command", bound="Callable[..., Any] | click.Command")


def rows_as(form: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows as a table of text, as CSV or as JSON."""
    if form == "json":
        return json.dumps(
            [dict(zip(columns, row, strict=True)) for row in rows], default=str, indent=1, ensure_ascii=False
        )
    if form == "csv":
        return _csv(columns, rows)
    return table(columns, rows)


def _csv(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return out.getvalue()


def _plain(value: object) -> object:
    """Whole numbers without a point, nothing as an empty field, and no text a spreadsheet would run as a formula."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return "'" + value
    return value.isoformat() if isinstance(value, date) else value


def report_as(form: str, report: CheckReport) -> str:
    """All findings of an extract, the blocking ones first."""
    if form == "json":
        return json.dumps(
            {
                "blocks": report.blocks,
                "recognised": [_as_dict(one) for one in report.recognised],
                "findings": [_as_dict(one) for one in report.findings],
            },
            indent=1,
            ensure_ascii=False,
        )
    from scorecard.work.check_text import as_text

    return as_text(report, screen_width())


def screen_width() -> int:
    """How many signs a line has: of the terminal; in a pipe enough for a page."""
    return shutil.get_terminal_size((100, 24)).columns


def _as_dict(finding: Any) -> dict[str, object]:
    return {name: str(value) for name, value in vars(finding).items() if value not in (None, "", ())}


@contextmanager
def progress() -> Iterator[Progress]:
    """A bar on a terminal; plain lines in a pipe."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    look = (
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Bar(*look, console=Console(stderr=True), transient=True) as bar:
        yield _Drawn(bar)


class _Lines:
    def begin(self, steps: int) -> None:
        """Nothing to draw."""

    def step(self, doing: str) -> None:
        """One line a step."""
        click.echo(doing, err=True)


class _Drawn:
    def __init__(self, bar: Any) -> None:
        self._bar = bar
        self._task: Any = None

    def begin(self, steps: int) -> None:
        """Draw an empty bar."""
        self._task = self._bar.add_task("", total=steps)

    def step(self, doing: str) -> None:
        """Move the bar on."""
        self._bar.update(self._task, advance=1, description=doing)


_UNEXPECTED = 70
"""The exit code of a fault of the program's own."""


class Month(click.ParamType[Period]):
    """A month, written YYYY-MM."""

    name = "YYYY-MM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        """Read it, or say how one is written."""
        try:
            return value if isinstance(value, Period) else Period.parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class Day(click.ParamType[date]):
    """A day, written YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read it, or say how one is written."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” is not a day written YYYY-MM-DD, such as 2021-11-30", param, ctx)


def formats(*names: str) -> Callable[[Command], Command]:
    """The option `--format`, the first name its default."""
    return click.option(
        "--format", "form", type=click.Choice(names), default=names[0], show_default=True, help="How it is written."
    )


class Commands(click.Group):
    """Errors of the user's are told in words, with an exit code; a fault of ours says so without a record's value."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except ScorecardError as error:
            click.echo(str(error), err=True)
            ctx.exit(error.exit_code)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if os.environ.get("SCORECARD_DEBUG"):
                raise
            if (refused := _refused_by_the_disk(error)) is not None:
                click.echo(str(refused), err=True)
                ctx.exit(refused.exit_code)
            kind = type(error).__name__
            click.echo(f"The program failed ({kind}); this is a fault of ours, not of yours.", err=True)
            click.echo(
                "  Set SCORECARD_DEBUG=1 to see where. Its text may hold a record's value: do not send it on.", err=True
            )
            ctx.exit(_UNEXPECTED)


def _refused_by_the_disk(error: Exception) -> WorkspaceError | None:
    """What to say where a file could not be read or written. Of the error its path only: its text may hold a value."""
    import duckdb
    from xlsxwriter.exceptions import FileCreateError

    if not isinstance(error, OSError | FileCreateError | duckdb.IOException):
        return None
    cause = error.args[0] if isinstance(error, FileCreateError) and error.args else error
    # Of a renaming the new name is the one people know; the old is an aside of ours.
    path = (cause.filename2 or cause.filename) if isinstance(cause, OSError) else None
    what = f"{path}" if isinstance(path, str | os.PathLike) else "A file or folder"
    return WorkspaceError(
        f"{what} cannot be read or written.", remedy="Is it open in another program, and does its folder exist?"
    )


def print_rows(columns: Sequence[str], rows: Sequence[Sequence[object]], form: str) -> None:
    """Print rows in the form asked for."""
    text = rows_as(form, columns, rows)
    click.echo(text) if form == "table" else echo_utf8(text)


def print_report(report: CheckReport, form: str) -> None:
    """Print all that was found in an extract."""
    text = report_as(form, report)
    click.echo(text) if form == "table" else echo_utf8(text)


def echo_utf8(text: str) -> None:
    """What a program reads is UTF-8 whatever the pipe."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.write(b"" if text.endswith("\n") else b"\n")
    sys.stdout.buffer.flush()
