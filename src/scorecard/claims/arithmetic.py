"""Sums that a text makes without saying so: a share in brackets, and what was there, came and went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.claims.claim import Candidate, Claim, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction

    from scorecard.claims.book import Book, Entry


def shares_of(entries: Iterable[Entry]) -> dict[Fraction, tuple[tuple[Entry, Fraction], ...]]:
    """By a number that is a part, what it may be a share of: its whole, and its whole without one other part."""
    found: dict[Fraction, list[tuple[Entry, Fraction]]] = {}
    held = [one for one in entries if not one.area]
    parts: dict[tuple[object, ...], list[Entry]] = {}
    for one in held:
        if one.whole and one.unit == "count" and not one.aspect:
            found.setdefault(one.value, []).append((one, one.whole))
            parts.setdefault((one.measure, one.period, one.window, len(one.key.split("/"))), []).append(one)
        if one.aspect == "counted":
            base = next((of for of in held if of.aspect == "of" and of.key == one.key), None)
            if base and base.value:
                found.setdefault(one.value, []).append((one, base.value))
    for together in parts.values():
        for one in together:
            rest = [one.whole - other.value for other in together if one.whole and other is not one]
            found[one.value] += [(one, base) for base in rest if base > 0]
    return {value: tuple(dict.fromkeys(pairs)) for value, pairs in found.items()}


def share_of_a_part(share: Entry, entries: Iterable[Entry]) -> Iterator[Fraction]:
    """What a part is of the larger parts of the same whole: of general carers, and not of all households."""
    count = next((one for one in entries if one.key == share.key and not one.aspect), None)
    for other in entries if count else ():
        same = (other.measure, other.period, other.window, other.aspect) == (
            share.measure,
            share.period,
            share.window,
            "",
        )
        if (
            count
            and same
            and other.part
            and other.value >= count.value > 0
            and other.key.count("/") == share.key.count("/")
        ):
            yield count.value * 100 / other.value


def sums_of_parts(entry: Entry, entries: Iterable[Entry]) -> Iterator[Fraction]:
    """What two parts of one whole come to together."""
    beside = [
        one
        for one in entries
        if (one.measure, one.period, one.window, one.aspect)
        == (entry.measure, entry.period, entry.window, entry.aspect)
        and one.part
        and one.key.split("/")[3:-1] == entry.key.split("/")[3:-1]
        and one is not entry
    ]
    yield from (entry.value + one.value for one in beside)


def rolled(tied: Sequence[tuple[Entry, Claim]], measures: Sequence[str], book: Book) -> Iterator[Claim]:
    """A count that a text follows from month to month, and whose sum does not come out."""
    for indicator in {
        book.indicator_of[one].id: book.indicator_of[one] for one in measures if one in book.measures
    }.values():
        if not indicator.rolls_forward:
            continue
        started, ended = indicator.rolls_forward["started"], indicator.rolls_forward["ended"]
        stock = indicator.measures[0].id
        told = {
            entry.measure: (entry, claim) for entry, claim in tied if entry.period == book.period and not entry.part
        }
        before = [
            one
            for one in book.entries([stock])
            if one.period == book.period.back(1) and one.is_headline and not one.part
        ]
        if not {started, ended} <= told.keys() or not before:
            continue
        now = next(
            one for one in book.entries([stock]) if one.period == book.period and one.is_headline and not one.part
        )
        made = before[0].value + told[started][0].value - told[ended][0].value
        if made != now.value:
            sum_ = f"{before[0].value} + {told[started][0].value} − {told[ended][0].value}"
            note = f"{sum_} is {made}, and not {now.value}."
            last = told[ended][1]
            yield Claim(
                last.words, last.sentence, last.place, Verdict.CONTRADICTED, (Candidate(now.words, now.key),), note
            )
