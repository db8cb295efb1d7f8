"""Every row of the law paper names the tests that show it, or says in a sentence why none does."""

import ast
import functools
import hashlib
import tomllib
from pathlib import Path

import pytest

from tests.law.test_red_lines import LINES

ROOT = Path(__file__).parents[2]
MATRIX = tomllib.loads((ROOT / "tests/law/matrix.toml").read_text(encoding="utf-8"))
SHOWN = {row: named for row, named in MATRIX.items() if isinstance(named, list)}
SAID = {row: why for row, why in MATRIX.items() if isinstance(why, str)}

ROWS = 140
ROWS_DIGEST = "cf13476fa34cde70b7457c5f8892e8c3dff23f744b80f7a9e75a41f8150e6757"
ANCHORS = ("P-04", "P-24a", "P-51-4", "P-72", "C-004", "C-287", "W-LOC", "R-21", "F-10b", "S-ID13")
LEAST_SHOWN = 110
SHORTEST_REASON = 30


@functools.cache
def written_in(path):
    """The names of the test functions of a module, as it is written."""
    source = ROOT / path
    if not source.is_file():
        return frozenset()
    module = ast.parse(source.read_text(encoding="utf-8"))
    return frozenset(
        part.name
        for part in module.body
        if isinstance(part, ast.FunctionDef) and part.name.startswith("test_")
    )


def is_there(test):
    """Whether the test exists; after the name, in brackets, a red line."""
    path, _, name = test.partition("::")
    function, bracket, line = name.partition("[")
    return function in written_in(path) and (not bracket or line.rstrip("]") in LINES)


def test_every_row_of_the_paper_is_there_once():
    # the parser refuses a row that stands twice
    assert len(MATRIX) == ROWS
    assert set(ANCHORS) <= set(MATRIX)
    assert hashlib.sha256("\n".join(sorted(MATRIX)).encode()).hexdigest() == ROWS_DIGEST


def test_the_tests_of_each_row_exist():
    gone = {row: [test for test in named if not is_there(test)] for row, named in SHOWN.items()}
    assert {row: tests for row, tests in gone.items() if tests} == {}
    assert all(named and len(set(named)) == len(named) for named in SHOWN.values())


def test_most_rows_are_shown_and_the_others_say_why_not():
    assert len(SHOWN) >= LEAST_SHOWN
    assert set(SHOWN) | set(SAID) == set(MATRIX)
    for row, why in SAID.items():
        assert len(why) > SHORTEST_REASON, row
        assert why.endswith("."), row


def test_every_red_line_has_its_check():
    assert list(LINES) == [f"RL-{number:02}" for number in range(1, 13)]


@pytest.mark.parametrize(
    "test",
    [
        "tests/law/test_matrix.py::test_nobody_wrote_this",
        "tests/law/gone.py::test_anything",
        "tests/law/test_red_lines.py::test_the_line_holds[RL-99]",
    ],
)
def test_a_test_that_is_gone_is_noticed(test):
    assert not is_there(test)
