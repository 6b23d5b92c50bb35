"""What is answered to who filled in a form: what was taken in, what to look at again, and what will be followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.words.grammar import day_in_words, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorecard.calendar.periods import Period
    from scorecard.pack.promises import Promise


@dataclass(frozen=True)
class Remark:
    """Something to look at again in the words of one slot: what it is, and in which words or what to do."""

    slot: str
    what: str
    words: str


@dataclass(frozen=True)
class Answer:
    """What became of a form."""

    role: str
    author: str
    period: Period
    version: int
    taken: tuple[str, ...]
    remarks: tuple[Remark, ...]
    promises: tuple[Promise, ...]
    titles: Mapping[str, str]

    def title(self, slot: str) -> str:
        """A slot as its reader knows it."""
        section, _, own = slot.partition("/")
        return f"{self.titles.get(section, section)}{f' ({own})' if own else ''}"


def reply(answer: Answer) -> str:
    """The answer, to be sent as it is."""
    return "\n".join(_reply(answer)) + "\n"


def _reply(answer: Answer) -> Iterator[str]:
    yield f"# {answer.role}: your words on {answer.period.label}"
    yield ""
    yield f"To {answer.author or answer.role}"
    yield ""
    count = len(answer.taken)
    version = f" This is version {answer.version}; the earlier ones are kept." if answer.version > 1 else ""
    yield f"Thank you. Words were taken in for {count} {plural(count, 'section')}.{version}"
    yield from _listed("Taken in", [answer.title(slot) for slot in answer.taken])
    yield from _listed(
        "Please look at these again", [f"{answer.title(one.slot)}: {one.what}. {one.words}" for one in answer.remarks]
    )
    promised = [
        f"{answer.title(one.topic)}: “{one.words.rstrip('. ')}”, {day_in_words(one.due)}" for one in answer.promises
    ]
    yield from _listed("What you said you will do, and by when", promised)
    if answer.promises:
        yield ""
        yield "The next pack prints these with what the figures did since."


def _listed(heading: str, items: list[str]) -> Iterator[str]:
    if items:
        yield from ("", f"## {heading}", "", *(f"- {words}" for words in items))
