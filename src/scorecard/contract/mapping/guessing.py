"""Which table of the contract a report probably is, and which column each of its headers, with how sure that is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.contract.mapping.matching import code_list, match_texts
from scorecard.contract.mapping.plain import plain
from scorecard.contract.types import ColumnType
from scorecard.contract.values.match import Sureness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.contract.mapping.profile import Looked, Profile
    from scorecard.contract.types import Column, Contract, Table

_SAYS = {
    "person": (
        *("child", "client", "service", "user", "subject", "cyp", "individual"),
        *("mosaic", "liquidlogic", "lcs", "ics", "swift"),
    ),
    "birth": ("dob", "born"),
    "start": ("started", "began", "begin", "from", "opened", "commenced", "open"),
    "end": ("ended", "to", "closed", "close", "ceased", "finish", "finished"),
    "auth": ("authorised", "completed", "complete", "completion", "signed"),
    "id": ("no", "number", "ref", "reference", "identifier", "key"),
    "sex": ("gender",),
    "source": ("who", "origin", "referrer", "agency"),
    "outcome": ("result", "action", "next"),
    "ethnicity": ("ethnic",),
    "date": ("day", "on", "when", "held"),
    "category": ("abuse",),
    "cla": ("lac", "looked", "care"),
    "s47": ("section47",),
}
"""A word of the contract, and what reports say for it."""
_WORD_OF = {other: word for word, others in _SAYS.items() for other in others}
_SAYS_LITTLE = frozenset(
    {"date", "datetime", "time", "code", "id", "flag", "desc", "the", "of", "in", "at", "is", "by", "for", "a", "json"}
)
_PREFIX = re.compile(r"^[a-z0-9]{4}_")
_SAME, _TEXT, _HALF, _ENOUGH = 1.0, 0.7, 0.5, 0.45
_LONG = 4
"""From how many letters on an s at the end is taken for a plural's."""
_ALL_BUT_ALL, _SEVERAL = 0.9, 3
"""By its values alone a column is taken for codes if nearly all are codes of the list, and several different ones."""


@dataclass(frozen=True)
class Guess:
    """A column for a header: how well they go together, and why, in words. With the same name it is sure."""

    column: Column
    profile: Profile
    score: float
    why: str
    sure: bool


@dataclass(frozen=True)
class TableGuess:
    """A table a report may be: the guesses, by how good a whole they make."""

    table: Table
    guesses: tuple[Guess, ...]
    score: float


def guess_tables(contract: Contract, looked: Looked) -> list[TableGuess]:
    """The tables a report may be, the likeliest first; those of which it has nothing are left out."""
    found = [_table(table, looked) for table in contract.tables.values() if not table.derived]
    return sorted((one for one in found if one.guesses), key=lambda one: (-one.score, one.table.name))


def _table(table: Table, looked: Looked) -> TableGuess:
    """The best column for each header, each column once."""
    pairs = sorted(_pairs(table, looked), key=lambda guess: (-guess.score, guess.column.name, guess.profile.header))
    guesses: dict[str, Guess] = {}
    for guess in pairs:
        taken = {one.profile.header for one in guesses.values()}
        if guess.column.name not in guesses and guess.profile.header not in taken:
            guesses[guess.column.name] = guess
    counting = {column.name for column in table.counting}
    named = len(_words(looked.name) & (_words(table.name) - {"ssd", "ssdx"}))
    score = sum(one.score * (2 if name in counting else 1) for name, one in guesses.items()) + named
    order = [column.name for column in table.columns]
    kept = tuple(sorted(guesses.values(), key=lambda one: order.index(one.column.name)))
    return TableGuess(table, kept, score if kept else 0.0)


def _pairs(table: Table, looked: Looked) -> Iterator[Guess]:
    about = _words(table.name) | _words(table.meaning.partition(",")[0])
    for column in (*table.loaded, *table.packed):
        for profile in looked.columns:
            name = _name_score(profile.header, column, about)
            values, said = _value_score(profile, column)
            score = max(name * values, _HALF if _is_of_list(profile, column) else 0.0)
            if score >= _ENOUGH:
                sure = name == _SAME and _is_same(profile.header, column)
                named = f" and the header says {_shared(profile.header, column, table)}" if name else ""
                yield Guess(column, profile, score, "same name" if sure else f"{said}{named}", sure)


def _words(text: str) -> set[str]:
    """The words of a name, each as the contract says it.

    >>> sorted(_words("Child's Date of Birth")), sorted(_words("cont_contact_date"))
    (['birth', 'date', 'of', 'person'], ['cont', 'contact', 'date'])
    """
    found = re.findall(r"s47|[a-z]+|\d+", text.lower().replace("'s", "").replace("’s", ""))
    single = (word.removesuffix("s") if len(word) >= _LONG else word for word in found)
    return {_WORD_OF.get(word, word) for word in single}


def _names(column: Column) -> list[str]:
    return [_PREFIX.sub("", column.name), *column.also_named]


def _is_same(header: str, column: Column) -> bool:
    same = {plain(column.name), *map(plain, _names(column))}
    return plain(header) in same or any(_words(header) == _words(name) for name in _names(column))


def _name_score(header: str, column: Column, about: set[str]) -> float:
    """How far a header and a column's name have the same words, those of the table's own subject aside."""
    if _is_same(header, column):
        return _SAME
    said = _words(header)
    best = 0.0
    for name in _names(column):
        meant = _words(name)
        telling = (meant - _SAYS_LITTLE - about) or (meant - _SAYS_LITTLE)
        asked = said - _SAYS_LITTLE
        shared = asked & meant
        if shared and telling:
            best = max(best, 0.9 * len(shared) / len(asked | telling))
    return best


def _shared(header: str, column: Column, table: Table) -> str:
    meant = set[str]().union(*map(_words, _names(column))) | _words(table.name)
    said = [word for word in re.findall(r"[A-Za-z0-9]+", header) if _words(word) & meant - {"of", "the"}]
    return f"“{' '.join(said or header.split())}”"


def _value_score(profile: Profile, column: Column) -> tuple[float, str]:
    """How far a column's cells are what the contract's column holds, and that in words."""
    if not profile.filled:
        return _HALF, "it is empty"
    if column.type in (ColumnType.DATE, ColumnType.MOMENT):
        return profile.days, f"{profile.days:.0%} of the values are days"
    # Whole numbers may be days as a spreadsheet keeps them, and identifiers as well.
    if profile.days > _HALF and profile.numbers < profile.days:
        return 0.0, ""
    if code_list(column):
        return _codes(profile, column)
    if column.type in (ColumnType.INTEGER, ColumnType.DECIMAL):
        return profile.numbers, f"{profile.numbers:.0%} of the values are numbers"
    # Words beside a code of their own are told by the code.
    return (_TEXT if column.type is ColumnType.TEXT else _SAME), "the values may be such"


def _codes(profile: Profile, column: Column) -> tuple[float, str]:
    if not profile.spellings:
        return 0.0, ""
    share = _codes_of(profile, column)[0]
    return _HALF + share / 2, f"{share:.0%} of the values are codes of the list"


def _codes_of(profile: Profile, column: Column) -> tuple[float, int]:
    """Which share of the cells are codes of the column's list, and how many different codes they are."""
    matches = match_texts(column, {}, profile.spellings)
    known = sum(profile.spellings[text] for text, match in matches.items() if match.sureness is not Sureness.NONE)
    return known / profile.filled, len({match.code for match in matches.values() if match.code})


def _is_of_list(profile: Profile, column: Column) -> bool:
    """Whether the values alone say that it is this column: codes of a list, not merely yes and no."""
    if not column.codes or not profile.spellings:
        return False
    share, different = _codes_of(profile, column)
    return share >= _ALL_BUT_ALL and different >= _SEVERAL
