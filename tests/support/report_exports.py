"""Eight reports as a case system exports them, made of an extract in the contract's tables.

They have what such reports have: titles and a total, merged cells, headings of groups, one row with six dates, workers
as "SMITH, J (CSW)", codes in words, days as people write them, names that must not be read, Windows-1252.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

import xlsxwriter

from scorecard.contract.load import load_contract

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    import duckdb

Rows = list[dict[str, Any]]

ROUTES = {"MASH": "MASH", "EHHUB": "EH front door"}
ENQUIRIES = {
    "NFA_FLAG": "Not substantiated",
    "PROV_OF_SERVICES_FLAG": "Child in need support",
    "CP_CONFERENCE_FLAG": "Proceed to ICPC",
}
CONFERENCES = {"Y": "CP plan", "N": "No CP plan"}
"""What this council calls a few things, for a mapping to say."""

_SURNAMES = ("SMITH", "O'NEILL", "ÅBERG", "KHAN", "DE SOUZA", "EVANS", "NOWAK", "ADEYEMI", "WRIGHT", "LOVELACE")
_LETTERS = "ABCDEFGHJKLMNPRSTW"
_CODES = load_contract().codes

CONTACTS = """
SELECT c.cont_person_id AS "Person ID", c.cont_contact_id AS "Contact ID", c.cont_contact_date AS "Contact Date",
    c.cont_contact_source_code AS "Who contacted us", s.cscr_screening_id AS "Form", s.cscr_route AS "Route",
    s.cscr_received_datetime AS "Received", s.cscr_decision_datetime AS "Decision made",
    s.cscr_completed_datetime AS "Completed", s.cscr_outcome_code AS "Next action",
    s.cscr_form_outcome_code AS "Outcome on form", s.cscr_referral_id AS "Referral", s.cscr_team_id AS "Team"
FROM ssdx_contact_screenings AS s
JOIN ssd_contacts AS c ON c.cont_contact_id = s.cscr_contact_id AND c.cont_person_id = s.cscr_person_id
"""

QUERIES = {
    "contacts": f"""
SELECT * REPLACE (CAST("Received" AS DATE) AS "Received"), strftime("Received", '%H:%M') AS "Time received"
FROM ({CONTACTS} WHERE s.cscr_route <> 'DAHUB') ORDER BY 1, 3, 2, 5
""",
    "da_hub": f"{CONTACTS} WHERE s.cscr_route = 'DAHUB' ORDER BY 3, 2, 5",
    "referrals": """
SELECT coalesce(r.cine_person_id, i.invo_person_id) AS "Person ID", r.cine_referral_id AS "Referral ID",
    r.cine_referral_date AS "Date of referral", r.cine_referral_source_code AS "Source of referral",
    r.cine_cin_primary_need_code AS "Category of need", r.cine_referral_nfa AS "NFA?", r.cine_close_date AS "Closed",
    r.cine_close_reason AS "Reason for closure", r.cine_referral_team AS "Referral team",
    i.invo_involvements_id AS "Allocation", i.invo_professional_id AS "Worker", i.invo_professional_role_id AS "Role",
    i.invo_professional_team AS "Team", i.invo_involvement_start_date AS "Allocated from",
    i.invo_involvement_end_date AS "Allocated to", i.invo_worker_change_reason AS "Reason for change"
FROM ssd_cin_episodes AS r
FULL JOIN ssd_involvements AS i ON i.invo_referral_id = r.cine_referral_id AND i.invo_person_id = r.cine_person_id
ORDER BY 2, 1, 10
""",
    "assessments": """
SELECT a.cina_assessment_id AS "Assessment ID", a.cina_person_id AS "Person ID", a.cina_referral_id AS "Referral ID",
    a.cina_assessment_start_date AS "Started", o.asmo_child_first_seen_date AS "Child first seen",
    a.cina_assessment_auth_date AS "Authorised", o.asmo_outcome_code AS "Outcome",
    o.asmo_close_next_action AS "If closed, next", o.asmo_had_strategy AS "Strategy discussion?",
    o.asmo_assessment_id AS "Outcome form", a.cina_assessment_team AS team
FROM ssd_cin_assessments AS a
LEFT JOIN ssdx_assessment_outcomes AS o
    ON o.asmo_assessment_id = a.cina_assessment_id AND o.asmo_person_id = a.cina_person_id
ORDER BY team NULLS LAST, 1, 2
""",
    "enquiries": """
SELECT coalesce(e.s47e_person_id, d.strd_person_id, c.icpc_person_id) AS "Person ID",
    d.strd_strategy_id AS "Strategy ID", d.strd_decision_date AS "Strategy decided",
    d.strd_held_date AS "Strategy held",
    d.strd_completed_date AS "Strategy recorded", d.strd_status AS "Strategy status",
    d.strd_outcome_code AS "Strategy outcome", e.s47e_s47_enquiry_id AS "S47 ID",
    e.s47e_s47_start_date AS "S47 started",
    e.s47e_s47_end_date AS "S47 ended", e.s47e_s47_nfa AS "S47 NFA", e.s47e_s47_completed_by_team AS "S47 team",
    o.outc_outcome_code AS "S47 outcome", c.icpc_icpc_id AS "ICPC ID", c.icpc_icpc_date AS "ICPC held",
    c.icpc_icpc_outcome_cp_flag AS "ICPC outcome", c.icpc_icpc_transfer_in AS "Transfer in",
    c.icpc_icpc_team AS "ICPC team"
FROM ssd_s47_enquiry AS e
LEFT JOIN ssdx_outcomes AS o
    ON o.outc_table_name = 'ssd_s47_enquiry' AND o.outc_record_id = e.s47e_s47_enquiry_id
    AND o.outc_person_id = e.s47e_person_id
FULL JOIN ssdx_strategy_discussions AS d
    ON d.strd_s47_enquiry_id = e.s47e_s47_enquiry_id AND d.strd_person_id = e.s47e_person_id
FULL JOIN ssd_initial_cp_conference AS c
    ON c.icpc_s47_enquiry_id = e.s47e_s47_enquiry_id AND c.icpc_person_id = e.s47e_person_id
ORDER BY ALL
""",
    "plans": """
SELECT p.cppl_person_id AS "Person ID", p.cppl_cp_plan_id AS "Plan ID", p.cppl_cp_plan_start_date AS "Plan began",
    p.cppl_cp_plan_end_date AS "Plan ended", p.cppl_cp_plan_initial_category AS "Category at start",
    p.cppl_cp_plan_latest_category AS "Category now", p.cppl_cp_plan_ola AS "Other authority's",
    list({'due': r.cppr_cp_review_due, 'held': r.cppr_cp_review_date} ORDER BY r.cppr_cp_review_date)
        FILTER (r.cppr_cp_review_date IS NOT NULL) AS reviews
FROM ssd_cp_plans AS p
LEFT JOIN ssd_cp_reviews AS r ON r.cppr_cp_plan_id = p.cppl_cp_plan_id
GROUP BY ALL ORDER BY 1, 2
""",
    "care": """
SELECT e.clae_person_id AS "Child ID", e.clae_cla_id AS "Period of care", e.clae_cla_episode_id AS "Episode",
    e.clae_cla_episode_start_date AS "Episode start", e.clae_cla_episode_start_reason AS "Why started",
    e.clae_cla_episode_ceased_date AS "Episode end", e.clae_cla_episode_ceased_reason AS "Why ended",
    l.lega_legal_status AS "Legal status", l.lega_legal_status_start_date AS "Status from",
    l.lega_legal_status_end_date AS "Status to", p.clap_cla_placement_id AS "Placement",
    p.clap_cla_placement_type AS "Type of placement", p.clap_cla_placement_provider AS "Provider",
    p.clap_cla_placement_urn AS "URN", p.clap_cla_placement_start_date AS "Placed from",
    p.clap_cla_placement_end_date AS "Placed to"
FROM ssd_cla_episodes AS e
LEFT JOIN ssd_legal_status AS l
    ON l.lega_person_id = e.clae_person_id AND l.lega_legal_status_start_date = e.clae_cla_episode_start_date
LEFT JOIN ssd_cla_placement AS p ON p.clap_cla_placement_id = e.clae_cla_placement_id
ORDER BY 1, 4, 3
""",
    "children": """
SELECT pers_person_id AS "Person ID", pers_dob AS "Date of birth", pers_expected_dob AS "Due",
    pers_sex AS "Gender at birth", pers_ethnicity AS "Ethnic origin"
FROM ssd_person ORDER BY 1
""",
}
"""What each report shows, under its own headers, codes still as codes."""


def write_reports(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """The eight reports of the extract whose tables stand in the connection."""
    read = {name: _rows(connection, sql) for name, sql in QUERIES.items()}
    teams = {row["dept_team_id"]: row["dept_team_name"] for row in _rows(connection, "FROM ssd_department")}
    folder.mkdir(parents=True)
    _contacts(folder / "01 Contacts by route.xlsx", read["contacts"])
    _da_hub(folder / "02 DA hub contacts.csv", read["da_hub"])
    _referrals(folder / "03 Referrals and allocations.csv", read["referrals"])
    _assessments(folder / "04 Assessments by team.xlsx", read["assessments"], teams)
    _enquiries(folder / "05 Strategy S47 ICPC.csv", read["enquiries"])
    _plans(folder / "06 CP plans and reviews.xlsx", read["plans"])
    _care(folder / "07 Looked after.csv", read["care"])
    _children(folder / "08 Children.csv", read["children"])


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> Rows:
    found = connection.execute(sql)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, values, strict=True)) for values in found.fetchall()]


def _contacts(path: Path, rows: Rows) -> None:
    """A title, the header in row 4, a child's identifier in merged cells, times in a column of their own, a total."""
    _say(rows, {"Who contacted us": "referral_source", "Next action": "screening_outcome"}, _label)
    _say(rows, {"Outcome on form": "screening_outcome"}, _code_and_label)
    for row in rows:
        row["Route"] = ROUTES[row["Route"]]
    with xlsxwriter.Workbook(path) as book:
        sheet = _Sheet(book, "Report 1")
        sheet.put(0, ["Contacts by route"])
        sheet.put(1, ["Run by Performance on 01/12/2021"])
        sheet.put(3, list(rows[0]))
        place = 4
        for _, of_child in groupby(rows, key=lambda row: row["Person ID"]):
            held = list(of_child)
            for number, row in enumerate(held):
                sheet.put(place + number, [None if number else row["Person ID"], *list(row.values())[1:]])
            if len(held) > 1:
                sheet.page.merge_range(place, 0, place + len(held) - 1, 0, held[0]["Person ID"])
            place += len(held)
        sheet.put(place, ["Total", len(rows)])


def _da_hub(path: Path, rows: Rows) -> None:
    """No column says the route: every row is the domestic abuse hub's. The total is the last row."""
    _say(rows, {"Who contacted us": "referral_source", "Next action": "screening_outcome"}, _label)
    _say(rows, {"Outcome on form": "screening_outcome"}, _label)
    for row in rows:
        row["Child's name"] = _child(row["Person ID"])
        del row["Route"]
    _write(path, rows, last=[f"Grand total: {len(rows)}"])


def _referrals(path: Path, rows: Rows) -> None:
    """Windows-1252, with codes before their words, and workers as people write them."""
    lists = {
        "Source of referral": "referral_source",
        "Category of need": "primary_need",
        "Reason for closure": "closure_reason",
        "Reason for change": "worker_change_reason",
    }
    _say(rows, lists, _code_and_label)
    _say_yes_and_no(rows, "NFA?")
    workers = {worker: _worker(place) for place, worker in enumerate(sorted({row["Worker"] for row in rows} - {None}))}
    for row in rows:
        role = "CSW" if row["Role"] == "CW" else "PA"
        row["Worker"] = f"{workers[row['Worker']]} ({role})" if row["Worker"] else None
        row["Child's name"] = _child(row["Person ID"])
        del row["Role"]
    _write(path, rows, encoding="cp1252")


def _assessments(path: Path, rows: Rows, teams: Mapping[str, str]) -> None:
    """A heading above each team's rows, and the header in row 3."""
    lists = {"Outcome": "assessment_outcome", "If closed, next": "assessment_close_action"}
    _say(rows, lists, _label)
    _say_yes_and_no(rows, "Strategy discussion?")
    with xlsxwriter.Workbook(path) as book:
        sheet = _Sheet(book, "Assessments")
        sheet.put(0, ["Child and family assessments, by team"])
        sheet.put(2, [header for header in rows[0] if header != "team"])
        place = 3
        for team, its in groupby(rows, key=lambda row: row["team"]):
            sheet.put(place, [f"{teams[team]} ({team})" if team else "No team"])
            for row in its:
                place += 1
                sheet.put(place, [value for name, value in row.items() if name != "team"])
            place += 1


def _enquiries(path: Path, rows: Rows) -> None:
    """One row from strategy discussion to conference, with semicolons between the cells."""
    _say(rows, {"Strategy outcome": "strategy_outcome", "Strategy status": "workflow_status"}, _label)
    for header in ("S47 NFA", "Transfer in"):
        _say_yes_and_no(rows, header)
    for row in rows:
        row["S47 outcome"] = ENQUIRIES.get(row["S47 outcome"])
        row["ICPC outcome"] = CONFERENCES.get(row["ICPC outcome"])
    _write(path, rows, delimiter=";")


def _plans(path: Path, rows: Rows) -> None:
    """One row a plan, with six reviews side by side."""
    _say(rows, {"Category at start": "abuse_category", "Category now": "abuse_category"}, _label)
    _say_yes_and_no(rows, "Other authority's")
    for row in rows:
        reviews = row.pop("reviews") or []
        for number in range(6):
            its = reviews[number] if number < len(reviews) else {"due": None, "held": None}
            row[f"Review {number + 1} due"], row[f"Review {number + 1} held"] = its["due"], its["held"]
    with xlsxwriter.Workbook(path) as book:
        sheet = _Sheet(book, "CP")
        sheet.put(0, list(rows[0]))
        for place, row in enumerate(rows, 1):
            sheet.put(place, list(row.values()))


def _care(path: Path, rows: Rows) -> None:
    """Episodes with status and placement, codes and words as the case system joins them."""
    lists = {
        "Why started": "care_episode_start_reason",
        "Why ended": "care_episode_end_reason",
        "Legal status": "legal_status",
        "Type of placement": "placement_type",
        "Provider": "placement_provider",
    }
    _say(rows, lists, _code_and_label)
    _write(path, rows)


def _children(path: Path, rows: Rows) -> None:
    _say(rows, {"Gender at birth": "sex", "Ethnic origin": "ethnicity"}, _label)
    for row in rows:
        row["Child's name"] = _child(row["Person ID"])
    _write(path, rows)


def _say(rows: Rows, lists: Mapping[str, str], say: Callable[[str, str], str]) -> None:
    for header, name in lists.items():
        words = {code.code: say(code.code, code.label) for code in _CODES[name]}
        for row in rows:
            row[header] = words.get(row[header], row[header])


def _label(_code: str, label: str) -> str:
    return label


def _code_and_label(code: str, label: str) -> str:
    return f"{code} – {label}"


def _say_yes_and_no(rows: Rows, header: str) -> None:
    for row in rows:
        row[header] = {"Y": "Yes", "N": "No"}.get(row[header])


def _child(person: str) -> str:
    return f"Zoë Invented{person[-3:]}"


def _worker(place: int) -> str:
    return f"{_SURNAMES[place % len(_SURNAMES)]}, {_LETTERS[place // len(_SURNAMES)]}"


def _write(path: Path, rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8", last: Sequence[str] = ()) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(rows[0])
        writer.writerows([_as_written(value) for value in row.values()] for row in rows)
        if last:
            writer.writerow([*last, *[""] * (len(rows[0]) - len(last))])


def _as_written(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y %H:%M:%S")
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else value


@dataclass
class _Sheet:
    """A sheet whose days are days."""

    book: xlsxwriter.Workbook
    name: str

    def __post_init__(self) -> None:
        self.page = self.book.add_worksheet(self.name)
        self.day = self.book.add_format({"num_format": "dd/mm/yyyy"})
        self.moment = self.book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})

    def put(self, row: int, values: Iterable[Any]) -> None:
        """One row, blank cells left blank."""
        for place, value in enumerate(values):
            if isinstance(value, datetime):
                self.page.write_datetime(row, place, value, self.moment)
            elif isinstance(value, date):
                self.page.write_datetime(row, place, datetime(value.year, value.month, value.day), self.day)  # noqa: DTZ001
            elif value is not None:
                self.page.write(row, place, value)
