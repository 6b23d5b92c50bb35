"""One Markdown file into one indicator or one dimension."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from scorecard.definitions.fields import Fields
from scorecard.definitions.indicator import (
    Better,
    CountEach,
    Dimension,
    Duty,
    Example,
    ExpectedCase,
    GivenTable,
    Indicator,
    Kind,
    Measure,
    Statistic,
    Unit,
)
from scorecard.definitions.page import Line, Page, Part, pipe_table, prose, read_page, sql_block
from scorecard.errors import DefinitionError, ScorecardError, raise_together

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.errors import Place

_GIVEN = re.compile(r"Given `(\w+)`")
_THEN = re.compile(r"Then (?:from (\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)|on (\d{4}-\d\d-\d\d))")
_WHERE = re.compile(r"Where `(\w+)` is (\d+(?:\.\d+)?)")
_TRAPS = re.compile(r"Traps?: (.+)")
_FINGERPRINT_LENGTH = 12
_CHANGES_NO_NUMBER = ("meaning", "looks_back")


def parse_indicator(path: Path) -> Indicator:
    """Read one definition file; all that is wrong with it is raised together."""
    page = read_page(path)
    fields = Fields(page, page.front, "the indicator")
    title = fields.text("title", required=True)
    kind = fields.choice("kind", Kind, Kind.FLOW)
    measures = _measures(page, fields)
    sql, sql_line = _sql(page, "Cases", fields.problems)
    indicator = Indicator(
        id=fields.text("id", required=True),
        title=title,
        section=fields.text("section", required=True),
        kind=kind,
        one_case_is=fields.text("one_case_is", required=True),
        measures=measures,
        sql=sql,
        meaning=_meaning(page),
        examples=tuple(_examples(page, fields.problems)),
        place=page.at(1),
        sql_line=sql_line,
        fingerprint=_fingerprint(sql, page.front),
        owner=fields.text("owner"),
        source=fields.text("source"),
        caveats=fields.texts("caveats"),
        local_standard=fields.flag("local_standard"),
        breakdowns=fields.texts("breakdowns"),
        duty=_duty(page, fields, kind, measures),
        rolls_forward=_rolls_forward(fields),
        cohort_of=fields.texts("cohort_of"),
        until_age=fields.whole_number("until_age", 0),
        pooled_month_ends=fields.flag("pooled_month_ends"),
        from_day=fields.day("from"),
        to_day=fields.day("to"),
        replaces=fields.text("replaces"),
        reason=fields.text("reason"),
        notes={key: str(value) for key, value in fields.mapping("notes").items()},
        does_without=fields.named_texts("does_without"),
        either_of=fields.texts("either_of"),
        looks_back=fields.months("looks_back") or 0,
        latest_is_enough=fields.flag("latest_is_enough"),
    )
    fields.finish()
    fields.problems += _file_name_problems(page, indicator.id)
    raise_together(fields.problems)
    return indicator


def parse_dimension(path: Path) -> Dimension:
    """Read one dimension file."""
    page = read_page(path)
    fields = Fields(page, page.front, "the dimension")
    sql, sql_line = _sql(page, "Members", fields.problems)
    dimension = Dimension(
        id=fields.text("id", required=True),
        title=fields.text("title", required=True),
        meaning=_meaning(page),
        members={str(code): str(label) for code, label in fields.mapping("members").items()},
        sql=sql,
        sql_line=sql_line,
        place=page.at(1),
        fingerprint=_fingerprint(sql, page.front),
        by_child=fields.flag("by_child"),
        does_without=fields.named_texts("does_without"),
    )
    fields.finish()
    fields.problems += _file_name_problems(page, dimension.id)
    raise_together(fields.problems)
    return dimension


def _measures(page: Page, fields: Fields) -> tuple[Measure, ...]:
    found = list[Measure]()
    for name, values in fields.mapping("measures", required=True).items():
        told = values if isinstance(values, dict) else {}
        one = Fields(page, told, f"the measure `{name}`", str(name), fields.problems)
        found.append(_measure(str(name), one))
        one.finish()
    return tuple(found)


def _measure(name: str, one: Fields) -> Measure:
    unit = one.choice("unit", Unit, Unit.COUNT)
    return Measure(
        id=name,
        title=one.text("title", required=True),
        unit=unit,
        better=one.choice("better", Better, Better.NEITHER),
        counts=one.optional_text("counts"),
        of=one.optional_text("of"),
        decimals=one.whole_number("decimals", 1 if unit is Unit.RATE_PER_10000 else 0),
        statistic=one.choice("statistic", Statistic, Statistic.RATIO),
        count_each=one.choice("count_each", CountEach, CountEach.CASE),
        annualised=one.flag("annualised"),
        meaning=one.text("meaning"),
        in_words=one.text("in_words"),
        breakdowns=one.texts("breakdowns"),
        from_day=one.day("from"),
        to_day=one.day("to"),
        looks_back=one.months("looks_back"),
    )


def _duty(page: Page, fields: Fields, kind: Kind, measures: tuple[Measure, ...]) -> Duty | None:
    """What `scorecard due` lists; of a stock only, since what is due is due on a day."""
    values = fields.mapping("duty")
    if not values:
        return None
    one = Fields(page, values, "the duty", "duty", fields.problems)
    duty = Duty(one.text("title", required=True), one.text("measure", required=True))
    one.finish()
    known = [measure.id for measure in measures]
    wrong = {
        f"the duty is of `{duty.measure}`, and no measure here has that id": duty.measure not in known,
        "only a stock has a duty": kind is not Kind.STOCK,
        "a duty is listed by team, and the cases are not broken down by it": "team" not in fields.texts("breakdowns"),
    }
    remedy = f"Write `kind: stock`, `breakdowns: [team]` and under `duty:` one of the measures: {', '.join(known)}."
    at = page.at(page.line_of("duty"))
    fields.problems += [DefinitionError(problem, remedy=remedy, at=at) for problem, is_so in wrong.items() if is_so]
    return duty


def _rolls_forward(fields: Fields) -> dict[str, str]:
    """The measures that count what starts and what ends in a stock; both or neither."""
    values = fields.mapping("rolls_forward")
    if not values:
        return {}
    one = Fields(fields.page, values, "`rolls_forward`", "rolls_forward", fields.problems)
    named = {key: one.text(key, required=True) for key in ("started", "ended")}
    one.finish()
    return named


def _meaning(page: Page) -> str:
    """The prose under the page's own title (its first heading)."""
    first = next((part for part in page.parts if part.level == 1), page.parts[0])
    return prose(first)


def _sql(page: Page, title: str, problems: list[ScorecardError]) -> tuple[str, int]:
    part = page.part(title)
    block = sql_block(part) if part else None
    if block is None:
        remedy = f"Write a heading `## {title}` and under it one ```sql block."
        problems.append(DefinitionError(f"the page has no SQL under `## {title}`", remedy=remedy, at=page.at(1)))
        return "", 1
    return block


def _examples(page: Page, problems: list[ScorecardError]) -> list[Example]:
    within, found = False, list[Example]()
    for part in page.parts:
        if part.level <= 2:  # noqa: PLR2004 - `## Examples` opens the examples, the next such heading ends them
            within = part.title.lower() == "examples"
        elif within:
            try:
                found.append(_example(page, part))
            except DefinitionError as error:
                problems.append(error)
    return found


def _example(page: Page, part: Part) -> Example:
    given, days, expected = list[GivenTable](), None, list[ExpectedCase]()
    for number, line in enumerate(part.lines):
        rest = part.lines[number + 1 :]
        if match := _GIVEN.search(line.text):
            table = pipe_table(_until_next(rest), page.path)
            given.append(GivenTable(match[1], table.columns if table else (), table.rows if table else ()))
        elif match := _THEN.search(line.text):
            days = _days(match[1] or match[3], match[2] or match[3], page.at(line.number))
            expected = _expected(_until_next(rest), page)
    if days is None:
        raise DefinitionError(
            f"the example “{part.title}” does not say what is found",
            remedy="Write `Then from 2021-11-01 to 2021-11-30` (or `Then on 2021-11-30`) and a table of the cases.",
            at=page.at(part.line),
        )
    return Example(part.title, tuple(given), days, tuple(expected), page.at(part.line), _traps(part), _settings(part))


def _settings(part: Part) -> dict[str, float]:
    """The parameters an example gives another value, each on a line of its own."""
    return {match[1]: float(match[2]) for line in part.lines if (match := _WHERE.match(line.text))}


def _traps(part: Part) -> tuple[str, ...]:
    """The traps an example names on a line of its own."""
    named = (match[1] for line in part.lines if (match := _TRAPS.match(line.text)))
    return tuple(name.strip() for names in named for name in names.split(","))


def _days(first: str, last: str, at: Place) -> tuple[date, date]:
    try:
        return date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        problem = f"{first} or {last} is no day of the calendar"
        raise DefinitionError(problem, remedy="Write days as 2021-11-30.", at=at) from None


def _until_next(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    end = next((n for n, line in enumerate(lines) if _GIVEN.search(line.text) or _THEN.search(line.text)), len(lines))
    return lines[:end]


def _expected(lines: tuple[Line, ...], page: Page) -> list[ExpectedCase]:
    table = pipe_table(lines, page.path)
    if table is None:
        return []
    found = list[ExpectedCase]()
    for row in table.rows:
        values = dict(zip(table.columns, row, strict=True))
        found.append(ExpectedCase({k: v for k, v in values.items() if k != "because"}, values.get("because") or ""))
    return found


def _fingerprint(sql: str, front: dict[str, Any]) -> str:
    """What the numbers depend on, in few letters: the SQL without its layout, kind, breakdowns and measures."""
    told = {key: front.get(key) for key in ("kind", "pooled_month_ends", "members", "from", "to")}
    told["measures"] = _without_meanings(front.get("measures"))
    text = " ".join(sql.split()) + json.dumps(told, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:_FINGERPRINT_LENGTH]


def _without_meanings(measures: Any) -> Any:
    """The measures as the numbers depend on them: what one means in words, and how far it looks back, changes none."""
    if not isinstance(measures, dict):
        return measures
    kept = {name: one.items() for name, one in measures.items() if isinstance(one, dict)}
    return {**measures, **{name: {k: v for k, v in one if k not in _CHANGES_NO_NUMBER} for name, one in kept.items()}}


def _file_name_problems(page: Page, name: str) -> list[ScorecardError]:
    if not name or page.path.stem == name:
        return []
    remedy = f"Call the file {name}.md, or write `id: {page.path.stem}`."
    return [DefinitionError(f"the id `{name}` is not the file's name", remedy=remedy, at=page.at(page.line_of("id")))]
