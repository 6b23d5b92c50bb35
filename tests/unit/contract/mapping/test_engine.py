"""A report becomes rows of the contract's tables as its mapping says, and in no other way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scorecard.contract.report import Rows, Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.contract.mapping.conftest import Mapped

    MapIt = Callable[[str, str], Mapped]

HEAD = """
report = "Contacts"
[recognised_by]
headers = ["Person ID", "Contact date"]
"""
TABLE = """
[[table]]
into = "ssd_contacts"
columns.cont_contact_id = { key = ["Person ID", "Contact date"] }
columns.cont_person_id = "Person ID"
columns.cont_contact_date = "Contact date"
"""
REPORT = "Person ID,Contact date,Source,Notes\n7,01/11/2021,Police,a\n8,02/11/2021,School,b\n"


def contacts(of: Mapped) -> list[tuple[object, ...]]:
    return of.rows["ssd_contacts"]


def test_a_report_fills_a_table_and_each_row_keeps_its_place_in_the_file(mapped: MapIt) -> None:
    assert contacts(mapped(REPORT, HEAD + TABLE)) == [
        (2, "7/2021-11-01", "7", "01/11/2021"),
        (3, "8/2021-11-02", "8", "02/11/2021"),
    ]


def test_only_the_columns_a_mapping_names_are_read_and_the_others_are_listed(mapped: MapIt) -> None:
    (note,) = mapped(REPORT, HEAD + TABLE).found("unused_columns")
    assert "“Source”, “Notes”" in note.problem
    assert note.severity is Severity.NOTE


def test_a_title_above_the_header_is_passed_over_and_another_spelling_of_a_header_is_the_header(mapped: MapIt) -> None:
    report = "Contacts by route,,\n,,\nperson_id,DATE OF CONTACT,Source\n7,01/11/2021,Police\n"
    spelt = HEAD + '[headers]\n"Contact date" = ["Date of contact"]\n' + TABLE
    assert contacts(mapped(report, spelt)) == [(4, "7/2021-11-01", "7", "01/11/2021")]


def test_totals_are_left_out_and_counted(mapped: MapIt) -> None:
    report = REPORT + "TOTAL: 2,,,\nGrand total,x,,\n"
    rows = '[rows]\nwithout = [{ column = "Person ID", starts_with = ["Total", "Grand total"] }]\n'
    its = mapped(report, HEAD + rows + TABLE)
    assert [row[0] for row in contacts(its)] == [2, 3]
    assert its.found("total_rows")[0].rows == Rows((4, 5), 2)


def test_a_total_and_a_heading_may_have_fewer_cells_than_the_header_and_no_other_row(mapped: MapIt) -> None:
    report = "Person ID,Contact date,Source\nNorth team\n7,01/11/2021,Police\nTotal,1\n"
    rows = (
        '[rows]\nwithout = [{ column = "Person ID", starts_with = ["Total"] }]\n'
        'heading = { column = "Person ID", into = "Team" }\n'
    )
    team = 'columns.cont_contact_source_desc = "Team"\n'
    its = mapped(report, HEAD + rows + TABLE + team)
    assert contacts(its) == [(3, "7/2021-11-01", "7", "01/11/2021", "North team")]
    assert its.found("ragged_row") == []
    (said,) = mapped(report + "8,02/11/2021\n", HEAD + rows + TABLE + team).found("ragged_row")
    assert said.rows == Rows((5,), 1)


def test_semicolons_are_found_under_a_title_and_beside_commas_in_names(mapped: MapIt) -> None:
    report = "Contacts\n\nPerson ID;Contact date;Worker\n7;01/11/2021;SMITH, J\n8;02/11/2021;KHAN, A, B\n"
    its = mapped(report, HEAD + TABLE + 'columns.cont_contact_source_desc = "Worker"\n')
    assert [row[4] for row in contacts(its)] == ["SMITH, J", "KHAN, A, B"]


def test_the_heading_of_a_group_is_a_column_of_the_rows_below_it(mapped: MapIt) -> None:
    report = "Person ID,Contact date\nNorth team,\n7,01/11/2021\n8,02/11/2021\nSouth team,\n9,03/11/2021\n"
    rows = '[rows]\nheading = { column = "Person ID", into = "Team" }\n'
    its = mapped(report, HEAD + rows + TABLE + 'columns.cont_contact_source_desc = "TEAM"\n')
    assert [(row[0], row[4]) for row in contacts(its)] == [(3, "North team"), (4, "North team"), (6, "South team")]
    assert its.found("group_headings")[0].rows == Rows((2, 5), 2)


def test_an_empty_cell_of_merged_ones_has_the_value_above_it_but_never_a_headings(mapped: MapIt) -> None:
    report = "Person ID,Contact date\nNorth team,\n7,01/11/2021\n,02/11/2021\n"
    rows = '[rows]\nheading = { column = "Person ID", into = "Team" }\ncarry_down = ["Person ID"]\n'
    assert [row[2] for row in contacts(mapped(report, HEAD + rows + TABLE))] == ["7", "7"]
    headless = "Person ID,Contact date\nNorth team,\n,02/11/2021\n"
    assert [row[2] for row in contacts(mapped(headless, HEAD + rows + TABLE))] == [None]


@pytest.mark.parametrize(
    ("report", "carried"),
    [
        ("7,North,01/11/2021\n,,02/11/2021\n8,,03/11/2021\n", [("7", "North"), ("7", "North"), ("8", None)]),
        ("7,North,01/11/2021\n7,,02/11/2021\n,,03/11/2021\n", [("7", "North")] * 3),
        ("7,North,01/11/2021\nEast,,\n,,02/11/2021\n8,,03/11/2021\n", [("7", "North"), (None, None), ("8", None)]),
    ],
)
def test_what_is_carried_down_ends_with_the_child_it_was_said_of_and_with_its_group(
    mapped: MapIt, report: str, carried: list[tuple[str | None, ...]]
) -> None:
    rows = '[rows]\nheading = { column = "Person ID", into = "Of" }\ncarry_down = ["Person ID", "Team"]\n'
    team = 'columns.cont_contact_source_desc = "Team"\n'
    its = mapped("Person ID,Team,Contact date\n" + report, HEAD + rows + TABLE + team)
    assert [(row[2], row[4]) for row in contacts(its)] == carried


@pytest.mark.parametrize(
    ("condition", "kept"),
    [
        ('{ column = "Source", is = ["POLICE "] }', ["7"]),
        ('{ column = "Source", is_not = ["police"] }', ["8"]),
        ('{ column = "Source", starts_with = ["Sch", "x"] }', ["8"]),
        ('{ column = "Notes", filled = true }', ["7"]),
        ('{ column = "Notes", filled = false }', ["8"]),
    ],
)
def test_a_filter_keeps_the_rows_it_names_of_the_report_and_of_a_table(
    mapped: MapIt, condition: str, kept: list[str]
) -> None:
    report = REPORT.replace(",b\n", ",NULL\n")
    of_report = mapped(report, f"{HEAD}[rows]\nonly = [{condition}]\n{TABLE}")
    assert [row[2] for row in contacts(of_report)] == kept
    assert of_report.found("filtered_rows")[0].rows.count == 1


def test_a_filter_of_a_table_leaves_the_other_tables_their_rows(mapped: MapIt) -> None:
    person = '[[table]]\ninto = "ssd_person"\ncolumns.pers_person_id = "Person ID"\n'
    only = 'only = [{ column = "Source", is = ["Police"] }]\n'
    its = mapped(REPORT, HEAD + TABLE.replace("columns.cont_contact_id", only + "columns.cont_contact_id") + person)
    assert [row[2] for row in contacts(its)] == ["7"]
    assert its.rows["ssd_person"] == [(2, "7"), (3, "8")]


def test_several_dates_of_a_row_become_rows_that_keep_the_rows_place(mapped: MapIt) -> None:
    report = "Person ID,Contact date,Visit 1,Visit 2\n7,x,01/11/2021,05/11/2021\n8,x,02/11/2021,\n"
    table = """
[[table]]
into = "ssd_cin_visits"
each = [{ date = "Visit 1", no = "1" }, { date = "Visit 2", no = "2" }]
only = [{ column = "each.date", filled = true }]
columns.cinv_cin_visit_id = { key = ["Person ID", { constant = "each.no" }] }
columns.cinv_cin_visit_date = "each.date"
"""
    assert mapped(report, HEAD + table).rows["ssd_cin_visits"] == [
        (2, "7/1", "01/11/2021"),
        (2, "7/2", "05/11/2021"),
        (3, "8/1", "02/11/2021"),
    ]


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ('"Worker"', "SMITH, J (CSW)"),
        ('{ from = "Worker", part = "before ," }', "SMITH"),
        ('{ from = "Worker", part = "after ," }', "J (CSW)"),
        ('{ from = "Worker", part = "inside ()" }', "CSW"),
        ('{ from = "Worker", part = "before (" }', "SMITH, J"),
        ('{ from = "Person ID", part = "after ," }', None),
        ('{ constant = "DAHUB" }', "DAHUB"),
        ('{ key = ["Person ID", "Empty"] }', None),
        ('{ key = ["Contact date", { constant = "A" }, "Excel date"] }', "2021-11-01/A/2021-11-30"),
        ('{ first_of = ["Empty", "Not there", "Person ID", "Worker"] }', "7"),
        ('{ day = "Contact date", time = "At" }', "01/11/2021 09:30"),
        ('{ day = "Contact date", time = "Empty" }', "01/11/2021"),
        ('{ day = "Empty", time = "At" }', None),
        ('{ filled = "Worker", then = "yes" }', "yes"),
        ('{ filled = "Empty", then = "yes" }', None),
        ('{ filled = "Empty", then = "yes", otherwise = "no" }', "no"),
    ],
)
def test_every_form_of_a_value_gives_what_the_reference_says(mapped: MapIt, form: str, value: str | None) -> None:
    report = (
        "Person ID,Contact date,Worker,At,Empty,Excel date\n"
        '7,01/11/2021,"SMITH, J (CSW)",1899-12-31 09:30,,2021-11-30 00:00:00\n'
    )
    its = mapped(report, HEAD + TABLE + f"columns.cont_contact_source_desc = {form}\n")
    assert contacts(its)[0][4] == value


def test_a_code_is_matched_by_the_mappings_values_then_by_what_is_known_and_its_text_is_kept(mapped: MapIt) -> None:
    report = "Person ID,Contact date,Source\n1,d,Cops\n2,d,Police\n3,d,Martians\n4,d,\n5,d,martians\n"
    source = 'columns.cont_contact_source_code = { from = "Source", values = "source" }\n'
    its = mapped(report, HEAD + TABLE + source + '[values.source]\n"COPS" = "6"\n"Martians" = ""\n')
    assert [row[4:] for row in contacts(its)] == [
        ("6", "Cops"),
        ("6", "Police"),
        (None, "Martians"),
        (None, None),
        (None, "martians"),
    ]
    assert "cont_contact_source_code__arrived" in its.columns["ssd_contacts"]
    (said,) = its.found("unmapped_values")
    assert (said.column, said.rows) == ("cont_contact_source_code", Rows((4, 6), 2))
    assert "artians" not in str(said)


def test_a_text_the_mapping_leaves_empty_is_not_known_though_a_vocabulary_knows_it(mapped: MapIt) -> None:
    report = "Person ID,Contact date,Source\n1,d,Police\n2,d,Police 2\n"
    source = 'columns.cont_contact_source_code = { from = "Source", values = "source" }\n'
    its = mapped(report, HEAD + TABLE + source + '[values.source]\n"Police" = ""\n"Police 2" = "6"\n')
    assert [row[4] for row in contacts(its)] == [None, "6"]
    assert its.found("unmapped_values")[0].rows.count == 1


def test_a_list_that_turns_yes_into_no_does_so_however_yes_is_spelt(mapped: MapIt) -> None:
    report = "Person ID,Contact date,Support\n1,d,Yes\n2,d,True\n3,d,Yes - needs support\n4,d,FALSE\n5,d,Martians\n"
    table = (
        '[[table]]\ninto = "ssd_cin_assessments"\ncolumns.cina_assessment_id = "Person ID"\n'
        'columns.cina_person_id = "Person ID"\ncolumns.cina_assessment_start_date = "Contact date"\n'
    )
    turned = 'columns.cina_assessment_outcome_nfa = { from = "Support", values = "support" }\n'
    its = mapped(report, HEAD + table + turned + '[values.support]\n"Y" = "N"\n"Yes" = "N"\n"N" = "Y"\n')
    assert [row[4] for row in its.rows["ssd_cin_assessments"]] == ["N", "N", "N", "Y", None]


def test_a_constant_code_is_taken_as_it_stands_beside_matched_ones(mapped: MapIt) -> None:
    report = "Person ID,Contact date,Source\n1,d,Police\n"
    again = TABLE.replace('"ssd_contacts"', '"ssd_contacts"\nonly = [{ column = "Source", filled = true }]')
    its = mapped(
        report,
        HEAD
        + TABLE
        + 'columns.cont_contact_source_code = "Source"\n'
        + again
        + 'columns.cont_contact_source_code = { constant = "10" }\n',
    )
    assert [row[4:] for row in contacts(its)] == [("6", "Police"), ("10", None)]


def test_a_long_text_is_kept_to_a_hundred_characters(mapped: MapIt) -> None:
    report = f"Person ID,Contact date,Source\n1,d,{'q' * 150}\n"
    its = mapped(report, HEAD + TABLE + 'columns.cont_contact_source_code = "Source"\n')
    assert contacts(its)[0][5] == "q" * 100


def test_a_report_without_the_column_a_filter_asks_about_is_not_read(mapped: MapIt) -> None:
    its = mapped(REPORT, HEAD + '[rows]\nonly = [{ column = "Route", is_not = ["DA hub"] }]\n' + TABLE)
    assert not its.rows
    assert its.found("mapped_header_missing")[0].severity is Severity.BLOCK


def test_a_report_without_the_column_a_filter_wants_empty_is_read_with_a_warning(mapped: MapIt) -> None:
    its = mapped(REPORT, HEAD + '[rows]\nonly = [{ column = "Closed", filled = false }]\n' + TABLE)
    (said,) = its.found("mapped_header_missing")
    assert (said.severity, said.column) == (Severity.WARN, "Closed")
    assert len(contacts(its)) == 2


def test_a_column_the_report_lacks_is_not_supplied_and_is_said(mapped: MapIt) -> None:
    its = mapped(REPORT, HEAD + TABLE + 'columns.cont_contact_source_desc = "Who"\n')
    assert its.columns["ssd_contacts"] == {"cont_contact_id", "cont_person_id", "cont_contact_date"}
    assert "“Who”" in its.found("mapped_header_missing")[0].problem
