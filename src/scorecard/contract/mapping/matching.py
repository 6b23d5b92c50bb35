"""The texts of a column matched to its codes: a mapping's own values first, then what is known of the code list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.contract.types import ColumnType
from scorecard.contract.values.match import Match, Sureness, match
from scorecard.contract.values.normal import spelled
from scorecard.contract.values.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from scorecard.contract.types import Column
    from scorecard.contract.values.vocabulary import Vocabulary

_FLAG = "flag"


def is_matched(column: Column) -> bool:
    """Whether the texts of a column are matched to codes."""
    return code_list(column) is not None


def code_list(column: Column) -> str | None:
    """The list whose codes a column holds, if any."""
    return _FLAG if column.type is ColumnType.FLAG else column.codes


def match_texts(
    column: Column,
    own: Mapping[str, str],
    texts: Iterable[str],
    vocabularies: Callable[[str], Vocabulary] = vocabulary,
) -> dict[str, Match]:
    """What each text of a column stands for. Of `own`, a mapping's values, one that is empty is known to be no code."""
    said = {spelled(text): code or None for text, code in own.items()}
    name = code_list(column)

    def stands_for(text: str) -> Match:
        if spelled(text) in said:
            code = said[spelled(text)]
            return Match(code, Sureness.EXACT if code else Sureness.NONE)
        found = match(vocabularies(name), text) if name else Match(None, Sureness.NONE)
        if name == _FLAG and found.code:
            # A list may turn yes into no, and then does so however yes is spelt.
            return Match(said.get(spelled(found.code), found.code), found.sureness)
        return found

    return {text: stands_for(text) for text in texts}
