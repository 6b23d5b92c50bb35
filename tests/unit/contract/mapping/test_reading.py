"""A mapping file with faults is refused: all of them at once, each with its line and what to write instead."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from scorecard.contract.load import load_contract
from scorecard.contract.mapping.reading import read_mapping, read_mappings
from scorecard.contract.mapping.reference import EXAMPLES
from scorecard.errors import Problems, ScorecardError

if TYPE_CHECKING:
    from pathlib import Path

SOUND = """report = "Contacts"
[recognised_by]
headers = ["Person ID", "Contact date"]
[[table]]
into = "ssd_contacts"
columns.cont_contact_id = { key = ["Person ID", "Contact date"] }
columns.cont_person_id = "Person ID"
columns.cont_contact_date = "Contact date"
columns.cont_contact_source_code = { from = "Source", values = "source" }
[values.source]
"Cops" = "6"
"""


def refused(tmp_path: Path, text: str) -> ScorecardError:
    path = tmp_path / "contacts.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScorecardError) as raised:
        read_mapping(path, load_contract())
    return raised.value


@pytest.mark.parametrize(
    ("right", "wrong", "line", "said"),
    [
        ('[recognised_by]\nheaders = ["Person ID", "Contact date"]', "", None, "has no `recognised_by`"),
        (
            'into = "ssd_contacts"',
            'into = "ssd_contacts"\nonly = [{ column = "a", is = ["-"] }]',
            6,
            "without a letter",
        ),
        (
            "[[table]]",
            '[rows]\nheading = { column = "a", into = "Team" }\nwithout = [{ column = "team", is = ["a"] }]\n[[table]]',
            6,
            "Ask about it in `only`.",
        ),
        ('report = "Contacts"', 'reports = "Contacts"', 1, "no “reports”"),
        ('headers = ["Person ID", "Contact date"]', "headers = []", 3, "recognised by no header"),
        ('into = "ssd_contacts"', 'into = "ssd_contact"', 5, "Did you mean “ssd_contacts”?"),
        ('into = "ssd_contacts"', 'into = "ssdx_outcomes"', 5, "no table “ssdx_outcomes” to fill"),
        ("columns.cont_person_id", "columns.cont_persn_id", 7, "Did you mean “cont_person_id”?"),
        ('cont_contact_date = "Contact date"', "cont_contact_date = { day = 'x' }", 8, "must be a header, or one of"),
        ('cont_contact_date = "Contact date"', "cont_contact_date = 1", 8, "must be a header, or one of"),
        ('key = ["Person ID", "Contact date"]', "key = [{ constant = 'a' }]", 6, "must be a header, or one of"),
        (
            'cont_contact_date = "Contact date"',
            "cont_contact_date = { first_of = [{ constant = 'a' }] }",
            8,
            "must be a",
        ),
        ('"Contact date"\ncol', '{ from = "a", part = "after -" }\ncol', 8, "must be a header, or one of"),
        ('cont_contact_date = "Contact date"', 'cont_contact_date = "each.date"', 8, "`each.date` is not in every"),
        ('values = "source"', 'values = "sorce"', 9, "Did you mean “source”?"),
        ('"Cops" = "6"', '"Cops" = "66"', 11, "“66” is no code of cont_contact_source_code"),
        ('{ from = "Source", values = "source" }', '{ constant = "Cops" }', 9, "“Cops” is no code of"),
        (
            'into = "ssd_contacts"',
            'into = "ssd_contacts"\nonly = [{ column = "a" }]',
            6,
            "asks one thing of one column",
        ),
    ],
)
def test_a_fault_is_told_with_its_line_and_what_to_write(
    tmp_path: Path, right: str, wrong: str, line: int | None, said: str
) -> None:
    assert right in SOUND
    told = str(refused(tmp_path, SOUND.replace(right, wrong)))
    assert (f"contacts.toml:{line}:" if line else "contacts.toml: ") in told
    assert said in told


def test_a_personal_column_is_refused(tmp_path: Path) -> None:
    text = SOUND.replace("ssd_contacts", "ssd_person").split("columns.")[0] + 'columns.pers_forename = "Name"\n'
    assert "is personal and is never loaded" in str(refused(tmp_path, text))


def test_every_fault_of_every_file_is_told_together(tmp_path: Path) -> None:
    for name, wrong in (("one", "ssd_contact"), ("two", "ssd_contax")):
        text = SOUND.replace('"ssd_contacts"', f'"{wrong}"').replace("report", "report_")
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    (tmp_path / "three.toml").write_text("report = ", encoding="utf-8")
    with pytest.raises(Problems) as raised:
        read_mappings(tmp_path, load_contract())
    assert {str(one.at).rpartition("/")[2].partition(".")[0] for one in raised.value.problems} == {
        "one",
        "two",
        "three",
    }


def test_drafts_are_not_read_and_mappings_are_called_after_their_files(tmp_path: Path) -> None:
    for name in ("b", "a", "c.draft"):
        (tmp_path / f"{name}.toml").write_text(SOUND, encoding="utf-8")
    assert [mapping.id for mapping in read_mappings(tmp_path, load_contract())] == ["a", "b"]
    assert read_mappings(tmp_path / "nowhere", load_contract()) == ()


_SLIPS = ["1", "true", "[]", "{}", '""', '"each.x"', "[1]", "{ from = [] }", "{ key = {} }", "[{}]", '"ssd_person"']


def test_a_file_spoilt_in_any_way_is_read_or_refused_kindly(tmp_path: Path) -> None:
    deal = Random(4)  # noqa: S311 - it draws slips of the pen
    path = tmp_path / "spoilt.toml"
    refusals = []
    for _ in range(300):
        lines = deal.choice(sorted(EXAMPLES.glob("*.toml"))).read_text(encoding="utf-8").split("\n")
        place = deal.randrange(len(lines))
        if "=" in lines[place] and deal.random() < 0.7:
            lines[place] = f"{lines[place].partition('=')[0]}= {deal.choice(_SLIPS)}"
        else:
            broken = [lines[place].replace("=", deal.choice("[{"))]
            lines[place : place + 1] = deal.choice([[], [lines[place]] * 2, broken])
        path.write_text("\n".join(lines), encoding="utf-8")
        try:
            read_mapping(path, load_contract())
        except ScorecardError as refusal:
            refusals.append(str(refusal))
    assert 0 < len(refusals) < 300
    assert [said for said in refusals if "spoilt.toml" not in said] == []
