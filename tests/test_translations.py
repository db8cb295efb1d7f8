"""Every text the program shows has its Chinese, and both say the same about the same places."""

import ast
import string

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.checkout import ROOT, modules, name_of, tree

KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
CHINESE = ROOT / "resources" / "locale" / "zh_CN" / "LC_MESSAGES" / "pmdesk.po"


@pytest.fixture(scope="module")
def chinese():
    with CHINESE.open("rb") as file:
        return read_po(file, locale="zh_CN", abort_invalid=True)


def test_every_marked_text_has_its_chinese(chinese):
    wanted = _extracted()
    assert len(wanted)

    missing = [
        f"{message.locations}: {message.id}"
        for message in wanted
        if message.id and (chinese.get(message.id, message.context) is None)
    ]

    assert not missing, "\n".join(missing)


def test_no_translation_is_of_a_text_that_nobody_says_any_more(chinese):
    said = {
        node.value
        for path in modules("pmdesk")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
    }
    told = [path.read_text(encoding="utf-8") for path in (ROOT / "resources").rglob("*.toml")]

    dead = [
        first
        for entry in _entries(chinese)
        if (first := entry.id if isinstance(entry.id, str) else entry.id[0]) not in said
        and not any(first in text for text in told)
    ]

    assert not dead, "\n".join(dead)


def test_no_translation_is_doubtful_or_empty(chinese):
    doubtful = [entry.id for entry in _entries(chinese) if entry.fuzzy or not all(_forms(entry))]

    assert not doubtful


def test_both_languages_have_the_same_places(chinese):
    different = [
        entry.id
        for entry in _entries(chinese)
        if any(_places(form) != _places(_last_id(entry)) for form in _forms(entry))
    ]

    assert not different


@pytest.mark.parametrize("path", modules("pmdesk"), ids=name_of)
def test_a_marked_text_is_written_out(path):
    """A text put together before it is looked up is never found in the catalogue."""
    marks = (
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in KEYWORDS
    )

    put_together = [
        node.lineno
        for node in marks
        if any(isinstance(text, ast.JoinedStr | ast.BinOp | ast.Call) for text in node.args[:1])
    ]

    assert not put_together


def _extracted():
    catalogue = Catalog()
    found = extract_from_dir(str(ROOT / "pmdesk"), [("**.py", "python")], keywords=KEYWORDS)
    for file, line, message, _comments, context in found:
        catalogue.add(message, locations=[(file, line)], context=context)
    return catalogue


def _entries(catalogue):
    return [entry for entry in catalogue if entry.id]


def _forms(entry):
    return [entry.string] if isinstance(entry.string, str) else list(entry.string)


def _last_id(entry):
    return entry.id if isinstance(entry.id, str) else entry.id[-1]


def _places(text):
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}
