"""Definitions held to the words and the subset: what a council writes is read as SQL only if it can mean one thing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from scorecard.contract.load import load_contract
from scorecard.definitions.indicator import Indicator
from scorecard.errors import DefinitionError, Place
from scorecard.sql.lint import lint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard.contract.types import ColumnType
    from scorecard.definitions.indicator import Dimension
    from scorecard.sql.rules import DatedRules


def offences(one: Indicator | Dimension, rules: DatedRules) -> list[DefinitionError]:
    """Everything in a definition's SQL that is not allowed, each with its line and its remedy."""
    kind = one.kind.value if isinstance(one, Indicator) else "dimension"
    found = lint(one.sql, kind=kind, tables=_tables(), rules=rules, first_line=one.sql_line)
    return [DefinitionError(bad.problem, remedy=bad.remedy, at=Place(one.place.path, bad.line)) for bad in found]


@cache
def _tables() -> Mapping[str, Mapping[str, ColumnType]]:
    return {name: {column.name: column.type for column in t.loaded} for name, t in load_contract().tables.items()}
