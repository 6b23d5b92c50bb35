"""Restatements as they are printed: each figure in a line, its bridge line by line, the things behind each line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.facts.fact import WHOLE
from scorecard.facts.restate import OWN_WINDOWS, in_words
from scorecard.words.numbers import MINUS, difference_worded, plain, signed, worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorecard.definitions.registry import Registry
    from scorecard.facts.fact import Fact, FactKey
    from scorecard.facts.restate import BridgeLine, Restatement
    from scorecard.work.restated import ToldApart

LISTED = ("figure", "month", "first", "now", "difference", "why", "kind")
BRIDGED = ("figure", "line", "cases", "numerator", "denominator", "value")
BEHIND = ("figure", "line", "case", "child", "numerator", "denominator")

FIRST, NOW = "as first reported", "as now known"


def listed(found: Iterable[Restatement], registry: Registry) -> list[tuple[object, ...]]:
    """Each figure in a line: then, now, and why; whether that was to be expected or is a correction."""
    return [
        (
            _named(one.key),
            str(one.key.period),
            _value(one.first, registry),
            _value(one.now, registry),
            _difference(one, registry),
            ", ".join(f"{line.cases or ''} {_words(line, one.key)}".strip() for line in one.lines),
            "scheduled" if one.is_scheduled else "correction",
        )
        for one in found
    ]


def bridged(found: Iterable[Restatement], registry: Registry) -> list[tuple[object, ...]]:
    """Each figure line by line, from what was reported to what is known: the lines between add up to the last."""
    return [row for one in found for row in _bridge(one, registry)]


def _bridge(one: Restatement, registry: Registry) -> Iterator[tuple[object, ...]]:
    yield (_named(one.key), FIRST, "", *_ends(one.first, one), _value(one.first, registry))
    for line in one.lines:
        added = (_signed(line.numerator), _signed(line.denominator) if one.first.denominator is not None else "")
        yield ("", _words(line, one.key), line.cases or "", *added, "")
    yield ("", NOW, "", *_ends(one.now, one), _value(one.now, registry))


def _ends(fact: Fact, one: Restatement) -> tuple[str, str]:
    """The parts of a figure; a median is no sum, and its bridge is of the cases it is the middle of."""
    below = "" if fact.denominator is None else plain(fact.denominator, _decimals(fact.denominator))
    return (plain(fact.numerator, _decimals(fact.numerator)) if one.adds_up else below), below


def things(found: Iterable[ToldApart]) -> list[tuple[object, ...]]:
    """The things behind each line, by the council's own ids."""
    return [
        (
            _named(one.restatement.key),
            _words(line, one.restatement.key),
            moved.thing,
            moved.child or "",
            _signed(moved.n),
            _signed(moved.d),
        )
        for one in found
        for line in one.restatement.lines
        for step, moved in one.things
        if step.cause is line.cause
    ]


def _words(line: BridgeLine, key: FactKey) -> str:
    """A cause in words, and how late where that was looked at."""
    if line.how_late:
        days = dict.fromkeys((line.how_late.least, line.how_late.most))
        return f"entered up to {'–'.join(map(str, days))} days late"
    return in_words(line, key)


def _named(key: FactKey) -> str:
    """A figure by its id and its part, and its window where that is not the month's own: the month stands elsewhere."""
    window = "" if key.window in OWN_WINDOWS else f" {key.window}"
    part = "" if key.dimension == WHOLE else f" {key.dimension}={key.member}"
    return f"{key.indicator}{window}{part}"


def _value(fact: Fact, registry: Registry) -> str:
    return worded(fact.value, fact.unit, registry.measure(fact.key.indicator).decimals)


def _difference(one: Restatement, registry: Registry) -> str:
    if one.first.value is None or one.now.value is None:
        return ""
    change = one.now.value - one.first.value
    text = difference_worded(change, one.first.unit, registry.measure(one.key.indicator).decimals)
    return text if text.strip("0.% points") == "" else ("+" if change > 0 else MINUS) + text


def _signed(value: float) -> str:
    return signed(value, _decimals(value)) if value else "0"


def _decimals(value: float | None) -> int:
    """Things are counted whole; what is measured in parts keeps two places."""
    return 0 if value is None or value == int(value) else 2
