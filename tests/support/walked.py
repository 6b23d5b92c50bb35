"""A document walked through: its sections with those inside them, its parts with those one click away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.pack.document import Details, Part, Section

if TYPE_CHECKING:
    from collections.abc import Iterator


def sections_of(sections: tuple[Section, ...]) -> Iterator[Section]:
    """Every section, each before those inside it."""
    for section in sections:
        yield section
        yield from sections_of(section.sections)


def parts_of(parts: tuple[Part, ...]) -> Iterator[Part]:
    """Every part, each before those one click away."""
    for part in parts:
        yield part
        if isinstance(part, Details):
            yield from parts_of(part.parts)
