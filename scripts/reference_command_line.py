"""The page of the command line: what each command prints when asked for help."""

from __future__ import annotations

import inspect

import click
import reference_markdown as markdown

from scorecard.cli import commands
from scorecard.errors import ScorecardError

_HEAD = """# Command line

`scorecard COMMAND`, or where that is not on the path `python -m scorecard COMMAND`. Below is what `--help` prints."""


def page() -> str:
    """The whole page."""
    top = click.Context(commands, info_name="scorecard", terminal_width=100, **commands.context_settings)
    parts = [part for name in sorted(commands.commands) for part in _about(name, commands.commands[name], top)]
    return markdown.document(_HEAD, markdown.code(_help(top)), *parts, "## Exit codes", _exit_codes())


def _exit_codes() -> str:
    kinds: list[type[ScorecardError]] = [ScorecardError, *ScorecardError.__subclasses__()]
    told = {kind.exit_code: inspect.getdoc(kind) for kind in kinds if "exit_code" in vars(kind)}
    rows = {0: "It did what it was asked.", **told, 70: "The program failed; the fault is ours."}
    return markdown.table(("code", "means"), sorted(rows.items()))


def _about(name: str, command: click.Command, above: click.Context) -> tuple[str, str]:
    context = click.Context(command, info_name=name, parent=above, terminal_width=100)
    return f"## {name}", markdown.code(_help(context))


def _help(context: click.Context) -> str:
    return "\n".join(line.rstrip() for line in context.command.get_help(context).splitlines())
