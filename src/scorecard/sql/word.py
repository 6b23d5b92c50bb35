"""A word of the vocabulary: what it means, how each engine spells it, and the examples that hold it to its meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard.sql.engines.engine import EngineName


class Kind(StrEnum):
    """What a word gives or takes."""

    CONDITION = "condition"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    TEXT = "text"
    NAME = "name"
    ANY = "any"


@dataclass(frozen=True)
class Word:
    """One word that a definition may use besides plain SQL.

    A spelling holds `{argument}` where the argument goes, in brackets where that is needed. A word without spellings is
    spelt from the dated rules. `looks_up` are the arguments that the calendar is asked about: plain columns, all.
    """

    signature: str
    meaning: str
    takes: tuple[Kind, ...]
    gives: Kind
    examples: str
    everywhere: str = ""
    spelt: Mapping[EngineName, str] = field(default_factory=dict)
    looks_up: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What is written before the bracket."""
        return self.signature.partition("(")[0]

    def __str__(self) -> str:
        """Its name."""
        return self.name

    @property
    def arguments(self) -> tuple[str, ...]:
        """The names of its arguments, in order."""
        return tuple(re.findall(r"\w+", self.signature.partition("(")[2]))

    def spelling(self, engine: EngineName) -> str:
        """Its text on an engine."""
        return self.spelt.get(engine, self.everywhere)

    def written(self, engine: EngineName, arguments: Mapping[str, str]) -> str:
        """Its text on an engine with the arguments in their places."""
        return self.spelling(engine).format_map(arguments)
