"""What a signal says in a sentence: which limits a figure lies outside, or for how long it has gone one way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.findings.signals import Signal
from scorecard.findings.variation import Course
from scorecard.words.numbers import counted, rounded, worded
from scorecard.words.phrase import Number, Source, fill

if TYPE_CHECKING:
    from fractions import Fraction

    from scorecard.findings.finding import Reading
    from scorecard.findings.limits import Limits
    from scorecard.findings.variation import Variation
    from scorecard.findings.wording import Wording
    from scorecard.words.phrase import Phrase


def signal_sentence(reading: Reading, words: Wording) -> Phrase:
    """Why the newest month is not like the others; nothing where it is."""
    found = reading.variation
    if found is None or found.signal is None or found.limits is None:
        return ()
    slots: dict[str, Phrase] = {
        **limit_slots(reading, found.limits, found.key),
        "months": (Number(counted(found.months), f"{found.key}-months", Source.FINDING),),
        "lasting": (Number(counted(found.lasting), f"{found.key}-lasting", Source.FINDING),),
    }
    return fill(words["signal"][_case(found, found.limits)], slots)


def _case(found: Variation, limits: Limits) -> str:
    if found.signal is Signal.GAP:
        return "gap"
    if found.signal is Signal.OUTSIDE and not limits.low:
        return "outside_most"
    return f"{found.signal}_{found.marked[-1].way}"


def limit_slots(reading: Reading, limits: Limits, key: str) -> dict[str, Phrase]:
    """The limits and their mean as they are printed, each a number of its own."""
    ends = {"low": limits.low, "mean": limits.mean, "high": limits.high}
    return {name: (limit_number(reading, value, f"{key}-{name}"),) for name, value in ends.items()}


def limit_number(reading: Reading, value: Fraction, key: str) -> Number:
    """A limit as finely as its measure is printed."""
    places = reading.measure.decimals
    return Number(worded(rounded(value, places), reading.measure.unit, places), key, Source.FINDING)


def is_usual(reading: Reading) -> bool:
    """Whether a figure that moved is still like the months before."""
    return (
        reading.variation is not None
        and reading.variation.limits is not None
        and (reading.variation.course is Course.USUAL)
    )
