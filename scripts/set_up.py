"""Makes .venv with every locked tool and the product itself, editable. Needs Python 3.11 or newer and nothing else.

`python scripts/set_up.py`; what `make` calls before any other target.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
READY = HOME / ".ready"
OLDEST = (3, 11)


def python_of(home: Path) -> Path:
    """The interpreter inside a virtual environment, on Windows or elsewhere."""
    return home / "Scripts" / "python.exe" if os.name == "nt" else home / "bin" / "python"


def succeeds(*words: str | Path) -> bool:
    """Whether a command ends well; what it prints is not shown."""
    return subprocess.run(words, check=False, capture_output=True).returncode == 0


def make_home() -> None:
    """Make the virtual environment if it is missing or its Python no longer starts."""
    python = python_of(HOME)
    if python.exists() and succeeds(python, "-m", "pip", "--version"):
        return
    try:
        venv.create(HOME, with_pip=True, clear=True, symlinks=os.name != "nt")
    except (subprocess.CalledProcessError, OSError) as problem:
        raise SystemExit(
            f"Cannot make {HOME}: {problem}\nOn Debian or Ubuntu: apt-get install python3-venv; then again."
        ) from problem


def install() -> None:
    """Install what the lock names, each file checked against its hash, then the product itself."""
    pip: list[str | Path] = [
        python_of(HOME),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
    ]
    locked: list[str | Path] = ["--require-hashes", "--only-binary", ":all:", "-r", ROOT / "requirements" / "dev.txt"]
    subprocess.run([*pip, *locked], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT], check=True)


def main() -> int:
    """Set everything up; a second run with nothing changed does little."""
    if sys.version_info < OLDEST:
        print("Python 3.11 or newer is needed; name one: make PYTHON=python3.12 …", file=sys.stderr)
        return 1
    make_home()
    try:
        install()
    except subprocess.CalledProcessError:
        print("The installation failed; pip's own words are above.", file=sys.stderr)
        return 1
    READY.touch()
    return 0


if __name__ == "__main__":
    sys.exit(main())
