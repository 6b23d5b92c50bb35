"""Front matter read strictly: unknown keys, missing keys and wrong types are all reported, with their lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar

from scorecard.definitions.indicator import EVER
from scorecard.errors import DefinitionError, ScorecardError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

    from scorecard.definitions.page import Page

Choice = TypeVar("Choice", bound="StrEnum")
Kept = TypeVar("Kept")


@dataclass
class Fields:
    """The keys of one mapping, read one after another; what is wrong gathers in `problems`."""

    page: Page
    values: Mapping[str, Any]
    of: str
    under: str = ""
    problems: list[ScorecardError] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    def text(self, key: str, *, required: bool = False) -> str:
        """A text, trimmed; a number is taken as written."""
        value = self._value(key, required=required)
        if value is None:
            return ""
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            return str(value).strip()
        return self._wrong(key, "a text", "")

    def optional_text(self, key: str) -> str | None:
        """A text, or nothing where the key is absent."""
        return self.text(key) or None

    def flag(self, key: str) -> bool:
        """True or false; false where absent."""
        value = self._value(key)
        return value if isinstance(value, bool) else self._wrong(key, "true or false", False) if value else False

    def whole_number(self, key: str, default: int) -> int:
        """A whole number."""
        value = self._value(key)
        return (
            default if value is None else value if type(value) is int else self._wrong(key, "a whole number", default)
        )

    def day(self, key: str) -> date | None:
        """A day written YYYY-MM-DD."""
        value = self._value(key)
        return value if value is None or type(value) is date else self._wrong(key, "a day written YYYY-MM-DD", None)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._value(key)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(item.strip() for item in value)
        return self._wrong(key, "a list of texts", ())

    def mapping(self, key: str, *, required: bool = False) -> Mapping[str, Any]:
        """A mapping of names to values."""
        value = self._value(key, required=required)
        return {} if value is None else value if isinstance(value, dict) else self._wrong(key, "names with values", {})

    def named_texts(self, key: str) -> Mapping[str, str]:
        """Names with a text each, which may be empty."""
        found = self.mapping(key)
        if all(isinstance(text, str) for text in found.values()):
            return {str(name): text.strip() for name, text in found.items()}
        return self._wrong(key, "names with a text each", {})

    def months(self, key: str) -> int | None:
        """A number of months, or the word `ever`."""
        value = self._value(key)
        if value is None or (type(value) is int and value >= 0):
            return value
        return EVER if value == "ever" else self._wrong(key, "a number of months, or ever", None)

    def choice(self, key: str, kinds: type[Choice], default: Choice) -> Choice:
        """One of a fixed set of words."""
        value = self._value(key)
        if value is None:
            return default
        try:
            return kinds(value)
        except ValueError:
            return self._wrong(key, "one of " + ", ".join(kinds), default)

    def finish(self) -> None:
        """Report the keys nobody asked for."""
        for key in self.values:
            if key not in self.known:
                near = get_close_matches(str(key), self.known, n=1)
                hint = f"Did you mean `{near[0]}`?" if near else f"Known here: {', '.join(sorted(self.known))}."
                self._report(f"{self.of} has an unknown key `{key}`", hint, str(key))

    def _value(self, key: str, *, required: bool = False) -> Any:
        self.known.add(key)
        value = self.values.get(key)
        if required and value in (None, "", {}):
            self._report(f"{self.of} has no `{key}`", f"Write `{key}: …` in the front matter.", key)
        return value

    def _wrong(self, key: str, wanted: str, instead: Kept) -> Kept:
        self._report(f"`{key}` of {self.of} should be {wanted}", f"Write `{key}:` as {wanted}.", key)
        return instead

    def _report(self, problem: str, remedy: str, key: str) -> None:
        self.problems.append(
            DefinitionError(problem, remedy=remedy, at=self.page.at(self.page.line_of(key, self.under)))
        )
