"""What a council's pack looks like: its logo, its colour, its letters; none of it changes what is said."""

from __future__ import annotations

from dataclasses import dataclass

from scorecard.errors import WorkspaceError
from scorecard.render.palette import ACCENT, ACCENT_WASH, PAPER, WASH, contrast

_READABLE = 4.5
"""The contrast that words need to their ground, by WCAG 2.2, success criterion 1.4.3."""


@dataclass(frozen=True)
class Style:
    """The look of a pack: a logo (PNG) with its words for who does not see it, the colour of headings, the letters.

    `office_font` is named in Word, PowerPoint and workbooks, where the reader's own machine must have it.
    """

    logo: bytes = b""
    logo_words: str = ""
    accent: str = ACCENT
    office_font: str = "Arial"

    def __post_init__(self) -> None:
        """Refuse a colour in which words cannot be read on paper."""
        least = min(contrast(self.accent, ground) for ground in (PAPER, WASH, ACCENT_WASH))
        if least < _READABLE:
            raise WorkspaceError(
                f"Words in the colour {self.accent} cannot be read on every ground of a pack: their contrast is "
                f"{least:.1f}, and {_READABLE} is needed.",
                remedy="Choose a darker accent in [style] of scorecard.toml.",
            )


DEFAULT = Style()
"""The look of a pack where a council sets none."""
