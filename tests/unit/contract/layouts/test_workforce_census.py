"""The workforce census: who was in post on 30 September, and what was vacant."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from census_files import header, written

if TYPE_CHECKING:
    from collections.abc import Callable

    from census_files import Element

    Reads = Callable[..., Any]

SAMPLE = Path(__file__).parents[5] / "shared/data/samples/csww_liia-tools/social_work_workforce_2022.xml"


@pytest.fixture
def told(tmp_path: Path, read: Reads) -> Reads:
    """Reads a workforce census of 2021, given by its workers and its vacancies."""

    def read_it(*workers: Element, vacant: str = "3.50", agency: str = "2.00", day: str = "2021-09-30") -> Any:
        level = ("LALevelVacancies", [("NumberOfVacancies", vacant), ("NoAgencyFTE", agency)])
        document = ("Message", [header("CSWW", 2021, day), level, *workers])
        (tmp_path / "workforce.xml").write_text(written(document), encoding="utf-8")
        return read(tmp_path / "workforce.xml")

    return read_it


def worker(number: str, *, agency: str = "0", role: str = "5", **more: str) -> Element:
    return ("CSWWWorker", [("AgencyWorker", agency), ("SWENo", number), ("OrgRole", role), *more.items()])


def test_a_worker_is_read_with_role_hours_contract_and_the_day_of_the_census(told: Reads) -> None:
    found = told(
        worker("w1", FTE30="0.8", FTE="1", CFKSSstatus="1", Absat30Sept="1"), worker("w2", agency="1", role="6")
    )
    assert found.rows(
        "SELECT wkfc_professional_id, wkfc_snapshot_date, wkfc_role_code, wkfc_fte, wkfc_contract_type, wkfc_nqsw_flag,"
        " wkfc_case_holder_flag, wkfc_absent_flag FROM ssdx_workforce ORDER BY 1"
    ) == [
        ("w1", date(2021, 9, 30), "5", 0.8, "PERM", "Y", "Y", "Y"),
        ("w2", date(2021, 9, 30), "6", None, "AGENCY", None, "N", None),
    ]


def test_without_a_reference_date_the_day_is_the_30_september_of_the_year(told: Reads) -> None:
    assert told(worker("w1"), day="").rows("SELECT wkfc_snapshot_date FROM ssdx_workforce") == [(date(2021, 9, 30),)]


@pytest.mark.parametrize("day", ["9999-12-31", "20000-01-01", "infinity", "soon"])
def test_of_an_unlikely_day_and_of_a_second_header_no_row_is_made_wrong(told: Reads, day: str) -> None:
    found = told(worker("w1"), header("CSWW", 2021, "2021-09-30"), day=day)
    assert found.rows("SELECT wkfc_snapshot_date FROM ssdx_workforce") == [(date(2021, 9, 30),)]


def test_who_left_before_the_day_is_left_out_and_counted_and_who_left_on_it_is_not(told: Reads) -> None:
    found = told(worker("w1", RoleEndDate="2021-09-29"), worker("w2", RoleEndDate="2021-09-30"), worker("w3"))
    assert found.rows("SELECT wkfc_professional_id FROM ssdx_workforce ORDER BY 1") == [("w2",), ("w3",)]
    assert [said.rows.count for said in found.found("leaver")] == [1]


@pytest.mark.parametrize(
    ("vacant", "agency", "shares"),
    [
        ("3.50", "2.00", (5.0, 1.5, 2.0, 1.5)),
        ("3.50", "4.25", (5.0, 1.5, 3.5, 0.0)),
        ("3.50", "", (5.0, 1.5, None, 3.5)),
    ],
)
def test_the_establishment_is_permanent_staff_and_vacancies_which_agency_staff_fill_first(
    told: Reads, vacant: str, agency: str, shares: tuple[float, ...]
) -> None:
    staff = (worker("w1", FTE30="1"), worker("w2", FTE30="0.5"), worker("w3", agency="1", FTE30="1"))
    found = told(*staff, vacant=vacant, agency=agency)
    columns = "estb_fte_budgeted, estb_fte_permanent, estb_fte_agency, estb_fte_vacant"
    assert found.rows(f"SELECT {columns} FROM ssdx_establishment") == [shares]


@pytest.mark.skipif(not SAMPLE.exists(), reason="the samples are not part of the repository")
def test_the_sample_is_read_whole_but_for_those_who_had_left(read: Reads) -> None:
    found = read(SAMPLE)
    (left,) = found.found("leaver")
    (in_post,) = found.rows("SELECT count(*) FROM ssdx_workforce")[0]
    assert in_post + left.rows.count == 30
    assert found.rows("SELECT estb_fte_vacant + estb_fte_agency FROM ssdx_establishment") == [(pytest.approx(79.68),)]
