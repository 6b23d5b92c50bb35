"""What the lint finds in a definition, and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlglot import exp


@dataclass(frozen=True, order=True)
class Offence:
    """One thing a definition may not say, on a line of its file, and what to write instead."""

    line: int
    problem: str
    remedy: str


@dataclass
class Told:
    """Offences gathered while a definition is read; the same one on the same line is told once."""

    source: str
    first_line: int = 1
    offences: dict[Offence, None] = field(default_factory=dict)

    def say(self, node: exp.Expr, problem: str, remedy: str) -> None:
        """Tell of something found at a part of the definition."""
        self.say_on(self.line(node), problem, remedy)

    def say_on(self, line: int, problem: str, remedy: str) -> None:
        """Tell of something found on a line of the SQL, counted from 1."""
        self.offences[Offence(self.first_line + line - 1, problem, remedy)] = None

    def line(self, node: exp.Expr) -> int:
        """The line on which a part of the definition begins, as near as its names and values tell."""
        starts = [place for one in node.walk() if (place := place_of(one)) is not None]
        around = [place for one in _ancestors(node) if (place := place_of(one)) is not None]
        return 1 + self.source.count("\n", 0, min(starts or around or [0]))

    def text(self, node: exp.Expr) -> str:
        """The part itself, short enough for a message."""
        return shortened(node.sql(dialect="duckdb", normalize_functions=False))


def place_of(node: exp.Expr) -> int | None:
    """Where in the source a name or a value begins."""
    start = node.meta.get("start")
    return start if isinstance(start, int) else None


def shortened(text: str) -> str:
    """A text on one line, cut where it is long."""
    longest = 60
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def did_you_mean(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """A remedy naming the nearest known name, if one is near.

    >>> did_you_mean("parm_on", ["flag", "param_on"])
    'Did you mean “param_on”?'
    """
    near = get_close_matches(name.lower(), sorted(known), n=1, cutoff=0.6)
    return f"Did you mean “{near[0]}”?" if near else otherwise


def _ancestors(node: exp.Expr) -> Iterable[exp.Expr]:
    """What stands around a part, nearest first, with all that is in it."""
    parent = node.parent
    while parent is not None:
        yield from parent.walk()
        parent = parent.parent
