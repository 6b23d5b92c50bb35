"""Fill the boxes of a form in LibreOffice, as a person does who has no Word: `python3 fill_form.py IN OUT BOX=WORDS…`.

It runs under the system's Python, which has LibreOffice's own library, and not under the project's.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

_TRIES = 120


def _uno() -> Any:
    """LibreOffice's own library, which only the system's Python has: whoever collects tests may not load it."""
    return import_module("uno")


def _said(name: str, value: object) -> Any:
    held = _uno().createUnoStruct("com.sun.star.beans.PropertyValue")
    held.Name, held.Value = name, value
    return held


def fill(source: Path, target: Path, words: dict[str, str]) -> None:
    """Open the form, write under each box's heading, and save it as Word."""
    with tempfile.TemporaryDirectory() as profile:
        pipe = f"fill{abs(hash(profile))}"
        office = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--norestore"]
        running = subprocess.Popen(  # noqa: S603 - the office program, on a file of the tests
            [*office, f"--accept=pipe,name={pipe};urp;"],
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            desktop = _desktop(pipe)
            document = desktop.loadComponentFromURL(source.as_uri(), "_blank", 0, (_said("Hidden", value=True),))
            for name in document.TextTables.ElementNames:
                table = document.TextTables.getByName(name)
                heading = table.getCellByName("A1").String if table.Columns.Count == 1 else ""
                for box, text in words.items():
                    if heading.rstrip().endswith(f"[box {box}]"):
                        table.getCellByName("A2").String = text
            document.storeToURL(target.as_uri(), (_said("FilterName", "MS Word 2007 XML"),))
            document.close(True)
            desktop.terminate()
            running.wait(timeout=60)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)  # the program is a child of what was started


def _desktop(pipe: str) -> Any:
    local = _uno().getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(_TRIES):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # noqa: BLE001 - it is not listening yet, in whatever words it says so
            time.sleep(0.5)
        else:
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    message = "LibreOffice did not begin to listen"
    raise TimeoutError(message)


if __name__ == "__main__":
    fill(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), dict(one.split("=", 1) for one in sys.argv[3:]))
