"""Shares in time with Wilson's interval, waits by ranks, and nothing told of few people."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.analytics.delivered import Wait, delivered, interval, wait
from pmdesk.analytics.rounding import rounded
from pmdesk.domain.orders.kinds import Urgency
from pmdesk.domain.ports.watch import ServedPart, ServedPeople


def part(group, *, orders, in_time=True, hours=1):
    return ServedPart(
        group=group, urgency=Urgency.NORMAL, in_time=in_time, hours=hours, orders=orders
    )


def people(group, count, *, late=0, in_time=None):
    return ServedPeople(
        group=group, people=count, late=late, in_time=count if in_time is None else in_time
    )


def test_the_interval_is_wilsons():
    assert [round(end, 4) for end in interval(45, 50)] == [0.7864, 0.9565]
    assert interval(0, 10)[0] == 0.0
    assert interval(10, 10)[1] == pytest.approx(1.0)


def test_the_usual_wait_is_the_median_with_its_ranks():
    assert wait({1: 40, 5: 40, 30: 21}, 5) == Wait(hours=5, low=1, high=5)
    assert wait({7: 13}, 5) == Wait(hours=7, low=7, high=7)


def test_no_wait_is_that_of_one_of_the_few_shortest_or_longest():
    assert wait({}, 5) is None
    assert wait({7: 12}, 5) is None
    assert wait({1: 4, 2: 4, 3: 4, 90: 4}, 5) == Wait(hours=2, low=2, high=3)
    assert wait(dict.fromkeys(range(13), 1), 5) == Wait(hours=7, low=4, high=8)


@given(st.dictionaries(st.integers(0, 50), st.integers(1, 40), min_size=1), st.integers(5, 9))
def test_the_interval_of_the_wait_holds_it(hours, smallest):
    found = wait(hours, smallest)
    assert (found is None) == (rounded(sum(hours.values()), smallest) < 3 * smallest)
    if found is None:
        return
    for end in (found.low, found.high):
        assert sum(hours[one] for one in hours if one <= end) >= smallest
        assert sum(hours[one] for one in hours if one >= end) >= smallest
    assert found.low <= found.hours <= found.high
    assert {found.low, found.hours, found.high} <= set(hours)


GROUPS = st.dictionaries(
    st.sampled_from("abcdef"), st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1
)


@settings(max_examples=60)
@given(GROUPS, st.integers(5, 8))
def test_no_group_of_few_people_is_told(groups, smallest):
    parts, behind = [], {}
    for name, (kept, late) in groups.items():
        if kept + late:
            parts += [part(name, orders=kept)] if kept else []
            parts += [part(name, orders=late, in_time=False)] if late else []
            behind[name] = people(name, kept + late, late=late, in_time=kept)
    found = delivered(parts, behind, smallest)
    for one in found.groups:
        if one.orders is not None and one.share is not None and one.share.value is not None:
            kept, late = groups[one.group]
            assert kept + late >= smallest
            assert late == 0 or late >= smallest
            assert kept == 0 or kept >= smallest


def test_an_empty_board_compares_nothing():
    found = delivered([], {}, 5)
    assert (found.groups, found.whole.reference) == ((), None)


def test_one_resident_with_many_late_orders_is_not_told():
    found = delivered(
        [part("a", orders=20), part("a", orders=20, in_time=False)],
        {"a": people("a", 9, late=1, in_time=9)},
        5,
    )
    assert found.groups[0].share is None
    assert found.groups[0].orders == 40
