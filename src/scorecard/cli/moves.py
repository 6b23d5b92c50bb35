"""What freezing, revising and issuing share: findings that are let stand, and figures that moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import click

from scorecard.errors import UsageError
from scorecard.terminal import print_rows
from scorecard.words.grammar import plural
from scorecard.words.numbers import rounded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorecard.facts.fact import Fact
    from scorecard.work.blocking import Acceptance
    from scorecard.work.revise import Moved

Function = TypeVar("Function", bound="Callable[..., object]")
_SHOWN = 20
_DECIMALS = 2


def accepting(function: Function) -> Function:
    """The options by which findings that block are let stand."""
    accept = click.option(
        "--accept",
        multiple=True,
        metavar="CODE[:TABLE]",
        help="A finding that blocks and is let stand; may be repeated. Needs --by and --because.",
    )
    by = click.option("--by", default="", help="Who answers for what is accepted: name and role.")
    return accept(by(function))


def acceptances(findings: Sequence[str], by: str, because: str) -> tuple[Acceptance, ...]:
    """The findings that are let stand, each by somebody and for a reason."""
    from scorecard.work.blocking import Acceptance

    if findings and not (by.strip() and because.strip()):
        raise UsageError(
            "What is accepted needs a name and a reason: they print on the pages it touches.",
            remedy='Write --by "Name, role" --because "why it may stand".',
        )
    return tuple(Acceptance(finding, by.strip(), because.strip()) for finding in findings)


def print_moved(moved: Sequence[Moved], form: str) -> None:
    """The figures that moved; on a screen the first of them, and how many more there are."""
    shown = moved[:_SHOWN] if form == "table" else moved
    if form == "table" and not moved:
        click.echo("No whole figure of the month moved.")
        return
    print_rows(("figure", "title", "before", "after"), [moved_row(one) for one in shown], form)
    if more := len(moved) - len(shown):
        click.echo(f"and {more} more {plural(more, 'figure')}; --format csv lists all.")


def moved_row(one: Moved) -> tuple[str, str, object, object]:
    """A figure's key, what it is called, and what it was before and after."""
    return str(one.key), one.title, _told(one.before), _told(one.after)


def _told(fact: Fact | None) -> object:
    """A figure's value, to two decimals; why it has none."""
    if fact is None:
        return ""
    return fact.status.value if fact.value is None else float(rounded(fact.value, _DECIMALS))
