"""A mapping file drafted for a person to look at: of a report nobody mapped, or what a mapping does not say yet."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from scorecard.contract.mapping.guessing import guess_tables
from scorecard.contract.mapping.matching import code_list, match_texts
from scorecard.contract.values.match import Sureness
from scorecard.contract.values.normal import spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scorecard.contract.mapping.applying import Spellings
    from scorecard.contract.mapping.guessing import Guess, TableGuess
    from scorecard.contract.mapping.profile import Looked
    from scorecard.contract.types import Column, Contract
    from scorecard.contract.values.match import Match

_TOLD_BY = 4
"""By how many headers a drafted report is recognised: enough to tell it, few enough to survive a new export."""
_OTHERS = 2
_NUMBER = re.compile(r"\d+")
_ASKED = (Sureness.NONE, Sureness.LIKELY)
_HOW = {
    Sureness.EXACT: "",
    Sureness.SPELLING: "",
    Sureness.PREFIX: "by the code in it",
    Sureness.LIKELY: "likely; see whether it is right",
    Sureness.NONE: "not matched; write the code, or leave it empty: not known",
}


def draft(contract: Contract, looked: Looked) -> str:
    """The mapping of a report nobody has mapped, as far as it can be guessed; the same report gives the same text."""
    tables = guess_tables(contract, looked)
    lines = [
        f"# A draft made from the report {_quoted(looked.name)}: look at every line, mend what is wrong, and save it",
        "# under a name without “.draft”. “sure” and “likely” say how each column was matched. What may",
        "# stand here is in the reference of mapping files; what each table and column holds, in that of the contract.",
        f"report = {_quoted(looked.name)}",
        "",
        *_recognised_by(looked, tables),
        *_rows(looked),
    ]
    if not tables:
        return (
            "\n".join([*lines, "# No column could be matched to a table of the contract.", *_left(looked, [])]) + "\n"
        )
    best, *others = tables
    lines += _table(best, looked)
    lines += _elsewhere(best, others, looked)
    lines += _values((guess.column, guess.profile.spellings) for guess in best.guesses)
    return "\n".join(lines).rstrip() + "\n"


def what_is_missing(mapping: str, unused: Iterable[str], found: Iterable[Spellings]) -> str:
    """What a mapping does not say yet: values nobody matched or that are only likely, and columns nobody reads.

    Nothing where it says everything.
    """
    lines: list[str] = []
    for name, every in _by_list(found).items():
        asked = {text: match for one in every for text, match in one.matches.items() if match.sureness in _ASKED}
        rows = sum((Counter(one.rows) for one in every), Counter[str]())
        about = {f"# {one.column.name}: {one.column.meaning}": None for one in every}
        lines += [*about, f"[values.{name}]", *_spelt(asked, rows), ""] if asked else []
    if headers := sorted(set(unused)):
        lines += ["# Columns of the report that no line of the mapping reads:"]
        lines += [f"#   {_quoted(header)}" for header in headers]
    if not lines:
        return ""
    first = f"# What {mapping}.toml does not say yet: copy into it what you need. This file itself is never read."
    second = "# Where a column takes its values from no list yet, write { from = …, values = … } with the list's name."
    return "\n".join([first, second, "", *lines]).rstrip() + "\n"


def _by_list(found: Iterable[Spellings]) -> dict[str, list[Spellings]]:
    by_list = defaultdict[str, list["Spellings"]](list)
    for one in found:
        by_list[one.name].append(one)
    return by_list


def _recognised_by(looked: Looked, tables: Sequence[TableGuess]) -> Iterator[str]:
    """By the headers that were matched, the surest first, or else by the first there are."""
    matched = sorted(tables[0].guesses, key=lambda guess: -guess.score) if tables else []
    headers = [guess.profile.header for guess in matched] or [one.header for one in looked.columns]
    yield "[recognised_by]"
    yield f"headers = [{', '.join(map(_quoted, headers[:_TOLD_BY]))}]  # every one of them must be in one row"
    yield ""


def _rows(looked: Looked) -> Iterator[str]:
    """Totals and headings of groups as they were seen; what a gap means is for a person to say."""
    if not (looked.totals or looked.heading or looked.gaps):
        return
    first = looked.columns[0].header
    yield "[rows]"
    if looked.totals:
        conditions = (
            f"{{ column = {_quoted(header)}, starts_with = [{', '.join(map(_quoted, words))}] }}"
            for header, words in looked.totals.items()
        )
        yield f"without = [{', '.join(conditions)}]"
    if looked.heading:
        yield f'heading = {{ column = {_quoted(looked.heading)}, into = "Group" }}  # there are rows with nothing else'
    if looked.gaps:
        yield f"# {_quoted(first)} is empty in {_rows_of(looked.gaps)} with other cells filled. If cells are merged:"
        yield f"# carry_down = [{_quoted(first)}]"
    yield ""


def _repeated(looked: Looked) -> Iterator[str]:
    """Columns that differ in a number only: a row of another table for each."""
    numbers = defaultdict[str, list[str]](list)
    for profile in looked.columns:
        if found := _NUMBER.search(profile.header):
            numbers[profile.header[: found.start()] + "…" + profile.header[found.end() :]].append(found[0])
    for name, its in numbers.items():
        if len(its) > 1:
            yield f"# {_quoted(name)} stands {len(its)} times: a [[table]] with `each` makes a row of each."


def _table(best: TableGuess, looked: Looked) -> Iterator[str]:
    """The likeliest table, every column of it that was matched, and those it needs that were not."""
    table = best.table
    yield f"# {table.meaning}"
    yield "[[table]]"
    yield f"into = {_quoted(table.name)}"
    for guess in best.guesses:
        how = "sure" if guess.sure else "likely"
        yield f"columns.{guess.column.name} = {_form(guess)}  # {how}: {guess.why}"
    matched = {guess.column.name for guess in best.guesses}
    for column in table.counting:
        if column.name not in matched and not column.personal:
            yield f"# needed and not found: columns.{column.name} = …  ({column.meaning})"
    yield from _left(looked, [guess.profile.header for guess in best.guesses])


def _form(guess: Guess) -> str:
    header = _quoted(guess.profile.header)
    if code_list(guess.column) and guess.profile.spellings:
        return f"{{ from = {header}, values = {_quoted(guess.column.name)} }}"
    return header


def _left(looked: Looked, matched: Sequence[str]) -> Iterator[str]:
    for profile in looked.columns:
        if profile.header not in matched:
            yield f"# not matched: {_quoted(profile.header)}"
    yield from _repeated(looked)
    for header in looked.personal:
        yield f"# not looked at, for it seems to be personal: {_quoted(header)}"


def _elsewhere(best: TableGuess, others: Sequence[TableGuess], looked: Looked) -> Iterator[str]:
    """Where else a column that was not matched may belong: a report may fill several tables."""
    matched = {guess.profile.header for guess in best.guesses}
    left = [profile.header for profile in looked.columns if profile.header not in matched]
    found = [
        (guess.profile.header, f"{other.table.name}, columns.{guess.column.name}")
        for other in others
        for guess in other.guesses
        if guess.profile.header in left
    ]
    yield ""
    if not found:
        return
    yield "# One report may fill several tables. What was not matched may belong to:"
    for header in left:
        for place in [place for name, place in found if name == header][:_OTHERS]:
            yield f"#   {_quoted(header)}: {place}"
    yield ""


def _values(found: Iterable[tuple[Column, Mapping[str, int]]]) -> Iterator[str]:
    """For each column of codes every text that was seen, with the code it was taken for."""
    for column, counts in found:
        if code_list(column) and counts:
            yield f"# {column.meaning}"
            yield f"[values.{column.name}]"
            yield from _spelt(match_texts(column, {}, counts), counts)
            yield ""


def _spelt(matches: Mapping[str, Match], counts: Mapping[str, int]) -> Iterator[str]:
    """Spellings in order, those that compare alike once, each with its code, its rows and how sure the code is."""
    seen = set[str]()
    for text, match in sorted(matches.items()):
        if spelled(text) in seen:
            continue
        seen.add(spelled(text))
        how = _HOW[match.sureness] if match.code or match.sureness is Sureness.NONE else "says that nothing is known"
        yield f"{_quoted(text)} = {_quoted(match.code or '')}  # {_rows_of(counts[text])}{f'; {how}' if how else ''}"


def _rows_of(count: int) -> str:
    return f"{count:,} row{'s' if count != 1 else ''}"


def _quoted(text: str) -> str:
    """A text as TOML writes it, which but for one sign is as JSON does."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
