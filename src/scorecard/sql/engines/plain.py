"""The same Python values from every engine."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def plain(row: Sequence[object]) -> tuple[object, ...]:
    """A row in which a whole number is an `int` and any other a `float`, whatever type the engine computed in.

    >>> plain([45.0, 0.5, Decimal("3"), "3", None])
    (45, 0.5, 3, '3', None)
    """
    return tuple(_plain(value) for value in row)


def _plain(value: object) -> object:
    if not isinstance(value, float | Decimal) or value != value:  # noqa: PLR0124 - not-a-number is unlike itself
        return value
    whole = value == int(value)
    return int(value) if whole else float(value)
