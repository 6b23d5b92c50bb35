"""A council's own look, from the `[style]` of its settings: the logo is read as the untrusted file it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scorecard.errors import Place, WorkspaceError
from scorecard.render.style import DEFAULT, Style

if TYPE_CHECKING:
    from pathlib import Path

_PNG = b"\x89PNG\r\n\x1a\n"
_SIZES = slice(16, 24)
_MOST_BYTES, _MOST_DOTS = 300_000, 3000
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def style_of(settings: dict[str, Any], folder: Path, file: Path) -> Style:
    """The look that settings ask for; a `WorkspaceError` says what is wrong with a colour or a logo."""
    if not settings:
        return DEFAULT
    accent = settings.get("accent", DEFAULT.accent)
    if not _COLOUR.fullmatch(accent):
        raise WorkspaceError(
            f"The accent “{accent}” of [style] is no colour.",
            remedy='Write six hexadecimal digits after a hash, such as "#12436d".',
            at=Place(file),
        )
    logo, words = settings.get("logo", ""), settings.get("logo_words", "").strip()
    if logo and not words:
        raise WorkspaceError(
            "The logo of [style] has no words for a reader who does not see it.",
            remedy='Write what it shows, such as logo_words = "Merrowshire County Council".',
            at=Place(file),
        )
    return Style(_logo(folder / logo) if logo else b"", words, accent.lower(), settings.get("office_font", "Arial"))


def _logo(path: Path) -> bytes:
    """A picture that is what it says it is, and small."""
    remedy = f"Save it as PNG of at most {_MOST_BYTES // 1000} kB and {_MOST_DOTS} dots either way, in the workspace."
    if not path.is_file():
        raise WorkspaceError("There is no such logo as [style] names.", remedy=remedy, at=Place(path))
    if path.stat().st_size > _MOST_BYTES:
        raise WorkspaceError("The logo is too large a file.", remedy=remedy, at=Place(path))
    data = path.read_bytes()
    sizes = data[_SIZES]
    wide, high = (int.from_bytes(sizes[place : place + 4], "big") for place in (0, 4))
    if not data.startswith(_PNG) or not (0 < wide <= _MOST_DOTS and 0 < high <= _MOST_DOTS):
        raise WorkspaceError("The logo is no PNG picture, or one of too many dots.", remedy=remedy, at=Place(path))
    return data
