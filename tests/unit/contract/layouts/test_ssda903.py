"""The return of children looked after: years stitched into one history, and what the history implies."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from scorecard.contract.check import read_extract
from scorecard.contract.layouts.ssda903_years import known_from, year_named
from scorecard.contract.load import load_contract

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import duckdb

    from scorecard.contract.report import Finding

EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
SQL = (
    "SELECT clae_person_id, clae_cla_episode_start_date, clae_cla_episode_ceased_date, clae_cla_episode_ceased_reason"
    " FROM ssd_cla_episodes ORDER BY ALL"
)
Sets = dict[str, "str | bytes"]


class Read:
    """What came of reading sets of files."""

    def __init__(self, read: Any) -> None:
        self.read = read

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a query finds in the tables that were made, days as text."""
        return [tuple(_plain(cell) for cell in row) for row in self.read.rows(sql)]

    def found(self, code: str) -> list[Finding]:
        """What was found of one kind of mend."""
        return list(self.read.found(f"ssda903_{code}"))


def _plain(cell: object) -> object:
    return cell.isoformat() if isinstance(cell, date) else cell


@pytest.fixture
def read_sets(read: Callable[[Path], Any], tmp_path: Path) -> Callable[[Sets], Read]:
    """Writes files, in folders where their names say so, and reads them all as one source."""

    def read_them(files: Sets) -> Read:
        for name, content in files.items():
            path = tmp_path / "903" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Read(read(tmp_path / "903"))

    return read_them


def episode(child: str, decom: str, rne: str, dec: str = "", rec: str = "", **more: str) -> str:
    """One row of Episodes: in a foster home under a full care order unless it says otherwise."""
    said = {"LS": "C2", "CIN": "N1", "PLACE": "U6", "PLACE_PROVIDER": "PR1", "REASON": "", "URN": "", **more}
    cells = (
        said["LS"],
        said["CIN"],
        said["PLACE"],
        said["PLACE_PROVIDER"],
        dec,
        rec,
        said["REASON"],
        "",
        "",
        said["URN"],
    )
    return ",".join((child, decom, rne, *cells)) + "\n"


def test_an_episode_that_several_years_tell_of_is_kept_once_as_told_last(read_sets: Callable[[Sets], Read]) -> None:
    read = read_sets(
        {
            "2019-20/Episodes.csv": EPISODES + episode("c1", "05/05/2019", "S"),
            "2020-21/Episodes.csv": EPISODES + episode("c1", "05/05/2019", "S"),
            "2021-22/Episodes.csv": EPISODES + episode("c1", "05/05/2019", "S", "01/10/2021", "E4A"),
        }
    )
    assert read.rows(SQL) == [("c1", "2019-05-05", "2021-10-01", "E4A")]
    assert [(one.file, one.rows.count) for one in read.found("repeat")] == [
        ("2019-20/Episodes.csv", 1),
        ("2020-21/Episodes.csv", 1),
    ]


@pytest.mark.parametrize(
    ("case", "later", "mended", "expected"),
    [
        (
            "moved on: ended with X1 where the next begins",
            episode("c1", "10/06/2020", "P"),
            "ended_by_next",
            [("c1", "2019-05-05", "2020-06-10", "X1"), ("c1", "2020-06-10", None, None)],
        ),
        (
            "came in anew after the year: ended with the year",
            episode("c1", "10/06/2020", "S"),
            "ended_before_next",
            [("c1", "2019-05-05", "2020-03-31", "E8"), ("c1", "2020-06-10", None, None)],
        ),
        (
            "came in anew within the year: ended the day before",
            episode("c1", "10/02/2020", "S"),
            "ended_before_next",
            [("c1", "2019-05-05", "2020-02-09", "E8"), ("c1", "2020-02-10", None, None)],
        ),
        (
            "in no later return: ended with the year",
            episode("c2", "10/06/2020", "S"),
            "ended_with_year",
            [("c1", "2019-05-05", "2020-03-31", "E8"), ("c2", "2020-06-10", None, None)],
        ),
    ],
)
def test_an_episode_an_older_return_left_open_is_ended(
    read_sets: Callable[[Sets], Read], case: str, later: str, mended: str, expected: list[tuple[object, ...]]
) -> None:
    read = read_sets(
        {
            "2019-20/Episodes.csv": EPISODES + episode("c1", "05/05/2019", "S"),
            "2020-21/Episodes.csv": EPISODES + later,
        }
    )
    assert read.rows(SQL) == expected, case
    assert [(one.file, one.rows.first) for one in read.found(mended)] == [("2019-20/Episodes.csv", (2,))]


def test_only_the_newest_return_may_leave_an_episode_open(read_sets: Callable[[Sets], Read]) -> None:
    read = read_sets({"Episodes 2021-22.csv": EPISODES + episode("c1", "05/05/2019", "S")})
    assert read.rows(SQL) == [("c1", "2019-05-05", None, None)]
    assert not read.found("ended_with_year")


def test_an_episode_that_runs_into_the_next_years_next_is_cut(read_sets: Callable[[Sets], Read]) -> None:
    read = read_sets(
        {
            "2019-20/Episodes.csv": EPISODES + episode("c1", "05/05/2019", "S", "25/03/2020", "X1"),
            "2020-21/Episodes.csv": EPISODES + episode("c1", "20/03/2020", "P"),
        }
    )
    assert read.rows(SQL) == [("c1", "2019-05-05", "2020-03-20", "X1"), ("c1", "2020-03-20", None, None)]
    assert len(read.found("cut")) == 1


def test_a_gap_after_x1_is_closed_but_not_when_the_child_came_in_anew(read_sets: Callable[[Sets], Read]) -> None:
    rows = episode("c1", "05/05/2021", "S", "01/07/2021", "X1") + episode("c1", "03/07/2021", "P")
    rows += episode("c2", "05/05/2021", "S", "01/07/2021", "X1") + episode("c2", "03/07/2021", "S")
    read = read_sets({"2021-22/Episodes.csv": EPISODES + rows})
    ends = [(child, end) for child, _, end, _ in read.rows(SQL) if end]
    assert ends == [("c1", "2021-07-03"), ("c2", "2021-07-01")]
    assert [one.rows.count for one in read.found("stretched")] == [1]


def test_a_later_submission_replaces_what_it_tells_otherwise(read_sets: Callable[[Sets], Read]) -> None:
    read = read_sets(
        {
            "2020-21 first/Episodes.csv": EPISODES
            + episode("c1", "05/05/2020", "S", PLACE="K2")
            + episode("c2", "01/06/2020", "S")
            + episode("c3", "01/06/2020", "S"),
            "2020-21 second/Episodes.csv": EPISODES
            + episode("c1", "05/05/2020", "S", PLACE="U4")
            + episode("c2", "08/06/2020", "S"),
            "2021-22/Episodes.csv": EPISODES
            + episode("c1", "05/05/2020", "S", PLACE="U4")
            + episode("c2", "08/06/2020", "S")
            + episode("c3", "20/05/2020", "S"),
        }
    )
    assert [(child, start) for child, start, _, _ in read.rows(SQL)] == [
        ("c1", "2020-05-05"),
        ("c2", "2020-06-08"),
        ("c3", "2020-05-20"),
    ]
    assert read.rows("SELECT clap_cla_placement_type FROM ssd_cla_placement WHERE clap_person_id = 'c1'") == [("U4",)]
    assert sum(one.rows.count for one in read.found("replaced")) == 3


def test_a_period_of_care_runs_from_s_to_an_end_that_is_not_x1(read_sets: Callable[[Sets], Read]) -> None:
    read = read_sets(
        {
            "2019-20/Episodes.csv": EPISODES
            + episode("c1", "05/05/2019", "S", "01/09/2019", "X1", REASON="CREQB")
            + episode("c1", "01/09/2019", "P"),
            "2020-21/Episodes.csv": EPISODES
            + episode("c1", "01/09/2019", "P", "02/06/2020", "X1", LS="C1")
            + episode("c1", "02/06/2020", "L", "01/12/2020", "E4A")
            + episode("c1", "20/12/2020", "S"),
        }
    )
    episodes = "SELECT clae_cla_id, clae_entered_care_date, clae_cla_placement_id FROM ssd_cla_episodes ORDER BY 1, 3"
    assert read.rows(episodes) == [
        ("c1/2019-05-05", "2019-05-05", "c1/2019-05-05"),
        ("c1/2019-05-05", "2019-05-05", "c1/2019-09-01"),
        ("c1/2019-05-05", "2019-05-05", "c1/2019-09-01"),
        ("c1/2020-12-20", "2020-12-20", "c1/2020-12-20"),
    ]
    placements = (
        "SELECT clap_cla_placement_start_date, clap_cla_placement_end_date, clap_cla_placement_change_reason"
        " FROM ssd_cla_placement ORDER BY 1"
    )
    assert read.rows(placements) == [
        ("2019-05-05", "2019-09-01", "CREQB"),
        ("2019-09-01", "2020-12-01", None),
        ("2020-12-20", None, None),
    ]
    statuses = (
        "SELECT lega_legal_status, lega_legal_status_start_date, lega_legal_status_end_date FROM ssd_legal_status"
    )
    assert read.rows(f"{statuses} ORDER BY 2") == [
        ("C2", "2019-05-05", "2019-09-01"),
        ("C1", "2019-09-01", "2020-06-02"),
        ("C2", "2020-06-02", "2020-12-01"),
        ("C2", "2020-12-20", None),
    ]


def test_the_day_of_entering_care_is_not_known_where_the_start_was_never_read(
    read_sets: Callable[[Sets], Read],
) -> None:
    read = read_sets({"2021-22/Episodes.csv": EPISODES + episode("c1", "05/05/2019", "P")})
    assert read.rows("SELECT clae_cla_id, clae_entered_care_date FROM ssd_cla_episodes") == [("c1/2019-05-05", None)]


def test_same_carers_and_same_home_are_one_placement_only_where_nothing_says_that_the_child_moved(
    read_sets: Callable[[Sets], Read],
) -> None:
    rows = episode("c1", "05/05/2021", "S", "01/06/2021", "X1") + episode("c1", "01/06/2021", "P")
    rows += episode("c2", "05/05/2021", "S", "01/06/2021", "X1") + episode("c2", "01/06/2021", "")
    rows += episode("c3", "05/05/2021", "S", "01/06/2021", "X1") + episode("c3", "01/06/2021", "L", PLACE="K2")
    read = read_sets({"2021-22/Episodes.csv": EPISODES + rows})
    counted = "SELECT clap_person_id, count(*) FROM ssd_cla_placement GROUP BY 1 ORDER BY 1"
    assert read.rows(counted) == [("c1", 2), ("c2", 1), ("c3", 2)]


def test_the_ids_are_the_same_in_every_extract_however_days_are_written(read_sets: Callable[[Sets], Read]) -> None:
    read = read_sets(
        {
            "2020-21/Episodes.csv": EPISODES + episode("c1", "5/5/2020", "S"),
            "2021-22/Episodes.csv": EPISODES + episode("c1", "2020-05-05", "S"),
        }
    )
    assert read.rows("SELECT clae_cla_episode_id FROM ssd_cla_episodes") == [("c1/2020-05-05",)]


def test_a_mark_at_the_beginning_windows_letters_and_old_codes_of_sex_are_read(
    read_sets: Callable[[Sets], Read],
) -> None:
    read = read_sets(
        {
            "2020-21/Header.csv": b"\xef\xbb\xbf" + (HEADER + "c1,2,01/02/2010,WBRI,,,\n").encode(),
            "2021-22/Header.csv": (HEADER + "c2,M,01/02/2011,MWBC,,1,Zo\xeb\n").encode("cp1252"),
            "2020-21/Episodes.csv": EPISODES,
            "2021-22/Episodes.csv": EPISODES + episode("c1", "05/05/2019", "S"),
        }
    )
    people = "SELECT pers_person_id, pers_sex, pers_dob, pers_ethnicity, pers_is_mother FROM ssd_person ORDER BY 1"
    assert read.rows(people) == [("c1", "F", "2010-02-01", "WBRI", None), ("c2", "M", "2011-02-01", "MWBC", "Y")]


def test_every_child_of_any_list_is_there_once_as_the_newest_header_says(read_sets: Callable[[Sets], Read]) -> None:
    read = read_sets(
        {
            "2020-21/Header.csv": HEADER + "c1,1,01/02/2010,WBRI,,,\n",
            "2021-22/Header.csv": HEADER + "c1,2,02/02/2010,,,,\n",
            "2021-22/Episodes.csv": EPISODES + episode("c2", "05/05/2019", "S"),
            "2021-22/Reviews.csv": "CHILD,DOB,REVIEW,REVIEW_CODE\nc2,03/03/2012,06/06/2021,PN1\n",
        }
    )
    people = "SELECT pers_person_id, pers_sex, pers_dob, pers_ethnicity FROM ssd_person ORDER BY 1"
    assert read.rows(people) == [("c1", "F", "2010-02-02", "WBRI"), ("c2", None, "2012-03-03", None)]
    said = {
        code: [one.problem[:1] for one in read.found(code)]
        for code in ("births_differ", "sexes_differ", "not_in_header")
    }
    assert said == {"births_differ": ["1"], "sexes_differ": ["1"], "not_in_header": ["1"]}


def test_an_adoption_is_put_together_from_four_lists(read_sets: Callable[[Sets], Read]) -> None:
    c1 = episode("c1", "01/05/2019", "S", "20/01/2020", "X1", LS="C1")
    c1 += episode("c1", "20/01/2020", "L", "10/06/2020", "X1", LS="E1")
    c1 += episode("c1", "10/06/2020", "P", "01/09/2021", "E12", LS="E1", PLACE="A6")
    c2 = episode("c2", "01/05/2019", "S", "01/08/2019", "X1") + episode("c2", "01/08/2019", "P", "01/03/2021", "X1")
    c2 += episode("c2", "01/03/2021", "T", "01/10/2021", "E11", LS="E1", PLACE="A5")
    read = read_sets(
        {
            "2021-22/Episodes.csv": EPISODES + c1 + c2 + episode("c3", "01/05/2020", "S", "01/11/2021", "E46"),
            "2021-22/AD1.csv": "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR\n"
            "c1,01/02/2018,05/12/2019,15/05/2020,0,2,MF,L11\nc2,01/02/2018,05/12/2020,01/02/2021,1,1,F1,L0\n",
            "2021-22/PlacedAdoption.csv": "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n"
            "c1,01/02/2018,01/06/2019,01/07/2019,RD3\nc1,01/02/2018,05/12/2019,,\n",
        }
    )
    ways = (
        "SELECT perm_person_id, perm_adm_decision_date, perm_placement_order_date, perm_matched_date,"
        " perm_placed_for_adoption_date, perm_placed_foster_carer_date, perm_adopted_by_carer_flag,"
        " perm_permanence_order_date, perm_permanence_order_type, perm_decision_reversed_reason"
        " FROM ssd_permanence ORDER BY 1, 2"
    )
    assert read.rows(ways) == [
        ("c1", "2019-06-01", None, None, None, None, None, None, None, "RD3"),
        ("c1", "2019-12-05", "2020-01-20", "2020-05-15", "2020-06-10", None, "N", "2021-09-01", "Adoption", None),
        (
            *("c2", "2020-12-05", "2021-03-01", "2021-02-01", "2021-03-01", "2019-08-01", "Y"),
            *("2021-10-01", "Adoption", None),
        ),
        ("c3", None, None, None, None, None, None, "2021-11-01", "Special guardianship order", None),
    ]
    details = (
        "SELECT adop_person_id, adop_cla_id, adop_first_placed_with_carer_date FROM ssdx_adoption_details ORDER BY 1"
    )
    assert read.rows(details) == [("c1", "c1/2019-05-01", None), ("c2", "c2/2019-05-01", "2019-08-01")]


def test_what_is_said_once_for_a_year_keeps_its_year_and_takes_no_day(read_sets: Callable[[Sets], Read]) -> None:
    oc2 = (
        "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,"
        "SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED\n"
    )
    oc3 = "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n"
    read = read_sets(
        {
            "2020-21/OC2.csv": oc2 + "c1,01/02/2010,12,,1,,0,1,1,1,0,1\n",
            "2021-22/OC2.csv": oc2 + "c1,01/02/2010,,SDQ4,0,,1,0,1,0,,\n",
            "2020-21/OC3.csv": oc3 + "y1,01/06/2001,YES,F2,B1\ny2,01/06/2001,NO,0,0\n",
            "2021-22/OC3.csv": oc3 + "y1,01/06/2001,RHOM,G5,X2\n",
            "2021-22/Episodes.csv": EPISODES,
        }
    )
    scores = (
        "SELECT csdq_table_id, csdq_sdq_score, csdq_sdq_reason, csdq_sdq_completed_date FROM ssd_sdq_scores ORDER BY 1"
    )
    assert read.rows(scores) == [("c1/2021", 12, None, None), ("c1/2022", None, "SDQ4", None)]
    assert read.rows("SELECT clai_immunisations_status FROM ssd_cla_immunisations") == [("Y",)]
    assert read.rows("SELECT clac_cla_conviction_id FROM ssd_cla_convictions") == [("c1/2021",)]
    assert read.rows("SELECT clas_substance_misuse_id, clas_intervention_received FROM ssd_cla_substance_misuse") == [
        ("c1/2021", "N")
    ]
    leavers = (
        "SELECT clea_table_id, clea_care_leaver_in_touch, clea_care_leaver_accommodation,"
        " clea_care_leaver_accom_suitable, clea_care_leaver_latest_contact FROM ssd_care_leavers ORDER BY 1"
    )
    assert read.rows(leavers) == [
        ("y1/2021", "YES", "B", "1", None),
        ("y1/2022", "RHOM", "X", "2", None),
        ("y2/2021", "NO", None, None, None),
    ]


def test_what_an_older_return_left_open_and_no_later_one_tells_is_ended_with_its_year(
    read_sets: Callable[[Sets], Read],
) -> None:
    missing = "CHILD,DOB,MISSING,MIS_START,MIS_END\n"
    workers = "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\n"
    read = read_sets(
        {
            "2020-21/Missing.csv": missing + "c1,01/02/2010,M,30/03/2021,\nc2,01/02/2010,A,01/03/2021,\n",
            "2021-22/Missing.csv": missing + "c1,01/02/2010,M,30/03/2021,02/04/2021\n",
            "2020-21/SWEpisodes.csv": workers + "c1,01/02/2010,W1,01/03/2021,,\n",
            "2021-22/SWEpisodes.csv": workers + "c1,01/02/2010,W2,01/05/2021,,\n",
            "2021-22/Episodes.csv": EPISODES + episode("c1", "05/05/2019", "S"),
        }
    )
    times = "SELECT miss_person_id, miss_missing_episode_end_date FROM ssd_missing ORDER BY 1"
    assert read.rows(times) == [("c1", "2021-04-02"), ("c2", "2021-03-31")]
    involved = (
        "SELECT invo_professional_id, invo_professional_role_id, invo_involvement_end_date"
        " FROM ssd_involvements ORDER BY 1"
    )
    assert read.rows(involved) == [("W1", "CW", "2021-03-31"), ("W2", "CW", None)]


def test_respite_and_unaccompanied_children_are_told_as_the_return_tells_them(
    read_sets: Callable[[Sets], Read],
) -> None:
    read = read_sets(
        {
            "2021-22/Episodes.csv": EPISODES + episode("c1", "05/05/2021", "S", "07/05/2021", "E4A", LS="V3"),
            "2021-22/UASC.csv": "CHILD,SEX,DOB,DUC\nc1,1,01/02/2004,01/02/2022\n",
        }
    )
    assert read.rows("SELECT lega_legal_status FROM ssd_legal_status") == [("V3",)]
    statuses = (
        "SELECT immi_person_id, immi_immigration_status, immi_immigration_status_end_date FROM ssd_immigration_status"
    )
    assert read.rows(statuses) == [("c1", "UASC", "2022-02-01")]


def test_the_year_is_told_by_name_by_days_or_by_the_episodes_beside(read_sets: Callable[[Sets], Read]) -> None:
    oc3 = "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n"
    read = read_sets(
        {
            "Episodes old.csv": EPISODES + episode("c1", "05/05/2019", "S", "31/03/2020", "E4A"),
            "Episodes new.csv": EPISODES + episode("c2", "05/05/2020", "S"),
            "OC3 2020.csv": oc3 + "y1,01/06/2001,YES,F2,B1\n",
            "OC3.csv": oc3 + "y2,01/06/2001,YES,F2,B1\n",
        }
    )
    assert read.rows("SELECT clea_table_id FROM ssd_care_leavers WHERE clea_table_id IS NOT NULL") == [("y1/2020",)]
    assert [one.file for one in read.read.found("no_year")] == ["OC3.csv"]
    assert year_named("2019-20/OC3.csv") == year_named("903 201920") == 2020


def test_a_review_belongs_to_the_period_it_was_held_in_and_to_none_is_left_out(
    read_sets: Callable[[Sets], Read],
) -> None:
    rows = episode("c1", "05/05/2020", "S", "01/12/2020", "E4A") + episode("c1", "01/12/2020", "S")
    reviews = "c1,01/02/2010,01/12/2020,PN1\nc1,01/02/2010,30/11/2020,PN1\nc1,01/02/2010,04/05/2020,PN1\n"
    read = read_sets(
        {
            "2020-21/Episodes.csv": EPISODES + rows,
            "2020-21/Reviews.csv": "CHILD,DOB,REVIEW,REVIEW_CODE\n" + reviews,
        }
    )
    assert read.rows("SELECT clar_cla_id, clar_cla_review_date FROM ssd_cla_reviews ORDER BY 2") == [
        ("c1/2020-05-05", "2020-11-30"),
        ("c1/2020-12-01", "2020-12-01"),
    ]
    assert [(one.file, one.rows.first) for one in read.found("not_looked_after")] == [("2020-21/Reviews.csv", (4,))]


def test_the_xml_form_says_the_same_as_the_files(read_sets: Callable[[Sets], Read]) -> None:
    child = (
        "<CHILD><HEADER><CHILDID>c1</CHILDID><SEX>2</SEX><DOB>01/02/2004</DOB><ETHNIC>WBRI</ETHNIC><UASC>1</UASC>"
        "<DUC>01/02/2022</DUC><AREVIEW><REVIEW>06/06/2021</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>"
        "<IN_TOUCH>YES</IN_TOUCH><ACTIV>F2</ACTIV><ACCOM>B1</ACCOM></HEADER><EPISODE><DECOM>05/05/2021</DECOM>"
        "<RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U6</PL><PLACE_PROVIDER>PR1</PLACE_PROVIDER></EPISODE></CHILD>"
    )
    read = read_sets({"return.xml": f"<EXPSSDA903>{child}</EXPSSDA903>"})
    assert read.rows(SQL) == [("c1", "2021-05-05", None, None)]
    assert read.rows("SELECT clap_cla_placement_type FROM ssd_cla_placement") == [("U6",)]
    assert read.rows("SELECT clar_cla_id FROM ssd_cla_reviews") == [("c1/2021-05-05",)]
    assert read.rows("SELECT clea_table_id, clea_care_leaver_accom_suitable FROM ssd_care_leavers") == [
        ("c1/2022", "1")
    ]
    assert read.rows("SELECT immi_person_id FROM ssd_immigration_status") == [("c1",)]
    assert read.rows("SELECT pers_sex, pers_ethnicity FROM ssd_person") == [("F", "WBRI")]


def test_without_episodes_no_period_of_care_is_told(read_sets: Callable[[Sets], Read]) -> None:
    read = read_sets(
        {
            "2021-22/Reviews.csv": "CHILD,DOB,REVIEW,REVIEW_CODE\nc1,01/02/2010,06/06/2021,PN1\n",
            "2021-22/PlacedAdoption.csv": "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n"
            "c1,01/02/2010,06/06/2021,,\n",
        }
    )
    told = {table.table: table.columns for table in read.read.report.tables}
    assert "clar_cla_id" not in told["ssd_cla_reviews"]
    assert "perm_placement_order_date" not in told["ssd_permanence"]
    assert read.rows("SELECT perm_adm_decision_date FROM ssd_permanence") == [("2021-06-06",)]


def test_a_year_that_is_none_is_told_by_the_days(read_sets: Callable[[Sets], Read]) -> None:
    lines = (EPISODES + episode("c1", "05/05/2019", "S") + episode("c2", "10/06/2021", "S")).splitlines()
    years = ("YEAR,", "next,", "21,")
    later = EPISODES + episode("c3", "05/05/2031", "S")
    files: Sets = {
        "Episodes 2021-99-99.csv": "\n".join(map("".join, zip(years, lines, strict=True))),
        "Episodes later.csv": later,
    }
    assert [child for child, *_ in read_sets(files).rows(SQL)] == ["c1", "c2", "c3"]


def test_a_column_of_years_in_one_file_goes_before_its_name(read_sets: Callable[[Sets], Read]) -> None:
    lines = (EPISODES + episode("c1", "05/05/2019", "S") + episode("c1", "10/06/2020", "P")).splitlines()
    years = ("YEAR,", "2019/20,", "2021,")
    read = read_sets({"Episodes 2021-22.csv": "\n".join(map("".join, zip(years, lines, strict=True)))})
    assert read.rows(SQL) == [("c1", "2019-05-05", "2020-06-10", "X1"), ("c1", "2020-06-10", None, None)]


def test_a_missing_year_breaks_what_is_known(read_sets: Callable[[Sets], Read]) -> None:
    assert known_from([2017, 2018, 2020, 2021]) == date(2019, 4, 1)
    assert known_from([]) is None
    missing = "CHILD,DOB,MISSING,MIS_START,MIS_END\n"
    sets: Sets = {
        f"{year}/Episodes.csv": EPISODES + episode("c1", "05/05/2016", "S") for year in (2017, 2018, 2020, 2021, 2022)
    }
    sets |= {f"{year}/Missing.csv": missing for year in (2020, 2022)}
    sets["2021/Missing.csv"] = missing + "c1,01/02/2010,M,30/03/2021,02/04/2021\n"
    sets["2022/SWEpisodes.csv"] = "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\nc1,01/02/2010,W1,01/05/2021,,\n"
    read = read_sets(sets)
    told = {table.table: table.known_from for table in read.read.report.tables}
    assert told["ssd_cla_episodes"] == told["ssd_missing"] == date(2019, 4, 1)
    assert told["ssd_involvements"] == date(2021, 4, 1)
    assert told["ssd_person"] is None


def test_years_named_as_several_sources_are_one_history(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    for name, files in {
        "2019-20": {"Episodes.csv": EPISODES + episode("c1", "05/05/2019", "S")},
        "2020-21": {"Episodes.csv": EPISODES + episode("c1", "10/06/2020", "P")},
        "rest": {"ssd_contacts.csv": "cont_contact_id,cont_person_id,cont_contact_date\nk1,c1,2021-01-02\n"},
    }.items():
        (tmp_path / name).mkdir()
        for file, text in files.items():
            (tmp_path / name / file).write_text(text, encoding="utf-8")
    sources = [tmp_path / name for name in ("2019-20", "rest", "2020-21")]
    extract = read_extract(sources, load_contract(), as_at=date(2021, 3, 31), connection=connection)
    ends = "SELECT clae_cla_episode_ceased_date FROM ssd_cla_episodes ORDER BY clae_cla_episode_start_date"
    assert connection.execute(ends).fetchall() == [(date(2020, 6, 10),), (None,)]
    assert connection.execute("SELECT count(*) FROM ssd_contacts").fetchone() == (1,)
    assert "left_to_another" not in {one.code for one in extract.report.findings}


def test_it_is_told_where_no_return_reaches_the_day_of_the_extract(read_sets: Callable[[Sets], Read]) -> None:
    read = read_sets({"2020-21/Episodes.csv": EPISODES + episode("c1", "05/05/2019", "S")})
    assert [one.problem for one in read.found("stops_short")] == [
        "The newest return ends on 31 March 2021, before the day the extract speaks of."
    ]
