"""A registry of few definitions: counting all of them would take ten times as long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.definitions.registry import Registry, load_registry

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    import pytest


def define_only(names: Collection[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every workspace that is opened know these definitions alone."""

    def few(folder: Path) -> Registry:
        whole = load_registry(folder)
        wanted = {name: one for name, one in whole.indicators.items() if name in names}
        return Registry(wanted, whole.dimensions, whole.rules)

    monkeypatch.setattr("scorecard.work.workspace.load_registry", few)
