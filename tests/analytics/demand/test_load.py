"""The work of a whole office and of the hours of its days."""

from datetime import date

import numpy as np
import pytest

from pmdesk.analytics.demand.history import DayKind, History
from pmdesk.analytics.demand.load import chosen, loads, pooled, shape
from pmdesk.analytics.demand.outlook import outlook

RNG = np.random.default_rng(4)


def past(counts):
    groups = tuple("甲乙丙"[: len(counts)])
    return History(
        groups=groups,
        first=date(2026, 1, 5),
        counts=np.asarray(counts, dtype=float),
        kinds=lambda _day: DayKind.ORDINARY,
    )


def test_all_groups_as_one_expect_what_the_groups_do():
    history = past(RNG.poisson(2, (3, 140, 1)))
    whole = pooled(history)
    found = loads(whole, outlook(whole))

    assert whole.groups == ("",)
    assert sum(one.mean for one in found) == pytest.approx(42, rel=0.15)
    assert all(one.variance >= one.mean for one in found)


def test_storms_that_all_share_widen_the_whole():
    storm = RNG.poisson(1, 140) * 2
    calm, stormy = RNG.poisson(2, (3, 140)), np.tile(storm, (3, 1))
    widths = []
    for counts in (calm, stormy):
        whole = pooled(past(counts[:, :, None]))
        widths.append(np.mean([one.variance / one.mean for one in loads(whole, outlook(whole))]))

    assert widths[1] > 2 * widths[0]


def test_a_copy_of_last_week_is_as_uncertain_as_copies_were():
    rising = np.repeat(2.0 ** np.arange(14), 7)[None, :, None]
    whole = past(rising)
    found = loads(whole, outlook(whole))

    assert all(one.variance > one.mean for one in found)


def test_chosen_groups_stay_in_the_order_they_are_asked_for():
    history = past(np.arange(6).reshape(3, 2, 1))

    assert chosen(history, ["丙", "甲"]).groups == ("丙", "甲")
    assert chosen(history, ["丙"]).counts[0, 1, 0] == 5


def test_the_parts_of_a_day_add_up_to_it_and_a_day_of_nothing_is_even():
    busy = np.zeros((1, 56, 24))
    busy[:, :, 9] = 2
    found = shape(past(np.concatenate([busy, np.zeros((1, 56, 24))])), 3)

    assert found.sum(axis=2) == pytest.approx(np.ones((2, 3)))
    assert found[0, 0].argmax() == 9
    assert found[1, 0] == pytest.approx(np.full(24, 1 / 24))
