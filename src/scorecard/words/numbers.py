"""The one place that rounds numbers and words them: half up, on exact values, the same everywhere."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

NO_VALUE = "-"
"""What is printed where there is no value; never a nought."""

MINUS = "\N{MINUS SIGN}"
"""The sign of a number below nought, the same in every place; the hyphen is for no value."""

Exact = Fraction | Decimal | int


def exact(value: float | Exact) -> Fraction:
    """The number as written, without the tail that binary fractions hide.

    >>> exact(86.95) == Fraction(8695, 100)
    True
    """
    return Fraction(Decimal(repr(value))) if isinstance(value, float) else Fraction(value)


def rounded(value: float | Exact, decimals: int = 0) -> Decimal:
    """The nearest printable number; a half goes up, away from nought.

    >>> rounded(86.95, 1), rounded(0.5), rounded(-2.5)
    (Decimal('87.0'), Decimal('1'), Decimal('-3'))
    """
    number = exact(value)
    scale = 10**decimals
    scaled = abs(number) * scale
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    unsigned = Decimal(f"{whole}E-{decimals}")
    return unsigned.copy_negate() if number < 0 and whole else unsigned


def plain(value: float | Exact | None, decimals: int = 0) -> str:
    """A number with commas between the thousands.

    >>> plain(1292), plain(None), plain(53.74, 1)
    ('1,292', '-', '53.7')
    """
    return NO_VALUE if value is None else f"{rounded(value, decimals):,f}".replace("-", MINUS)


def signed(value: float | Exact, decimals: int = 0) -> str:
    """A change with its sign; a nought has none.

    >>> signed(45), signed(0), signed(-215)
    ('+45', '0', '−215')
    """
    number = rounded(value, decimals)
    return f"+{plain(number, decimals)}" if number > 0 else plain(number, decimals)


def percent(value: float | Exact | None, decimals: int = 0) -> str:
    """A percentage, 0 to 100, with its sign.

    >>> percent(57.918), percent(Fraction(5, 2), 1)
    ('58%', '2.5%')
    """
    return NO_VALUE if value is None else f"{plain(value, decimals)}%"


def counted(value: float | Exact | None) -> str:
    """A number of things; whole, unless the thing itself comes in parts (posts).

    >>> counted(194.0), counted(19.5)
    ('194', '19.5')
    """
    if value is None:
        return NO_VALUE
    return plain(value, 0 if exact(value).denominator == 1 else 1)


def days(value: float | Exact | None, decimals: int = 0) -> str:
    """A number of days.

    >>> days(327.2), days(1)
    ('327 days', '1 day')
    """
    if value is None:
        return NO_VALUE
    number = plain(value, decimals)
    return f"{number} day" if number == "1" else f"{number} days"


def worded(value: float | Exact | None, unit: str, decimals: int) -> str:
    """A value as its unit is printed: 58%, 194, 53.7, 327 days.

    >>> worded(53.74, "rate_per_10000", 1), worded(57.918, "percent", 0), worded(18400, "pounds", 0)
    ('53.7', '58%', '£18,400')
    """
    if unit == "percent":
        return percent(value, decimals)
    if unit == "days":
        return days(value, decimals)
    if unit == "pounds" and value is not None:
        return f"£{plain(value, decimals)}"
    if unit == "count" and decimals == 0:
        return counted(value)
    return plain(value, decimals)


def difference_worded(difference: float | Exact, unit: str, decimals: int) -> str:
    """How far two values lie apart, without sign: points for percentages.

    >>> difference_worded(-12.6, "percent", 0), difference_worded(45, "count", 0), difference_worded(1, "percent", 0)
    ('13 points', '45', '1 point')
    """
    size = abs(exact(difference))
    if unit == "percent":
        number = plain(size, decimals)
        return f"{number} point" if number == "1" else f"{number} points"
    return worded(size, unit, decimals)
