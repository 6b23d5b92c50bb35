"""What goes out by mail: copies named by month, edition and marking, small enough to send, with a covering text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorecard.errors import RefusedError
from scorecard.store.disk import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scorecard.calendar.periods import Period
    from scorecard.work.workspace import Workspace

MOST_BYTES = 10_000_000
"""What a mail server takes: many refuse attachments above ten megabytes."""

_NOT_IN_A_NAME = re.compile(r"[^\w.()-]+")
_LOCKED = (".pdf", ".xlsx")
"""How the names of files end that a password can lock."""

_MAIL = """Subject: {title}, {month} ({marking})

Marked {marking}. {edition}.

The {month} scorecard of {council} is attached{locked}:

{files}

{notice}Please do not forward it beyond those who need it, and tell {contact} of anything that looks wrong.
"""


def send(
    workspace: Workspace, period: Period, made: Sequence[Path], folder: Path, password: str = ""
) -> tuple[Path, ...]:
    """Copies of a pack's files as they are sent, and a mail to go with them; a file too large for mail is refused."""
    files = {name_of(workspace, period, one): one.read_bytes() for one in made}
    large = [name for name, data in files.items() if len(data) > MOST_BYTES]
    if large:
        raise RefusedError(
            f"{', '.join(large)} is larger than 10 MB, more than many mail servers take.",
            remedy="Leave that format out with --format, or hand the file over on a shared drive.",
        )
    if password:
        files = {name: _locked(name, data, password) for name, data in files.items()}
    mail = _mail(workspace, period, sorted(files), [one for one in files if password and one.endswith(_LOCKED)])
    files[f"{_stem(workspace, period)}-covering-mail.txt"] = mail.encode("utf-8")
    for name, data in files.items():
        write_whole(folder / name, data)
    return tuple(folder / name for name in files)


def name_of(workspace: Workspace, period: Period, made: Path) -> str:
    """What a file is called when it is sent: the month, the edition and the marking, then what the file is."""
    return f"{_stem(workspace, period)}-{made.name.removeprefix(f'{period}-')}"


def _stem(workspace: Workspace, period: Period) -> str:
    told = (f"scorecard-{period}", workspace.edition, workspace.authority.marking)
    return "-".join(_NOT_IN_A_NAME.sub("-", words).strip("-") for words in told if words)


def _locked(name: str, data: bytes, password: str) -> bytes:
    """A file that opens with the password only, where its format can be locked."""
    from scorecard.render.locked import lock_pdf, lock_workbook  # noqa: PLC0415 - slow to load, and seldom asked for

    if not name.endswith(_LOCKED):
        return data
    return lock_pdf(data, password) if name.endswith(".pdf") else lock_workbook(data, password)


def _mail(workspace: Workspace, period: Period, files: Sequence[str], locked: Sequence[str]) -> str:
    authority = workspace.authority
    return _MAIL.format(
        title="Safeguarding and Family Support Scorecard",
        month=period.label,
        marking=authority.marking,
        edition=workspace.edition,
        council=authority.name,
        locked="; what is locked opens with the password you are told by other means" if locked else "",
        files="\n".join(f"- {name}{' (locked)' if name in locked else ''}" for name in files),
        notice=f"{authority.notice}\n\n" if authority.notice else "",
        contact=authority.contact or "whoever sent it",
    )
