"""A run of words in which every number says whose it is, so that nothing printed was typed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from string import Formatter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date


class Source(StrEnum):
    """What a printed number refers to."""

    FACT = "fact"
    TARGET = "target"
    COMPARATOR = "comparator"
    FINDING = "finding"
    POPULATION = "population"


class Part(StrEnum):
    """Which part of a fact is printed."""

    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    SHARE = "share"


@dataclass(frozen=True)
class Number:
    """A printed number: the key of what it refers to, and its text in the one format of its measure."""

    text: str
    key: str
    source: Source = Source.FACT
    part: Part = Part.VALUE


@dataclass(frozen=True)
class Day:
    """A printed day or month, with the day a program reads."""

    text: str
    day: date


@dataclass(frozen=True)
class Label:
    """The printed name of a measure or place; its digits belong to the name ("completed in 45 working days")."""

    text: str


Piece = str | Number | Day | Label
Phrase = tuple[Piece, ...]


def text_of(phrase: Iterable[Piece]) -> str:
    """The words alone."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in phrase)


def fill(template: str, slots: Mapping[str, Piece | Phrase]) -> Phrase:
    """A template with its `{slots}` filled; a slot nobody fills is a `KeyError`, never a blank.

    >>> fill("{n} in time", {"n": Number("24", "k")})
    (Number(text='24', key='k', source=<Source.FACT: 'fact'>, part=<Part.VALUE: 'value'>), ' in time')
    """
    pieces: list[Piece] = []
    for words, slot, _, _ in Formatter().parse(template):
        if words:
            pieces.append(words)
        if slot is not None:
            filling = slots[slot]
            pieces.extend(filling if isinstance(filling, tuple) else (filling,))
    return tuple(pieces)
