"""The worked examples notice when a definition is changed a little."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "mutate_definitions.py"


def _mutate(*indicators: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own script, by its path
        [sys.executable, str(SCRIPT), *indicators],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


def test_the_examples_of_re_referrals_notice_every_change_but_those_explained() -> None:
    found = _mutate("rereferrals")
    assert found.returncode == 0, found.stdout + found.stderr
    assert "0 without a reason" in found.stdout


@pytest.mark.slow
def test_at_most_three_in_a_hundred_changes_to_definitions_go_unnoticed_each_with_a_reason() -> None:
    found = _mutate()
    assert found.returncode == 0, found.stdout + found.stderr
