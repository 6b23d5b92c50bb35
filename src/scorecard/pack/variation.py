"""How figures stand to their limits, for the summary's column and for a table on the topic's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.definitions.indicator import Unit
from scorecard.findings.compare import Position, Side
from scorecard.findings.intervals import wilson
from scorecard.findings.limits import FEWEST_MONTHS
from scorecard.findings.signal_sentences import limit_number, limit_slots
from scorecard.findings.signals import Signal
from scorecard.findings.variation import Assurance, Course
from scorecard.pack.desk import Desk, Footnotes
from scorecard.pack.document import Cell, Column, Details, NumberTable, Row, Status
from scorecard.words.numbers import NO_VALUE, counted
from scorecard.words.phrase import Label, Number, Source

if TYPE_CHECKING:
    from scorecard.findings.finding import Reading
    from scorecard.findings.variation import Variation
    from scorecard.words.phrase import Phrase

COURSE_WORDS = {
    Course.BETTER: "Better than usual",
    Course.WORSE: "Worse than usual",
    Course.HIGHER: "Higher than usual",
    Course.LOWER: "Lower than usual",
    Course.USUAL: "As usual",
}
"""One word for one thing, wherever a figure's variation is printed in full."""

_IN_A_WORD = {
    Course.BETTER: "Better",
    Course.WORSE: "Worse",
    Course.HIGHER: "Higher",
    Course.LOWER: "Lower",
}
_ASSURANCE_WORDS = {
    Assurance.MEETS: "Met every month as things go",
    Assurance.HIT_AND_MISS: "Met some months and not others",
    Assurance.MISSES: "Not met unless something changes",
}
_RATINGS = {Position.MET: "Green", Position.WITHIN_TOLERANCE: "Amber", Position.NOT_MET: "Red"}
_WHY = {
    Signal.TREND: "a trend",
    Signal.TWO_OF_THREE: "two of three near a limit",
    Signal.RUN: "a run",
    Signal.GAP: "none for long",
}
_TOO_FEW = "Too few months"
LIMITS = "limits"
"""The kind of a table of limits, by which a renderer knows it."""


def variation_cell(reading: Reading) -> Cell:
    """How a month stands to its limits; or that there are too few months to tell."""
    found = reading.variation
    if found is None:
        return Cell((NO_VALUE,))
    if found.limits is None:
        of = Number(counted(found.months), f"{found.key}-months", Source.FINDING)
        return Cell((_TOO_FEW,), (of, " of ", Label(str(FEWEST_MONTHS))))
    slots = limit_slots(reading, found.limits, found.key)
    return Cell((Label(_against(found)), *slots["low"], " to ", *slots["high"]))


def _against(found: Variation) -> str:
    """How a month stands to its limits, the words before them: “Worse than”, “Within”, “Higher, a run within”."""
    if found.signal is None:
        return "Within "
    word = _IN_A_WORD[found.course]
    return f"{word} than " if found.signal is Signal.OUTSIDE else f"{word}, {_WHY[found.signal]} within "


def _why(found: Variation) -> Phrase:
    """The rule that a signal within its limits fulfils; of one outside, the limits beside it say so."""
    inside = found.signal is not None and found.signal is not Signal.OUTSIDE
    return (Label(_WHY[found.signal]),) if inside and found.signal else ()


def rating_cell(reading: Reading) -> Cell:
    """Red, amber or green; nothing where the figure is not judged."""
    rating = _RATINGS.get(reading.against.position) if reading.against else None
    if rating is None or reading.against is None:
        return Cell((NO_VALUE,))
    return Cell(status=Status(reading.against.position, Side.AT, rating, ()))


def limits_of(desk: Desk, topic: str, readings: tuple[Reading, ...]) -> tuple[Details, ...]:
    """A table of the limits of a topic's figures, what they are made of, and how sure each percentage is."""
    told = [reading for reading in readings if reading.variation]
    if not told:
        return ()
    notes = Footnotes(desk.context.period)
    columns = (
        Column("Current month", desk.context.period.label, strong=True),
        Column("As a sample", "95% interval"),
        Column("Mean"),
        Column("To be expected", "from, to"),
        Column("Going by", numeric=False),
        Column("The month is", numeric=False),
        Column("The target is", numeric=False),
    )
    rows = tuple(_row(desk, reading, notes) for reading in told)
    caption = "What was to be expected of the month"
    return (
        Details(
            caption, (NumberTable(f"{topic}-limits", caption, "Measure", columns, rows, notes.all(), kind=LIMITS),)
        ),
    )


def _row(desk: Desk, reading: Reading, notes: Footnotes) -> Row:
    found, measure = reading.variation, reading.measure
    own = desk.figure(reading.now.key, measure, notes, parts=True, strong=True) if reading.now else Cell()
    cells = (own, _interval_cell(reading), *_limit_cells(reading), _made_of_cell(reading), _month_cell(reading))
    assured = Label(_ASSURANCE_WORDS[found.assurance]) if found and found.assurance else NO_VALUE
    return Row(Cell((Label(measure.title),)), (*cells, Cell((assured,))))


def _month_cell(reading: Reading) -> Cell:
    """What the month is, without the limits that stand beside it."""
    found = reading.variation
    if found is None or found.limits is None:
        return variation_cell(reading)
    return Cell((Label(COURSE_WORDS[found.course]),), _why(found))


def _interval_cell(reading: Reading) -> Cell:
    """Of a percentage of cases, between which percentages it may lie by chance alone."""
    now = reading.now
    if now is None or reading.measure.unit is not Unit.PERCENT or not now.denominator or now.numerator is None:
        return Cell((NO_VALUE,))
    low, high = wilson(float(now.numerator), float(now.denominator))
    ends = (limit_number(reading, end, f"{now.key}#interval-{name}") for name, end in (("low", low), ("high", high)))
    first, last = ends
    return Cell((first, " to ", last))


def _limit_cells(reading: Reading) -> tuple[Cell, Cell]:
    found = reading.variation
    if found is None or found.limits is None:
        return Cell((NO_VALUE,)), Cell((NO_VALUE,))
    slots = limit_slots(reading, found.limits, found.key)
    return Cell(slots["mean"]), Cell((*slots["low"], " to ", *slots["high"]))


def _made_of_cell(reading: Reading) -> Cell:
    """How many months, by which chart, and why they begin where they do."""
    found = reading.variation
    if found is None:
        return Cell((NO_VALUE,))
    months = Number(counted(found.months), f"{found.key}-months", Source.FINDING)
    word = " month" if found.months == 1 else " months"
    since = (f"since {found.since.first.label}: {found.since.cause}",) if found.since else ()
    by = (found.method.words,) if found.method else ()
    trial = ("on trial",) if found.is_on_trial else ()
    return Cell((months, word), (Label("; ".join((*by, *trial, *since))),))
