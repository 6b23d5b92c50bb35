"""What a workspace settles about its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scorecard.errors import ScorecardError
from scorecard.work.sources import reading_of, settled_in

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_without_files_of_its_own_settles_nothing(tmp_path: Path) -> None:
    how = reading_of(tmp_path)
    assert (how.mappings, how.precedence, settled_in(tmp_path)) == ((), {}, [])


def test_precedence_is_read_in_its_order(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text('[precedence]\nssd_cla_episodes = ["mapping", "contract"]\n')
    assert reading_of(tmp_path).precedence == {"ssd_cla_episodes": ("mapping", "contract")}
    assert [path.name for path in settled_in(tmp_path)] == ["sources.toml"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('ssd_cla_episode = ["contract"]', "Did you mean “ssd_cla_episodes”?"),
        ('ssd_cla_episodes = ["annexa"]', "annex-a"),
        ('ssd_cla_episodes = "contract"', "a list of layouts"),
    ],
)
def test_a_slip_in_the_precedence_is_told_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "sources.toml").write_text(f"[precedence]\n{line}\n")
    with pytest.raises(ScorecardError) as raised:
        reading_of(tmp_path)
    assert said in str(raised.value)
    assert "sources.toml:2" in str(raised.value)
