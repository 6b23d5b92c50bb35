"""Several sources of a layout whose years follow one another, read as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.contract.layouts.pouring import layout_of
from scorecard.contract.layouts.shipped import SHIPPED
from scorecard.contract.sources.year_folders import InFolder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.contract.report import Finding
    from scorecard.contract.sources.piece import Piece
    from scorecard.contract.types import Contract


@dataclass(frozen=True)
class OpenedSource:
    """One source as it was opened: what it is called, its files and sheets, and what was found on opening them."""

    name: str
    pieces: list[Piece]
    findings: list[Finding]


def bring_together(sources: Sequence[OpenedSource], contract: Contract) -> list[OpenedSource]:
    """Give the files of a history to the first source that has any, each called by the source it comes from.

    A source with nothing left, and of which nothing is to be said, is none any more.
    """
    if len(sources) == 1:
        return list(sources)
    for layout in (one for one in SHIPPED if one.one_history):
        parts = [[piece for piece in source.pieces if layout_of(piece, contract) is layout] for source in sources]
        holders = [place for place, part in enumerate(parts) if part]
        names = [source.name for source in sources]
        for place in holders if len(holders) > 1 else ():
            called = names[place] if names.count(names[place]) == 1 else f"{names[place]} {place + 1}"
            sources[place].pieces[:] = [piece for piece in sources[place].pieces if piece not in parts[place]]
            sources[holders[0]].pieces.extend(InFolder(called, piece) for piece in parts[place])
    return [source for source in sources if source.pieces or source.findings]
