"""Nobody is offered a button that agrees to several purposes at once (消保法实施条例 23)."""

import re

import pytest
from babel.messages.pofile import read_po

from tests.checkout import ROOT

CHINESE = ROOT / "resources" / "locale" / "zh_CN" / "LC_MESSAGES" / "pmdesk.po"
TOGETHER = re.compile(
    r"同意全部|全部同意(?!状态)|一键同意|一并同意|"
    r"agree to all(?! that)|agree to everything|accept all",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def texts():
    with CHINESE.open("rb") as file:
        catalogue = read_po(file, locale="zh_CN")
    found = []
    for entry in catalogue:
        for part in (entry.id, entry.string):
            found += [part] if isinstance(part, str) else list(part or ())
    return [text for text in found if text]


def test_no_text_of_the_program_agrees_to_all_at_once(texts):
    assert len(texts) > 100

    assert [text for text in texts if TOGETHER.search(text)] == []


def test_the_search_finds_one_if_there_were_one():
    assert TOGETHER.search("同意全部")
    assert TOGETHER.search("Accept all")
