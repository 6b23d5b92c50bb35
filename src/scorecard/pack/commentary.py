"""What the services say of the month: the words of each section and slot, who answers for them, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

_FEWEST_WORDS = 3


def slot_name(section: str, slot: str = "") -> str:
    """The one name of a slot: its section's, and its own where the section has several.

    >>> slot_name("contacts"), slot_name("contacts", "partners")
    ('contacts', 'contacts/partners')
    """
    return f"{section}/{slot}" if slot else section


@dataclass(frozen=True)
class Comment:
    """One service's words in one slot of a section; `personal` ones stay in the internal edition."""

    section: str
    text: str
    author: str = ""
    role: str = ""
    state: str = ""
    slot: str = ""
    date: date | None = None
    personal: bool = False

    @property
    def name(self) -> str:
        """The slot it stands in."""
        return slot_name(self.section, self.slot)

    @property
    def says_something(self) -> bool:
        """Whether it is more than a dash, a full stop or a name somebody left to be filled in.

        >>> [Comment("a", text).says_something for text in ("-", "Sam", "We are late.")]
        [False, False, True]
        """
        return len(re.findall(r"\w+", self.text)) >= _FEWEST_WORDS


@dataclass(frozen=True)
class Commentary:
    """All comments of a month, by the slot they stand in."""

    comments: Mapping[str, Comment]

    @classmethod
    def of(cls, comments: Iterable[Comment]) -> Commentary:
        """The comments, each under its slot."""
        return cls({comment.name: comment for comment in comments})

    def on(self, section: str, slot: str = "") -> Comment | None:
        """What was said in a slot of a section, if anything was."""
        comment = self.comments.get(slot_name(section, slot))
        return comment if comment and comment.says_something else None

    def speaks_on(self, section: str) -> bool:
        """Whether anything was said in any slot of a section."""
        return any(one.section == section and one.says_something for one in self.comments.values())


NO_COMMENTARY = Commentary({})
