"""The quick screen finds what the thorough one finds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.domain.screening import Use, screen
from pmdesk.domain.sieve import Sieve
from pmdesk.services import starters

LEXICON = tuple(starters.refused())
SIEVES = {use: Sieve(LEXICON, use) for use in Use}
WORDS = sorted({word for one in LEXICON for word in (*one.words, *one.pinyin, *one.labels)})
HARMLESS = ("水龙头滴水", "楼道灯不亮", "电梯有异响", "13:30", "A-3", "　", "·", "\u200b")


@st.composite
def texts(draw):
    """Harmless words, and perhaps a refused one that somebody tried to hide."""
    parts = draw(st.lists(st.sampled_from(HARMLESS) | st.text(max_size=4), max_size=4))
    if draw(st.booleans()):
        word = draw(st.sampled_from(WORDS))
        gap = draw(st.sampled_from(("", " ", "·", "-", "*", "\u200b")))
        parts.insert(draw(st.integers(0, len(parts))), gap.join(word))
    return "".join(parts)


@settings(max_examples=300)
@given(texts(), st.sampled_from(Use))
def test_it_finds_what_the_thorough_screen_finds(text, use):
    assert SIEVES[use].holds(text) is bool(screen(text, LEXICON, use))


@pytest.mark.parametrize(
    "text",
    ["13812345678", "身份证 11010519491231002X", "民 族", "民族", "民·族", "minzu", "ＡＧＥ"],
)
def test_what_is_hidden_is_found(text):
    assert SIEVES[Use.NAME].holds(text)


def test_every_word_of_the_list_is_found():
    assert [
        word for word in WORDS if screen(word, LEXICON) and not SIEVES[Use.NAME].holds(word)
    ] == []
