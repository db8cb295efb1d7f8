"""Peaks of places and times: enough behind them, never a single person's trace."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.analytics.peaks import LEAST, Seen, peaks, strongest

WEEKS = 26


def seen(place="大堂", weekday=4, part=10, events=LEAST):
    return Seen(place=place, weekday=weekday, part=part, events=events)


def test_fewer_than_five_events_are_never_a_peak():
    assert peaks([seen(events=LEAST - 1)], WEEKS) == ()
    assert peaks([seen(events=LEAST)], WEEKS)


def test_the_weekday_with_most_comes_first_and_others_are_weaker():
    found = peaks([seen(events=20), seen(weekday=1, events=8)], WEEKS)

    assert found[0].weekday == 4
    assert found[0].rate > found[1].rate > 0


def test_a_day_has_no_more_rounds_than_wanted_and_none_twice_past_a_place():
    found = peaks([seen(part=part, events=30) for part in range(12)], WEEKS)
    day = strongest(found, 3)[4]

    assert len(day) == 3
    assert [one.part for one in day] == sorted(one.part for one in day)
    assert min(b.part - a.part for a, b in pairwise(day)) >= 2


@settings(max_examples=40)
@given(
    st.lists(
        st.builds(
            seen,
            place=st.sampled_from("甲乙丙"),
            weekday=st.integers(0, 6),
            part=st.integers(0, 11),
            events=st.integers(0, 9),
        )
    )
)
def test_every_peak_stands_on_five_events_of_its_place_and_time(counted):
    for one in peaks(counted, WEEKS):
        behind = [c.events for c in counted if (c.place, c.part) == (one.place, one.part)]
        assert sum(behind) >= LEAST


def test_a_weekday_on_which_nothing_happens_is_no_peak():
    assert {one.weekday for one in peaks([seen(events=20)], WEEKS)} == {4}
