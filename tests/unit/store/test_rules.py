from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from scorecard.store.rules import KeptRules

if TYPE_CHECKING:
    from pathlib import Path

WRITERS = 16


def test_a_rule_is_kept_as_it_stood_and_found_by_its_fingerprint(tmp_path: Path) -> None:
    source = tmp_path / "rule.md"
    rules = KeptRules(tmp_path / "kept")
    source.write_text("before", encoding="utf-8")
    before = rules.keep(source)
    source.write_text("after", encoding="utf-8")
    after = rules.keep(source)
    assert rules.path("rule.md", before).read_text(encoding="utf-8") == "before"
    assert rules.path("rule.md", after).read_text(encoding="utf-8") == "after"


def test_many_who_keep_the_same_rules_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    sources = [tmp_path / f"rule-{number}.md" for number in range(40)]
    for source in sources:
        source.write_text(source.name, encoding="utf-8")
    rules = KeptRules(tmp_path / "kept")
    with ThreadPoolExecutor(WRITERS) as writers:
        fingerprints = list(writers.map(lambda _: [rules.keep(source) for source in sources], range(WRITERS)))
    assert all(one == fingerprints[0] for one in fingerprints)
    assert len([path for path in (tmp_path / "kept").rglob("*") if path.is_file()]) == len(sources)
