"""Seal what was sent of a month: the files, the words and who answers for them, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.errors import RefusedError, UsageError
from scorecard.pack.commentary_files import load_commentary
from scorecard.pack.context import View
from scorecard.pack.plan import SHIPPED
from scorecard.store.disk import sha256
from scorecard.store.issued import Edition, Said, Sent
from scorecard.store.ledger import Act
from scorecard.work.pack import is_of, make_pack
from scorecard.work.restated import note_restatements
from scorecard.work.revise import Moved, moved
from scorecard.work.views import frozen_month

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from scorecard.calendar.periods import Period
    from scorecard.store.months import FrozenMonth
    from scorecard.work.workspace import Workspace


@dataclass(frozen=True)
class Changes:
    """How an edition differs from the one before: files, figures of the month, and sections' words, each by name."""

    files: Mapping[str, str]
    figures: tuple[Moved, ...]
    words: Mapping[str, str]


@dataclass(frozen=True)
class Issued:
    """An edition, whether its pack had to be made for it, and what changed since the one before, if there was any."""

    edition: Edition
    made_anew: bool
    changes: Changes | None


def issue(  # noqa: PLR0913, PLR0917 - what the command line asks for
    workspace: Workspace,
    period: Period,
    today: date,
    files: Sequence[Path] = (),
    recipients: Sequence[str] = (),
    reason: str = "",
) -> Issued:
    """Keep every byte that was sent as the month's next edition; from the second on it needs a reason.

    Without files it is the council's pack as first reported, out of `packs/`: made for it where there is none, or where
    the one there is older than the freeze that counts or the words that go with it.
    """
    frozen = frozen_month(workspace, period)
    _refuse_silent(workspace, period, reason)
    words = workspace.folder / "commentary" / f"{period}.md"
    chosen, made_anew = (_not_stale(files, frozen), False) if files else _packs(workspace, frozen, words, today)
    named = _by_name([*chosen, *([words] if words.exists() else [])])
    with workspace.store.writing() as ledger:
        # Somebody else may have been quicker while the pack was made.
        _refuse_silent(workspace, period, reason)
        counts = workspace.months.get(period)
        if counts != frozen:
            raise RefusedError(
                f"Another revision of {period.label} counts since.", remedy="Look at it, and issue again."
            )
        before = workspace.store.issues.latest(period)
        edition = workspace.store.issues.keep(_sent(workspace, frozen, words, recipients, reason), named)
        told = {"snapshot": frozen.snapshot, "revision": frozen.revision, "manifest": sha256(edition.manifest)}
        ledger.add(Act.ISSUED, edition.name, why=reason, told={**told, "files": len(edition.seals)})
        workspace.store.issues.let_be_newest(edition)
    note_restatements(workspace, period, workspace.store.ledger)
    return Issued(edition, made_anew, changes(workspace, before, edition) if before else None)


def changes(workspace: Workspace, before: Edition, after: Edition) -> Changes:
    """What differs between two editions of one month."""
    old, new = (workspace.months.revision(one.sent.period, one.sent.revision) for one in (before, after))
    return Changes(
        _differing(before.seals, after.seals), moved(workspace, old, new), _differing(_words(before), _words(after))
    )


def _refuse_silent(workspace: Workspace, period: Period, reason: str) -> None:
    before = workspace.store.issues.latest(period)
    if before and not reason:
        raise RefusedError(
            f"{period.label} was issued on {before.sent.issued_at[:10]}, as edition {before.number}.",
            remedy="Say why it is issued again with --because TEXT: it becomes a new edition, and that one stays.",
        )


def _packs(workspace: Workspace, frozen: FrozenMonth, words: Path, today: date) -> tuple[list[Path], bool]:
    """The council's pack as first reported, and whether it had to be made."""
    folder = workspace.folder / "packs"
    there = sorted(folder.glob(f"{frozen.period}-{View.FIRST}.*"))
    written = words.stat().st_mtime_ns if words.exists() else 0
    if there and all(is_of(one, frozen) and one.stat().st_mtime_ns >= written for one in there):
        return there, False
    return list(make_pack(workspace, frozen.period, View.FIRST, folder, today)), True


def _not_stale(files: Sequence[Path], frozen: FrozenMonth) -> list[Path]:
    """The files somebody named; a pack among them that was made of another revision is refused."""
    absent = [one for one in files if not one.is_file()]
    if absent:
        raise UsageError(f"There is no file {absent[0]}.", remedy="Name each file that was sent with --file.")
    stale = [one for one in files if one.name.startswith(f"{frozen.period}-{View.FIRST}") and not is_of(one, frozen)]
    if stale:
        raise RefusedError(
            f"{stale[0].name} was not made of {frozen.name}, the revision of {frozen.period.label} that counts.",
            remedy=f"`scorecard pack {frozen.period}` makes it anew; look at it before you send it.",
        )
    return list(files)


def _by_name(files: Sequence[Path]) -> dict[str, Path]:
    named = {one.name: one for one in files}
    if len(named) < len(files):
        raise UsageError(
            "Two of the files have one name.", remedy="Rename one of them: an edition keeps them together."
        )
    return named


def _sent(workspace: Workspace, frozen: FrozenMonth, words: Path, recipients: Sequence[str], reason: str) -> Sent:
    own = workspace.folder / "packs" / f"{workspace.layout}.toml"
    comments = load_commentary(words).comments.values()
    return Sent(
        period=frozen.period,
        revision=frozen.revision,
        snapshot=frozen.snapshot,
        plan=workspace.rules.keep(own if own.exists() else SHIPPED),
        issued_at=workspace.by.at,
        issued_by=workspace.by.person,
        recipients=tuple(recipients),
        reason=reason,
        said=tuple(Said(one.name, one.author, one.role, one.state) for one in comments),
        words=words.name if words.exists() else "",
    )


def _words(edition: Edition) -> dict[str, str]:
    """The words of each section as they were sent, with who answered for them."""
    if not edition.sent.words:
        return {}
    comments = load_commentary(edition.file(edition.sent.words)).comments
    return {name: repr(one) for name, one in comments.items()}


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """What was added, removed or changed of two sets of things, by name."""
    told = dict.fromkeys(after.keys() - before.keys(), "added")
    told |= dict.fromkeys(before.keys() - after.keys(), "removed")
    told |= {name: "changed" for name in before.keys() & after.keys() if before[name] != after[name]}
    return dict(sorted(told.items()))
