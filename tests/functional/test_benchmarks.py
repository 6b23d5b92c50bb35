"""A release as downloaded becomes figures the pack compares with."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from command_line import say

if TYPE_CHECKING:
    from pathlib import Path

_HEADS = "time_period,time_identifier,geographic_level,country_code,region_code,region_name,old_la_code,la_name"
_TABLE = f"""{_HEADS},Section47,Section47_rate
2021,Reporting year,National,E92000001,,,,,198790,164.4
2021,Reporting year,Regional,E92000001,E12000005,West Midlands,,,20000,178.3
2021,Reporting year,Local authority,E92000001,E12000005,West Midlands,884,Ours,388,107.7
2021,Reporting year,Local authority,E92000001,E12000005,West Midlands,893,Near,500,90.1
2021,Reporting year,Local authority,E92000001,E12000009,South West,878,Far,900,c
"""


def test_a_zip_is_read_its_tables_named_and_nothing_written_over(workspace: Path, tmp_path: Path) -> None:
    near = tmp_path / "near.csv"
    near.write_text("old_la_code,la_name,SN_1,SN_2\n884,Ours,893,878\n", encoding="utf-8")
    release = tmp_path / "cin.zip"
    with zipfile.ZipFile(release, "w") as parts:
        parts.writestr("data/c4.csv", "\ufeff" + _TABLE)
        parts.writestr("data/notes.csv", "a,b\n1,2\n")
    given = ("benchmarks", "import", str(release), "--published", "2021-10-28", "--council", "884")
    said = say(*given, "--neighbours", str(near), "--workspace", str(workspace))
    assert said.code == 0, said.err
    assert "read      c4.csv: s47_rate" in said.out
    assert "not known notes.csv" in said.out
    listed = say("benchmarks", "list", "--measure", "s47_rate", "--format", "csv", "--workspace", str(workspace)).out
    assert "s47_rate,statistical_neighbours,Statistical neighbours,90.100,2020/21,year,2021-10-28,1 of 2," in listed
    assert "s47_rate,england,England,164.4,2020/21" in listed
    again = say(*given, "--workspace", str(workspace))
    assert again.code != 0
    assert "is there already" in again.err


def test_a_file_that_is_no_release_is_refused_with_what_to_give(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    given = ("benchmarks", "import", str(tmp_path / "x.csv"), "--published", "2021-10-28", "--council", "884")
    said = say(*given, "--workspace", str(workspace))
    assert said.code != 0
    assert "No table of these files is one that is known" in said.err


def test_council_and_lists_may_be_settings(workspace: Path, tmp_path: Path) -> None:
    (workspace / "near.csv").write_text("old_la_code,la_name,SN_1\n884,Ours,893\n", encoding="utf-8")
    settings = workspace / "scorecard.toml"
    told = '\n[benchmarks]\ncouncil = "884"\nneighbours = "near.csv"\n'
    settings.write_text(settings.read_text(encoding="utf-8") + told, encoding="utf-8")
    (tmp_path / "c4.csv").write_text(_TABLE, encoding="utf-8")
    said = say(
        "benchmarks", "import", str(tmp_path / "c4.csv"), "--published", "2021-10-28", "--workspace", str(workspace)
    )
    assert said.code == 0, said.err
    listed = say("benchmarks", "list", "--measure", "s47_rate", "--workspace", str(workspace)).out
    assert "Statistical neighbours" in listed
    assert max(map(len, listed.splitlines())) <= 100


@pytest.mark.parametrize(
    ("name", "data", "council", "told"),
    [
        ("c4.csv", _TABLE.encode(), "", "It is not said whose figures are wanted."),
        ("c4.csv", _TABLE.encode(), "999", "No table has a council of the number 999."),
        ("c4.csv.gz", _TABLE.encode(), "884", "The file cannot be read."),
        ("c4.zip", b"PK", "884", "The file cannot be read."),
        ("c4.csv", _TABLE.replace("164.4", "NaN").encode(), "884", "Section47_rate holds “NaN”, which is no number"),
        ("c4.csv", _TABLE.replace("2021,R", "soon,R", 1).encode(), "884", "time_period holds “soon”"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_without_a_traceback(  # noqa: PLR0913, PLR0917 -- a file, and what is said of it
    workspace: Path, tmp_path: Path, name: str, data: bytes, council: str, told: str
) -> None:
    (tmp_path / name).write_bytes(data)
    given = ("benchmarks", "import", str(tmp_path / name), "--published", "2021-10-28")
    said = say(*given, *(("--council", council) if council else ()), "--workspace", str(workspace))
    assert said.code != 0
    assert told in said.err
    assert "Traceback" not in said.err
    assert not (workspace / "benchmarks").exists() or not list((workspace / "benchmarks").glob("c4*"))
