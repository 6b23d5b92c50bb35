"""An extract is known by the files that are read, whoever else leaves something beside them or takes it as well."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING

import pytest

from scorecard.facts.known import known_by
from scorecard.work.new import new_workspace
from scorecard.work.take import check, take
from scorecard.work.views import known_of
from scorecard.work.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from pathlib import Path

NOVEMBER = date(2021, 11, 30)
WRITERS = 8
CONTACTS = "cont_contact_id,cont_person_id,cont_contact_date,cont_contact_source_code\nk1,c1,2021-11-02,1A\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A new council's workspace."""
    new_workspace(tmp_path / "council")
    return open_workspace(tmp_path / "council")


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    """A folder of one table."""
    folder = tmp_path / "extract"
    folder.mkdir()
    (folder / "ssd_person.csv").write_text("pers_person_id,pers_sex,pers_dob\nc1,F,2012-05-01\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["~$book.xlsx", ".DS_Store", "Thumbs.db", "desktop.ini", "letter.docx"])
def test_what_is_not_read_does_not_make_an_extract_another(workspace: Workspace, extract: Path, name: str) -> None:
    first = take(workspace, extract, NOVEMBER).snapshot
    (extract / name).write_bytes(b"left lying about")
    assert take(workspace, extract, NOVEMBER).snapshot == first
    assert workspace.snapshots.all() == (first,)


def test_a_file_that_is_not_read_need_not_be_readable(
    workspace: Workspace, extract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fingerprint(path: Path) -> str:
        if path.name.startswith("~$"):
            raise PermissionError(13, "Permission denied", str(path))
        return path.name

    (extract / "~$book.xlsx").write_bytes(b"locked")
    monkeypatch.setattr("scorecard.store.snapshots.sha256", fingerprint)
    take(workspace, extract, NOVEMBER)


def test_a_file_that_is_read_makes_an_extract_another(workspace: Workspace, extract: Path) -> None:
    first = take(workspace, extract, NOVEMBER).snapshot
    (extract / "ssd_contacts.csv").write_text(CONTACTS, encoding="utf-8")
    assert take(workspace, extract, NOVEMBER).snapshot.id != first.id


def test_a_single_file_is_known_by_itself(workspace: Workspace, extract: Path) -> None:
    (extract / "ssd_contacts.csv").write_text(CONTACTS, encoding="utf-8")
    one = take(workspace, extract / "ssd_person.csv", NOVEMBER).snapshot
    assert take(workspace, extract, NOVEMBER).snapshot.id != one.id


def test_eight_who_take_the_same_extract_at_once_have_one_snapshot(workspace: Workspace, extract: Path) -> None:
    with ThreadPoolExecutor(WRITERS) as writers:
        ids = {kept.snapshot.id for kept in writers.map(lambda _: take(workspace, extract, NOVEMBER), range(WRITERS))}
    assert len(ids) == 1
    folders = [path.name for path in (workspace.folder / "store" / "snapshots").iterdir() if path.is_dir()]
    assert folders == list(ids)


def test_another_day_of_a_table_or_another_order_of_sources_makes_an_extract_another(
    workspace: Workspace, extract: Path
) -> None:
    (extract / "ssd_contacts.csv").write_text(CONTACTS, encoding="utf-8")
    other = extract.parent / "other"
    other.mkdir()
    (other / "ssd_contacts.csv").write_text(CONTACTS.replace("k1", "k2"), encoding="utf-8")
    ways = [
        take(workspace, extract, NOVEMBER),
        take(workspace, extract, NOVEMBER, {"ssd_contacts": date(2021, 11, 15)}),
        take(workspace, [extract, other], NOVEMBER),
        take(workspace, [other, extract], NOVEMBER),
    ]
    assert len({kept.snapshot.id for kept in ways}) == len(ways)
    assert known_of(ways[1].snapshot).tables["ssd_contacts"].known_to == date(2021, 11, 15)
    assert take(workspace, [other, extract], NOVEMBER).snapshot == ways[3].snapshot


def test_a_return_that_stops_short_ends_its_tables_unless_a_day_is_asked_for_or_another_source_counts(
    workspace: Workspace, extract: Path
) -> None:
    episodes, march = "ssd_cla_episodes", date(2021, 3, 31)
    sent = extract.parent / "2020-21"
    sent.mkdir()
    (sent / "Episodes.csv").write_text(
        "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
        "p1,05/05/2020,S,C2,N1,U6,PR1,,,,,,\n",
        encoding="utf-8",
    )

    def ends(sources: list[Path], as_at: date, own: dict[str, date] | None = None) -> date | None:
        return known_of(take(workspace, sources, as_at, own).snapshot).tables[episodes].known_to

    assert ends([sent, extract], march) is None
    assert ends([sent, extract], NOVEMBER) == march
    assert ends([sent, extract], NOVEMBER, {episodes: date(2021, 5, 31)}) == date(2021, 5, 31)
    assert known_by(check([sent, extract], NOVEMBER)).known_to([episodes, "ssd_person"]) == march
    (extract / f"{episodes}.csv").write_text(
        "clae_cla_episode_id,clae_person_id,clae_cla_id,clae_cla_episode_start_date\ne1,p1,k1,2021-06-01\n",
        encoding="utf-8",
    )
    assert ends([extract, sent], NOVEMBER) is None, "of two sources of a table the first counts"


def test_a_layout_that_has_been_mended_makes_an_extract_another(
    workspace: Workspace, extract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (extract / "List 1.csv").write_text("Child Unique ID,Date of Contact,Contact Source\n1,01/11/2021,6\n", "utf-8")
    first = take(workspace, extract, NOVEMBER).snapshot
    assert take(workspace, extract, NOVEMBER).snapshot == first
    values = extract.parent / "values"
    values.mkdir()
    (values / "referral_source.toml").write_text("# mended", encoding="utf-8")
    monkeypatch.setattr("scorecard.work.take.VALUES", values)
    assert take(workspace, extract, NOVEMBER).snapshot != first
