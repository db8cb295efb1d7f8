"""The code on paper: any state of a log has its own, and a typing error never passes for one."""

from hypothesis import given
from hypothesis import strategies as st

from pmdesk.domain.anchors import Anchor, code, read_code

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
heads = st.binary(min_size=32, max_size=32).map(bytes.hex)
counts = st.integers(0, 2_000_000)


@given(counts, heads)
def test_a_code_is_read_back_however_it_is_typed(count, head):
    printed = code("a" * 32, count, head)

    assert len(printed) == 23
    assert read_code(printed) == printed
    assert read_code(printed.replace("-", "").lower()) == printed
    assert read_code(" " + printed.replace("-", " ").replace("0", "O").replace("1", "l")) == printed


@given(counts, heads, st.integers(0, 19), st.sampled_from(LETTERS))
def test_one_wrong_character_is_noticed(count, head, place, letter):
    typed = list(code("a" * 32, count, head).replace("-", ""))
    if typed[place] != letter:
        typed[place] = letter
        assert read_code("".join(typed)) is None


@given(counts, heads, st.integers(0, 18))
def test_two_exchanged_neighbours_are_noticed(count, head, place):
    typed = list(code("a" * 32, count, head).replace("-", ""))
    if typed[place] != typed[place + 1]:
        typed[place], typed[place + 1] = typed[place + 1], typed[place]
        assert read_code("".join(typed)) is None


def test_what_is_no_code_is_none():
    assert read_code("") is None
    assert read_code("12345-12345-12345-1234U") is None
    assert read_code("1" * 21) is None


def test_another_office_or_another_end_has_another_code():
    mine = Anchor(vault="a" * 32, count=7, head="b" * 64, roster="", at="", by="")

    others = {code("c" * 32, 7, "b" * 64), code("a" * 32, 8, "b" * 64), code("a" * 32, 7, "d" * 64)}
    assert mine.code not in others
    assert len(others) == 3
