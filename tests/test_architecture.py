"""The house rules that no tool checks: sizes, sentences at the top, what may not be imported."""

import ast

import pytest

from tests.checkout import files, modules, name_of, tree

LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
NOT_PACKAGES = {"tests", "resources", "installer", "benchmarks"}
TOP_LEVEL = {
    "pyproject.toml", "requirements.lock", "README.md", "CONTRIBUTING.md", "CHANGELOG.md",
    "LICENSE", "pmdesk", "resources", "installer", "tests", "benchmarks",
}  # fmt: skip
PMDESK = modules("pmdesk")
ALL = modules("pmdesk", "installer", "tests", "benchmarks")


def test_the_checkout_is_seen():
    assert "pmdesk/i18n.py" in map(name_of, PMDESK)


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_a_module_has_one_idea_and_says_it_first(path):
    lines = path.read_text(encoding="utf-8").splitlines()

    assert len(lines) <= LONGEST_MODULE
    assert not lines or ast.get_docstring(tree(path))


@pytest.mark.parametrize("path", modules("pmdesk", "installer"), ids=name_of)
def test_a_function_fits_on_a_screen(path):
    functions = (
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )

    too_long = {
        node.name: length
        for node in functions
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    }

    assert not too_long


@pytest.mark.parametrize("path", PMDESK, ids=name_of)
def test_the_program_imports_no_folder_that_is_only_in_a_checkout(path):
    assert not _imported(tree(path)) & NOT_PACKAGES


def test_resources_are_data_only():
    assert not modules("resources")


def test_nothing_unexpected_lies_at_the_top():
    tops = {name_of(path).split("/")[0] for path in files()}

    assert {top for top in tops if not top.startswith(".")} <= TOP_LEVEL


def _imported(module):
    plain = (
        alias.name
        for node in ast.walk(module)
        if isinstance(node, ast.Import)
        for alias in node.names
    )
    chosen = (node.module or "" for node in ast.walk(module) if isinstance(node, ast.ImportFrom))
    return {name.split(".")[0] for name in (*plain, *chosen)}
