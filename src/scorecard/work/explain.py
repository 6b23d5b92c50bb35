"""Everything about a fact, in words and as data: from the printed text to the records."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scorecard.findings.printing import value_text
from scorecard.words.table import table

if TYPE_CHECKING:
    from scorecard.facts.fact import Fact
    from scorecard.work.behind import Behind

_SUPPLIED = "Supplied by {}. A supplied total has no records behind it, so there are no cases to show."
_IMPORTED = "Imported from {}. It was printed before records were kept here, so there are no cases to show."


def not_counted(fact: Fact) -> str:
    """Why a figure that was given as a total, or printed before the product came, has no cases; else nothing."""
    return (_IMPORTED if fact.is_imported else _SUPPLIED).format(fact.supplied_by) if fact.supplied_by else ""


def as_text(found: Behind) -> str:
    """For a person, from the figure down to its cases."""
    fact, indicator = found.fact, found.indicator
    lines = [f"{found.measure.title}, {fact.key.period.label}, {fact.key.window.replace('_', ' ')}", ""]
    lines += [
        f"  Key         {fact.key}",
        f"  Printed     {value_text(fact, found.measure)}",
        f"  Value       {fact.value}",
    ]
    lines += [f"  Numerator   {_whole(fact.numerator)}", f"  Denominator {_whole(fact.denominator)}"]
    lines += [f"  Status      {fact.status}; quality {fact.quality}"]
    lines += [f"  Because     {fact.reason}"] if fact.reason else []
    lines += [f"  View        {_view(found)}"]
    if fact.is_imported:
        return "\n".join([*lines, "", not_counted(fact)])
    lines += ["", f"Definition  {indicator.place.path}:{indicator.sql_line} (fingerprint {indicator.fingerprint})"]
    lines += [f"  {line}" for line in indicator.meaning.splitlines()[:4]]
    if fact.supplied_by:
        return "\n".join([*lines, "", not_counted(fact)])
    lines += ["", "Judged by", *(_judged_lines(found) or ["  no parameter"])]
    lines += ["", "SQL as run", "", indicator.sql, "", *filter(None, [found.gone])]
    if found.cases.rows or not found.gone:
        lines += [_cases_line(found), *_case_lines(found)]
    return "\n".join(lines)


def as_json(found: Behind) -> str:
    """For a program."""
    fact = found.fact
    told: dict[str, Any] = {
        "key": str(fact.key),
        "printed": value_text(fact, found.measure),
        "numerator": fact.numerator,
        "denominator": fact.denominator,
        "value": fact.value,
        "status": fact.status,
        "quality": fact.quality,
        "reason": fact.reason,
        "view": found.view,
        "supplied_by": fact.supplied_by,
        "without_cases": not_counted(fact) or found.gone,
        "as_at": fact.as_at,
        "snapshot": fact.snapshot,
        "definition": {
            "file": str(found.indicator.place.path),
            "line": found.indicator.sql_line,
            "fingerprint": found.indicator.fingerprint,
            "sql": found.indicator.sql,
        },
        "parameters": {name: [vars(value) for value in values] for name, values in found.judged_by.items()},
        "cases": [dict(zip(found.cases.columns, row, strict=True)) for row in found.cases.rows],
    }
    return json.dumps(told, default=str, indent=1, ensure_ascii=False)


def _view(found: Behind) -> str:
    said = "as first reported" if found.view.value == "first" else "as known now"
    if found.fact.supplied_by:
        return f"{said}, from {found.fact.snapshot}"
    return f"{said}, from snapshot {found.fact.snapshot}, as at {found.fact.as_at.isoformat()}"


def _judged_lines(found: Behind) -> list[str]:
    lines = list[str]()
    for name, values in found.judged_by.items():
        parameter = found.rules.parameters[name]
        for value in values:
            local = " (local standard)" if parameter.local_standard else ""
            lines.append(f"  {name} = {value.value:g} {parameter.unit} from {value.from_day.isoformat()}{local}")
            lines.append(f"    {value.source}{'; ' + value.reason if value.reason else ''}")
    return lines


def _cases_line(found: Behind) -> str:
    inside = sum(1 for row in found.cases.rows if row[0])
    return f"Cases: {len(found.cases.rows)}, of which {inside} in the numerator"


def _case_lines(found: Behind) -> list[str]:
    """The cases with what the definition says of each; members of dimensions are left to `scorecard cases`."""
    shown = [n for n, name in enumerate(found.cases.columns) if not name.startswith("dim_")]
    columns = [found.cases.columns[n] for n in shown]
    rows = [[row[n] for n in shown] for row in found.cases.rows]
    return ["  " + line for line in table(columns, rows).splitlines()]


def _whole(number: float | None) -> str:
    return "-" if number is None else f"{number:g}" if number != int(number) else str(int(number))
