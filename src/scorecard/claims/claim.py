"""What a text claims, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Whether a claim is borne out: by a fact or a sum, a difference or a share of facts; or not, and how.

    What is unclear is borne out by one figure, and not by another that goes by the same name.
    """

    TIED = "tied"
    CONTRADICTED = "contradicted"
    UNCLEAR = "unclear"
    NOT_FOUND = "not found"
    NOT_COMPARED = "nothing to compare with"


@dataclass(frozen=True)
class Candidate:
    """A figure a claim may mean: in words, and by its key."""

    words: str
    key: str


@dataclass(frozen=True)
class Claim:
    """A number or a direction in a text: the very words, the sentence or cell it stands in, and what is said of it."""

    words: str
    sentence: str
    place: int
    verdict: Verdict
    candidates: tuple[Candidate, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Checked:
    """Everything a text claims, in its order."""

    claims: tuple[Claim, ...]

    @property
    def flagged(self) -> tuple[Claim, ...]:
        """What its author should look at again."""
        return tuple(one for one in self.claims if one.verdict is not Verdict.TIED)

    @property
    def tied(self) -> tuple[Claim, ...]:
        """What the figures bear out."""
        return tuple(one for one in self.claims if one.verdict is Verdict.TIED)
