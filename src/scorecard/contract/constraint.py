"""A rule about the rows of a table, whatever its kind."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from scorecard.contract.report import Severity

Relation = Callable[[str], str]
"""From a table of the contract to the name under which its rows stand in the database."""

Mention = tuple[str, str]
"""A table and a column that a rule speaks of."""

AS_AT = "$as_at"
"""How a rule's SQL calls the day it is judged on."""


@dataclass(frozen=True, kw_only=True)
class Constraint(ABC):
    """One rule about the rows of a table. `rule` is the sector's code for it, empty where it is our own."""

    table: str
    column: str
    rule: str = ""
    severity: Severity = Severity.WARN

    def __post_init__(self) -> None:
        """Read the severity as it is written in a file."""
        object.__setattr__(self, "severity", Severity(self.severity))

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every column it speaks of, so that a misspelt one is found when the contract is loaded."""
        return ((self.table, self.column),)

    @property
    @abstractmethod
    def sentence(self) -> str:
        """The rule in words."""

    @abstractmethod
    def breaking(self, select: str, relation: Relation) -> str:
        """The SQL that selects from every row `a` breaking the rule; the day it is judged on is `$as_at`."""


@dataclass(frozen=True, kw_only=True)
class OfOneRow(Constraint):
    """A rule that a row breaks by itself, or with the help of an EXISTS."""

    @abstractmethod
    def condition(self, relation: Relation) -> str:
        """What is true of a row `a` that breaks the rule."""

    def breaking(self, select: str, relation: Relation) -> str:
        """Every row of which the condition is true."""
        # The names come from the contract, which is checked when loaded; no record's value is in the text.
        return f"SELECT {select} FROM {relation(self.table)} AS a WHERE {self.condition(relation)}"
