"""Findings said in sentences, every number bound to what it refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.calendar.periods import Window
from scorecard.definitions.indicator import Better, Unit
from scorecard.facts.fact import Quality
from scorecard.findings.agreement import agreed
from scorecard.findings.ahead import year_at_this_pace
from scorecard.findings.comparators import HEADLINE, Area
from scorecard.findings.compare import Judgement, Movement, Position, Side
from scorecard.findings.printing import denominator_number, exact_value, numerator_number, value_number, value_text
from scorecard.findings.signal_sentences import is_usual, signal_sentence
from scorecard.findings.wording import shipped_wording
from scorecard.words.grammar import capital, joined_phrases, lowered, printed_day, printed_month
from scorecard.words.numbers import difference_worded, plain, worded
from scorecard.words.phrase import Label, Number, Phrase, Source, fill

if TYPE_CHECKING:
    from decimal import Decimal

    from scorecard.definitions.indicator import Measure
    from scorecard.facts.fact import Fact
    from scorecard.findings.comparators import Comparator
    from scorecard.findings.finding import Beside, Moved, Reading
    from scorecard.findings.targets import Target
    from scorecard.findings.wording import Wording
    from scorecard.words.phrase import Piece


_REGIONS_WITHOUT_ARTICLE = {"London", "Inner London", "Outer London", "Yorkshire and The Humber", "Region"}


def sentences(reading: Reading, wording: Wording | None = None) -> tuple[Phrase, ...]:
    """What to say of a measure this month, the most telling first; where only this month has no figure, only that."""
    words = wording or shipped_wording()
    if reading.now is None or reading.now.value is None:
        return (no_figure_sentence(reading, words),) if any(reading.trend) else ()
    said = (
        month_sentence(reading, words),
        _extreme_sentence(reading, words),
        signal_sentence(reading, words),
        target_sentence(reading, words),
        _to_date_sentence(reading, words),
        _year_ahead_sentence(reading, words),
        _year_ago_sentence(reading, words),
        beside_sentence(reading, words),
    )
    return tuple(sentence for sentence in said if sentence)


def month_sentence(reading: Reading, words: Wording) -> Phrase:
    """The month's figure, how it moved, and whether that is better."""
    if reading.now is None or reading.now.value is None:
        return ()
    return capital((*_lead(reading, reading.now, words), *_movement_clause(reading, words), "."))


def no_figure_sentence(reading: Reading, words: Wording) -> Phrase:
    """That there is no figure, and where that is so, that there were no cases to make one of."""
    case = "no_cases" if reading.now and reading.now.denominator == 0 else "no_figure"
    slots: dict[str, Phrase] = {
        "title": (Label(reading.measure.title),),
        "month": (printed_month(reading.period.last_day, year=False),),
    }
    return capital((*fill(words["lead"][case], slots), "."))


def _lead(reading: Reading, now: Fact, words: Wording) -> Phrase:
    slots: dict[str, Phrase] = {
        "title": (Label(reading.measure.title),),
        "month": (printed_month(reading.period.last_day, year=False),),
        "value": (value_number(now, reading.measure),),
        "numerator": (numerator_number(now),),
        "denominator": (denominator_number(now),),
    }
    case = _lead_case(reading, now)
    if case.startswith("counted"):
        slots["counted"] = in_its_words(reading.measure, now, words)
    if reading.looked_at:
        slots["day"] = (printed_day(reading.looked_at),)
    return fill(words["lead"][f"{case}{_when(reading)}"], slots)


def _when(reading: Reading) -> str:
    """How a template's name ends: of a day before the month's end, the end of the month, or a year."""
    if reading.looked_at:
        return "_day"
    return "_stock" if reading.is_stock else "_year" if reading.is_of_a_year else ""


def in_its_words(measure: Measure, now: Fact, wording: Wording | None = None) -> Phrase:
    """A figure as its definition words it, agreeing with its numbers: one child was, two were, “no children” were.

    “None of” them stands for a nought, but not in brackets, beside another “no”, or of one alone. `{bare_value}` is the
    value without the sign of its unit.
    """
    template = measure.in_words
    numerator: Piece = numerator_number(now)
    if not now.numerator and _may_be_a_word(template, now):
        numerator = "none" if "{numerator} of " in template else "no"
    slots: dict[str, Piece | Phrase] = {
        "numerator": numerator,
        "denominator": denominator_number(now),
        "value": value_number(now, measure),
        "bare_value": Number(plain(exact_value(now), measure.decimals), f"{now.key}#bare", Source.FINDING),
    }
    return agreed(fill(template, slots), wording or shipped_wording())


def _may_be_a_word(template: str, now: Fact) -> bool:
    """Whether a nought may be said as “no” or “none”."""
    before, of, _ = template.partition("{numerator}")
    of_one = "{numerator} of {denominator}" in template and now.denominator == 1
    return bool(of) and not before.endswith("(") and "no " not in before and not of_one


def _lead_case(reading: Reading, now: Fact) -> str:
    worded_by_itself = bool(reading.measure.in_words) and (reading.measure.unit is not Unit.POUNDS or bool(now.value))
    if now.denominator is None or "value}" in reading.measure.in_words:
        return "counted" if worded_by_itself else "value"
    if reading.measure.unit is Unit.PERCENT:
        return "counted_percent" if worded_by_itself else "percent"
    if worded_by_itself:
        return "counted"
    return "rate" if reading.measure.unit is Unit.RATE_PER_10000 else "value"


def _movement_clause(reading: Reading, words: Wording) -> Phrase:
    moved, measure = reading.moved, reading.measure
    if moved is None:
        return ()
    slots: dict[str, Phrase] = {
        "change": (difference_number(moved.difference, reading, moved.key),),
        "previous": (value_number(moved.before, measure),),
        "previous_month": _in_which(reading, moved.before),
    }
    case = movement_case(reading, moved)
    return (*fill(words["movement"][case], slots), *_restated(reading, words), *_meaning(reading, moved, case, words))


def _meaning(reading: Reading, moved: Moved, case: str, words: Wording) -> Phrase:
    """Whether a movement is for the better; and that it is no more than the months before lead one to expect."""
    if case == "little":
        return ()
    usual = "_usual" if is_usual(reading) and moved.judgement in {Judgement.BETTER, Judgement.WORSE} else ""
    return fill(words["judgement"][f"{moved.judgement}{usual}"], {})


def _restated(reading: Reading, words: Wording) -> Phrase:
    """What the month before has become since it was reported, so that no other figure on the page seems to differ."""
    since, measure = reading.before_since, reading.measure
    if (
        since is None
        or reading.moved is None
        or value_text(since, measure) == value_text(reading.moved.before, measure)
    ):
        return ()
    number = Number(value_text(since, measure), f"{since.key}#now", Source.FINDING)
    return fill(words["movement"]["restated"], {"now": (number,)})


def movement_case(reading: Reading, moved: Moved) -> str:
    """The template of a movement; a count that came from or went to nought says so instead of a difference."""
    if moved.movement is not Movement.SAME and not moved.difference:
        return "little"
    if moved.movement is Movement.SAME or reading.measure.unit is not Unit.COUNT:
        return str(moved.movement)
    if not moved.before.value:
        return "up_from_none"
    return "down_to_none" if reading.now and not reading.now.value else str(moved.movement)


def _in_which(reading: Reading, fact: Fact) -> Phrase:
    """The month of an earlier figure, or the twelve that end with it."""
    month = printed_month(fact.key.period.last_day, year=False)
    return ("the twelve months to ", month) if reading.is_of_a_year else (month,)


def difference_number(difference: Decimal, reading: Reading, key: str) -> Number:
    """How far two printed figures lie apart, bound to the comparison that says so."""
    text = difference_worded(difference, reading.measure.unit, reading.measure.decimals)
    return Number(text, key, Source.FINDING)


def target_number(target: Target, reading: Reading) -> Number:
    """The target in its measure's format; finer only where the target itself is."""
    decimals = reading.measure.decimals if target.value.denominator == 1 else max(1, reading.measure.decimals)
    if reading.measure.unit is Unit.PERCENT and target.value.denominator == 1:
        decimals = 0
    return Number(worded(target.value, reading.measure.unit, decimals), target.key, Source.TARGET)


def comparator_number(comparator: Comparator) -> Number:
    """A published figure, never finer than it was published."""
    return Number(worded(comparator.value, comparator.unit, comparator.decimals), comparator.key, Source.COMPARATOR)


def target_sentence(reading: Reading, words: Wording) -> Phrase:
    """Where the figure stands against its target; of one that is not reliable, that it is not."""
    against = reading.against
    if against is None:
        return () if reading.is_reliable else fill(words["target"]["unreliable_alone"], {})
    case = str(against.position) if reading.is_reliable else "unreliable"
    if case == Position.NOT_JUDGED and reading.measure.better is not Better.NEITHER:
        case = "few"
    elif against.position is Position.MET and against.side is Side.AT:
        case = "met_at"
    elif against.position is not Position.NOT_JUDGED and not against.difference:
        case = f"{against.position}_just"
    slots: dict[str, Phrase] = {
        "target": (target_number(against.target, reading),),
        "change": (difference_number(against.difference, reading, against.key),),
    }
    return fill(words["target"][case], slots)


def _extreme_sentence(reading: Reading, words: Wording) -> Phrase:
    if reading.extreme is None:
        return ()
    months = Number(plain(reading.extreme.months), reading.extreme.key, Source.FINDING)
    return fill(words["extreme"]["highest" if reading.extreme.highest else "lowest"], {"months": months})


def _to_date_sentence(reading: Reading, words: Wording) -> Phrase:
    fact = reading.to_date
    if fact is None or fact.value is None or reading.period == reading.period.april:
        return ()
    slots: dict[str, Phrase] = {"value": (value_number(fact, reading.measure),)}
    unsure = "_unreliable" if fact.quality is Quality.UNRELIABLE else ""
    if reading.measure.unit is not Unit.PERCENT or fact.denominator is None:
        return fill(words["year_to_date"][f"value{unsure}"], slots)
    parts: dict[str, Phrase] = {"numerator": (numerator_number(fact),), "denominator": (denominator_number(fact),)}
    return fill(words["year_to_date"][f"percent{unsure}"], {**slots, **parts})


def _year_ahead_sentence(reading: Reading, words: Wording) -> Phrase:
    """What the year comes to at this pace, where it has a target of its own."""
    ahead = year_at_this_pace(reading.to_date, reading.measure)
    if ahead is None or reading.year_target is None or not reading.is_reliable:
        return ()
    slots: dict[str, Phrase] = {"projected": (ahead,), "target": (target_number(reading.year_target, reading),)}
    return fill(words["year_ahead"]["at_this_pace"], slots)


def _year_ago_sentence(reading: Reading, words: Wording) -> Phrase:
    fact = reading.year_ago
    # A nought a year back may be a month before the records begin, which nothing at hand tells from none counted.
    if fact is None or not fact.value or reading.measure.unit is not Unit.COUNT:
        return ()
    slots: dict[str, Phrase] = {
        "value": (value_number(fact, reading.measure),),
        "month": (printed_month(fact.key.period.last_day),),
    }
    return fill(words["year_ago"]["value_stock" if reading.is_stock else "value"], slots)


def beside_sentence(reading: Reading, words: Wording) -> Phrase:
    """On which side of the published figures the council's own lies, each with its period."""
    if reading.compared is None or not reading.beside.keys() & set(HEADLINE):
        return ()
    said = joined_phrases([phrase for where in Side for phrase in _one_side(reading, where, words)])
    slots: dict[str, Phrase] = {"sides": said, "value": (value_number(reading.compared, reading.measure),)}
    annualised = reading.compared.key.window is Window.YEAR_TO_DATE_ANNUALISED
    whole = fill(words["beside"]["whole_annualised" if annualised else "whole"], slots)
    if any(held.comparator.differs for held in reading.beside.values()):
        return (*whole, " ", *fill(words["beside"]["differs"], {}))
    return whole


def _one_side(reading: Reading, where: Side, words: Wording) -> list[Phrase]:
    """The areas on one side; a phrase for each period, because areas are not all published for the same year."""
    groups: dict[str, list[Phrase]] = {}
    for beside in reading.beside.values():
        if beside.side is where and beside.comparator.area in HEADLINE:
            groups.setdefault(beside.comparator.period_words, []).append(_area(beside))
    return [_one_period(period, areas, where, words) for period, areas in groups.items()]


def _one_period(period: str, areas: list[Phrase], where: Side, words: Wording) -> Phrase:
    when = period if period.startswith("at ") else f"in {period}"
    return fill(words["beside"][where], {"areas": joined_phrases(areas), "period": Label(when)})


def _area(beside: Beside) -> Phrase:
    label = beside.comparator.label
    if beside.comparator.area is Area.NEIGHBOURS:
        label = lowered(label)
    if beside.comparator.area is Area.REGION and label not in _REGIONS_WITHOUT_ARTICLE:
        label = f"the {label}"
    return (Label(label), " (", comparator_number(beside.comparator), ")")
