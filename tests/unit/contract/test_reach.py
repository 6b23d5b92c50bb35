"""An extract that ends long before its day is told: figures of nothing look like figures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from scorecard.contract.load import load_contract
from scorecard.contract.reach import newest_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.unit.contract.conftest import Read

PERSON = "pers_person_id,pers_dob\n7,2015-01-01\n"
NOVEMBER = date(2021, 11, 30)


def _contacts(newest: date, count: int = 20) -> dict[str, str]:
    days = [newest - timedelta(days=place) for place in range(count)]
    rows = [f"C{day:%y%m%d},7,{day}" for day in days]
    return {
        "ssd_person.csv": PERSON,
        "ssd_contacts.csv": "\n".join(["cont_contact_id,cont_person_id,cont_contact_date", *rows]) + "\n",
    }


@pytest.mark.parametrize(("before", "told"), [(31, False), (32, True), (200, True)])
def test_records_that_end_more_than_a_month_before_the_day_are_told(
    read_files: Callable[[Mapping[str, str]], Read], before: int, *, told: bool
) -> None:
    found = read_files(_contacts(NOVEMBER - timedelta(days=before))).found("stops_early")
    assert [f"{before} days before 30 November 2021" in one.problem for one in found] == [True] * told


def test_of_few_records_nobody_can_say_that_they_end(read_files: Callable[[Mapping[str, str]], Read]) -> None:
    assert read_files(_contacts(date(2020, 1, 31), 19)).found("stops_early") == []


def test_a_day_that_has_not_come_is_not_how_far_records_reach(
    read_files: Callable[[Mapping[str, str]], Read],
) -> None:
    files = _contacts(date(2021, 6, 30))
    files["ssd_contacts.csv"] += "C9,7,2091-06-30\n"
    read = read_files(files)
    assert newest_day(read.connection, load_contract(), NOVEMBER) == date(2021, 6, 30)
    assert len(read.found("stops_early")) == 1
