"""A small workspace in which something of every kind is kept: to be damaged, looked at and counted again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from few_definitions import define_only

from scorecard.calendar.periods import Period
from scorecard.facts.restate import Cause
from scorecard.store.by import By
from scorecard.store.disk import sha256
from scorecard.store.imported import PastFigures
from scorecard.store.issued import Sent
from scorecard.store.ledger import Act
from scorecard.store.months import Approval
from scorecard.store.supplied import HandOver, SuppliedFigure
from scorecard.work.freeze import freeze
from scorecard.work.new import new_workspace
from scorecard.work.revise import approve, revise
from scorecard.work.take import take
from scorecard.work.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from scorecard.store.snapshots import Snapshot

OCTOBER, NOVEMBER = Period(2021, 10), Period(2021, 11)
WHO = By("päivi", "LAPTOP-7", "2021-12-03T09:00:00+00:00")
PERSONS = "pers_person_id,pers_sex,pers_dob\nc1,F,2012-05-01\nc2,M,2015-06-01\nc3,F,2018-07-01\n"
ASSESSMENTS = "cina_assessment_id,cina_person_id,cina_assessment_start_date,cina_assessment_auth_date\n"


def take_assessments(workspace: Workspace, folder: Path, rows: str, as_at: date) -> Snapshot:
    """Take an extract of three children and these assessments, written to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ssd_person.csv").write_text(PERSONS, encoding="utf-8")
    (folder / "ssd_cin_assessments.csv").write_text(ASSESSMENTS + rows, encoding="utf-8")
    return take(workspace, folder, as_at).snapshot


def kept_store(at: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with two extracts, two months, a revision, a hand-over, a past pack's figures and an edition."""
    define_only(("assessments_45wd", "cpp_open"), monkeypatch)
    new_workspace(at / "council")
    workspace = open_workspace(at / "council", WHO)
    take_assessments(workspace, at / "october", "A1,c1,2021-10-01,2021-10-12\n", OCTOBER.last_day)
    freeze(workspace, OCTOBER, "2021-11-01")
    late = "A1,c1,2021-10-01,2021-10-12\nA2,c2,2021-07-01,2021-11-15\n"
    take_assessments(workspace, at / "november", late, NOVEMBER.last_day)
    frozen = freeze(workspace, NOVEMBER, "2021-12-01")
    _hand_in(workspace, at)
    revise(workspace, NOVEMBER, Cause.ERROR_CORRECTED, "One was missing: Señora’s list")
    approve(replace(workspace, by=By("olga")), NOVEMBER, Approval("Olga, Head of Service", "Checked – ŵell"))
    _send(workspace, at, frozen.snapshot)
    return workspace


def _hand_in(workspace: Workspace, at: Path) -> None:
    given = HandOver(
        NOVEMBER,
        "legal",
        "Légal team",
        "Ann",
        date(2021, 12, 2),
        (SuppliedFigure("cpp_open/2021-11/month_end", 4.0, None),),
    )
    (at / "legal.xlsx").write_bytes(bytes(range(256)))
    (at / "past.csv").write_text("measure,month,value\n", encoding="utf-8")
    past = PastFigures(name="past", entered_by="Ann", entered_on=date(2021, 12, 2), figures=())
    with workspace.store.writing() as ledger:
        ledger.add(Act.SUPPLIED, workspace.supplies.keep(given, at / "legal.xlsx").id)
        ledger.add(Act.IMPORTED, workspace.store.imports.keep(past, at / "past.csv").id)


def _send(workspace: Workspace, at: Path, snapshot: str) -> None:
    (at / "pack.html").write_text("<p>One assessment was late.</p>", encoding="utf-8")
    sent = Sent(NOVEMBER, 2, snapshot, "", WHO.at, WHO.person, recipients=("Zoë, the board",))
    issues = workspace.store.issues
    with workspace.store.writing() as ledger:
        edition = issues.keep(sent, {"pack.html": at / "pack.html"})
        ledger.add(Act.ISSUED, edition.name, told={"manifest": sha256(edition.manifest)})
        issues.let_be_newest(edition)
