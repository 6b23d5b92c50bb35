"""Files that people write by hand, read as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.errors import Place, WorkspaceError

if TYPE_CHECKING:
    from pathlib import Path


def text_of(path: Path) -> str:
    """The text of a file a person wrote; a `WorkspaceError` says how to save one that is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
    except OSError as error:
        remedy = "Close it in other programs, and see whether you may read it."
        raise WorkspaceError(f"the file cannot be opened ({error.strerror})", remedy=remedy, at=Place(path)) from None
    raise WorkspaceError(
        "the file is not UTF-8 text",
        remedy="Save it as UTF-8: in Notepad, Save as, Encoding UTF-8; in Excel, CSV UTF-8.",
        at=Place(path, line),
    )
