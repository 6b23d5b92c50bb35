"""The command line: one door to the work. The only room, but the web app, that reads the clock."""

from __future__ import annotations

import sys

import click

from scorecard.cli import (
    begin,
    benchmarks,
    commentary,
    coverage,
    definitions,
    due,
    figures,
    governing,
    history,
    issuing,
    keeping,
    months,
    packs,
    quality,
    records,
    remap,
    restated,
    returns,
    supplied,
)
from scorecard.terminal import Commands


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="safeguarding-scorecard", prog_name="scorecard")
def commands() -> None:
    """The monthly Safeguarding and Family Support Scorecard, from the child-level records themselves."""


for _room in (
    begin,
    coverage,
    records,
    supplied,
    history,
    issuing,
    keeping,
    remap,
    months,
    figures,
    restated,
    packs,
    commentary,
    benchmarks,
    quality,
    due,
    returns,
    governing,
    definitions,
):
    _held = [held for held in vars(_room).values() if isinstance(held, click.Command)]
    _inner = [one for held in _held if isinstance(held, click.Group) for one in held.commands.values()]
    for _command in _held:
        if _command not in _inner:  # a group's own commands stand under it
            commands.add_command(_command)


def main() -> None:
    """Run the command line, in a terminal or a pipe of any encoding."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows pipe is often cp1252: what it cannot show becomes "?", never a traceback.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr] # standard streams are text files
    commands(prog_name="scorecard")
