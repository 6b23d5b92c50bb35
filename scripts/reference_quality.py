"""The page of the rules of data quality: what each says, how grave it is, who mends it, which figures it moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import reference_markdown as markdown

from scorecard.contract.load import load_contract
from scorecard.contract.rules import rules_of
from scorecard.definitions.registry import load_registry
from scorecard.facts.doubts import moved_by

if TYPE_CHECKING:
    from scorecard.contract.constraint import Constraint
    from scorecard.definitions.indicator import Indicator

_HEAD = """# Rules of data quality

What is asked of records besides their shape. Each rule has an id for ever, and the sector's own code where there is one
(CIN: the children in need census; 903: the return on looked after children). A record that breaks one is kept and
counted; a *warn* puts the figures named here in doubt by its share of their cases, a *note* does not. The rules
themselves stand with the tables in [the contract](contract.md)."""


def page() -> str:
    """The whole page."""
    indicators = tuple(load_registry().indicators.values())
    tables = (
        markdown.document(f"## {table.name}", *(_rule(rule, indicators) for rule in table.constraints))
        for table in load_contract().tables.values()
        if table.constraints
    )
    return markdown.document(_HEAD, _contents(), *tables)


def _contents() -> str:
    return markdown.table(
        ("rule", "code", "severity", "who can mend it"),
        (
            (f"[{rule.says}](#{rule.id})", rule.rule, rule.severity.value, rule.mended_by.words)
            for rule in rules_of(load_contract())
        ),
    )


def _rule(rule: Constraint, indicators: tuple[Indicator, ...]) -> str:
    moved = [f"[{one.title}](indicators.md#{one.id})" for one in indicators if rule in moved_by(one)]
    looking = [f"[{one.title}](indicators.md#{one.id})" for one in indicators if one.id in rule.history_of]
    said = (
        rule.sentence,
        f"Moves: {', '.join(moved)}." if moved else "",
        f"Looking back {rule.history_months} months, puts in doubt: {', '.join(looking)}." if looking else "",
    )
    return markdown.document(f"### {rule.id}", " ".join(filter(None, said)))
