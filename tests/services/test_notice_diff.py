"""Two versions of a notice, line by line."""

from hypothesis import given
from hypothesis import strategies as st

from pmdesk.services.notices.notice_diff import Mark, difference

LINES = st.lists(st.text(alphabet="甲乙丙", min_size=1, max_size=3), max_size=6)


def test_what_went_stands_before_what_came():
    marks = [(line.mark, line.text) for line in difference("甲\n乙", "甲\n丙")]

    assert marks == [(Mark.SAME, "甲"), (Mark.GONE, "乙"), (Mark.NEW, "丙")]


@given(LINES, LINES)
def test_both_versions_can_be_read_out_of_the_difference(old, new):
    lines = difference("\n".join(old), "\n".join(new))

    assert [line.text for line in lines if line.mark is not Mark.NEW] == old
    assert [line.text for line in lines if line.mark is not Mark.GONE] == new
