"""Single characters are read; a dictionary of words, which nobody needs, is not even loaded."""

import subprocess
import sys

import pytest

from pmdesk.domain.pinyin import syllables

PROGRAM = """
import sys
from pmdesk.domain.names import search_keys
assert "chongyang" in search_keys("重阳").syllables
sys.exit("pypinyin.phrases_dict" in sys.modules)
"""


@pytest.mark.parametrize(
    ("character", "read"), [("单", "dan"), ("単", "dan"), ("王", "wang"), ("W", "w"), ("7", "7")]
)
def test_a_character_is_read_without_tones(character, read):
    assert syllables(character)[0] == read


def test_what_nobody_can_read_has_no_syllable():
    assert syllables("·") == syllables("%") == syllables("😀") == ()


def test_finding_a_name_loads_no_dictionary_of_words():
    # its 0.1 s cannot be interrupted: the window would stand still
    assert subprocess.run([sys.executable, "-c", PROGRAM], check=False).returncode == 0
