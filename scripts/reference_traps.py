"""The page of traps: the ways such figures are got wrong, and what shows that these are not."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import reference_markdown as markdown

from scorecard.definitions.registry import load_registry

if TYPE_CHECKING:
    from scorecard.definitions.indicator import Example

    Shown = dict[str, list[tuple[str, Example]]]

LISTED = Path(__file__).resolve().parent / "traps.toml"

_HEAD = """# Traps

The ways in which figures like these are got wrong, and for each the worked examples that show it does not happen
here. The examples are run on every engine; where no example can show a trap, a test does."""


@dataclass(frozen=True)
class Trap:
    """One way of getting a figure wrong."""

    id: str
    area: str
    words: str
    tests: tuple[str, ...]


def traps() -> tuple[Trap, ...]:
    """Every trap, in the order of the file."""
    entries = tomllib.loads(LISTED.read_text(encoding="utf-8"))
    return tuple(
        Trap(name, entry["area"], entry["words"], tuple(entry.get("tests", ()))) for name, entry in entries.items()
    )


def examples_by_trap() -> Shown:
    """The examples that name each trap, with the id of their indicator."""
    found: Shown = {}
    for indicator in load_registry().indicators.values():
        for example in indicator.examples:
            for trap in example.traps:
                found.setdefault(trap, []).append((indicator.id, example))
    return found


def page() -> str:
    """The whole page."""
    shown = examples_by_trap()
    areas = groupby(traps(), key=lambda trap: trap.area)
    return markdown.document(_HEAD, *(_area(name, tuple(held), shown) for name, held in areas))


def _area(name: str, held: tuple[Trap, ...], shown: Shown) -> str:
    rows = ((trap.id, trap.words, _shown_by(trap, shown)) for trap in held)
    return markdown.document(
        f"## {name}", markdown.table(("trap", "how it goes wrong", "shown not to happen by"), rows)
    )


def _shown_by(trap: Trap, shown: Shown) -> str:
    examples = [f"`{indicator}`: {example.title}" for indicator, example in shown.get(trap.id, ())]
    return "; ".join([*examples, *(f"test `{test}`" for test in trap.tests)])
