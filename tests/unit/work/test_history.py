"""Annex A lists taken month after month: what has left them stands, what should be there and is not is taken out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from scorecard.work.new import new_workspace
from scorecard.work.take import take
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scorecard.work.take import Kept

CONTACTS = "Child Unique ID,Gender,Ethnicity,Date of Birth,Date of Contact,Contact Source\n"
PLANS = "Child Unique ID,Child Protection Plan Start Date,Latest Category of Abuse,Child Protection Plan End Date\n"
REFERRALS = "Child Unique ID,Date of referral,Referral Source,Referral NFA?\n"
NEEDS = "Child Unique ID,CIN Start Date,Primary Need Code,CIN Closure Date,Reason for Closure,Case status\n"
CARE = (
    "Child Unique ID,Date Started to be Looked After,Date Ceased to be Looked After,Reason Ceased to be Looked After,"
    "Start Date of Most Recent Placement,Placement Type\n"
)
MAY, JUNE, NOVEMBER, DECEMBER = date(2021, 5, 31), date(2021, 6, 30), date(2021, 11, 30), date(2021, 12, 31)
Row = tuple[Any, ...]


@pytest.fixture
def months(tmp_path: Path) -> Callable[..., list[Kept]]:
    """Takes lists, each named by its number, as at one day after another in one workspace."""
    new_workspace(tmp_path / "council")
    workspace = open_workspace(tmp_path / "council")

    def take_them(lists: dict[date, dict[int, str]]) -> list[Kept]:
        kept = []
        for day, its in lists.items():
            folder = tmp_path / f"lists {day}"
            folder.mkdir(exist_ok=True)
            for number, text in its.items():
                (folder / f"List {number}.csv").write_text(text, encoding="utf-8")
            kept.append(take(workspace, folder, day))
        return kept

    return take_them


def rows(kept: Kept, table: str, columns: str) -> list[Row]:
    """What a snapshot holds of a table, days as text."""
    asked = ", ".join(f"CAST({name.strip()} AS VARCHAR)" for name in columns.split(","))
    with duckdb.connect(":memory:") as connection:
        file = kept.snapshot.file(table)
        return connection.execute(f"SELECT {asked} FROM read_parquet(?) ORDER BY ALL", [str(file)]).fetchall()


def found(kept: Kept, code: str) -> int:
    """How many rows a kind of finding is about."""
    return sum(one.rows.count for one in kept.report.findings if one.code == code)


def test_a_contact_that_has_left_the_six_months_stands_and_one_within_them_that_is_gone_is_taken_out(
    months: Callable[..., list[Kept]],
) -> None:
    may = "1,,,,20/12/2020,6\n2,,,,20/05/2021,6\n3,,,,30/05/2021,6\n"
    from_the_first_day = "4,,,,20/11/2021,6\n5,,,,30/05/2021,6\n"
    kept = months({MAY: {1: CONTACTS + may}, NOVEMBER: {1: CONTACTS + from_the_first_day}})
    assert rows(kept[1], "ssd_contacts", "cont_person_id") == [("1",), ("2",), ("4",), ("5",)]
    assert found(kept[1], "no_longer_listed") == 1, "the third is of the first day of the window"
    assert rows(kept[1], "ssd_person", "pers_person_id") == [("1",), ("2",), ("3",), ("4",), ("5",)]


def test_lists_that_begin_with_the_month_take_nothing_out_of_the_days_before(
    months: Callable[..., list[Kept]],
) -> None:
    may = "1,,,,30/05/2021,6\n2,,,,31/05/2021,6\n"
    june = "3,,,,01/06/2021,6\n4,,,,02/06/2021,6\n"
    of = {
        MAY: CONTACTS + may,
        JUNE: CONTACTS + may + june,
        NOVEMBER: CONTACTS + "3,,,,01/06/2021,6\n",
    }
    kept = months({day: {1: text} for day, text in of.items()})
    assert rows(kept[2], "ssd_contacts", "cont_person_id") == [("1",), ("2",), ("3",)]
    assert found(kept[2], "no_longer_listed") == 1, "the fourth is within the lists"


def test_a_table_is_known_from_the_first_of_an_unbroken_row_of_extracts(months: Callable[..., list[Kept]]) -> None:
    contact = CONTACTS + "1,,,,20/05/2021,6\n"
    kept = months({day: {1: contact} for day in (MAY, NOVEMBER)})
    assert kept[0].snapshot.tables["ssd_contacts"].known_from == date(2020, 11, 30)
    assert kept[1].snapshot.tables["ssd_contacts"].known_from == date(2020, 11, 30), (
        "May reaches into November's window"
    )


def test_a_gap_of_more_than_six_months_begins_the_history_anew(months: Callable[..., list[Kept]]) -> None:
    kept = months({MAY: {1: CONTACTS + "1,,,,20/05/2021,6\n"}, DECEMBER: {1: CONTACTS + "2,,,,20/12/2021,6\n"}})
    assert rows(kept[1], "ssd_contacts", "cont_person_id") == [("2",)]
    assert kept[1].snapshot.tables["ssd_contacts"].known_from == date(2021, 6, 30)


def test_a_plan_seen_to_end_keeps_its_end_when_the_childs_next_one_takes_its_place(
    months: Callable[..., list[Kept]],
) -> None:
    kept = months(
        {
            MAY: {7: PLANS + "1,01/02/2021,a) Neglect,20/05/2021\n"},
            JUNE: {7: PLANS + "1,10/06/2021,a) Neglect,\n"},
        }
    )
    assert rows(kept[1], "ssd_cp_plans", "cppl_cp_plan_start_date, cppl_cp_plan_end_date") == [
        ("2021-02-01", "2021-05-20"),
        ("2021-06-10", None),
    ]


def test_a_plan_whose_end_no_list_told_is_left_out_and_counted(months: Callable[..., list[Kept]]) -> None:
    kept = months(
        {
            MAY: {7: PLANS + "1,01/02/2021,a) Neglect,\n2,01/02/2021,a) Neglect,\n"},
            JUNE: {7: PLANS + "1,20/06/2021,a) Neglect,\n"},
        }
    )
    assert rows(kept[1], "ssd_cp_plans", "cppl_person_id, cppl_cp_plan_start_date") == [("1", "2021-06-20")]
    assert found(kept[1], "end_never_listed") == 1, "the first child's ended between the two"
    assert found(kept[1], "no_longer_listed") == 1, "the second child's open plan would be listed"


def test_what_the_newer_lists_say_of_a_record_stands_also_where_it_is_open_again(
    months: Callable[..., list[Kept]],
) -> None:
    ended, open_again = "1,01/02/2021,a) Neglect,20/05/2021\n", "1,01/02/2021,b) Physical abuse,\n"
    kept = months({MAY: {7: PLANS + ended}, JUNE: {7: PLANS + open_again}})
    told = rows(kept[1], "ssd_cp_plans", "cppl_cp_plan_latest_category, cppl_cp_plan_end_date")
    assert told == [("PHY", None)]


def test_a_need_that_lasts_keeps_what_the_list_of_referrals_told_when_it_began(
    months: Callable[..., list[Kept]],
) -> None:
    need = NEEDS + "1,20/03/2021,N1,{},,c) Child in need plan\n"
    kept = months(
        {
            MAY: {3: REFERRALS + "1,20/03/2021,q) 6: Police,b) No\n", 6: need.format("20/05/2021")},
            NOVEMBER: {3: REFERRALS + "2,20/11/2021,q) 6: Police,b) No\n", 6: need.format("")},
        }
    )
    columns = (
        "cine_person_id, cine_referral_source_code, cine_referral_nfa, cine_cin_primary_need_code, cine_close_date"
    )
    assert rows(kept[1], "ssd_cin_episodes", columns) == [("1", "6", "N", "N1", None), ("2", "6", "N", None, None)]


def test_a_period_of_care_is_told_by_the_newest_lists_alone_and_one_that_has_left_them_stands(
    months: Callable[..., list[Kept]],
) -> None:
    kept = months(
        {
            MAY: {8: CARE + "1,01/02/2020,,,01/02/2020,U6\n2,01/02/2020,20/03/2021,E4A,01/02/2020,U6\n"},
            NOVEMBER: {8: CARE + "1,01/02/2020,,,05/06/2021,U6\n"},
        }
    )
    columns = "clae_person_id, clae_cla_episode_start_date, clae_cla_episode_ceased_date"
    assert rows(kept[1], "ssd_cla_episodes", columns) == [
        ("1", "2020-02-01", "2021-06-05"),
        ("1", "2021-06-05", None),
        ("2", "2020-02-01", "2021-03-20"),
    ]


def test_the_same_lists_taken_after_an_earlier_month_was_put_right_are_another_snapshot(
    months: Callable[..., list[Kept]],
) -> None:
    june = {JUNE: {1: CONTACTS + "1,,,,20/06/2021,6\n"}}
    first = months({MAY: {1: CONTACTS + "1,,,,20/05/2021,6\n"}} | june)[1]
    second = months({MAY: {1: CONTACTS + "1,,,,20/12/2020,6\n"}} | june)[1]
    assert first.snapshot.id != second.snapshot.id
    assert rows(second, "ssd_contacts", "cont_contact_date") == [("2020-12-20",), ("2021-06-20",)]


def test_people_of_earlier_lists_stay_where_another_source_tells_of_people_too(
    months: Callable[..., list[Kept]], tmp_path: Path
) -> None:
    months({MAY: {1: CONTACTS + "1,,,,20/12/2020,6\n"}})
    lists, others = tmp_path / "June", tmp_path / "others"
    for folder, name, text in (
        (lists, "List 1.csv", CONTACTS + "2,,,,20/06/2021,6\n"),
        (others, "ssd_person.csv", "pers_person_id,pers_sex,pers_dob\n9,F,2012-05-01\n"),
    ):
        folder.mkdir()
        (folder / name).write_text(text, encoding="utf-8")
    kept = take(open_workspace(tmp_path / "council"), [lists, others], JUNE)
    assert rows(kept, "ssd_contacts", "cont_person_id") == [("1",), ("2",)]
    assert rows(kept, "ssd_person", "pers_person_id") == [("1",), ("2",), ("9",)]


def test_the_contracts_own_tables_are_joined_to_no_lists(months: Callable[..., list[Kept]], tmp_path: Path) -> None:
    months({MAY: {1: CONTACTS + "1,,,,20/12/2020,6\n"}})
    folder = tmp_path / "contract"
    folder.mkdir()
    (folder / "ssd_person.csv").write_text("pers_person_id,pers_sex,pers_dob\n9,F,2012-05-01\n", encoding="utf-8")
    kept = take(open_workspace(tmp_path / "council"), folder, JUNE)
    assert rows(kept, "ssd_person", "pers_person_id") == [("9",)]
