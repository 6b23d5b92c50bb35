"""The pages of the layouts councils hold: what each report is known by, and where each of its columns goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reference_markdown import document, table

from scorecard.contract.layouts.pouring import mappings_of
from scorecard.contract.layouts.shipped import SHIPPED, VARIANTS
from scorecard.contract.mapping.forms import Constant, DayTime, Filled, FirstOf, Form, From, Key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.contract.layouts.layout import Layout
    from scorecard.contract.mapping.mapping import Condition, Mapping

MADE = "*This page is made by `make docs` from the mapping files in `library/layouts`.*"


_PARTS = re.compile(r"(\D*)(\d*)")
_INDEX = "layouts.md"


def names() -> tuple[str, ...]:
    """The files: one that leads to the others, and one a layout."""
    return (_INDEX, *(f"layout-{one.id}.md" for one in SHIPPED))


def page_named(name: str) -> str:
    """One of the pages."""
    if name == _INDEX:
        return _index()
    return next(_page(one) for one in SHIPPED if name == f"layout-{one.id}.md")


def _index() -> str:
    rows = [(f"[{one.title}](layout-{one.id}.md)", f"`{one.id}`", len(mappings_of(one))) for one in SHIPPED]
    return document(
        "# The layouts that are read",
        MADE,
        "A file is given to the first that knows it: a [mapping file](mapping-files.md) of your own; the"
        " [contract](contract.md) itself, by the names of its tables and columns; one of the layouts below, by its"
        " headings. `scorecard check` says which it was, and why.",
        table(("layout", "called", "reports"), rows),
        "The contract's own tables are also known as a case system's scripts leave them, and mended:"
        if VARIANTS
        else "",
        table(("layout", "called", "what is mended"), [(one.title, f"`{one.id}`", one.about) for one in VARIANTS])
        if VARIANTS
        else "",
    )


def _page(layout: Layout) -> str:
    return document(
        f"# {layout.title}", MADE, layout.about, *(part for one in _in_order(layout) for part in _report(one))
    )


def _in_order(layout: Layout) -> list[Mapping]:
    """The reports by name, numbers by size."""
    return sorted(mappings_of(layout), key=lambda one: [(text, int(n or 0)) for text, n in _PARTS.findall(one.id)])


def _report(mapping: Mapping) -> Iterator[str]:
    yield f"## {mapping.report}"
    yield mapping.about
    headers = ", ".join(f"“{header}”" for header in mapping.recognised_by.headers)
    names = ", ".join(f"`{name}`" for name in mapping.recognised_by.names)
    yield f"Known by {headers} in one row" + (f", and a name such as {names}." if names else ".")
    rows = [
        (f"`{one.into}.{column}`", _in_words(form), "; ".join(_condition(only) for only in one.only))
        for one in mapping.tables
        for column, form in one.columns.items()
    ]
    yield table(("goes to", "is made of", "where"), rows) if rows else ""
    spelt = [(name, ", ".join(others)) for name, others in mapping.spellings.items() if others]
    yield table(("heading", "also met as"), spelt) if spelt else ""


def _in_words(form: Form) -> str:
    """What stands for a value."""
    match form:
        case From(header, part):
            return f"{header}{f', the part {part}' if part else ''}"
        case Constant(text):
            return f"always `{text}`"
        case Key(parts):
            return " / ".join(_in_words(part) for part in parts)
        case FirstOf(of):
            return "the first that is filled of " + ", ".join(of)
        case DayTime(day, time):
            return f"{day} with the time in {time}"
        case Filled(header, then, otherwise):
            return f"`{then}` where {header} is filled" + (f", else `{otherwise}`" if otherwise else "")
    raise TypeError(form)


def _condition(condition: Condition) -> str:
    if condition.sort == "filled":
        return f"{condition.column} is {'filled' if condition.filled else 'empty'}"
    texts = " or ".join(f"“{text}”" for text in condition.texts)
    return f"{condition.column} {condition.sort.replace('_', ' ')} {texts}"
