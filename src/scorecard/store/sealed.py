"""A record that carries its own seal: any change of it is found when it is read."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from scorecard.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path


def sealed(record: dict[str, Any]) -> bytes:
    """A record as it is written, with its seal."""
    return json.dumps({**record, "seal": _seal(record)}, indent=1, sort_keys=True).encode()


def unsealed(path: Path, otherwise: str) -> dict[str, Any]:
    """A record as it was sealed; a `StoreError` where it was altered, which can be put back or done `otherwise`."""
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if record.pop("seal", "") != _seal(record):
        raise StoreError(
            f"{path} has been altered since it was kept.",
            remedy=f"Put it back from a copy, or remove its folder and {otherwise}.",
        )
    return record


def _seal(record: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()
