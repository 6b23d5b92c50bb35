"""What a chart shows, said in its title: a message of bound numbers, made from templates like every sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.definitions.indicator import Unit
from scorecard.findings.compare import Movement
from scorecard.findings.printing import value_number
from scorecard.findings.sentences import difference_number, movement_case
from scorecard.words.grammar import joined_phrases, printed_month
from scorecard.words.numbers import plain
from scorecard.words.phrase import Label, Number, Source, fill

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.findings.finding import Reading
    from scorecard.findings.wording import Wording
    from scorecard.words.phrase import Phrase

_MOST_NAMED = 3
_MOVED = {Movement.UP, Movement.DOWN}


def title_of(reading: Reading, words: Wording) -> Phrase:
    """The measure and what its newest month shows: how it moved and to what, or that there is no figure."""
    now, moved = reading.now, reading.moved
    slots: dict[str, Phrase] = {
        "title": (Label(reading.measure.title),),
        "month": (printed_month(reading.period.last_day, year=False),),
    }
    if now is None or now.value is None:
        return fill(words["title"]["no_figure"], slots)
    slots["value"] = (value_number(now, reading.measure),)
    if not reading.is_reliable:
        return fill(words["title"]["unreliable"], slots)
    if moved is None:
        return fill(words["title"]["alone"], slots)
    slots |= {
        "change": (difference_number(moved.difference, reading, moved.key),),
        "previous": (value_number(moved.before, reading.measure),),
        "previous_month": (printed_month(moved.before.key.period.last_day, year=False),),
    }
    case = movement_case(reading, moved)
    if case == Movement.SAME and not now.value and reading.measure.unit is Unit.COUNT:
        case = "same_none"
    return (*fill(words["title"][case], slots), *(_extreme(reading, words) if case in _MOVED else ()))


def _extreme(reading: Reading, words: Wording) -> Phrase:
    if reading.extreme is None:
        return ()
    months = Number(plain(reading.extreme.months), reading.extreme.key, Source.FINDING)
    return fill(words["title"]["highest" if reading.extreme.highest else "lowest"], {"months": (months,)})


Named = tuple[str, float, Number]
"""A series or part by its name, with its last value, and that value as it is printed."""


def title_of_several(title: str, ends: Sequence[Named], words: Wording) -> Phrase:
    """What several series come to; of more than a few, which is the highest and which the lowest."""
    slots: dict[str, Phrase] = {"title": (Label(title),)}
    if not ends:
        return fill(words["title"]["several_none"], slots)
    if len(ends) <= _MOST_NAMED:
        said = [fill(words["title"]["several_one"], {"label": (Label(name),), "value": (n,)}) for name, _, n in ends]
        return fill(words["title"]["several"], {**slots, "ends": joined_phrases(said)})
    low, high = min(ends, key=lambda end: end[1]), max(ends, key=lambda end: end[1])
    both: dict[str, Phrase] = {"low_label": (Label(low[0]),), "low": (low[2],)}
    return fill(words["title"]["range"], {**slots, **both, "high_label": (Label(high[0]),), "high": (high[2],)})


def title_of_parts(title: str, parts: Sequence[Named], words: Wording) -> Phrase:
    """Which part of a whole is the largest; nothing more than the title where two are."""
    slots: dict[str, Phrase] = {"title": (Label(title),)}
    ordered = sorted(parts, key=lambda part: -part[1])
    if not ordered or (len(ordered) > 1 and ordered[0][1] == ordered[1][1]):
        return fill(words["title"]["parts_even"], slots)
    largest: dict[str, Phrase] = {"label": (Label(ordered[0][0]),), "value": (ordered[0][2],)}
    return fill(words["title"]["largest"], {**slots, **largest})


def title_of_year(title: str, reached: Number, ahead: Number | None, target: Number | None, words: Wording) -> Phrase:
    """What the year has come to, what it comes to at this pace, and what it should."""
    said = fill(words["title"]["year"], {"title": (Label(title),), "value": (reached,)})
    if ahead:
        said = (*said, *fill(words["title"]["year_ahead"], {"value": (ahead,)}))
    return (*said, *fill(words["title"]["year_target"], {"target": (target,)})) if target else said
