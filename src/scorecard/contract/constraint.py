"""A rule about the rows of a table, whatever its kind."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from scorecard.contract.report import Severity

Relation = Callable[[str], str]
"""From a table of the contract to the name under which its rows stand in the database."""

Mention = tuple[str, str]
"""A table and a column that a rule speaks of."""

AS_AT = "$as_at"
"""How a rule's SQL calls the day it is judged on."""


class Mender(StrEnum):
    """Who can put right what a rule finds."""

    WORKER = "worker"
    BUSINESS_SUPPORT = "business_support"
    PERFORMANCE = "performance"
    SUPPLIER = "supplier"

    @property
    def words(self) -> str:
        """As it is printed."""
        return _MENDERS[self]


_MENDERS = {
    Mender.WORKER: "The worker and the team",
    Mender.BUSINESS_SUPPORT: "Business support",
    Mender.PERFORMANCE: "The performance team",
    Mender.SUPPLIER: "The system supplier",
}


@dataclass(frozen=True, kw_only=True)
class Constraint(ABC):
    """One rule about the rows of a table.

    `id` names it for ever, `says` is the rule for those who read figures and not columns, `mended_by` who can put right
    what breaks it, and `rule` is the sector's code for it, empty where it is our own. It moves the figures whose
    definitions read its columns, unless it `parts_records` only: then the row counts all the same, and nobody can look
    back from it. The indicators that do look back, over `history_months`, are named as those it is the `history_of`.

    A rule not run `at_load` says what reading an extract says of every column; it is here for the columns that figures
    rest on, so that it is counted and mended.
    """

    table: str
    column: str
    id: str = ""
    says: str = ""
    mended_by: Mender = Mender.PERFORMANCE
    rule: str = ""
    severity: Severity = Severity.WARN
    history_of: tuple[str, ...] = ()
    history_months: int = 12
    parts_records: ClassVar[bool] = False
    at_load: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Read the words as they are written in a file."""
        object.__setattr__(self, "severity", Severity(self.severity))
        object.__setattr__(self, "mended_by", Mender(self.mended_by))
        object.__setattr__(self, "history_of", tuple(self.history_of))

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
