"""Freezing, revising, issuing: what was said stays, and what changes it has a name and a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from few_definitions import define_only

from scorecard.calendar.periods import Period
from scorecard.contract.blocking import ACCEPTABLE
from scorecard.errors import RefusedError, StoreError, UsageError
from scorecard.facts.restate import Cause
from scorecard.store.by import By
from scorecard.store.ledger import Act
from scorecard.store.months import Approval, Because, Kind
from scorecard.work.blocking import Acceptance, BlockedMonthError, accepted_of
from scorecard.work.freeze import AlreadyFrozenError, freeze
from scorecard.work.issue import issue
from scorecard.work.new import new_workspace
from scorecard.work.revise import approve, moved, open_revision, open_revisions, revise
from scorecard.work.status import FOLLOWING, State, checklist, next_command, state_of
from scorecard.work.take import BlockedExtractError, check, take
from scorecard.work.views import count, facts_first
from scorecard.work.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from scorecard.store.snapshots import Snapshot

    Extract = Callable[..., Snapshot]

NOVEMBER = Period(2021, 11)
TODAY = date(2021, 12, 3)
ASSESSMENTS = "cina_assessment_id,cina_person_id,cina_assessment_start_date,cina_assessment_auth_date\n"
ONE, TWO = "A1,c1,2021-11-01,2021-11-12", "A2,c2,2021-07-01,2021-11-15"
SAME_KEY = "A1,c1,2021-11-02,2021-11-13"
COUNT = "assessments_completed"
CLASH = Acceptance("duplicate_key:ssd_cin_assessments", "A. Lee, Head of Performance", "The first is right.")


@pytest.fixture(autouse=True)
def _few_definitions(monkeypatch: pytest.MonkeyPatch) -> None:
    """The definitions these tests ask for."""
    define_only(("assessments_45wd", "cpp_open"), monkeypatch)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A new council's workspace, in which somebody is at work."""
    new_workspace(tmp_path / "council")
    return open_workspace(tmp_path / "council", By("asmith", "LAPTOP-7", "2021-12-03T09:00:00+00:00"))


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes an extract of these assessments, of so many children."""

    def of(rows: Iterable[str], *, children: Iterable[str] = ("c1", "c2", "c3"), more: str = "") -> Path:
        folder = tmp_path / f"extract-{len(list(tmp_path.glob('extract-*')))}"
        folder.mkdir()
        people = "".join(f"{child},F,2012-05-01\n" for child in children)
        (folder / "ssd_person.csv").write_text(f"pers_person_id,pers_sex,pers_dob\n{people}", encoding="utf-8")
        (folder / "ssd_cin_assessments.csv").write_text(
            ASSESSMENTS + "".join(f"{row}\n" for row in rows), encoding="utf-8"
        )
        if more:
            text = f"cine_referral_id,cine_person_id,cine_referral_date,cine_close_date\n{more}"
            (folder / "ssd_cin_episodes.csv").write_text(text, encoding="utf-8")
        return folder

    return of


@pytest.fixture
def extract(workspace: Workspace, write: Callable[..., Path]) -> Extract:
    """Takes an extract as at the month's end, or another day."""

    def of(*rows: str, as_at: date = NOVEMBER.last_day, **how: object) -> Snapshot:
        return take(workspace, write(rows, **how), as_at).snapshot

    return of


def _first(workspace: Workspace) -> object:
    rows = facts_first(workspace, NOVEMBER, indicators=[COUNT])
    return next(row[6] for row in rows if row[2] == "month" and row[3] == "all")


def _acts(workspace: Workspace) -> list[Act]:
    return [one.act for one in workspace.store.ledger.all()]


def test_a_month_that_is_frozen_is_refused_naming_who_froze_it_and_when(workspace: Workspace, extract: Extract) -> None:
    extract(ONE)
    freeze(workspace, NOVEMBER, "2021-12-03T09:00:00")
    with pytest.raises(AlreadyFrozenError, match=r"revision 1, from 2021-11-30-\w+, on 2021-12-03 by asmith") as raised:
        freeze(workspace, NOVEMBER, "2021-12-04")
    assert raised.value.exit_code == 14
    assert "--again" in raised.value.remedy
    assert len(workspace.months.revisions(NOVEMBER)) == 1


def test_one_who_was_slower_is_refused_after_counting_and_keeps_nothing(
    workspace: Workspace, extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract(ONE)

    def slow(*what: Any) -> object:
        monkeypatch.setattr("scorecard.work.freeze.count", count)
        freeze(replace(workspace, by=By("blee", "", "2021-12-03")), NOVEMBER, "2021-12-03")
        return count(*what)

    monkeypatch.setattr("scorecard.work.freeze.count", slow)
    with pytest.raises(AlreadyFrozenError, match="by blee"):
        freeze(workspace, NOVEMBER, "2021-12-03")
    assert len(workspace.months.revisions(NOVEMBER)) == 1
    assert _acts(workspace).count(Act.FROZEN) == 1


def test_freezing_again_keeps_the_try_before_and_tells_the_figures_that_moved(
    workspace: Workspace, extract: Extract
) -> None:
    extract(ONE)
    before = freeze(workspace, NOVEMBER, "2021-12-03")
    extract(ONE, TWO)
    after = freeze(workspace, NOVEMBER, "2021-12-04", again=True, reason="A team was left out.")
    assert (after.revision, after.because) == (2, Because(Kind.AGAIN, "", "A team was left out."))
    assert _first(workspace) == 2
    assert [one.revision for one in workspace.months.revisions(NOVEMBER)] == [1, 2]
    told = {str(one.key): one for one in moved(workspace, before, after)}
    one = told[f"{COUNT}/2021-11/month"]
    assert one.before is not None
    assert one.after is not None
    assert (one.before.value, one.after.value, one.title) == (1, 2, "Assessments completed")
    assert moved(workspace, after, after) == ()
    assert _acts(workspace)[-1] is Act.FROZEN_AGAIN


def test_a_month_is_kept_with_every_file_of_the_councils_own_it_was_counted_by(
    workspace: Workspace, extract: Extract
) -> None:
    extract(ONE)
    (workspace.folder / "quality.toml").write_text("", encoding="utf-8")
    (workspace.folder / "notes.toml").write_text("", encoding="utf-8")
    kept = freeze(workspace, NOVEMBER, "2021-12-03")
    assert {"scorecard.toml", "quality.toml", "notes.toml", "library/parameters.toml"} <= kept.rules.keys()


def test_after_an_issue_freezing_again_is_refused_and_a_revision_is_pointed_at(
    workspace: Workspace, extract: Extract
) -> None:
    extract(ONE)
    freeze(workspace, NOVEMBER, "2021-12-03")
    issue(workspace, NOVEMBER, TODAY)
    with pytest.raises(RefusedError, match="was issued: edition 1, on 2021-12-03") as raised:
        freeze(workspace, NOVEMBER, "2021-12-04", again=True)
    assert "scorecard revise 2021-11" in raised.value.remedy


def test_a_revision_counts_only_when_somebody_else_lets_it(workspace: Workspace, extract: Extract) -> None:
    extract(ONE)
    freeze(workspace, NOVEMBER, "2021-12-03")
    extract(ONE, TWO)
    opened = revise(workspace, NOVEMBER, Cause.ERROR_CORRECTED, "A team was left out.")
    assert opened.because == Because(Kind.REVISION, "error corrected", "A team was left out.")
    assert _first(workspace) == 1
    assert [one.revision for one in open_revisions(workspace, NOVEMBER)] == [2]
    with pytest.raises(RefusedError, match="asmith opened revision 2"):
        approve(workspace, NOVEMBER, Approval("Anna Smith, Head of Service", "Looked at it."))
    assert _first(workspace) == 1
    approve(workspace, NOVEMBER, Approval("B. Lee, Director", "Looked at it."))
    assert _first(workspace) == 2
    assert workspace.months.approval(NOVEMBER) == Approval("B. Lee, Director", "Looked at it.")
    assert _acts(workspace)[-2:] == [Act.REVISION_OPENED, Act.REVISION_APPROVED]
    with pytest.raises(StoreError, match="no open revision"):
        approve(workspace, NOVEMBER, Approval("B. Lee, Director", "Again."))


def test_a_revision_that_no_line_of_the_ledger_tells_of_cannot_be_approved(
    workspace: Workspace, extract: Extract
) -> None:
    extract(ONE)
    frozen = freeze(workspace, NOVEMBER, "2021-12-03")
    because = Because(Kind.REVISION, Cause.ERROR_CORRECTED, "Dropped in, or cut off by a crash.")
    workspace.months.keep(NOVEMBER, frozen.snapshot, "2021-12-04", frozen.rules, lambda _: None, because)
    with pytest.raises(StoreError, match="no open revision"):
        approve(workspace, NOVEMBER, Approval("B. Lee, Director", "Looked at it."))
    assert workspace.months.get(NOVEMBER) == frozen


def test_a_revision_is_counted_in_the_extract_of_its_own_time_or_in_one_that_is_named(
    workspace: Workspace, extract: Extract
) -> None:
    own = extract(ONE)
    freeze(workspace, NOVEMBER, "2021-12-03")
    later = extract(ONE, TWO, as_at=date(2022, 5, 31))
    assert revise(workspace, NOVEMBER, Cause.ERROR_CORRECTED, "why").snapshot == own.id
    named = open_revision(workspace, NOVEMBER, later, Because(Kind.REVISION, Cause.MAPPING_CORRECTED, "why"))
    assert named.snapshot == later.id


def test_a_month_never_frozen_has_no_revision(workspace: Workspace, extract: Extract) -> None:
    extract(ONE)
    with pytest.raises(StoreError, match="has not been frozen"):
        revise(workspace, NOVEMBER, Cause.ERROR_CORRECTED, "why")


def test_what_blocks_stops_a_freeze_until_it_is_accepted_by_name_with_a_reason(
    workspace: Workspace, extract: Extract
) -> None:
    extract(ONE, SAME_KEY)
    with pytest.raises(BlockedMonthError, match="duplicate_key:ssd_cin_assessments") as raised:
        freeze(workspace, NOVEMBER, "2021-12-03")
    assert raised.value.exit_code == 14
    kept = freeze(workspace, NOVEMBER, "2021-12-03", accepting=[CLASH])
    assert [(one["code"], one["table"], one["by"]) for one in kept.accepted] == [
        ("duplicate_key", "ssd_cin_assessments", "A. Lee, Head of Performance")
    ]
    (told,) = accepted_of(kept, workspace.registry)
    assert told.indicators == {"assessments_45wd"}
    assert _acts(workspace)[-2:] == [Act.ACCEPTED, Act.FROZEN]
    assert _first(workspace) == 1
    again = freeze(workspace, NOVEMBER, "2021-12-04", again=True)
    assert again.accepted == kept.accepted


def test_what_does_not_block_cannot_be_accepted(workspace: Workspace, extract: Extract) -> None:
    extract(ONE)
    with pytest.raises(UsageError, match="Nothing blocks November 2021 by the name of duplicate_key"):
        freeze(workspace, NOVEMBER, "2021-12-03", accepting=[CLASH])


def test_an_extract_of_other_children_is_not_taken_and_one_that_lost_some_stops_the_freeze(
    workspace: Workspace, write: Callable[..., Path], extract: Extract
) -> None:
    ours, theirs = ([f"{side}{n}" for n in range(40)] for side in "ab")
    opened = "".join(f"R{n},a{n},2021-06-01,\n" for n in range(40))
    extract(ONE, as_at=date(2021, 10, 31), children=ours, more=opened)
    with pytest.raises(BlockedExtractError) as raised:
        take(workspace, write([ONE], children=theirs, more=opened.replace("a", "b")), NOVEMBER.last_day)
    assert "another_council" in {one.code for one in raised.value.report.findings}
    assert "another_council" not in ACCEPTABLE
    extract(ONE, children=ours[:30], more=opened)
    with pytest.raises(BlockedMonthError, match=r"children_gone:ssd_person \(10\)"):
        freeze(workspace, NOVEMBER, "2021-12-03")
    extract(ONE, children=ours[:38], more=opened)
    assert freeze(workspace, NOVEMBER, "2021-12-03").accepted == ()


def test_an_extract_of_another_month_freezes_none_and_cannot_be_accepted(
    workspace: Workspace, extract: Extract
) -> None:
    extract(*(f"A{n},c1,2021-09-01,2021-09-20" for n in range(40)))
    accepting = [Acceptance("stops_early", "A. Lee", "why")]
    for given in ([], accepting):
        with pytest.raises(BlockedMonthError, match="nothing of the month before its day"):
            freeze(workspace, NOVEMBER, "2021-12-03", accepting=given)
    assert next_command(checklist(workspace, NOVEMBER)) == "scorecard take SOURCE --as-at 2021-11-30"


def test_a_table_that_came_to_be_empty_stops_the_freeze(workspace: Workspace, extract: Extract) -> None:
    extract(ONE, as_at=date(2021, 10, 31))
    extract()
    with pytest.raises(BlockedMonthError, match="table_empty:ssd_cin_assessments"):
        freeze(workspace, NOVEMBER, "2021-12-03")


def test_an_edition_keeps_the_bytes_the_words_and_the_recipients(workspace: Workspace, extract: Extract) -> None:
    extract(ONE)
    frozen = freeze(workspace, NOVEMBER, "2021-12-03")
    words = workspace.folder / "commentary" / "2021-11.md"
    words.write_text(
        "## assessment-timeliness\nAuthor: B. Lee\nRole: Head\nState: approved\n\nWe were late.\n", encoding="utf-8"
    )
    done = issue(workspace, NOVEMBER, TODAY, recipients=["Scrutiny board", "Directors"])
    pack = workspace.folder / "packs" / "2021-11-first.html"
    sent = done.edition.sent
    assert done.made_anew
    assert (sent.revision, sent.snapshot, sent.recipients) == (1, frozen.snapshot, ("Scrutiny board", "Directors"))
    assert [(one.author, one.state) for one in sent.said] == [("B. Lee", "approved")]
    assert done.edition.file(pack.name).read_bytes() == pack.read_bytes()
    assert done.edition.file("2021-11.md").read_bytes() == words.read_bytes()
    assert done.changes is None
    assert workspace.store.issues.latest(NOVEMBER) == done.edition
    assert _acts(workspace)[-1] is Act.ISSUED


def test_issuing_notes_in_the_ledger_what_is_known_since_of_the_months_shown(
    workspace: Workspace, extract: Extract
) -> None:
    extract(ONE)
    freeze(workspace, NOVEMBER, "2021-12-03")
    extract(ONE, TWO, as_at=date(2021, 12, 31))
    issue(workspace, NOVEMBER, TODAY)
    last = workspace.store.ledger.all()[-1]
    assert (last.act, last.to) == (Act.RESTATED, "2021-11")


def test_a_second_edition_needs_a_reason_and_tells_what_differs(workspace: Workspace, extract: Extract) -> None:
    extract(ONE)
    freeze(workspace, NOVEMBER, "2021-12-03")
    first = issue(workspace, NOVEMBER, TODAY).edition
    sent = first.file("2021-11-first.html").read_bytes()
    with pytest.raises(RefusedError, match="as edition 1"):
        issue(workspace, NOVEMBER, TODAY)
    extract(ONE, TWO)
    revise(workspace, NOVEMBER, Cause.ERROR_CORRECTED, "A team was left out.")
    approve(workspace, NOVEMBER, Approval("B. Lee", "Looked at it."))
    words = workspace.folder / "commentary" / "2021-11.md"
    words.write_text("## assessment-timeliness\nOne assessment was missing.\n", encoding="utf-8")
    done = issue(workspace, NOVEMBER, TODAY, reason="A team was left out.")
    assert done.made_anew
    assert done.edition.number == 2
    assert done.changes is not None
    assert done.changes.files == {"2021-11-first.html": "changed", "2021-11.md": "added"}
    assert done.changes.words == {"assessment-timeliness": "added"}
    assert f"{COUNT}/2021-11/month" in {str(one.key) for one in done.changes.figures}
    assert first.file("2021-11-first.html").read_bytes() == sent
    assert workspace.store.issues.editions(NOVEMBER) == (first, done.edition)


def test_a_pack_of_another_revision_is_not_issued(workspace: Workspace, extract: Extract, tmp_path: Path) -> None:
    extract(ONE)
    freeze(workspace, NOVEMBER, "2021-12-03")
    issue(workspace, NOVEMBER, TODAY)
    old = workspace.folder / "packs" / "2021-11-first.html"
    revise(workspace, NOVEMBER, Cause.DEFINITION_CHANGED, "why")
    approve(workspace, NOVEMBER, Approval("B. Lee", "why"))
    with pytest.raises(RefusedError, match="was not made of 2021-11/2"):
        issue(workspace, NOVEMBER, TODAY, files=[old], reason="why")
    with pytest.raises(UsageError, match="There is no file"):
        issue(workspace, NOVEMBER, TODAY, files=[tmp_path / "nowhere.pdf"], reason="why")
    twins = [tmp_path / "letter.pdf", workspace.folder / "letter.pdf"]
    for path in twins:
        path.write_bytes(b"%PDF")
    with pytest.raises(UsageError, match="have one name"):
        issue(workspace, NOVEMBER, TODAY, files=twins, reason="why")


def test_a_folder_without_its_manifest_was_never_an_edition(workspace: Workspace, extract: Extract) -> None:
    extract(ONE)
    freeze(workspace, NOVEMBER, "2021-12-03")
    left = workspace.folder / "store" / "issued" / "2021-11" / "1" / "files"
    left.mkdir(parents=True)
    (left / "torn.html").write_bytes(b"half")
    assert workspace.store.issues.editions(NOVEMBER) == ()
    edition = issue(workspace, NOVEMBER, TODAY).edition
    assert (edition.number, list(edition.seals)) == (1, ["2021-11-first.html"])


def test_a_month_goes_through_its_states_in_the_order_that_is_written_down(
    workspace: Workspace, extract: Extract
) -> None:
    been, commands = [state_of(workspace, NOVEMBER)], [next_command(checklist(workspace, NOVEMBER))]

    def look() -> None:
        been.append(state_of(workspace, NOVEMBER))
        commands.append(next_command(checklist(workspace, NOVEMBER)))

    extract(ONE, SAME_KEY)
    look()
    extract(ONE)
    look()
    freeze(workspace, NOVEMBER, "2021-12-03")
    (workspace.folder / "commentary" / "2021-11.md").write_text("", encoding="utf-8")
    look()
    issue(workspace, NOVEMBER, TODAY)
    look()
    extract(ONE, TWO)
    revise(workspace, NOVEMBER, Cause.ERROR_CORRECTED, "why")
    look()
    approve(workspace, NOVEMBER, Approval("B. Lee", "why"))
    look()
    issue(workspace, NOVEMBER, TODAY, reason="why")
    look()
    assert been == [
        State.AWAITED,
        State.BLOCKED,
        State.TAKEN,
        State.FROZEN,
        State.ISSUED,
        State.ISSUED,
        State.REVISED,
        State.ISSUED,
    ]
    steps = [(one, two) for one, two in pairwise(been) if one is not two]
    assert all(two in FOLLOWING[one] for one, two in steps)
    assert FOLLOWING.keys() == set(State)
    assert [(command or "").split(" --")[0] for command in commands] == [
        "scorecard take SOURCE",
        "scorecard freeze 2021-11",
        "scorecard freeze 2021-11",
        "scorecard pack 2021-11",
        "",
        "scorecard approve 2021-11",
        "scorecard pack 2021-11",
        "",
    ]


def test_a_block_that_may_be_accepted_says_so_where_the_extract_is_checked(write: Callable[..., Path]) -> None:
    report = check(write([ONE, SAME_KEY]), NOVEMBER.last_day)
    assert report.blocks
    assert {one.code for one in report.findings if one.severity == "block"} <= ACCEPTABLE.keys()
