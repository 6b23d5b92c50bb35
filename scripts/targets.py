"""The machines and Pythons a council may run the scorecard on."""

from __future__ import annotations

from dataclasses import dataclass

PYTHONS = ((3, 11), (3, 12), (3, 13), (3, 14))


@dataclass(frozen=True)
class Target:
    """One kind of machine, in the words wheels and dependency markers use for it."""

    name: str
    """What `make wheelhouse WHEELHOUSE_PLATFORM=…` calls it."""
    platforms: tuple[str, ...]
    """Wheel platform tags it accepts, best first."""
    markers: dict[str, str]
    """What a dependency's `; sys_platform == …` is judged by."""


def _manylinux(machine: str) -> tuple[str, ...]:
    # Debian 12, Ubuntu 24.04 and RHEL 9 have glibc 2.34 or newer; nothing older is promised.
    named = tuple(f"manylinux_2_{minor}_{machine}" for minor in range(34, 4, -1))
    return (*named, f"manylinux2014_{machine}", f"manylinux2010_{machine}", f"manylinux1_{machine}")


def _macos(machine: str) -> tuple[str, ...]:
    newer = tuple(f"macosx_{major}_0_{kind}" for major in range(13, 10, -1) for kind in (machine, "universal2"))
    older = tuple(f"macosx_10_{minor}_{kind}" for minor in range(16, 8, -1) for kind in (machine, "universal2"))
    return newer + older


def _markers(sys_platform: str, system: str, machine: str) -> dict[str, str]:
    return {
        "sys_platform": sys_platform,
        "platform_system": system,
        "platform_machine": machine,
        "os_name": "nt" if sys_platform == "win32" else "posix",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }


TARGETS = (
    Target("win_amd64", ("win_amd64",), _markers("win32", "Windows", "AMD64")),
    Target("macosx_arm64", _macos("arm64"), _markers("darwin", "Darwin", "arm64")),
    Target("macosx_x86_64", _macos("x86_64"), _markers("darwin", "Darwin", "x86_64")),
    Target("manylinux_x86_64", _manylinux("x86_64"), _markers("linux", "Linux", "x86_64")),
    Target("manylinux_aarch64", _manylinux("aarch64"), _markers("linux", "Linux", "aarch64")),
)


def target_named(name: str) -> Target:
    """Answer the machine of that name; an unknown name ends the script, listing those there are."""
    for target in TARGETS:
        if target.name == name:
            return target
    raise SystemExit(f"No such platform: {name}. Choose one of {', '.join(each.name for each in TARGETS)}.")
