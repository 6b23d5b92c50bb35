"""What a mapping file may say, key by key."""

from __future__ import annotations

from typing import Any

from scorecard.contract.mapping.forms import PARTS
from scorecard.contract.mapping.plain import plain
from scorecard.toml_files import Key, Table, flag, text, texts, whole_number

EACH = "each."
"""How a word of an entry of `each` begins where it stands for what the entry says."""

FORMS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "from": (frozenset({"from"}), frozenset({"values", "part"})),
    "constant": (frozenset({"constant"}), frozenset()),
    "key": (frozenset({"key"}), frozenset()),
    "first_of": (frozenset({"first_of"}), frozenset({"values"})),
    "day": (frozenset({"day", "time"}), frozenset()),
    "filled": (frozenset({"filled", "then"}), frozenset({"otherwise"})),
}
"""The forms by the word that tells them: what each must say, and what it may."""

_MUST_BE = (
    "a header, or one of { from, values, part }, { constant }, { key }, { first_of, values }, { day, time }"
    " and { filled, then, otherwise }"
)


def _is_form(value: Any) -> bool:
    """Whether something may stand for a value."""
    if isinstance(value, str):
        return bool(plain(value))
    if not isinstance(value, dict):
        return False
    needed, more = next((of for word, of in FORMS.items() if word in value), (frozenset(), frozenset()))
    if not needed or not needed <= set(value) <= needed | more:
        return False
    held = dict(value)
    key, first_of = held.pop("key", [""]), held.pop("first_of", [""])
    return (
        all(isinstance(said, str) for said in held.values())
        and held.get("part", "before ,") in PARTS
        and _are_headers(first_of)
        and _is_key(key)
    )


def _are_headers(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)


def _is_key(value: Any) -> bool:
    """Headers, one at least, and constants."""
    if not isinstance(value, list):
        return False
    constants = [one for one in value if isinstance(one, dict)]
    headers = [one for one in value if not isinstance(one, dict)]
    return _are_headers(headers) and all(
        set(one) == {"constant"} and isinstance(one["constant"], str) for one in constants
    )


_CONDITIONS = Table(
    'a list of conditions, such as { column = "Route", is = ["DA hub"] }',
    {"column": text(required=True), "is": texts(), "is_not": texts(), "starts_with": texts(), "filled": flag()},
    many=True,
)

GRAMMAR = Table(
    "the mapping",
    {
        "report": text(required=True),
        "about": text(),
        "recognised_by": Table(
            "what it is recognised by", {"name": texts(), "headers": texts(required=True)}, required=True
        ),
        "headers": Table("the headers", each=texts()),
        "rows": Table(
            "the rows",
            {
                "header": whole_number(4),
                "without": _CONDITIONS,
                "heading": Table("the heading", {"column": text(required=True), "into": text(required=True)}),
                "carry_down": texts(),
                "only": _CONDITIONS,
            },
        ),
        "table": Table(
            "a table it fills",
            {
                "into": text(required=True),
                "each": Table('a list of entries, such as { date = "Visit 1" }', each=text(), many=True),
                "only": _CONDITIONS,
                "columns": Table("the columns", each=Key(_MUST_BE, _is_form), required=True),
            },
            many=True,
        ),
        "values": Table("the values", each=Table("a list of values", each=text())),
    },
    is_frame=True,
)
"""The whole file."""
