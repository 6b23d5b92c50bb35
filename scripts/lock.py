"""Writes uv.lock and the two requirements files from pyproject.toml; run it after changing a dependency.

Needs uv (`python -m pip install uv`). Installing does not: pip reads the requirements files.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INDEX = "https://pypi.org/simple"
EXPORTS = {"run.txt": ("--no-dev",), "dev.txt": ("--all-extras",)}


def uv(*words: str) -> None:
    """Run uv with the public index and no settings of this machine, so the lock reads the same wherever it is made."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("UV_", "PIP_"))}
    subprocess.run(["uv", "--no-config", "--quiet", *words], check=True, cwd=ROOT, env=clean)


def main() -> int:
    """Lock, then export what pip installs from."""
    uv("lock", "--default-index", INDEX, *sys.argv[1:])
    for name, which in EXPORTS.items():
        words = (
            "--frozen",
            "--no-emit-project",
            "--no-annotate",
            "--no-header",
            "--output-file",
            f"requirements/{name}",
        )
        uv("export", *which, *words)
    return 0


if __name__ == "__main__":
    sys.exit(main())
