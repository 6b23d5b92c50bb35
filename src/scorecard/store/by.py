"""Who writes into a store, on which machine and when: told by the command line or the web app, which alone know."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class By:
    """A person by the name they are signed in with, their machine, and the moment; each empty where it is not known."""

    person: str = ""
    machine: str = ""
    at: str = ""

    def __str__(self) -> str:
        """As it is said to somebody else.

        >>> str(By("asmith", "LAPTOP-7", "2021-12-03T09:00:00+00:00")), str(By())
        ('asmith on LAPTOP-7, since 2021-12-03 09:00', 'somebody')
        """
        where = f" on {self.machine}" if self.machine else ""
        return f"{self.person or 'somebody'}{where}" + (f", since {self.at[:16].replace('T', ' ')}" if self.at else "")


NOBODY = By()
"""Where nobody was named: in tests, and in programs that only read."""
