"""What a code list's values are called: labels, other spellings, codes of other systems, and the words that decide."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorecard.contract.load import load_contract
from scorecard.contract.values.misspelt import Speller
from scorecard.contract.values.normal import loosely, spelled
from scorecard.contract.values.rule import Rule, parsed_rule
from scorecard.errors import DefinitionError, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FOLDER = Path(str(resources.files("scorecard"))) / "library" / "values"
_NOTHING = "_nothing.toml"
_BEGINNINGS = range(3, 6)
_ABBREVIATED = range(2, 6)
_KEYS = {"title", "codes", "spellings", "prefixes", "abbreviated", "headings", "disputed", "rules", "places", "ignored"}


@dataclass(frozen=True)
class Vocabulary:
    """One code list's vocabulary. `spellings` are sure, `prefixes` (codes of other systems) and `rules` only likely.

    Only likely, too, is what the first letters of the `abbreviated` names say. `headings` are those of parts of the
    list, with the codes below each: they may stand before a label. A disputed code is one that councils do not agree
    on: before words of its own it is no more than likely. Where the values are places, `within` says in which one a
    smaller place lies, and the `ignored` words are no part of a name. `nothings` is what councils write where nothing
    was recorded, whatever the list.
    """

    name: str
    title: str
    labels: Mapping[str, str]
    spellings: Mapping[str, tuple[str, ...]]
    prefixes: Mapping[str, str]
    abbreviated: Mapping[str, tuple[str, ...]]
    headings: Mapping[str, tuple[str, ...]]
    disputed: frozenset[str]
    rules: tuple[Rule, ...]
    within: Mapping[str, str]
    ignored: frozenset[str]
    nothings: tuple[str, ...]

    @cached_property
    def by_code(self) -> Mapping[str, str]:
        """Each code by its spelling."""
        return {spelled(code): code for code in self.labels}

    @cached_property
    def by_spelling(self) -> Mapping[str, str | None]:
        """Each code by every spelling that is sure; none by what says that nothing was recorded."""
        made: dict[str, str | None] = {spelled(nothing): None for nothing in self.nothings}
        made.update({self.key(text): code for code, texts in self.spellings.items() for text in texts})
        made.update({self.key(label): code for code, label in self.labels.items()})
        made.update(self.by_code)
        return {**self._headed(made), **made}

    def _headed(self, made: Mapping[str, str | None]) -> dict[str, str | None]:
        """Each spelling behind the heading of the part of the list in which its code stands."""
        below = {(heading, code) for heading, codes in self.headings.items() for code in codes}
        return {f"{spelled(head)} {words}": code for head, code in below for words, its in made.items() if its == code}

    def one_part(self, code: str | None, other: str | None) -> bool:
        """Whether two codes may stand below one heading, for all that the headings say."""
        parts = [set(codes) for codes in self.headings.values()]
        told = all(any(each in part for part in parts) for each in (code, other))
        return not told or any({code, other} <= part for part in parts)

    @cached_property
    def _by_loose(self) -> Mapping[str, set[str | None]]:
        loose: dict[str, set[str | None]] = {}
        for words, code in self.by_spelling.items() if not self.ignored else ():
            loose.setdefault(loosely(words), set()).add(code)
        return loose

    def whole(self, words: str) -> str | None:
        """The code whose whole label or spelling a value is, small words and the plural aside."""
        if code := self.by_spelling.get(self.key(words)):
            return code
        codes = self._by_loose.get(loosely(words), set())
        return next(iter(codes)) if len(codes) == 1 else None

    @cached_property
    def by_place(self) -> Mapping[str, str]:
        """The code of the place in which a smaller one lies."""
        return {self.key(place): code for place, code in self.within.items()}

    @cached_property
    def by_beginning(self) -> Mapping[str, str]:
        """The code whose words alone begin with these few letters: “char” for charity, but not “son” or “s”."""
        begun: dict[str, set[str]] = {}
        for rule in self.rules:
            for word in rule.words:
                for count in _BEGINNINGS if rule.code and word.strip("*").isalpha() else ():
                    begun.setdefault(word[:count], set()).add(rule.code or "")
        return {letters: codes.pop() for letters, codes in begun.items() if len(codes) == 1}

    @cached_property
    def _abbreviations(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        return tuple((begun(name), code) for code, names in self.abbreviated.items() for name in names)

    def by_abbreviation(self, words: str) -> str | None:
        """The one code whose names these few letters abbreviate: “DN” a district nurse, “GRPA” a grand parent."""
        letters = words.replace(" ", "")
        if len(letters) not in _ABBREVIATED or words not in {letters, " ".join(letters)}:
            return None
        codes = {code for names, code in self._abbreviations if names.fullmatch(letters)}
        return codes.pop() if len(codes) == 1 else None

    def key(self, text: str) -> str:
        """A value's words, but for those that are no part of a name."""
        words = spelled(text)
        if not self.ignored:
            return words
        return " ".join(word for word in words.split() if word not in self.ignored) or words

    @cached_property
    def by_prefix(self) -> Mapping[str, str]:
        """Each code by the codes of other systems."""
        return {spelled(prefix): code for prefix, code in self.prefixes.items()}

    @cached_property
    def by_any_code(self) -> Mapping[str, str]:
        """Each code by its spelling and by the codes of other systems."""
        return {**self.by_prefix, **self.by_code}

    @cached_property
    def speller(self) -> Speller:
        """What mends small mistakes by the words this vocabulary knows."""
        deciding = [word for rule in self.rules for word in rule.words if "?" not in word]
        texts = [*self.by_spelling, *self.by_place, *map(spelled, deciding)]
        stems = tuple(word.strip("^*") for word in deciding if word.endswith("*"))
        return Speller.of({word for text in texts for word in text.split()}, stems)


@cache
def vocabulary(name: str) -> Vocabulary:
    """The vocabulary of a code list of the contract, or of one that only a layout has.

    >>> vocabulary("closure_reason").labels["RC2"]
    'Died'
    """
    return read_vocabulary(name, FOLDER.joinpath)


def read_vocabulary(name: str, file: Callable[[str], Path]) -> Vocabulary:
    """A vocabulary out of the files of the shipped folder, or as they were kept, each found by its name."""
    path = file(f"{name}.toml")
    told = _told(path)
    places = _places(file(told["places"])) if "places" in told else []
    labels = dict(told.get("codes", {})) or {code.code: code.label for code in load_contract().codes.get(name, ())}
    labels = labels or {code: place for place, code, what in places if what == "authority"}
    if not labels:
        raise DefinitionError(f"There is no code list {name}.", remedy="Name one of contract/codes.toml or values/.")
    return _made(path, name, labels, {**told, "nothings": _told(file(_NOTHING))["spellings"]}, places)


def files_of(name: str) -> tuple[Path, ...]:
    """The shipped files that a vocabulary is read from."""
    path = FOLDER / f"{name}.toml"
    places = _told(path).get("places")
    files = (path, FOLDER / _NOTHING, FOLDER / places if places else path)
    return tuple(dict.fromkeys(one for one in files if one.exists()))


def names() -> tuple[str, ...]:
    """Every list that has a vocabulary."""
    return tuple(sorted({*load_contract().codes, *(path.stem for path in FOLDER.glob("[!_]*.toml"))}))


def _told(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _places(file: Path) -> list[tuple[str, str, str]]:
    """What a register of places says: each name or number, whose it is, and whether it is that or lies within it."""
    with file.open(encoding="utf-8", newline="") as opened:
        return [(row["place"], row["code"], row["is"]) for row in csv.DictReader(opened)]


def _made(
    path: Path, name: str, labels: Mapping[str, str], told: Mapping[str, Any], places: list[tuple[str, str, str]]
) -> Vocabulary:
    unknown = set(told) - _KEYS - {"nothings"}
    try:
        rules = tuple(parsed_rule(line) for line in told.get("rules", ()))
    except ValueError as error:
        raise DefinitionError(f"{error}.", remedy="Mend the rule.", at=Place(path)) from error
    spellings, prefixes = told.get("spellings", {}), told.get("prefixes", {})
    named = {
        *spellings,
        *told.get("abbreviated", ()),
        *(code for codes in told.get("headings", {}).values() for code in codes),
        *prefixes.values(),
        *told.get("disputed", ()),
        *(rule.code for rule in rules if rule.code),
    }
    unknown |= named - set(labels)
    if unknown:
        words = ", ".join(sorted(unknown))
        raise DefinitionError(f"{words}: neither a key nor a code of {name}.", remedy="Mend the name.", at=Place(path))
    numbers = {number: code for number, code, what in places if what == "number"}
    return Vocabulary(
        name=name,
        title=str(told.get("title", "")),
        labels=labels,
        spellings={code: tuple(texts) for code, texts in spellings.items()} | _turned(numbers),
        prefixes=prefixes,
        abbreviated={code: tuple(texts) for code, texts in told.get("abbreviated", {}).items()},
        headings={heading: tuple(codes) for heading, codes in told.get("headings", {}).items()},
        disputed=frozenset(told.get("disputed", ())),
        rules=rules,
        within={place: code for place, code, what in places if what == "within"},
        ignored=frozenset(told.get("ignored", ())),
        nothings=tuple(told["nothings"]),
    )


def begun(name: str) -> re.Pattern[str]:
    """What abbreviates a name: the first letters, up to three, of each of its words.

    >>> [letters for letters in ("dn", "disn", "dinu", "dnt") if begun("district nurse").fullmatch(letters)]
    ['dn', 'disn', 'dinu']
    """
    return re.compile("".join(f"(?:{word[0]}|{word[:2]}|{word[:3]})" for word in spelled(name).split()))


def _turned(numbers: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The numbers of each code."""
    turned: dict[str, tuple[str, ...]] = {}
    for number, code in numbers.items():
        turned[code] = (*turned.get(code, ()), number)
    return turned
