"""Names of figures in written words, in braces: in print the figure stands there, so that the words cannot go stale."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period, Window
from scorecard.errors import WorkspaceError
from scorecard.facts.fact import FactKey
from scorecard.findings.printing import value_number
from scorecard.words.phrase import Number, fill

if TYPE_CHECKING:
    from collections.abc import Collection

    from scorecard.pack.desk import Desk
    from scorecard.words.phrase import Phrase, Piece

_TOKEN = re.compile(r"\{([^{}]*)\}")
_WITH_MONTH, _WITH_WINDOW = 2, 3


def tokens_in(text: str) -> list[str]:
    """What stands in braces, in the order it is written.

    >>> tokens_in("There were {cla_number}, in October {cla_number/2021-10}.")
    ['cla_number', 'cla_number/2021-10']
    """
    return [found.strip() for found in _TOKEN.findall(text)]


def token_fault(token: str, measures: Collection[str]) -> str:
    """What is wrong with a token; nothing where it names a figure that is defined.

    >>> token_fault("cla_nmber", ["cla_number"])
    '{cla_nmber} names the figure “cla_nmber”, which nobody defines'
    """
    measure, *rest = token.split("/")
    if measure not in measures:
        return f"{{{token}}} names the figure “{measure}”, which nobody defines"
    try:
        _ = Period.parse(rest[0]) if rest else None
        _ = Window(rest[1]) if rest[1:] else None
    except ValueError:
        return f"{{{token}}} names no month and window that there are"
    return "" if len(rest) < _WITH_WINDOW else f"{{{token}}} names more than a figure, a month and a window"


def bound(text: str, desk: Desk) -> Phrase:
    """Written words with the figures they name, each bound to its fact; one that is not there is a fault."""
    tokens = tokens_in(text)
    if not tokens:
        return (text,)
    places = iter(range(len(tokens)))
    template = _TOKEN.sub(lambda _: f"{{{next(places)}}}", text.replace("{{", "{").replace("}}", "}"))
    slots: dict[str, Piece | Phrase] = {str(place): _number(token, desk) for place, token in enumerate(tokens)}
    return fill(template, slots)


def _number(token: str, desk: Desk) -> Number:
    fault = token_fault(token, desk.measures)
    key = None if fault else _key(token, desk)
    fact = desk.facts.get(key) if key else None
    if key is None or fact is None:
        raise WorkspaceError(
            fault or f"The commentary names {{{token}}}, and the pack of {desk.context.period} has no such figure",
            remedy="`scorecard facts MONTH` lists the figures there are; mend the commentary of the month.",
        )
    return value_number(fact, desk.measures[key.indicator])


def _key(token: str, desk: Desk) -> FactKey:
    parts = token.split("/")
    period = Period.parse(parts[1]) if len(parts) >= _WITH_MONTH else desk.context.period
    window = Window(parts[2]) if len(parts) >= _WITH_WINDOW else desk.window(parts[0])
    return FactKey(parts[0], period, window)
