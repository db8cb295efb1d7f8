"""Translations are compiled when, and only when, they are older than their source."""

import gettext
import os

import pytest
from babel.messages.pofile import PoFileError

from tests.scripts import script

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Lock"\nmsgstr "{}"\n'


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "zh_CN" / "LC_MESSAGES" / "pmdesk.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO.format("锁定"), encoding="utf-8")
    return path


def test_a_compiled_translation_is_found_by_gettext(tmp_path, source):
    made = script("build_hook").compile_stale(tmp_path)

    assert made == (source.with_suffix(".mo"),)
    assert gettext.translation("pmdesk", tmp_path, ["zh_CN"]).gettext("Lock") == "锁定"


def test_a_fresh_translation_is_left_alone(tmp_path, source):
    script("build_hook").compile_stale(tmp_path)

    assert script("build_hook").compile_stale(tmp_path) == ()


def test_a_changed_translation_is_compiled_again(tmp_path, source):
    (target,) = script("build_hook").compile_stale(tmp_path)
    os.utime(target, (1, 1))

    assert script("build_hook").compile_stale(tmp_path) == (target,)


def test_a_broken_source_stops_and_leaves_nothing_behind(tmp_path, source):
    source.write_text('msgid "Lock"\nbroken "锁定"\n', encoding="utf-8")

    with pytest.raises(PoFileError):
        script("build_hook").compile_stale(tmp_path)

    assert list(source.parent.iterdir()) == [source]
