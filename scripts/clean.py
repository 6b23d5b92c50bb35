"""Takes away what make made: the environment, caches, the demo, the wheelhouse. Touches nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MADE = (
    *(".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache"),
    *("build", "dist", "demo", "wheelhouse"),
)


def main() -> None:
    """Remove each folder that is there; one that is in use on Windows is left and named."""
    for name in MADE:
        shutil.rmtree(
            ROOT / name, onerror=lambda _call, path, _why: print(f"left: {path}") if Path(path).exists() else None
        )
    for cache in (
        *ROOT.glob("src/**/__pycache__"),
        *ROOT.glob("tests/**/__pycache__"),
        *ROOT.glob("scripts/__pycache__"),
    ):
        shutil.rmtree(cache, ignore_errors=True)


if __name__ == "__main__":
    main()
