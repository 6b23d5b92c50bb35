"""The eleven lists of Annex A, written from the contract's tables."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from scorecard.contract.check import read_extract
from scorecard.contract.load import load_contract
from scorecard.contract.sources.folder import pieces_of
from scorecard.returns.annex_a import annex_a
from scorecard.returns.files import write_workbook
from scorecard.returns.sheet import MARK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scorecard.returns.sheet import Sheet

NOVEMBER = date(2021, 11, 30)
SHARED = Path(__file__).parents[3].parent / "shared"
PEOPLE = (
    "pers_person_id,pers_sex,pers_ethnicity,pers_dob,pers_expected_dob\n"
    "c1,F,WBRI,2011-12-01,\nc2,M,NOBT,2011-11-30,\nc3,U,,,2022-01-12\n"
)
CONTACTS = "cont_contact_id,cont_person_id,cont_contact_date,cont_contact_source_code\n"
REFERRALS = (
    "cine_referral_id,cine_person_id,cine_referral_date,cine_cin_primary_need_code,cine_referral_source_code,"
    "cine_referral_nfa,cine_close_reason,cine_close_date\n"
)
ASSESSMENTS = (
    "cina_assessment_id,cina_person_id,cina_referral_id,cina_assessment_start_date,cina_assessment_auth_date\n"
)
PLANS = (
    "cppl_cp_plan_id,cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_end_date,cppl_cp_plan_initial_category,"
    "cppl_cp_plan_ola\n"
)
CARE = (
    "clae_cla_episode_id,clae_person_id,clae_cla_id,clae_cla_episode_start_date,clae_cla_episode_start_reason,"
    "clae_cla_episode_ceased_date,clae_cla_episode_ceased_reason\n"
)
STATUSES = "lega_legal_status_id,lega_person_id,lega_legal_status,lega_legal_status_start_date\n"

Lists = dict[str, "Sheet"]


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as opened:
        yield opened


@pytest.fixture
def write(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> Callable[..., Lists]:
    """The lists as at a day, from a few rows of the contract's tables."""

    def write_it(as_at: date = NOVEMBER, **tables: str) -> Lists:
        for name, text in {"ssd_person": PEOPLE, **tables}.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        read_extract(tmp_path, load_contract(), as_at=as_at, connection=connection)
        return {sheet.name: sheet for sheet in annex_a(connection, as_at)}

    return write_it


def column(sheet: Sheet, *headers: str) -> list[tuple[Any, ...]]:
    """Some columns of a list."""
    return list(zip(*(sheet.column(header) for header in headers), strict=True))


def test_there_are_eleven_lists_in_order_also_where_there_is_nothing_to_list(write: Callable[..., Lists]) -> None:
    lists = write()
    assert list(lists) == [f"List {number}" for number in range(1, 12)]
    assert not any(sheet.rows for sheet in lists.values())


@pytest.mark.skipif(not SHARED.exists(), reason="the notes of the field are not here")
def test_the_headers_are_those_of_the_template_in_its_order(write: Callable[..., Lists]) -> None:
    template: dict[str, list[str]] = {}
    with (SHARED / "design" / "annexa_columns.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            template.setdefault(row["list"], []).append(row["header"])
    assert {name: list(sheet.headers) for name, sheet in write().items()} == template


def test_a_child_is_told_in_the_guidances_words_with_the_age_of_the_day(write: Callable[..., Lists]) -> None:
    contact = "k{0},c{0},2021-11-0{0},6\n"
    sheet = write(ssd_contacts=CONTACTS + "".join(contact.format(n) for n in (1, 2, 3)))["List 1"]
    headers = ("Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)", "Contact Source")
    assert column(sheet, *headers) == [
        ("b) Female", "a) WBRI", date(2011, 12, 1), 9, "q) 6: Police"),
        ("a) Male", "s) NOBT", date(2011, 11, 30), 10, "q) 6: Police"),
        ("c) Not stated/recorded", None, date(2022, 1, 12), -1, "q) 6: Police"),
    ]


def test_contacts_are_those_of_six_months_and_not_of_later(write: Callable[..., Lists]) -> None:
    days = ("2021-05-29", "2021-05-30", "2021-11-30", "2021-12-01")
    sheet = write(ssd_contacts=CONTACTS + "".join(f"k{day},c1,{day},6\n" for day in days))["List 1"]
    assert column(sheet, "Date of Contact") == [(date(2021, 5, 30),), (date(2021, 11, 30),)]


def test_an_end_after_the_day_is_not_known_on_it(write: Callable[..., Lists]) -> None:
    plans = "p1,c1,2021-10-01,2021-12-10,NEG,N\n"
    sheet = write(ssd_cp_plans=PLANS + plans)["List 7"]
    assert column(sheet, "Child Protection Plan End Date", "Initial Category of Abuse") == [(None, "a) Neglect")]


def test_a_child_has_the_latest_plan_alone_and_the_number_of_those_before(write: Callable[..., Lists]) -> None:
    plans = (
        "p1,c1,2015-10-01,2016-12-10,NEG,N\np2,c1,2021-06-01,2021-08-10,NEG,N\np3,c1,2021-09-01,,NEG,N\n"
        "p4,c2,2021-06-01,2021-05-29,NEG,N\np5,c3,2021-06-01,,NEG,Y\n"
    )
    sheet = write(ssd_cp_plans=PLANS + plans)["List 7"]
    found = column(
        sheet, "Child Unique ID", "Child Protection Plan Start Date", "Number of Previous Child Protection Plans"
    )
    assert found == [("c1", date(2021, 9, 1), 2)], "another authority's plan is not listed"


def test_the_status_of_a_child_in_need_is_the_first_that_applies(write: Callable[..., Lists]) -> None:
    lists = write(
        ssd_cin_episodes=REFERRALS
        + "r1,c1,2021-09-01,N1,6,N,,\nr2,c2,2021-09-01,N1,6,N,,\nr3,c3,2021-09-01,N1,6,N,RC7,2021-10-01\n",
        ssd_cin_assessments=ASSESSMENTS + "".join(f"a{n},c{n},r{n},2021-09-02,\n" for n in (1, 2, 3)),
        ssd_cp_plans=PLANS + "p1,c1,2021-10-01,,NEG,N\n",
    )
    assert dict(column(lists["List 6"], "Child Unique ID", "Case status")) == {
        "c1": "b) Child Protection plan",
        "c2": "d) Open assessment",
        "c3": "e) Closed episode",
    }


def test_a_child_who_was_only_referred_is_on_the_third_list_and_not_on_the_sixth(write: Callable[..., Lists]) -> None:
    lists = write(ssd_cin_episodes=REFERRALS + "r1,c1,2021-09-01,N1,6,Y,,\nr0,c1,2021-01-01,N1,6,Y,,2021-01-02\n")
    assert lists["List 6"].rows == ()
    found = column(lists["List 3"], "Date of referral", "Referral NFA?", "Number of Referrals in Last 12 Months")
    assert found == [(date(2021, 9, 1), "a) Yes", 1)]


def test_a_series_of_short_breaks_is_not_care(write: Callable[..., Lists]) -> None:
    lists = write(
        ssd_cla_episodes=CARE
        + "e1,c1,l1,2021-09-01,S,,\ne2,c2,l2,2021-08-01,S,2021-10-01,X1\ne3,c2,l2,2021-10-01,P,,\n",
        ssd_legal_status=STATUSES + "s1,c1,V4,2021-01-01\ns2,c2,C2,2021-08-01\n",
    )
    headers = ("Child Unique ID", "Date Started to be Looked After", "Child's Legal Status")
    assert column(lists["List 8"], *headers) == [("c2", date(2021, 8, 1), "C2: FCO")]
    assert column(lists["List 8"], "Date Ceased to be Looked After ") == [(None,)], "an episode ended, care did not"


def test_the_workbook_has_a_title_then_headers_then_true_days_and_says_what_it_is_for(
    write: Callable[..., Lists], connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    lists = write(ssd_contacts=CONTACTS + "k1,c1,2021-11-03,6\n")
    book = write_workbook(tuple(lists.values()), tmp_path / "out" / "annex-a.xlsx")
    pieces, _ = pieces_of(book, connection)
    assert [piece.name for piece in pieces] == list(lists)
    for piece in pieces:
        assert [cell for cell in piece.head[0] if cell] == [f"{lists[piece.name].title}. {MARK}."]
        assert [cell for cell in piece.head[1] if cell] == [header.strip() for header in lists[piece.name].headers]
    day = pieces[0].head[2][5]
    assert day.startswith("2021-11-03"), "only a true day is read so, whatever its cell shows"
