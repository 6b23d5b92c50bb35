"""What a code list's values are called: labels, other spellings, codes of other systems, and the words that decide."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorecard.contract.load import load_contract
from scorecard.contract.values.misspelt import Speller
from scorecard.contract.values.normal import spelled
from scorecard.contract.values.rule import Rule, parsed_rule
from scorecard.errors import DefinitionError, Place

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(str(resources.files("scorecard"))) / "library" / "values"
_KEYS = {"title", "codes", "spellings", "prefixes", "disputed", "rules"}


@dataclass(frozen=True)
class Vocabulary:
    """One code list's vocabulary. `spellings` are sure, `prefixes` (codes of other systems) and `rules` only likely.

    A disputed code is one that councils do not agree on: before words of its own it is no more than likely.
    """

    name: str
    title: str
    labels: Mapping[str, str]
    spellings: Mapping[str, tuple[str, ...]]
    prefixes: Mapping[str, str]
    disputed: frozenset[str]
    rules: tuple[Rule, ...]

    @cached_property
    def by_code(self) -> Mapping[str, str]:
        """Each code by its spelling."""
        return {spelled(code): code for code in self.labels}

    @cached_property
    def by_spelling(self) -> Mapping[str, str | None]:
        """Each code by every spelling that is sure; none by what says that nothing was recorded."""
        made: dict[str, str | None] = {spelled(nothing): None for nothing in nothings()}
        made.update({spelled(text): code for code, texts in self.spellings.items() for text in texts})
        made.update({spelled(label): code for code, label in self.labels.items()})
        made.update(self.by_code)
        return made

    @cached_property
    def by_prefix(self) -> Mapping[str, str]:
        """Each code by the codes of other systems."""
        return {spelled(prefix): code for prefix, code in self.prefixes.items()}

    @cached_property
    def speller(self) -> Speller:
        """What mends small mistakes by the words this vocabulary knows."""
        texts = [*self.by_spelling, *(spelled(word) for rule in self.rules for word in rule.words if "?" not in word)]
        stems = tuple(word.strip("^*") for rule in self.rules for word in rule.words if word.endswith("*"))
        return Speller.of({word for text in texts for word in text.split()}, stems)


@cache
def vocabulary(name: str) -> Vocabulary:
    """The vocabulary of a code list of the contract, or of one that only a layout has.

    >>> vocabulary("closure_reason").labels["RC2"]
    'Died'
    """
    path = FOLDER / f"{name}.toml"
    told = _told(path)
    labels = dict(told.get("codes", {})) or {code.code: code.label for code in load_contract().codes.get(name, ())}
    if not labels:
        raise DefinitionError(f"There is no code list {name}.", remedy="Name one of contract/codes.toml or values/.")
    return _made(path, name, labels, told)


def names() -> tuple[str, ...]:
    """Every list that has a vocabulary."""
    return tuple(sorted({*load_contract().codes, *(path.stem for path in FOLDER.glob("[!_]*.toml"))}))


@cache
def nothings() -> tuple[str, ...]:
    """What councils write where nothing was recorded, whatever the list."""
    return tuple(_told(FOLDER / "_nothing.toml")["spellings"])


def _told(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _made(path: Path, name: str, labels: Mapping[str, str], told: Mapping[str, Any]) -> Vocabulary:
    unknown = set(told) - _KEYS
    try:
        rules = tuple(parsed_rule(line) for line in told.get("rules", ()))
    except ValueError as error:
        raise DefinitionError(f"{error}.", remedy="Mend the rule.", at=Place(path)) from error
    spellings, prefixes = told.get("spellings", {}), told.get("prefixes", {})
    named = {*spellings, *prefixes.values(), *told.get("disputed", ()), *(rule.code for rule in rules if rule.code)}
    unknown |= named - set(labels)
    if unknown:
        words = ", ".join(sorted(unknown))
        raise DefinitionError(f"{words}: neither a key nor a code of {name}.", remedy="Mend the name.", at=Place(path))
    return Vocabulary(
        name=name,
        title=str(told.get("title", "")),
        labels=labels,
        spellings={code: tuple(texts) for code, texts in spellings.items()},
        prefixes=prefixes,
        disputed=frozenset(told.get("disputed", ())),
        rules=rules,
    )
