"""Workflow steps: work assigned and not begun, begun and not finished, finished."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from scorecard.synthetic.recording import Later
from scorecard.synthetic.working_days import moved

if TYPE_CHECKING:
    from scorecard.synthetic.council import Council
    from scorecard.synthetic.recording import Register, Row

_EDGE = date(2021, 11, 30)
# Assigned and not begun at the end of November 2021; the assessments among them follow from the queue.
_INCOMING = {"STRATEGY": 39, "S47": 53}


@dataclass(frozen=True)
class _Kind:
    """One kind of step, and the columns of the record it belongs to."""

    type: str
    table: str
    record: str
    person: str
    referral: str
    begun: str
    finished: str
    team: str | None = None


_KINDS = (
    _Kind(
        "ASSESSMENT",
        "ssd_cin_assessments",
        "cina_assessment_id",
        "cina_person_id",
        "cina_referral_id",
        "cina_assessment_start_date",
        "cina_assessment_auth_date",
        "cina_assessment_team",
    ),
    _Kind(
        "STRATEGY",
        "ssdx_strategy_discussions",
        "strd_strategy_id",
        "strd_person_id",
        "strd_referral_id",
        "strd_held_date",
        "strd_completed_date",
    ),
    _Kind(
        "S47",
        "ssd_s47_enquiry",
        "s47e_s47_enquiry_id",
        "s47e_person_id",
        "s47e_referral_id",
        "s47e_s47_start_date",
        "s47e_s47_end_date",
        "s47e_s47_completed_by_team",
    ),
    _Kind(
        "ICPC",
        "ssd_initial_cp_conference",
        "icpc_icpc_id",
        "icpc_person_id",
        "icpc_referral_id",
        "",
        "icpc_icpc_date",
        "icpc_icpc_team",
    ),
)


def write_steps(council: Council) -> None:
    """Enter a step for every assessment, discussion, enquiry and initial conference."""
    referred = {case.referral: case.recorded for case in council.all_cases}
    for kind in _KINDS:
        rows = sorted(council.register.tables[kind.table], key=_begun)
        waiting = _waiting(kind, rows, referred) | {
            id(row) for row in rows if row.values[kind.record] in council.left_unbegun
        }
        for row in list(rows):
            _write(council.register, kind, row, _assigned(kind, row, waiting, referred))


def _begun(row: Row) -> date:
    return row.recorded


def _waiting(kind: _Kind, rows: list[Row], referred: dict[str, date]) -> set[int]:
    """The steps that were assigned by the end of November 2021 and begun after it."""
    number = _INCOMING.get(kind.type, 0)
    after = [row for row in rows if row.recorded > _EDGE and referred[str(row.values[kind.referral])] <= _EDGE]
    return {id(row) for row in after[:number]}


def _assigned(kind: _Kind, row: Row, waiting: set[int], referred: dict[str, date]) -> date:
    """Assigned up to two working days before it was begun; over the printed month's end only if counted there."""
    since = referred[str(row.values[kind.referral])]
    if id(row) in waiting:
        return max(since, moved(_EDGE, -15))
    earliest = moved(row.recorded, -2)
    if row.recorded > _EDGE:
        earliest = max(earliest, moved(_EDGE, 1))
    return min(max(since, earliest), row.recorded)


def _write(register: Register, kind: _Kind, row: Row, assigned: date) -> None:
    finished = row.values.get(kind.finished)
    common = {
        "wfst_step_id": register.number("WF"),
        "wfst_person_id": row.values[kind.person],
        "wfst_record_id": row.values[kind.record],
        "wfst_step_type": kind.type,
        "wfst_incoming_date": assigned,
        "wfst_team_id": row.values.get(kind.team) if kind.team else None,
    }
    done = finished if isinstance(finished, Later) else None
    if assigned < row.recorded:
        register.enter("ssdx_workflow_steps", assigned, **common, wfst_status="INCOMING").removed = row.recorded
    register.enter(
        "ssdx_workflow_steps",
        row.recorded,
        **common,
        wfst_status=Later("COMPLETED", done.recorded, "STARTED") if done else "STARTED",
        wfst_started_date=row.values.get(kind.begun) if kind.begun else row.recorded,
        wfst_completed_date=done,
    )
