"""Written words as paragraphs and lists, with the little Markdown that managers use."""

from __future__ import annotations

import re

from scorecard.pack.document import Prose

_MARKS = re.compile(r"(\*\*|__|`)")
_EMPHASIS = re.compile(r"(?<!\w)[*_](\S(?:.*?\S)?)[*_](?!\w)")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_BULLET = re.compile(r"\s*[-*•]\s+")


def prose(text: str) -> Prose:
    r"""Paragraphs and bullet lists; marks of emphasis are taken off, headings become paragraphs.

    >>> prose("One\ntwo.\n\n- a\n- b").blocks
    (('paragraph', ('One two.',)), ('list', ('a', 'b')))
    """
    blocks: list[tuple[str, list[str]]] = []
    open_block = ""
    for line in text.splitlines():
        if not line.strip():
            open_block = ""
        elif _BULLET.match(line):
            open_block = _add_item(blocks, _BULLET.sub("", line, count=1), open_block)
        elif open_block:
            blocks[-1][1][-1] += f" {line.strip()}"
        else:
            blocks.append(("paragraph", [line.strip().lstrip("# ")]))
            open_block = "paragraph"
    return Prose(tuple((kind, tuple(_without_marks(words) for words in lines)) for kind, lines in blocks))


def _add_item(blocks: list[tuple[str, list[str]]], item: str, open_block: str) -> str:
    if open_block != "list":
        blocks.append(("list", []))
    blocks[-1][1].append(item.strip())
    return "list"


def _without_marks(words: str) -> str:
    return _EMPHASIS.sub(r"\1", _MARKS.sub("", _LINK.sub(r"\1", words))).strip()


def first_sentence(text: str) -> str:
    """The first sentence of a text, for a glossary.

    >>> first_sentence("Counts children. Not plans.")
    'Counts children.'
    """
    blocks = prose(text).blocks
    words = blocks[0][1][0] if blocks else ""
    found = re.match(r".+?[.!?](?=\s+[A-Z]|$)", words)
    return found[0] if found else words
