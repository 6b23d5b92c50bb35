"""A small document that holds every kind of part and every shape of chart, with words that mean harm."""

from __future__ import annotations

from datetime import date

from scorecard.definitions.indicator import Unit
from scorecard.findings.compare import Position, Side
from scorecard.pack.charts import Break, Chart, Origin, Panels, Point, ReferenceLine, Series, Shape
from scorecard.pack.document import (
    Bullets,
    CallOut,
    CallOuts,
    Cell,
    Column,
    CommentarySlot,
    Definition,
    Details,
    Document,
    Footnote,
    Glossary,
    Note,
    Notice,
    NumberTable,
    Prose,
    Row,
    Section,
    Status,
    Words,
)
from scorecard.words.phrase import Number, Source

HOSTILE = (
    "=1+1",
    "@SUM(A1:A9)",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "http://example.org/fetch",
    "<script>alert(1)</script>",
    "a\x00b\x07c\x0bd\x1fe",
    "\u202eright to left: \u05e9\u05dc\u05d5\u05dd",
    "w" * 300,
    "&amp; ]]> {{ token }} #panic() $x$",
)
"""What a spreadsheet would compute, a browser would run, or no file of Office may hold."""

_MONTHS = ("Sep 21", "Oct 21", "Nov 21")
_MISSED = Status(Position.NOT_MET, Side.BELOW, "below target", (Number("22 points", "c", Source.FINDING),))
_MET = Status(Position.MET, Side.ABOVE, "target met", ())


def every_part() -> Document:
    """The document; the same one each time."""
    return Document(
        title="Children's services scorecard, November 2021",
        council="Merrowshire",
        period="November 2021",
        marking="OFFICIAL",
        edition="internal",
        produced_on=date(2021, 12, 10),
        notices=(Notice("Invented figures", ("Nobody in this pack lives.",)),),
        about=(("Figures as at", ("10 December 2021",)), ("Hostile", (HOSTILE[0],))),
        sections=(
            _summary(),
            Section(
                "plans",
                "Child protection plans",
                sections=(
                    Section("topic-plans", "Plans", _figures(), lead=("Plans rose.",)),
                    Section("topic-words", "Words", _said()),
                ),
            ),
            Section("hostile", HOSTILE[5], (Bullets(tuple((words,) for words in HOSTILE), heading=HOSTILE[0]),)),
        ),
    )


def charts() -> tuple[Chart, ...]:
    """A chart of every shape, the last of them without a value in one month and with another that is not reliable."""
    return tuple(_chart(shape) for shape in Shape)


def _summary() -> Section:
    parts = (
        Words(("What a reader must know.",)),
        CallOuts(
            (
                CallOut("Children with a plan", (Number("194", "plans"),), ("up 45",), _MISSED, "Read with care"),
                CallOut(HOSTILE[1], (Number("40%", "icpc"),), ("from 68%",), _MET),
            )
        ),
        _table("wide", 14),
        Bullets((("Plans rose by ", Number("45", "rise")), ("Conferences fell.",)), heading="What changed"),
    )
    return Section("summary", "Summary", parts)


def _figures() -> tuple[NumberTable | Chart | Panels | Details | Note, ...]:
    panels = Panels("panels", "Three of the same months", charts()[:2])
    return (
        _table("narrow", 4),
        *charts(),
        panels,
        Details("The numbers of the chart", (_table("inside", 2),)),
        Details("What it counts", (_definition(),)),
        Note(("A plain remark.",)),
    )


def _said() -> tuple[CommentarySlot | Prose | Notice | Glossary | Definition, ...]:
    prose = Prose((("p", (HOSTILE[2],)), ("ul", ("A first thing.", HOSTILE[6])), ("p", ("A last thing.",))))
    return (
        CommentarySlot("What the service says", "Head of Service", prose, "A. Person", "agreed"),
        CommentarySlot("What partners say", "Partner", None, missing="No words came from the Partner."),
        prose,
        Notice(HOSTILE[3], (HOSTILE[4],)),
        Glossary((("CPP", "Child protection plan", "cpp"), (HOSTILE[0], HOSTILE[7], "hostile"))),
        _definition(),
    )


def _definition() -> Definition:
    prose = Prose((("p", ("Children with a plan on the last day.",)),))
    return Definition(
        "plans", "Children with a plan", prose, (("Unit", "children"), ("Why", HOSTILE[8])), (HOSTILE[9],)
    )


def _table(name: str, columns: int) -> NumberTable:
    headings = tuple(Column(f"Column {place}", "of the month", marks=("a",)) for place in range(1, columns + 1))
    rows = tuple(
        Row(
            Cell((words,), ("smaller words",)),
            (
                Cell((Number("58%", "f"),), ("24 of 41",), _MISSED, ("a", "b"), strong=True),
                *(Cell((Number("1,234", "f"),)) for _ in range(columns - 1)),
            ),
            total=words == HOSTILE[-1],
        )
        for words in HOSTILE
    )
    notes = (Footnote("a", ("Counted on the last day.",)), Footnote("b", (HOSTILE[0],)))
    return NumberTable(name, f"Table of {columns} columns", "Measure", headings, rows, notes)


def _chart(shape: Shape) -> Chart:
    unit = Unit.COUNT if shape in {Shape.BARS, Shape.ROWS} else Unit.PERCENT
    several = shape in {Shape.PAIRS, Shape.STACKS}
    series = tuple(Series(f"Series {place}", _points(place)) for place in range(1, 4 if several else 2))
    target = Number("60%", "t", Source.TARGET)
    england = Number("28.5%", "e", Source.COMPARATOR)
    lines = (
        ReferenceLine("target", "Target", (None, 60.0, 60.0), (None, target, target)),
        ReferenceLine("england", "England 2020/21", (28.5,) * 3, (england,) * 3),
    )
    return Chart(
        id=f"chart-{shape}",
        title=f"A chart of {shape} rose to 29.25 {HOSTILE[5]}",
        subtitle="Percentage each month, September to November 2021",
        shape=shape,
        unit=unit,
        series=series,
        lines=lines if shape in {Shape.BARS, Shape.LINE} else (),
        alternative=f"Chart of {shape}: it ends at 29.25.",
        along="Part" if shape is Shape.ROWS else "Month",
        subject=f"Subject of {shape}",
        breaks=(Break("Oct 21", date(2021, 10, 4), "The rule changed."),) if shape is Shape.LINE else (),
    )


def _points(place: int) -> tuple[Point, ...]:
    values = (10.5 * place, None, 9.75 * 3 / place)
    return tuple(
        Point(
            label,
            f"2021-{month:02}",
            value,
            Number("–" if value is None else f"{value:g}", f"k{place}{month}"),
            hollow=month == 11 and place == 1,
            origin=Origin.IMPORTED if month == 9 else Origin.COUNTED,
        )
        for month, label, value in zip((9, 10, 11), _MONTHS, values, strict=True)
    )
