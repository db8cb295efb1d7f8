"""What is typed into the plans means what people mean by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.domain.orders.names import WAYS
from pmdesk.domain.orders.plan_reading import Aspect, read


@pytest.mark.parametrize(
    ("text", "often"),
    [
        ("12", 12),
        ("１２ 次", 12),
        ("每月1次", 12),
        ("每月", 12),
        ("2次/周", 104),
        ("每周 2 次", 104),
        ("每天", 365),
        ("每季度 1 次", 4),
        ("按需", 0),
        ("when asked", 0),
        ("weekly", 52),
        ("2 a week", 104),
        ("3 times per year", 3),
        ("0", 0),
    ],
)
def test_how_often_can_be_said_in_many_ways(text, often):
    assert read(text, Aspect.VISITS) == often


@pytest.mark.parametrize(
    ("text", "hours"),
    [("24", 24), ("24小时", 24), ("4 小时内", 4), ("3 天", 72), ("2 days", 48), ("1h", 1)],
)
def test_hours_and_days_are_both_read(text, hours):
    assert read(text, Aspect.RESPOND) == hours
    assert read(text, Aspect.DONE) == hours


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("前台、电话", {"counter", "phone"}),
        ("上门 专人联系", {"visit", "contact"}),
        ("phone, in writing", {"phone", "writing"}),
        ("own contact and phone", {"contact", "phone"}),
        ("", set()),
    ],
)
def test_ways_are_known_by_both_names(text, ways):
    assert read(text, Aspect.WAYS) == frozenset(ways)


@pytest.mark.parametrize("aspect", [Aspect.VISITS, Aspect.RESPOND, Aspect.DONE])
@pytest.mark.parametrize("text", ["常来", "-3", "1.5", "12345678", "两次", "3 天 4"])
def test_what_cannot_be_read_is_not_guessed(aspect, text):
    assert read(text, aspect) is None


def test_an_unknown_way_is_not_dropped_silently():
    assert read("前台、飞鸽", Aspect.WAYS) is None


@given(st.sets(st.sampled_from(sorted(WAYS))), st.sampled_from(["zh", "en"]))
def test_every_set_of_ways_can_be_written_and_read_again(ways, tongue):
    text = "、".join(getattr(WAYS[code], tongue) for code in ways)
    assert read(text, Aspect.WAYS) == ways
