"""The return of children looked after, written from the contract's tables."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import duckdb
import pytest

from scorecard.contract.check import read_extract
from scorecard.contract.load import load_contract
from scorecard.returns.ssda903 import ssda903

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from scorecard.returns.sheet import Sheet

AS_AT = date(2021, 11, 30)
PEOPLE = (
    "pers_person_id,pers_sex,pers_ethnicity,pers_dob\nc1,F,WBRI,2010-05-01\nc2,M,WBRI,2012-06-02\ny1,F,,2002-06-01\n"
)
EPISODES = (
    "clae_cla_episode_id,clae_person_id,clae_cla_id,clae_cla_episode_start_date,clae_cla_episode_start_reason,"
    "clae_cla_primary_need_code,clae_cla_episode_ceased_date,clae_cla_episode_ceased_reason,clae_cla_placement_id\n"
)
PLACEMENTS = (
    "clap_cla_placement_id,clap_cla_id,clap_person_id,clap_cla_placement_start_date,clap_cla_placement_end_date,"
    "clap_cla_placement_type,clap_cla_placement_provider,clap_cla_placement_change_reason\n"
)
STATUSES = (
    "lega_legal_status_id,lega_person_id,lega_legal_status,lega_legal_status_start_date,lega_legal_status_end_date\n"
)

Lists = dict[str, "Sheet"]


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as opened:
        yield opened


@pytest.fixture
def write(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> Callable[..., Lists]:
    """The lists of the return as at a day, from a few rows of the contract's tables."""

    def write_it(as_at: date = AS_AT, **tables: str) -> Lists:
        for name, text in {"ssd_person": PEOPLE, **tables}.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        read_extract(tmp_path, load_contract(), as_at=AS_AT, connection=connection)
        return {sheet.name: sheet for sheet in ssda903(connection, as_at)}

    return write_it


def _told(sheet: Sheet, *headers: str) -> list[tuple[str, ...]]:
    columns = [["" if cell is None else str(cell) for cell in sheet.column(header)] for header in headers]
    return list(zip(*columns, strict=True))


def test_an_episode_is_split_where_legal_status_or_placement_changes(write: Callable[..., Lists]) -> None:
    lists = write(
        ssd_cla_episodes=EPISODES + "e1,c1,p1,2021-04-10,S,N1,,,\n",
        ssd_cla_placement=PLACEMENTS
        + "h1,p1,c1,2021-04-10,2021-06-01,U6,PR1,CREQB\nh2,p1,c1,2021-06-01,2021-09-01,U6,PR4,PLACE\n"
        + "h3,p1,c1,2021-09-01,,U4,PR4,\n",
        ssd_legal_status=STATUSES
        + "l1,c1,V2,2021-04-10,2021-05-01\nl2,c1,C1,2021-05-01,2021-09-01\nl3,c1,C2,2021-09-01,\n"
        + "l4,c1,SGO,2021-10-01,\n",
    )
    headers = ("DECOM", "RNE", "LS", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE")
    assert _told(lists["Episodes"], *headers) == [
        ("2021-04-10", "S", "V2", "U6", "PR1", "2021-05-01", "X1", ""),
        ("2021-05-01", "L", "C1", "U6", "PR1", "2021-06-01", "X1", "CREQB"),
        ("2021-06-01", "P", "C1", "U6", "PR4", "2021-09-01", "X1", "PLACE"),
        ("2021-09-01", "U", "C2", "U4", "PR4", "", "", ""),
    ]


def test_what_was_recorded_for_later_and_what_ended_earlier_is_left_out(write: Callable[..., Lists]) -> None:
    rows = "e0,c1,p0,2018-01-01,S,N1,2019-03-31,E4A,\ne1,c1,p1,2019-05-01,S,N1,2020-04-01,E4A,\n"
    rows += "e2,c2,p2,2020-06-01,S,N1,2021-06-01,E4A,\n"
    lists = write(date(2020, 12, 31), ssd_cla_episodes=EPISODES + rows)
    assert _told(lists["Episodes"], "CHILD", "DECOM", "DEC", "REC") == [
        ("c1", "2019-05-01", "2020-04-01", "E4A"),
        ("c2", "2020-06-01", "", ""),
    ]
    assert lists["Header"].column("CHILD") == ("c1", "c2")


def test_sex_is_a_number_until_2024_and_workers_are_asked_for_from_then(write: Callable[..., Lists]) -> None:
    rows = EPISODES + "e1,c1,p1,2021-05-01,S,N1,,,\ne2,c2,p2,2021-06-01,S,N1,,,\n"
    workers = (
        "invo_involvements_id,invo_professional_id,invo_professional_role_id,invo_person_id,invo_involvement_start_date\n"
        "i1,w1,CW,c1,2021-05-01\ni2,w2,16PLUS,c1,2021-05-01\n"
    )
    lists = write(ssd_cla_episodes=rows, ssd_involvements=workers)
    assert lists["Header"].column("SEX") == ("2", "1")
    assert "SWEpisodes" not in lists
    later = write(date(2025, 3, 31), ssd_cla_episodes=rows, ssd_involvements=workers)
    assert later["Header"].column("SEX") == ("F", "M")
    assert _told(later["SWEpisodes"], "CHILD", "SW_ID", "SW_DECOM") == [("c1", "w1", "2021-05-01")]


def test_a_care_leaver_is_told_of_as_known_around_the_birthday(write: Callable[..., Lists]) -> None:
    leavers = (
        "clea_table_id,clea_person_id,clea_care_leaver_in_touch,clea_care_leaver_latest_contact,"
        "clea_care_leaver_accommodation,clea_care_leaver_accom_suitable,clea_care_leaver_activity\n"
        "1,y1,NO,2021-01-10,B,1,G5\n2,y1,YES,2021-06-20,U,2,F2\n3,y1,RHOM,2021-10-10,B,1,F2\n"
    )
    lists = write(ssd_cla_episodes=EPISODES + "e1,c1,p1,2021-05-01,S,N1,,,\n", ssd_care_leavers=leavers)
    assert _told(lists["OC3"], "CHILD", "IN_TOUCH", "ACTIV", "ACCOM") == [("y1", "YES", "F2", "U2")]
    before = write(date(2021, 5, 31), ssd_cla_episodes=EPISODES, ssd_care_leavers=leavers)
    assert before["OC3"].rows == ()


def test_nothing_is_said_of_a_year_whose_records_were_not_supplied(write: Callable[..., Lists]) -> None:
    rows = EPISODES + "e1,c1,p1,2019-05-01,S,N1,,,\n"
    lists = write(ssd_cla_episodes=rows)
    assert _told(lists["OC2"], "CHILD", "CONVICTED", "TEETH_CHECK", "SUBSTANCE_MISUSE") == [("c1", "", "", "")]
    convicted = "clac_cla_conviction_id,clac_person_id,clac_cla_conviction_date\n1,c9,2021-05-05\n"
    lists = write(ssd_cla_episodes=rows, ssd_cla_convictions=convicted)
    assert _told(lists["OC2"], "CHILD", "CONVICTED", "TEETH_CHECK") == [("c1", "0", "")]


def test_every_other_list_is_told_of_the_children_of_the_year(write: Callable[..., Lists]) -> None:
    lists = write(
        ssd_cla_episodes=EPISODES
        + "e1,c1,p1,2021-05-01,S,N1,2021-11-20,E12,\ne2,c2,p2,2019-05-01,S,N1,,,\n"
        + "e3,c9,p9,2019-05-01,S,N1,2020-01-01,E4A,\n",
        ssd_cla_reviews="clar_cla_review_id,clar_cla_id,clar_cla_review_date,clar_cla_review_cancelled,"
        "clar_cla_review_participation\nr1,p1,2021-06-01,N,PN1\nr2,p1,2021-07-01,Y,\nr3,p2,2021-03-31,N,PN1\n",
        ssd_missing="miss_table_id,miss_person_id,miss_missing_episode_start_date,miss_missing_episode_type,"
        "miss_missing_episode_end_date\nm1,c1,2021-06-01,M,2021-12-01\nm2,c2,2021-03-01,A,2021-03-31\n",
        ssd_immigration_status="immi_immigration_status_id,immi_person_id,immi_immigration_status,"
        "immi_immigration_status_end_date\ni1,c2,UASC,2030-06-02\ni2,c1,Refugee,\n",
        ssd_cla_previous_permanence="lapp_table_id,lapp_person_id,lapp_previous_permanence_option,"
        "lapp_previous_permanence_order_date\nx1,c1,P1,zz/05/2015\nx2,c2,P2,\n",
        ssd_permanence="perm_table_id,perm_person_id,perm_cla_id,perm_adm_decision_date,perm_matched_date,"
        "perm_adopted_by_carer_flag,perm_adopter_sex,perm_adopter_legal_status,perm_number_of_adopters\n"
        "w1,c1,p1,2021-05-20,2021-06-20,N,MF,L11,2\n",
        ssd_sdq_scores="csdq_table_id,csdq_person_id,csdq_sdq_completed_date,csdq_sdq_score\n"
        "s1,c2,2021-05-01,12\ns2,c2,2021-10-01,0\n",
    )
    told = {
        "Reviews": _told(lists["Reviews"], "CHILD", "REVIEW", "REVIEW_CODE"),
        "Missing": _told(lists["Missing"], "CHILD", "MISSING", "MIS_START", "MIS_END"),
        "UASC": _told(lists["UASC"], "CHILD", "SEX", "DUC"),
        "PrevPerm": _told(lists["PrevPerm"], "CHILD", "PREV_PERM", "DATE_PERM"),
        "AD1": _told(lists["AD1"], "CHILD", "DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "LS_ADOPTR"),
        "PlacedAdoption": _told(lists["PlacedAdoption"], "CHILD", "DATE_PLACED", "DATE_PLACED_CEASED"),
        "OC2": _told(lists["OC2"], "CHILD", "SDQ_SCORE"),
    }
    assert told == {
        "Reviews": [("c1", "2021-06-01", "PN1")],
        "Missing": [("c1", "M", "2021-06-01", "")],
        "UASC": [("c2", "1", "2030-06-02")],
        "PrevPerm": [("c1", "P1", "zz/05/2015")],
        "AD1": [("c1", "2021-05-20", "2021-06-20", "0", "2", "L11")],
        "PlacedAdoption": [("c1", "2021-05-20", "")],
        "OC2": [("c2", "0")],
    }
