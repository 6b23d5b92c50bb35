"""Installs from a wheelhouse into an empty environment with the network off, and runs the demo there.

`python scripts/offline_check.py [--wheelhouse DIR]`. The network is off for the whole of it where the system lets a
process have none of its own (`unshare`, Linux); elsewhere a proxy that answers nobody stands in its place.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from set_up import python_of, succeeds

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
NOWHERE = "http://127.0.0.1:9"


def without_network() -> tuple[str, ...]:
    """The words to put before a command so that it runs without any network; none where that cannot be had."""
    words = ("unshare", "--map-root-user", "--net")
    return words if shutil.which("unshare") and succeeds(*words, "true") else ()


def stranger_environment(home: Path) -> dict[str, str]:
    """Environment variables of a machine that knows no index, no proxy that answers and no other Python package."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_", "PYTHON"))}
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), NOWHERE)
    return {**kept, **proxies, "PIP_CONFIG_FILE": os.devnull, "HOME": str(home), "USERPROFILE": str(home)}


def check(wheelhouse: Path, scratch: Path) -> None:
    """Make an empty environment, install from the wheelhouse alone, run the demo; the first failure raises."""
    environment = stranger_environment(scratch)
    python = str(python_of(scratch / "venv"))

    def run(words: Sequence[str | Path]) -> None:
        subprocess.run([*without_network(), *words], check=True, cwd=scratch, env=environment)

    run([sys.executable, "-m", "venv", scratch / "venv"])
    run([python, "-m", "pip", "install", "--quiet", "--no-index", "--find-links", wheelhouse, "safeguarding-scorecard"])
    run([python, "-m", "scorecard", "demo"])


def main() -> int:
    """Fill a wheelhouse where none is named, then check it."""
    reader = argparse.ArgumentParser(description="Install without internet into an empty environment and run the demo.")
    reader.add_argument(
        "--wheelhouse", type=Path, help="a filled one (default: fill a new one, which needs the network)"
    )
    asked = reader.parse_args()
    with tempfile.TemporaryDirectory(prefix="scorecard-offline-") as name:
        scratch = Path(name)
        wheelhouse = asked.wheelhouse or scratch / "wheelhouse"
        try:
            if not asked.wheelhouse:
                subprocess.run([sys.executable, ROOT / "scripts" / "wheelhouse.py", "--to", wheelhouse], check=True)
            check(wheelhouse.resolve(), scratch)
        except subprocess.CalledProcessError as problem:
            print(f"Failed: {problem}", file=sys.stderr)
            return 1
    how = "no network at all" if without_network() else "a proxy that answers nobody"
    print(f"Installed from the wheelhouse and ran the demo with {how}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
