"""Definitions held to the words and the subset: what a council writes is read as SQL only if it can mean one thing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from scorecard.contract.load import load_contract
from scorecard.definitions.indicator import Indicator
from scorecard.errors import DefinitionError, Place
from scorecard.sql.lint import lint
from scorecard.sql.needed import made_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard.contract.types import ColumnType
    from scorecard.definitions.indicator import Dimension
    from scorecard.sql.rules import DatedRules


def offences(one: Indicator | Dimension, rules: DatedRules) -> list[DefinitionError]:
    """Everything in a definition's SQL that is not allowed, each with its line and its remedy."""
    kind = one.kind.value if isinstance(one, Indicator) else "dimension"
    found = lint(one.sql, kind=kind, tables=_tables(), rules=rules, first_line=one.sql_line)
    told = [DefinitionError(bad.problem, remedy=bad.remedy, at=Place(one.place.path, bad.line)) for bad in found]
    return told or _not_named(one)


def _not_named(one: Indicator | Dimension) -> list[DefinitionError]:
    """What a definition says it can do without, and its SQL does not ask for."""
    made = made_of(one.sql)
    asked = {name for need in made.of(*made.columns) for name in need}
    either = one.either_of if isinstance(one, Indicator) else ()
    return [
        DefinitionError(
            f"the SQL of `{one.id}` names no `{name}`, which it is said to do without",
            remedy="Name a table or a column that the SQL reads, or take it out of the front matter.",
            at=one.place,
        )
        for name in (*one.does_without, *either)
        if name not in asked
    ]


@cache
def _tables() -> Mapping[str, Mapping[str, ColumnType]]:
    return {name: {column.name: column.type for column in t.loaded} for name, t in load_contract().tables.items()}
