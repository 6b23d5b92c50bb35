"""Several sources made one extract: what each table is taken from, and where they do not agree."""

from __future__ import annotations

from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING

import pytest

from scorecard.contract.check import read_extract
from scorecard.contract.load import load_contract
from scorecard.contract.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import duckdb

    from scorecard.contract.report import CheckReport

AS_AT = date(2021, 11, 30)
EPISODES = "clae_cla_episode_id,clae_person_id,clae_cla_id,clae_cla_episode_start_date,clae_cla_episode_ceased_date\n"
PEOPLE = "pers_person_id,pers_sex,pers_dob,pers_ethnicity\n"
ONE = {
    "ssd_person.csv": PEOPLE + "c1,F,2010-05-01,WBRI\nc2,M,2012-06-02,\nc3,F,,\n",
    "ssd_cla_episodes.csv": EPISODES + "e1,c1,p1,2020-01-01,\ne2,c2,p2,2020-02-01,2021-11-30\n",
}
OTHER = {
    "ssd_person.csv": PEOPLE + "c2,Male,03/06/2012,MWBC\nc3,F,2011-01-09,\nc4,M,2015-01-01,WBRI\n",
    "ssd_cla_episodes.csv": EPISODES + "x1,c1,p1,2020-01-01,\nx2,c2,p2,2020-02-01,\nx4,c4,p4,2021-11-30,\n",
    "ssd_contacts.csv": "cont_contact_id,cont_person_id,cont_contact_date\nk1,c4,2021-11-02\n",
}

Joined = tuple["CheckReport", "duckdb.DuckDBPyConnection"]


@pytest.fixture
def join(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> Callable[..., Joined]:
    """Writes each source into a folder of its own and reads them as one."""

    def joined(*sources: dict[str, str], how: Reading | None = None) -> Joined:
        folders = []
        for number, files in enumerate(sources):
            folder = tmp_path / f"source {number}"
            folder.mkdir()
            folders.append(folder)
            for name, text in files.items():
                (folder / name).write_text(text, encoding="utf-8")
        extract = read_extract(
            folders, load_contract(), as_at=AS_AT, connection=connection, **({"how": how} if how else {})
        )
        return extract.report, connection

    return joined


def _found(report: CheckReport, code: str, column: str = "") -> list[str]:
    return [one.problem for one in report.findings if one.code == code and column in {"", one.column}]


def test_a_table_of_two_sources_is_the_first_ones_alone(join: Callable[..., Joined]) -> None:
    report, connection = join(ONE, OTHER)
    episodes = connection.execute("SELECT clae_cla_episode_id FROM ssd_cla_episodes ORDER BY 1").fetchall()
    assert episodes == [("e1",), ("e2",)]
    assert _found(report, "left_to_another") == [
        "ssd_cla_episodes is taken from source 0/ssd_cla_episodes.csv; 3 rows of it here were left out."
    ]


def test_a_table_of_one_source_is_there_whichever_it_is(join: Callable[..., Joined]) -> None:
    _, connection = join(ONE, OTHER)
    assert connection.execute("SELECT cont_contact_id FROM ssd_contacts").fetchall() == [("k1",)]


def test_children_are_put_together_and_the_first_source_leads(join: Callable[..., Joined]) -> None:
    report, connection = join(ONE, OTHER)
    people = connection.execute(
        "SELECT pers_person_id, pers_sex, pers_dob, pers_ethnicity FROM ssd_person ORDER BY 1"
    ).fetchall()
    assert people == [
        ("c1", "F", date(2010, 5, 1), "WBRI"),
        ("c2", "M", date(2012, 6, 2), "MWBC"),
        ("c3", "F", date(2011, 1, 9), None),
        ("c4", "M", date(2015, 1, 1), "WBRI"),
    ]
    assert not report.blocks


def test_what_only_a_later_source_has_a_column_for_is_kept_of_a_child_of_an_earlier_one(
    join: Callable[..., Joined],
) -> None:
    without = {"ssd_person.csv": "pers_person_id,pers_dob\nc1,2010-05-01\n"}
    more = {"ssd_person.csv": "pers_person_id,pers_sex\nc1,F\nc2,M\n"}
    most = {"ssd_person.csv": "pers_person_id,pers_sex,pers_ethnicity\nc1,M,WBRI\nc2,,MWBC\n"}
    _, connection = join(without, more, most)
    people = connection.execute("SELECT pers_person_id, pers_sex, pers_ethnicity FROM ssd_person ORDER BY 1").fetchall()
    assert people == [("c1", "F", "WBRI"), ("c2", "M", "MWBC")]


def test_a_source_without_a_row_of_a_table_does_not_stand_before_one_that_has_some(join: Callable[..., Joined]) -> None:
    header, *_ = OTHER["ssd_contacts.csv"].partition("\n")
    report, connection = join({**ONE, "ssd_contacts.csv": f"{header}\n"}, OTHER)
    assert connection.execute("SELECT cont_contact_id FROM ssd_contacts").fetchall() == [("k1",)]
    assert any("0 rows of it here were left out" in problem for problem in _found(report, "left_to_another"))


def test_another_date_of_birth_is_told_and_a_sex_spelt_otherwise_is_not(join: Callable[..., Joined]) -> None:
    report, _ = join(ONE, OTHER)
    assert len(_found(report, "sources_differ", "pers_dob")) == 1
    assert _found(report, "sources_differ", "pers_sex") == []
    (told,) = [one for one in report.findings if one.column == "pers_dob" and one.code == "sources_differ"]
    assert (told.rows.first, told.rows.count) == ((2,), 1)
    assert "2012" not in str(told)


def test_children_in_care_by_one_source_only_are_counted_both_ways(join: Callable[..., Joined]) -> None:
    fewer = {**OTHER, "ssd_cla_episodes.csv": EPISODES + "x2,c2,p2,2020-02-01,\nx4,c4,p4,2021-11-30,\n"}
    report, _ = join(ONE, fewer)
    assert _found(report, "sources_differ", "clae_person_id") == [
        "1 child is in care on the day by this source and not by source 1/ssd_cla_episodes.csv.",
        "2 children are in care on the day by this source and not by source 0/ssd_cla_episodes.csv.",
    ]


def test_precedence_names_the_layout_that_stands_first(join: Callable[..., Joined]) -> None:
    mosaic_last = Reading(precedence={"ssd_cla_episodes": ("ssda903", "contract")})
    _, connection = join(OTHER, ONE, how=mosaic_last)
    assert connection.execute("SELECT count(*) FROM ssd_cla_episodes").fetchall() == [(3,)]


def test_identifiers_of_another_kind_are_noticed(join: Callable[..., Joined]) -> None:
    strangers = {"ssd_person.csv": "pers_person_id,pers_sex\n901,F\n902,M\nc1,F\n"}
    report, _ = join(ONE, strangers)
    assert _found(report, "few_in_common") == ["Of its 3 children only 1 are in source 0/ssd_person.csv."]


def test_a_table_may_speak_up_to_a_day_of_its_own(join: Callable[..., Joined]) -> None:
    late = {**ONE, "ssd_contacts.csv": "cont_contact_id,cont_person_id,cont_contact_date\nk1,c1,2021-12-02\n"}
    report, _ = join(late, how=Reading(as_at_of={"ssd_contacts": date(2021, 12, 5)}))
    assert [one for one in report.findings if one.column == "cont_contact_date"] == []


def test_sources_that_both_know_every_child_are_joined_in_seconds(join: Callable[..., Joined]) -> None:
    """Row by row against row, 10,000 children took minutes: a whole department's would never end."""
    header = "pers_person_id,pers_dob,pers_death_date,pers_expected_dob,pers_sex\n"
    people = {"ssd_person.csv": header + "".join(f"c{number},2012-05-01,,,F\n" for number in range(10_000))}
    begun = perf_counter()
    _, connection = join(people, people)
    assert perf_counter() - begun < 10
    assert connection.execute("SELECT count(*) FROM ssd_person").fetchall() == [(10_000,)]
