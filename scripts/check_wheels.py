"""Proof from uv.lock that no council's machine needs a compiler: every runtime dependency has a wheel for each of them.

Reads the lock file only, so it needs no network; run it as `python scripts/check_wheels.py`.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.markers import Marker
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import parse_wheel_filename
from targets import PYTHONS, TARGETS, Target

ROOT = Path(__file__).resolve().parent.parent
OURS = "safeguarding-scorecard"

Package = Mapping[str, Any]


@dataclass(frozen=True)
class Machine:
    """A kind of machine with one version of Python on it."""

    target: Target
    python: tuple[int, int]

    def __str__(self) -> str:
        """Its name as printed, e.g. `win_amd64, Python 3.11`."""
        return f"{self.target.name}, Python {self.python[0]}.{self.python[1]}"

    def tags(self) -> frozenset[Tag]:
        """Every wheel tag it can install."""
        interpreter = f"cp{self.python[0]}{self.python[1]}"
        native = cpython_tags(self.python, platforms=self.target.platforms)
        return frozenset((*native, *compatible_tags(self.python, interpreter, self.target.platforms)))

    def wants(self, dependency: Mapping[str, str]) -> bool:
        """Whether a dependency's marker holds here; one without a marker holds everywhere."""
        if "marker" not in dependency:
            return True
        version = f"{self.python[0]}.{self.python[1]}"
        here = {**self.target.markers, "python_version": version, "python_full_version": f"{version}.0"}
        return Marker(dependency["marker"]).evaluate(here)


def locked_packages(lock: Path) -> dict[str, Package]:
    """Every package of a lock file by its name."""
    listed = tomllib.loads(lock.read_text(encoding="utf-8"))["package"]
    return {package["name"]: package for package in listed}


def needed(packages: Mapping[str, Package], machine: Machine) -> set[str]:
    """Names of all packages the product needs on that machine, its optional extras among them."""
    found: set[str] = set()
    waiting = list(_dependencies(packages[OURS]))
    while waiting:
        dependency = waiting.pop()
        name = dependency["name"]
        if name in found or not machine.wants(dependency):
            continue
        found.add(name)
        waiting.extend(_dependencies(packages[name]))
    return found


def _dependencies(package: Package) -> Iterator[Mapping[str, str]]:
    yield from package.get("dependencies", ())
    for extra in package.get("optional-dependencies", {}).values():
        yield from extra


def has_wheel(package: Package, machine: Machine) -> bool:
    """Whether one of the package's locked files is a wheel the machine can install."""
    tags = machine.tags()
    names = (wheel["url"].rpartition("/")[2] for wheel in package.get("wheels", ()))
    return any(not tags.isdisjoint(parse_wheel_filename(name)[3]) for name in names)


def missing_wheels(lock: Path) -> list[str]:
    """One line for each package and machine without a wheel; none when every machine is served."""
    packages = locked_packages(lock)
    return [
        f"{name} {packages[name]['version']} has no wheel for {machine}"
        for machine in machines()
        for name in sorted(needed(packages, machine))
        if not has_wheel(packages[name], machine)
    ]


def machines() -> list[Machine]:
    """Every machine with every Python that is promised."""
    return [Machine(target, python) for target in TARGETS for python in PYTHONS]


def main() -> int:
    """Print what is missing, or how many packages were proved for how many machines."""
    lock = ROOT / "uv.lock"
    missing = missing_wheels(lock)
    print("\n".join(missing), end="\n" if missing else "")
    if not missing:
        packages = locked_packages(lock)
        names = set().union(*(needed(packages, machine) for machine in machines()))
        print(f"{len(names)} runtime packages have a wheel for each of {len(machines())} machines and Pythons")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
