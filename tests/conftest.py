"""Engines for every test that runs SQL: DuckDB always, PostgreSQL where there is a server or one can be started.

A test that takes `open_engine` runs once on each engine: `engine = open_engine(rules)`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scorecard.sql.engines.duckdb import open_duckdb
from scorecard.sql.engines.engine import EngineName
from scorecard.sql.engines.postgres import open_postgres

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scorecard.sql.engines.engine import Engine
    from scorecard.sql.rules import DatedRules

_SERVER = "SCORECARD_TEST_POSTGRES"
_NONE_HERE = (
    "PostgreSQL is not installed here: run scripts/install_postgres.sh as root on Debian, or name a server in "
    f"{_SERVER}, such as postgresql://user@host/database"
)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server: a named one, or a throwaway one. Without either skipped; failed on CI."""
    named = os.environ.get(_SERVER)
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if named:
        yield named
    elif programs and sys.platform != "win32":
        yield from _throwaway(programs[-1].parent)
    elif os.environ.get("CI") == "true":
        pytest.fail(_NONE_HERE)
    else:
        pytest.skip(_NONE_HERE)


def _throwaway(programs: Path) -> Iterator[str]:
    """A server of our own on a socket in a temporary folder, gone when the tests end."""
    folder = Path(tempfile.mkdtemp(prefix="scorecard-pg-"))
    user = _server_user()
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    settings = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
    make = ["initdb", f"--pgdata={data}", "--auth=trust", "--username=scorecard", "--encoding=UTF8", "--no-sync"]
    start = ["pg_ctl", f"--pgdata={data}", f"--log={folder / 'log'}", "--wait", f"--options={settings}", "start"]
    try:
        _run(programs, make, user)
        _run(programs, start, user)
        yield f"postgresql://scorecard@/postgres?host={folder}"
        _run(programs, ["pg_ctl", f"--pgdata={data}", "--mode=immediate", "stop"], user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _server_user() -> str | None:
    """PostgreSQL refuses to run as root; Debian's package makes a user for it."""
    return "postgres" if sys.platform != "win32" and os.geteuid() == 0 else None


def _run(programs: Path, command: list[str], user: str | None) -> None:
    subprocess.run(  # noqa: S603 - Debian's own programs, by their full path
        [str(programs / command[0]), *command[1:]],
        user=user,
        cwd="/",
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture(params=[EngineName.DUCKDB, pytest.param(EngineName.POSTGRES, marks=pytest.mark.postgres)], ids=str)
def open_engine(request: pytest.FixtureRequest) -> Iterator[Callable[[DatedRules], Engine]]:
    """Opens the engine that this run of the test is for, and closes it afterwards."""
    opened: list[Engine] = []

    def open_it(rules: DatedRules) -> Engine:
        if request.param is EngineName.DUCKDB:
            opened.append(open_duckdb(rules))
        else:
            opened.append(open_postgres(rules, request.getfixturevalue("postgres_server")))
        return opened[-1]

    yield open_it
    for engine in opened:
        engine.close()
