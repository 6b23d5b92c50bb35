"""The colours of the page, each used with a shape or a word that says the same."""

from __future__ import annotations

INK = "#1a2530"
MUTED = "#51606d"
RULE = "#d3dae0"
PAPER = "#ffffff"
WASH = "#f3f6f8"
ACCENT = "#12436d"
ACCENT_WASH = "#e8eff5"
BAR = "#7592ae"
BAND = "#e9edf0"
TARGET = "#801650"
MET = "#0b6446"
MET_WASH = "#e3f2ec"
NEAR = "#7a4b00"
NEAR_WASH = "#fbf0da"
NOT_MET = "#9b1c2c"
NOT_MET_WASH = "#fbe9ea"

SERIES = ("#12436d", "#e36d29", "#801650", "#279f95", "#3d3d3d", "#ac8c0a", "#482c8b", "#7592ae", "#593900")
"""The colours of series drawn together, in order: a dark one, then a light one, so that neighbours differ by three in
lightness and are told apart in grey and by those who do not tell red from green. Every series is named beside it."""

DASHES = ((1, 0), (8, 3), (2, 3), (8, 3, 2, 3), (14, 4), (4, 2), (14, 3, 2, 3, 2, 3), (1, 2), (6, 6))
"""How each line among several is broken, in the order of the colours, so that no two need colour to be told apart."""

WORDS_ON: tuple[tuple[str, str], ...] = (
    (INK, PAPER),
    (INK, WASH),
    (INK, ACCENT_WASH),
    (MUTED, PAPER),
    (MUTED, WASH),
    (MUTED, ACCENT_WASH),
    (ACCENT, PAPER),
    (ACCENT, WASH),
    (ACCENT, ACCENT_WASH),
    (TARGET, PAPER),
    (MET, MET_WASH),
    (NEAR, NEAR_WASH),
    (NOT_MET, NOT_MET_WASH),
    (PAPER, ACCENT),
)
"""Words in the first colour stand on the second somewhere on the page."""

SHAPES_ON: tuple[tuple[str, str], ...] = (
    *((ACCENT, PAPER), (BAR, PAPER), (TARGET, PAPER), (MUTED, PAPER)),
    *((colour, PAPER) for colour in SERIES),
)
"""Marks in the first colour stand on the second somewhere on the page."""


def _channel(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - WCAG 2.2 luminance


def _luminance(colour: str) -> float:
    red, green, blue = (_channel(int(colour[place : place + 2], 16)) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours by WCAG 2.2.

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
