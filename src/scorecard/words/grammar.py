"""How words join: lists, plurals, days of the calendar, capitals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.words.phrase import Day, Label

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from scorecard.words.phrase import Phrase, Piece


def day_in_words(day: date) -> str:
    """A day as it is printed.

    >>> from datetime import date
    >>> day_in_words(date(2021, 11, 3))
    '3 November 2021'
    """
    return f"{day.day} {day:%B} {day.year}"


def printed_day(day: date) -> Day:
    """A day that also says itself to programs."""
    return Day(day_in_words(day), day)


def printed_month(day: date, *, year: bool = True) -> Day:
    """The month a day lies in, with or without its year."""
    return Day(f"{day:%B} {day.year}" if year else f"{day:%B}", day)


def joined(parts: Sequence[str], word: str = "and") -> str:
    """A list in words.

    >>> joined(["a"]), joined(["a", "b"]), joined(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    if len(parts) < 2:  # noqa: PLR2004 - one thing needs no joining
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def joined_phrases(parts: Sequence[Phrase], word: str = "and") -> Phrase:
    """A list of phrases in words."""
    pieces: list[Piece] = []
    for place, part in enumerate(parts):
        if place:
            pieces.append(f" {word} " if place == len(parts) - 1 else ", ")
        pieces.extend(part)
    return tuple(pieces)


def plural(count: float, one: str, many: str = "") -> str:
    """The word for one thing, or for several.

    >>> plural(1, "child", "children"), plural(0, "plan")
    ('child', 'plans')
    """
    return one if count == 1 else many or f"{one}s"


def capital(phrase: Phrase) -> Phrase:
    """A phrase that begins a sentence."""
    if not phrase:
        return phrase
    first, *rest = phrase
    return (_raised(first), *rest)


def _raised(piece: Piece) -> Piece:
    if isinstance(piece, str):
        return piece[:1].upper() + piece[1:]
    if isinstance(piece, Label):
        return Label(piece.text[:1].upper() + piece.text[1:])
    return piece


def lowered(title: str) -> str:
    """A title inside a sentence: its first letter small, unless the word is an abbreviation or a name.

    >>> lowered("Assessments completed"), lowered("MASH contacts"), lowered("ICPCs held"), lowered("Early Help")
    ('assessments completed', 'MASH contacts', 'ICPCs held', 'Early Help')
    """
    first, _, rest = title.partition(" ")
    if any(letter.isupper() for letter in first[1:]) or rest[:1].isupper():
        return title
    return title[:1].lower() + title[1:]
