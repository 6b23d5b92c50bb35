"""Undocumented means red: links lead somewhere, decisions are numbered, fragments are of a known kind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md"), *(ROOT / "changelog.d").glob("*.md")])

KINDS = {"added", "changed", "fixed", "removed", "figures"}
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def _without_code(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)


def test_every_link_between_pages_leads_to_a_file() -> None:
    broken = [
        f"{page.relative_to(ROOT).as_posix()}: {target}"
        for page in PAGES
        for target in LINK.findall(_without_code(page.read_text(encoding="utf-8")))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []


@pytest.mark.parametrize("room", ["tutorial", "how-to", "explanation", "reference"])
def test_every_page_of_a_room_can_be_reached_from_its_map(room: str) -> None:
    maps = (DOCS / "README.md", DOCS / "reference" / "README.md")
    linked = {
        (page.parent / target).resolve() for page in maps for target in LINK.findall(page.read_text(encoding="utf-8"))
    }
    unreached = [page.name for page in (DOCS / room).glob("*.md") if page.resolve() not in linked]
    assert unreached == []


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    names = sorted(path.name for path in (DOCS / "decisions").glob("[0-9]*.md"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    listed = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    assert [name for name in names if f"({name})" not in listed] == []


def test_every_decision_says_its_status_context_decision_and_consequences() -> None:
    wanted = ("**Status**", "**Context.**", "**Decision.**", "**Consequences.**")
    silent = [
        f"{path.name}: {part}"
        for path in (DOCS / "decisions").glob("[0-9]*.md")
        for part in wanted
        if part not in path.read_text(encoding="utf-8")
    ]
    assert silent == []


def test_every_changelog_fragment_is_of_a_known_kind() -> None:
    fragments = [path.name for path in (ROOT / "changelog.d").iterdir() if path.name != "README.md"]
    assert [name for name in fragments if not _is_fragment(name)] == []


def _is_fragment(name: str) -> bool:
    found = re.fullmatch(r"\d+(-[a-z0-9-]+)?\.([a-z]+)\.md", name)
    return found is not None and found[2] in KINDS


def test_the_glossary_says_each_word_once() -> None:
    rows = re.findall(r"^\| ([^|]+) \|", (DOCS / "glossary.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    words = [row for row in rows if row not in {"word", "---"}]
    assert len(words) == len(set(words))


def test_the_readme_names_every_make_target_and_no_other() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^\.PHONY: (.+)$", makefile, flags=re.MULTILINE)[0].split()) - {"help"}
    named = set(
        re.findall(r"^\| `make ([a-z-]+)`", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    )
    assert named == targets


def _keys(module: str) -> set[str]:
    text = (ROOT / "src" / "scorecard" / module).read_text(encoding="utf-8")
    return set(re.findall(r'\w+\.get\("([a-z_]+)"', text)) | set(re.findall(r'\w+\["([a-z_]+)"\]', text))


@pytest.mark.parametrize("module", ["work/workspace.py", "findings/targets.py", "pack/remark_files.py"])
def test_every_setting_the_program_reads_is_explained(module: str) -> None:
    page = (DOCS / "reference" / "workspace.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"[`\[]([a-z_]+)[`\]]", page))
    assert _keys(module) - explained == set()
