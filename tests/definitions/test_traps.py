"""Every known way of getting a figure wrong is named by an example, or by a test, that shows it does not happen."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from reference_traps import Trap, examples_by_trap, traps

ROOT = Path(__file__).resolve().parents[2]
TRAPS = traps()


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.id)
def test_every_trap_is_named_by_an_example_or_a_test(trap: Trap) -> None:
    assert trap.id in examples_by_trap() or trap.tests


def test_no_example_names_a_trap_that_is_not_listed() -> None:
    assert examples_by_trap().keys() - {trap.id for trap in TRAPS} == set()


@pytest.mark.parametrize("test", sorted({test for trap in TRAPS for test in trap.tests}))
def test_every_test_a_trap_names_is_there(test: str) -> None:
    path, _, name = test.partition("::")
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
