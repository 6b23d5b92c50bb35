"""Fills wheelhouse/ with the product's wheel and every wheel it needs, so a machine without internet can install it.

`python scripts/wheelhouse.py [--platform win_amd64] [--python 3.12] [--to DIR]`; what `make wheelhouse` calls.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from targets import PYTHONS, TARGETS, target_named

ROOT = Path(__file__).resolve().parent.parent
PIP = (sys.executable, "-m", "pip", "--quiet", "--quiet", "--disable-pip-version-check", "--no-input")


def build_ours(to: Path) -> None:
    """Build the product's own wheel, in place of any older one there."""
    for older in to.glob("safeguarding_scorecard-*.whl"):
        older.unlink()
    subprocess.run([*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", to, ROOT], check=True)


def download_theirs(to: Path, platform: str, python: str) -> None:
    """Download what the lock names, for this machine or another, each file checked against its hash."""
    what: list[str | Path] = ["--require-hashes", "--only-binary", ":all:", "-r", ROOT / "requirements" / "run.txt"]
    subprocess.run([*PIP, "download", "--dest", to, *_elsewhere(platform, python), *what], check=True)


def _elsewhere(platform: str, python: str) -> list[str]:
    version = ["--python-version", python] if python else []
    if not platform:
        return version
    tags = target_named(platform).platforms
    return [*version, *(word for tag in tags for word in ("--platform", tag))]


def main() -> int:
    """Fill the folder and say what to type where there is no internet."""
    known = ", ".join(target.name for target in TARGETS)
    reader = argparse.ArgumentParser(description="Fill a folder with every wheel the scorecard needs.")
    reader.add_argument("--platform", default="", help=f"for another kind of machine: {known}")
    reader.add_argument("--python", default="", help=f"for another Python: {', '.join(f'{a}.{b}' for a, b in PYTHONS)}")
    reader.add_argument("--to", type=Path, default=ROOT / "wheelhouse", help="the folder (default: wheelhouse)")
    asked = reader.parse_args()
    asked.to.mkdir(parents=True, exist_ok=True)
    try:
        build_ours(asked.to)
        download_theirs(asked.to, asked.platform, asked.python)
    except subprocess.CalledProcessError:
        print("The wheelhouse is not complete; pip's own words are above.", file=sys.stderr)
        return 1
    print(f"{len(list(asked.to.glob('*.whl')))} wheels in {asked.to}. Where there is no internet:")
    print(f"  python -m pip install --user --no-index --find-links {asked.to.name} safeguarding-scorecard")
    return 0


if __name__ == "__main__":
    sys.exit(main())
