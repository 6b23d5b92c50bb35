"""Mapping files drafted from the reports of a source, for a person to look at; no person's file is written over."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

import duckdb

from scorecard.contract.check import opened
from scorecard.contract.layouts.pouring import is_known
from scorecard.contract.load import load_contract
from scorecard.contract.mapping.applying import spellings
from scorecard.contract.mapping.drafting import draft, what_is_missing
from scorecard.contract.mapping.profile import LOOKED, look_at
from scorecard.contract.mapping.raw_rows import pour_raw
from scorecard.contract.mapping.reading import DRAFT
from scorecard.contract.mapping.recognising import fits

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from scorecard.contract.mapping.applying import Spellings
    from scorecard.contract.mapping.recognising import Fit
    from scorecard.contract.reading import Reading, Source
    from scorecard.contract.sources.piece import Piece

_NAME = re.compile(r"[^\w]+")


@dataclass
class _Missing:
    """What one mapping does not say yet, over all the reports it was applied to."""

    unused: list[str] = field(default_factory=list)
    found: list[Spellings] = field(default_factory=list)


def write_drafts(sources: Iterable[Source], how: Reading, folder: Path) -> list[Path]:
    """Write a draft for each report that nobody has mapped, and one beside each mapping that does not say everything.

    A draft is called `<name>.draft.toml`. One that is there already may have been worked on: the new one has a number.
    """
    texts: dict[str, str] = {}
    missing: dict[str, _Missing] = {}
    with duckdb.connect(":memory:") as connection:
        for piece in (piece for source in sources for piece in opened(source, connection).pieces):
            try:
                if found := fits(piece, how.mappings):
                    _look_for_missing(connection, piece, found[0], missing.setdefault(found[0].mapping.id, _Missing()))
                elif not is_known(piece, load_contract()) and (looked := look_at(connection, piece)):
                    texts[_name_of(looked.name)] = draft(load_contract(), looked)
            except duckdb.Error:
                # It is damaged, as `check` says; there is nothing to draft from.
                connection.execute(f"DROP TABLE IF EXISTS {LOOKED}; DROP TABLE IF EXISTS {LOOKED}_text")
    texts |= {name: what_is_missing(name, one.unused, one.found) for name, one in missing.items()}
    folder.mkdir(parents=True, exist_ok=True)
    return [_written(folder, name, text) for name, text in sorted(texts.items()) if text]


def _look_for_missing(connection: duckdb.DuckDBPyConnection, piece: Piece, fit: Fit, into: _Missing) -> None:
    raw, _ = pour_raw(connection, piece, fit, LOOKED)
    into.unused += fit.others
    if raw:
        into.found += spellings(connection, load_contract(), fit.mapping, raw)
        connection.execute(f"DROP TABLE {raw.relation}")


def _name_of(label: str) -> str:
    return _NAME.sub("-", label.lower()).strip("-")


def _written(folder: Path, name: str, text: str) -> Path:
    for number in count(1):
        path = folder / f"{name}{f'-{number}' if number > 1 else ''}{DRAFT}"
        if not path.exists() or path.read_bytes() == text.encode():
            break
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
