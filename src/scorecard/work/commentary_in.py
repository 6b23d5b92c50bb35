"""Taking a form's words in: into the month's commentary, its promises kept, both versions kept, its author answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period
from scorecard.errors import Place, RefusedError
from scorecard.pack.commentary import Comment, Commentary
from scorecard.pack.commentary_files import comment_as_text, load_commentary
from scorecard.pack.forms import AGREED, AUTHOR, form_id, short_name
from scorecard.pack.promise_files import ACTIONS, load_promises, promises_as_text
from scorecard.pack.promises import Promise, promises_in
from scorecard.pack.tokens import token_fault, tokens_in
from scorecard.store.disk import write_whole
from scorecard.work.commentary import commentary_path
from scorecard.work.commentary_reply import Answer, Remark, reply
from scorecard.work.form_reading import read_form
from scorecard.work.pack import plan_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from scorecard.pack.plan import PackPlan
    from scorecard.work.form_reading import Returned
    from scorecard.work.workspace import Workspace


@dataclass(frozen=True)
class Taken:
    """A form that was taken in: as which version, where its reply is, and whether the same file came before."""

    answer: Answer
    reply: Path
    is_repeated: bool = False


def take_words(
    workspace: Workspace,
    files: Sequence[Path],
    today: date,
    period: Period | None = None,
    check: Callable[[Workspace, Period], Iterable[Remark]] | None = None,
) -> tuple[Taken, ...]:
    """Take in the words of several forms; none is taken unless every one is this council's and of the month asked."""
    read = [(path, *_known(workspace, path, period)) for path in files]
    return tuple(_take(workspace, path, form, month, role, today, check) for path, form, month, role in read)


def _known(workspace: Workspace, path: Path, wanted: Period | None) -> tuple[Returned, Period, str]:
    """The form, its month and role; refused where it is another council's, another month's, or of a role unknown."""
    form = read_form(path)
    _, month, _ = form.id.split("/")
    period, council = Period.parse(month), workspace.authority.name
    if wanted not in {None, period}:
        remedy = f"Leave --month out, or give the forms of {wanted.label if wanted else ''}."
        raise RefusedError(f"The form is of {period.label}.", remedy=remedy, at=Place(path))
    by_id = {form_id(council, month, role): role for role in plan_of(workspace).commented.values()}
    if form.id not in by_id:
        remedy = f"Forms of {council} are written by `scorecard commentary send {period}`."
        raise RefusedError(f"The form {form.id} is none of this workspace.", remedy=remedy, at=Place(path))
    return form, period, by_id[form.id]


def _take(  # noqa: PLR0913, PLR0917 - one form, all that is known of it
    workspace: Workspace,
    path: Path,
    form: Returned,
    period: Period,
    role: str,
    today: date,
    check: Callable[[Workspace, Period], Iterable[Remark]] | None,
) -> Taken:
    kept = workspace.folder / "commentary" / "versions" / str(period)
    name, data = short_name(role), path.read_bytes()
    earlier = sorted(kept.glob(f"{name}-[0-9]*.docx"), key=lambda one: int(one.stem.rpartition("-")[2]))
    version = len(earlier) + 1
    repeated = next((number for number, one in enumerate(earlier, 1) if one.read_bytes() == data), 0)
    plan, given = plan_of(workspace), load_commentary(commentary_path(workspace, period))
    said, remarks = _said(workspace, plan, form, role, given, today)
    remarks += _carried_over(workspace, period, said)
    promises = tuple(_promises(plan, said, period, role))
    if not repeated:
        _keep(workspace, period, plan, given, said)
        _keep_promises(workspace, promises)
        write_whole(kept / f"{name}-{version}.docx", data)
        head = f"# {role}, {period.label}, version {version}: read on {today} from {path.name}\n\n"
        write_whole(kept / f"{name}-{version}.md", (head + "\n".join(map(comment_as_text, said))).encode("utf-8"))
    names = {one.name for one in said}
    remarks += [one for one in check(workspace, period) if one.slot in names] if check else []
    titles = {topic.id: topic.title for section in plan.sections for topic in section.topics}
    author = form.words.get(AUTHOR, "")
    held = tuple(one.name for one in said)
    answer = Answer(role, author, period, repeated or version, held, tuple(remarks), promises, titles)
    answered = kept / f"{name}-{repeated or version}-reply.md"
    if not (repeated and answered.exists()):  # a form read again was answered of its own words, which may be replaced
        write_whole(answered, reply(answer).encode("utf-8"))
    return Taken(answer, answered, bool(repeated))


def _said(  # noqa: PLR0913, PLR0917 - one form, all that is known of it
    workspace: Workspace, plan: PackPlan, form: Returned, role: str, given: Commentary, today: date
) -> tuple[list[Comment], list[Remark]]:
    """The comments of a form, and what is to be said of boxes that hold none."""
    said, remarks = list[Comment](), list[Remark]()
    state = "signed off" if form.words.get(AGREED, "").casefold().startswith("yes") else "drafted"
    for name in (slot for slot, by in plan.commented.items() if by == role):
        section, _, slot = name.partition("/")
        words, unknown = _with_known_names(form.words.get(name, ""), workspace)
        remarks += [Remark(name, "The braces were taken away", f"{{{one}}} names no figure.") for one in unknown]
        one = Comment(section, words, form.words.get(AUTHOR, ""), role, state, slot, today)
        before = given.comments.get(name)
        if one.says_something:
            said.append(replace(one, personal=bool(before and before.personal)))
            remarks += [
                Remark(name, "A promise without a day", f"“{promise.words}”")
                for promise in promises_in(words, today)
                if promise.due is None
            ]
        elif words:
            remarks.append(Remark(name, "Only a name or a dash", "The pack will say that no words came."))
        else:
            kept = "The words that came before stand." if before else "The pack will say that no words came."
            remarks.append(Remark(name, "Empty", kept))
    return said, remarks


def _with_known_names(words: str, workspace: Workspace) -> tuple[str, list[str]]:
    """Words in which braces hold the names of figures only, and what stood in the others."""
    unknown = [one for one in tokens_in(words) if token_fault(one, workspace.registry.measures)]
    for one in unknown:
        words = words.replace(f"{{{one}}}", f"({one})")
    return words, unknown


def _carried_over(workspace: Workspace, period: Period, said: Iterable[Comment]) -> list[Remark]:
    """The words that are those of the month before."""
    before = load_commentary(commentary_path(workspace, period.back(1))).comments
    same = (one for one in said if one.name in before and _folded(before[one.name].text) == _folded(one.text))
    return [
        Remark(one.name, "The same words as last month", f"They are those of {period.back(1).label}.") for one in same
    ]


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _promises(plan: PackPlan, said: Iterable[Comment], period: Period, role: str) -> Iterator[Promise]:
    """What is promised by a day, tied to the figure it names, else to the first of its topic."""
    topics = {topic.id: topic for section in plan.sections for topic in section.topics}
    for comment in said:
        measures = topics[comment.section].measures
        dated = [one for one in promises_in(comment.text, period.last_day) if one.due]
        for number, one in enumerate(dated, 1):
            named = next((token.split("/")[0] for token in tokens_in(one.words)), measures[0])
            key = f"{period}-{comment.name.replace('/', '-')}-{number}"
            if one.due:
                yield Promise(key, comment.section, named, one.words, comment.author or role, period, one.due)


def _keep_promises(workspace: Workspace, new: Iterable[Promise]) -> None:
    """Add what was promised; what was promised before in the same words stays as it stands."""
    path = workspace.folder / ACTIONS
    held = load_promises(path)
    known, ids = {(one.topic, one.made, one.words) for one in held}, {one.id for one in held}
    added = list[Promise]()
    for one in (one for one in new if (one.topic, one.made, one.words) not in known):
        free = next(key for key in _keys(one.id) if key not in ids)
        ids.add(free)
        added.append(replace(one, id=free))
    if added:
        before = path.read_bytes() if path.exists() else b""
        text = promises_as_text(added) if not before else "\n" + promises_as_text(added).partition("\n\n")[2]
        write_whole(path, before.rstrip(b"\n") + (b"\n" if before else b"") + text.encode("utf-8"))


def _keys(key: str) -> Iterator[str]:
    """A name, and others like it where it is taken."""
    yield key
    yield from (f"{key}-{number}" for number in range(2, 10_000))


def _keep(workspace: Workspace, period: Period, plan: PackPlan, given: Commentary, said: Sequence[Comment]) -> None:
    """Put the words into the month's file; what stood there before is kept beside the forms."""
    if not said:
        return
    path = commentary_path(workspace, period)
    head = f"# Commentary on {period.label}\n"
    if path.exists():
        before = path.read_bytes()
        head = before.decode("utf-8-sig").partition("\n## ")[0].rstrip() + "\n"
        kept = workspace.folder / "commentary" / "versions" / str(period)
        number = len(list(kept.glob(f"{period}-*.md"))) + 1
        write_whole(kept / f"{period}-{number}.md", before)
    now = {**given.comments, **{one.name: one for one in said}}
    ordered = [now[name] for name in plan.commented if name in now]
    ordered += [one for name, one in now.items() if name not in plan.commented]
    write_whole(path, "\n".join([head, *map(comment_as_text, ordered)]).encode("utf-8"))
