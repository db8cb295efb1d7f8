"""Translations are compiled from what their source says, whatever its age."""

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
    made = script("build_hook").compile_all(tmp_path)

    assert made == (source.with_suffix(".mo"),)
    assert gettext.translation("pmdesk", tmp_path, ["zh_CN"]).gettext("Lock") == "锁定"


def test_a_fresh_translation_is_left_alone(tmp_path, source):
    script("build_hook").compile_all(tmp_path)

    assert script("build_hook").compile_all(tmp_path) == ()


def test_a_changed_translation_is_compiled_again_however_old_its_file_seems(tmp_path, source):
    (target,) = script("build_hook").compile_all(tmp_path)
    source.write_text(PO.format("上锁"), encoding="utf-8")
    os.utime(source, (1, 1))  # as an unpacked archive or another branch brings it

    assert script("build_hook").compile_all(tmp_path) == (target,)
    assert "上锁".encode() in target.read_bytes()


def test_a_broken_source_stops_and_leaves_nothing_behind(tmp_path, source):
    source.write_text('msgid "Lock"\nbroken "锁定"\n', encoding="utf-8")

    with pytest.raises(PoFileError):
        script("build_hook").compile_all(tmp_path)

    assert list(source.parent.iterdir()) == [source]
