"""Forms sent out: one for each role that is asked, and the mail it goes with."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from scorecard.errors import RefusedError, UsageError
from scorecard.pack.commentary_files import load_commentary
from scorecard.pack.desk import Desk
from scorecard.pack.forms import forms, short_name
from scorecard.render.form_docx import form_docx
from scorecard.store.disk import write_whole
from scorecard.toml_files import near_or_all
from scorecard.words.grammar import day_in_words, plural
from scorecard.work.commentary import commentary_path, due_day
from scorecard.work.pack import plan_of, told_from

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.calendar.periods import Period
    from scorecard.pack.context import View
    from scorecard.pack.forms import Form
    from scorecard.work.workspace import Workspace

_ATTACHED = (
    "Attached is your form for {month}. It asks for your words on {boxes} of the scorecard, with the figures and "
    "charts of each, and what was said of {before}."
)


def send_forms(workspace: Workspace, period: Period, view: View, folder: Path, role: str = "") -> tuple[Path, ...]:
    """Write a form and a mail for each role; a form that lies there, perhaps filled in, is left alone."""
    plan = plan_of(workspace)
    roles = sorted(set(plan.commented.values()))
    if role and role not in roles:
        raise UsageError(f"Nobody is asked as “{role}”.", remedy=near_or_all(role, roles))
    written = {
        folder / f"{period}-{short_name(form.role)}.docx": (form_docx(form), mail(form, workspace.authority.contact))
        for form in forms_of(workspace, period, view, role)
    }
    for path, (data, _) in written.items():
        if path.exists() and path.read_bytes() != data:
            raise RefusedError(
                f"{path} is there already.", remedy="Move it away, or name another folder with --out DIR."
            )
    for path, (data, words) in written.items():
        write_whole(path, data)
        write_whole(path.with_suffix(".txt"), words.encode("utf-8"))
    return tuple(written)


def forms_of(workspace: Workspace, period: Period, view: View, role: str = "") -> tuple[Form, ...]:
    """What each role is asked of a month."""
    context, facts = told_from(workspace, period, view, date(period.year, period.month, 1))
    before = load_commentary(commentary_path(workspace, period.back(1)))
    return forms(Desk(context, facts), before, due_day(workspace, period), role)


def mail(form: Form, contact: str) -> str:
    """The text of the mail a form goes with."""
    asked, explain = len(form.boxes), sum(len(topic.explain) for topic in form.topics)
    boxes = f"{asked} {plural(asked, 'section')}"
    lines = [
        f"Subject: {form.month}: your words by {day_in_words(form.due)} [{form.marking}]",
        "",
        f"To the {form.role}",
        "",
        _ATTACHED.format(month=form.month, boxes=boxes, before=form.month_before),
        "",
        *_to_explain(explain),
        f"Please write in the boxes and send the form back by {day_in_words(form.due)}. Name no child in it.",
        *(["", contact] if contact else []),
    ]
    return "\n".join(lines) + "\n"


def _to_explain(count: int) -> list[str]:
    if not count:
        return []
    things = plural(count, "thing has", "things have")
    return [f"{count} {things} to be explained: a figure that is off target, restated or not reliable.", ""]
