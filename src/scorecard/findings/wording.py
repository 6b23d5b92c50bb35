"""The templates in which findings are said, as data."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(str(files("scorecard"))) / "library" / "sentences.toml"

Wording = dict[str, dict[str, str]]


@cache
def shipped_wording() -> Wording:
    """The words that come with the program."""
    return read_wording(SHIPPED)


def read_wording(path: Path) -> Wording:
    """Templates by kind and case."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def overlaid(own: Mapping[str, Mapping[str, str]]) -> Wording:
    """A council's own words over the shipped ones."""
    return {kind: {**cases, **own.get(kind, {})} for kind, cases in shipped_wording().items()}
