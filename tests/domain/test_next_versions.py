"""Version numbers of notices: they go up, and none is given twice."""

from hypothesis import given
from hypothesis import strategies as st

from pmdesk.domain.notices import major_of, newest_version, next_version

NUMBERS = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda pair: f"{pair[0]}.{pair[1]}")


@given(st.lists(NUMBERS, max_size=6), st.booleans())
def test_what_follows_was_never_there(used, major):
    newest = newest_version(tuple(used))
    follows = next_version(newest, major=major)

    assert follows not in used
    assert major_of(follows) == major_of(newest) + major


def test_ten_comes_after_nine():
    assert newest_version(("1.9", "1.10", "1.2")) == "1.10"
    assert newest_version(()) == "0.0"
