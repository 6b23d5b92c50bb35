"""Dated rules: parameters and code lists whose value depends on the day they are asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True)
class DatedValue:
    """A number in force from a day on, and where it comes from. `reason` is a council's, where it overrides."""

    from_day: date
    value: float
    source: str
    reason: str = ""


@dataclass(frozen=True)
class Parameter:
    """A number a definition is judged by, its values by first day. Before the first there is none, not zero."""

    name: str
    title: str
    unit: str
    values: tuple[DatedValue, ...]
    local_standard: bool = False

    def on(self, day: date) -> DatedValue | None:
        """The value in force on a day."""
        return next((value for value in reversed(self.values) if value.from_day <= day), None)


@dataclass(frozen=True)
class ListedCode:
    """A code's membership of a list: from a day on (always, where empty) and until before another."""

    code: str
    from_day: date | None = None
    to_day: date | None = None


@dataclass(frozen=True)
class CodeList:
    """A named list of codes, with its source. `reason` is a council's, where it overrides."""

    name: str
    title: str
    source: str
    codes: tuple[ListedCode, ...]
    reason: str = ""


@dataclass(frozen=True)
class DatedRules:
    """All that a definition may look up by name: `param_on('name', day)` and `listed('name', code, day)`."""

    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    code_lists: Mapping[str, CodeList] = field(default_factory=dict)
