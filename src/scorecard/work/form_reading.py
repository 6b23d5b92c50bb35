"""Reading a form that came back: the boxes and what was written in them, whatever program it went through.

A form comes from outside, and is read as any file is: within limits, nothing run, nothing fetched
(docs/explanation/reading-safely.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from scorecard.contract.sources.piece import UnreadableError
from scorecard.contract.sources.zip_file import BROKEN, opened_zip
from scorecard.errors import ExtractError, Place
from scorecard.render.form_docx import PLACEHOLDER, PROPERTY, TAG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_FILE_BYTES, MOST_PART_BYTES = 30_000_000, 30_000_000
"""How large a form may be, and how large its text when unpacked."""
MOST_ELEMENTS, DEEPEST = 500_000, 200
"""How many elements its text may have, and how deep they may stand in each other."""
MOST_LETTERS = 20_000
"""How long the words of one box may be."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TAKEN_AWAY = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}sdtPr", f"{_W}pPr", f"{_W}rPr", _FALLBACK})
_DOCUMENT, _CUSTOM = "word/document.xml", "docProps/custom.xml"
_BOX = re.compile(r"\[box (?P<name>[\w/-]+)\]\s*$")
_FORM_LINE = re.compile(r"^Form (?P<id>[\w-]+/\d{4}-\d{2}/[\w-]+)$")
_BULLET = re.compile(r"^[•·▪‣◦–-]\s+")
_PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u00ad": "", "\u200b": "", "\ufeff": "", "\u2011": "-"})


@dataclass(frozen=True)
class Returned:
    """A form as it came back: which it is, and the words in each box."""

    id: str
    words: dict[str, str]


class _Guarded(TreeBuilder):
    """Elements of a document that declares no type, and is neither too large nor too deep."""

    def __init__(self) -> None:
        super().__init__()
        self._count, self._depth = 0, 0

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        """Refuse a declared type: it is how a file asks for others, or grows without end."""
        message = "it declares a document type"
        raise ValueError(message)

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        """Count an element as it begins."""
        self._count, self._depth = self._count + 1, self._depth + 1
        if self._count > MOST_ELEMENTS or self._depth > DEEPEST:
            message = "it has too many elements"
            raise ValueError(message)
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        """Go up again."""
        self._depth -= 1
        return super().end(tag)


def read_form(path: Path) -> Returned:
    """What a form says; an `ExtractError` where the file is none, or cannot be read within limits."""
    try:
        if path.stat().st_size > MOST_FILE_BYTES:
            raise _refused(path, f"it is larger than {MOST_FILE_BYTES // 1_000_000} megabytes")
        with opened_zip(path) as parts:
            names = {part.filename: part.file_size for part in parts.infolist()}
            if any(names.get(name, 0) > MOST_PART_BYTES for name in (_DOCUMENT, _CUSTOM)):
                raise _refused(path, "its text would grow too large when unpacked")
            document = _parsed(parts.read(_DOCUMENT))
            custom = _parsed(parts.read(_CUSTOM)) if _CUSTOM in names else None
    except UnreadableError:
        raise _refused(path, "it is too large, or would grow too large when unpacked") from None
    except (ParseError, *BROKEN) as error:
        why = str(error) if type(error) is ValueError else "it is damaged, or no Word document"
        raise _refused(path, why) from None
    identity = _identity(document, custom)
    if not identity:
        raise _refused(path, "nothing in it says which form it is")
    return Returned(identity, _answers(document))


def _refused(path: Path, why: str) -> ExtractError:
    remedy = "Ask for the form that was sent, filled in and saved as Word (.docx)."
    return ExtractError(f"The form cannot be read: {why}.", remedy=remedy, at=Place(path))


def _parsed(data: bytes) -> Element:
    parser = XMLParser(target=_Guarded())  # noqa: S314 - its builder refuses what such files can do
    parser.feed(data)
    return parser.close()


def _identity(document: Element, custom: Element | None) -> str:
    """Which form it is, by the property it was given or, where a program dropped that, by its last line."""
    for held in custom if custom is not None else ():
        if held.get("name") == PROPERTY:
            return "".join(held.itertext()).strip()
    lines = (_line(paragraph).strip() for paragraph in document.iter(f"{_W}p"))
    return next((found["id"] for line in lines if (found := _FORM_LINE.match(line))), "")


def _answers(document: Element) -> dict[str, str]:
    """The words of each box: what stands under its heading, or in a control that was moved out of its table."""
    found: dict[str, str] = {}
    for table in document.iter(f"{_W}tbl"):
        rows = [child for child in table if child.tag == f"{_W}tr"]
        name = _BOX.search("".join(_lines(rows[0]))) if rows else None
        if name:
            words = [line for row in rows[1:] for cell in _cells(row) for line in _lines(cell)]
            found[name["name"]] = tidied(words)
    for control in document.iter(f"{_W}sdt"):
        tag = control.find(f"{_W}sdtPr/{_W}tag")
        name_of_tag = tag.get(f"{_W}val", "") if tag is not None else ""
        if name_of_tag.startswith(TAG):
            found.setdefault(name_of_tag.removeprefix(TAG), tidied(list(_lines(control))))
    return found


def tidied(lines: list[str]) -> str:
    r"""Words as they are kept: paragraphs apart, bullets as dashes, no heading, no brace, and no endless text.

    >>> tidied(["Click here and write.", "  More came\u00a0in. ", "• one", "- two", "## three"])
    'More came in.\n\n- one\n- two\n\nthree'
    """
    kept: list[str] = []
    for line in lines:
        words = " ".join(line.translate(_PLAIN).split()).replace(PLACEHOLDER, "").strip().lstrip("# ")
        if words:
            kept.append(_BULLET.sub("- ", words))
    text = ""
    for place, words in enumerate(kept):
        both = place and words.startswith("- ") and kept[place - 1].startswith("- ")
        text += ("" if not place else "\n" if both else "\n\n") + words
    return text[:MOST_LETTERS]


def _cells(row: Element) -> Iterator[Element]:
    """The cells of a row, also those that stand in a control."""
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent"}:
            yield from _cells(child)


def _lines(held: Element) -> Iterator[str]:
    """The paragraphs within, deletions dropped; a pasted table is a list, a row an item, its cells parted by bars."""
    for child in held:
        if child.tag in _TAKEN_AWAY:
            continue
        if child.tag == f"{_W}p":
            bullet = "- " if _is_item(child) else ""
            yield from (f"{bullet}{line}" for line in _line(child).split("\n") if line.strip())
        elif child.tag == f"{_W}tbl":
            yield from map(_row, child.iter(f"{_W}tr"))
        else:
            yield from _lines(child)


def _row(row: Element) -> str:
    cells = (" ".join(_lines(cell)).strip() for cell in _cells(row))
    return "- " + " | ".join(cell or "-" for cell in cells)


def _is_item(paragraph: Element) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    listed = style is not None and "list" in style.get(f"{_W}val", "").casefold()
    return listed or paragraph.find(f"{_W}pPr/{_W}numPr") is not None


def _line(held: Element) -> str:
    """The text of a paragraph: what was inserted is in it, what was deleted is not."""
    said: list[str] = []
    for child in held:
        if child.tag == f"{_W}t":
            said.append(child.text or "")
        elif child.tag == f"{_W}tab":
            said.append(" ")
        elif child.tag in {f"{_W}br", f"{_W}cr"}:
            said.append("\n")
        elif child.tag not in _TAKEN_AWAY:
            said.append(_line(child))
    return "".join(said)
