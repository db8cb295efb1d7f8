"""The recovery key survives a printer and a tired typist, and nothing else."""

import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.store.vault import recovery

SECRET = bytes(range(16))


@settings(max_examples=50, deadline=None)
@given(st.binary(min_size=16, max_size=16))
def test_what_is_printed_can_be_typed_back(secret):
    text = recovery.spelled(secret)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}", text)
    assert recovery.read(text) == secret


def test_case_width_grouping_and_look_alikes_do_not_matter():
    text = recovery.spelled(SECRET)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in text.replace("-", ""))
    for typed in (
        text.lower(),
        text.replace("-", ""),
        text.replace("-", "  "),
        text.replace("-", "－"),
        wide,
        text.replace("0", "O").replace("1", "l"),
        text.replace("0", "o").replace("1", "I"),
    ):
        assert recovery.read(typed) == SECRET


def test_typing_errors_are_never_accepted():
    chance = random.Random(7)
    text = recovery.spelled(SECRET)
    for _ in range(20_000):
        typed = _mistyped(text, chance)
        assert recovery.read(typed) in {None, SECRET}
        if recovery.read(typed) == SECRET:
            assert typed.replace("-", "") == text.replace("-", "")


def _mistyped(text, chance):
    letters = list(text.replace("-", ""))
    place, other = chance.randrange(32), chance.randrange(32)
    kind = chance.randrange(4)
    if kind == 0:
        letters[place] = chance.choice(recovery.ALPHABET)
    elif kind == 1:
        letters[place], letters[other] = letters[other], letters[place]
    elif kind == 2:
        letters[place] = chance.choice(recovery.ALPHABET)
        letters[other] = chance.choice(recovery.ALPHABET)
    else:
        del letters[place]
        letters.insert(other, chance.choice(recovery.ALPHABET))
    return "".join(letters)


def test_a_text_that_is_no_key_is_refused():
    for typed in ("", "-", "我的密码", "U" * 32, recovery.spelled(SECRET) + "0"):
        assert recovery.read(typed) is None


def test_another_salt_gives_another_key():
    assert recovery.kek(SECRET, b"a" * 16) != recovery.kek(SECRET, b"b" * 16)
