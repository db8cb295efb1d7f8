"""The forecaster on real cases, and what it makes of weeks, buildings and holidays."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from pmdesk.analytics.demand.counting import quantiles
from pmdesk.analytics.demand.expected import Method
from pmdesk.analytics.demand.history import DayKind, History
from pmdesk.analytics.demand.model import fitted
from pmdesk.analytics.demand.outlook import outlook
from pmdesk.analytics.demand.trial import hourly_skill, tried

FIRST = date(2016, 1, 1)
MONDAY = date(2026, 3, 2)
FEDERAL = (  # of the city whose cases these are
    "2016-01-01 2016-01-18 2016-02-15 2016-05-30 2016-07-04 2016-09-05 2016-10-10 2016-11-08"
    " 2016-11-11 2016-11-24 2016-12-26 2017-01-02 2017-01-16 2017-02-20 2017-05-29 2017-07-04"
    " 2017-09-04 2017-10-09 2017-11-07 2017-11-10 2017-11-23 2017-12-25"
)
HOLIDAYS = frozenset(map(date.fromisoformat, FEDERAL.split()))


def federal(day):
    return DayKind.OFF if day in HOLIDAYS else DayKind.ORDINARY


def ordinary(_day):
    return DayKind.ORDINARY


@cache
def cases():
    """By service: each office's cases of each day, real ones."""
    services: dict[str, dict[str, list[int]]] = {}
    text = (Path(__file__).parent / "cases.txt").read_text(encoding="ascii")
    for line in text.splitlines():
        if not line.startswith("#"):
            office, service, digits = line.split()
            services.setdefault(service, {})[office] = list(bytes.fromhex(digits))
    return services


def past(counts, first=MONDAY, kinds=ordinary):
    table = np.array(counts, dtype=float)
    groups = tuple(str(place) for place in range(len(table)))
    return History(groups=groups, first=first, counts=table[:, :, None], kinds=kinds)


def real(service):
    found = cases()[service]
    return past(list(found.values()), FIRST, federal)


def errors(step):
    """Of twelve weeks, `step` days apart: the forecast's error, last week's, and the coverage.

    The first two in units of the error that last week's copy had before (MASE).
    """
    forecast, copy, inside = [], [], []
    for service in cases():
        whole = real(service)
        daily = whole.counts[:, :, 0]
        for back in range(12):
            start = whole.days - 7 - step * back
            known = whole.until(start)
            model = fitted(known)
            expected = model.expected(known, start, 7)[:, :, 0]
            came = daily[:, start : start + 7]
            unit = np.abs(daily[:, 7:start] - daily[:, : start - 7]).mean(axis=1, keepdims=True)
            forecast.append(np.abs(came - expected) / unit)
            copy.append(np.abs(came - daily[:, start - 7 : start]) / unit)
            for spread, means, counts in zip(model.spread, expected, came, strict=True):
                for mean, count in zip(means, counts, strict=True):
                    low, high = quantiles(mean, spread, (0.1, 0.9))
                    inside.append(low <= count <= high)
    return [float(np.mean(np.concatenate(one))) for one in (forecast, copy)] + [np.mean(inside)]


@pytest.mark.parametrize("step", [7, 28])
def test_on_real_cases_it_is_better_than_last_week_and_its_band_holds(step):
    forecast, copy, covered = errors(step)

    assert forecast <= 0.80
    assert forecast <= 0.9 * copy
    assert covered >= 0.80


def test_knowing_the_holidays_helps():
    aware, blind = [], []
    for service, found in cases().items():
        aware += [one.model for one in tried(real(service), 50)]
        blind += [one.model for one in tried(past(list(found.values()), FIRST), 50)]
    assert sum(aware) < sum(blind)


def test_a_building_that_differs_keeps_its_own_level_and_the_shape_all_share():
    shape = np.array([4, 1, 1, 1, 1, 0, 0])
    loud, quiet = np.tile(shape * 3, 20), np.tile(shape, 20)
    history = past([loud, quiet])
    expected = fitted(history).expected(history, history.days, 7)[:, :, 0]

    assert expected == pytest.approx(np.array([shape * 3, shape]), abs=0.5)


def test_a_new_building_is_helped_by_the_others_and_never_negative():
    shape = np.array([4, 1, 1, 1, 1, 0, 0])
    fresh = np.concatenate([np.zeros(133), [0, 0, 2, 0, 0, 0, 0]])
    history = past([np.tile(shape, 20), fresh])
    expected = fitted(history).expected(history, history.days, 7)[1, :, 0]

    assert expected[0] > expected[3] > 0  # Mondays are what the others say they are
    assert (expected >= 0).all()


def test_a_holiday_has_a_factor_and_does_not_lower_its_weekday():
    off = {MONDAY + timedelta(days=7 * week) for week in (4, 9, 14, 20)}

    def kinds(day):
        return DayKind.OFF if day in off else DayKind.ORDINARY

    weeks = np.tile([6.0] * 7, 20)
    for day in off:
        place = (day - MONDAY).days
        if place < len(weeks):
            weeks[place] = 1
    history = past([weeks, weeks], kinds=kinds)
    expected = fitted(history).expected(history, history.days, 14)[0, :, 0]

    assert expected[7] == pytest.approx(6, abs=0.1)
    assert expected[0] < 4  # drawn to 1 by five pseudo-orders


@pytest.mark.parametrize("growth", [0.25, 0.5, 1, 2, 4])
def test_an_office_that_grew_does_not_take_its_old_holidays_for_quiet_ones(growth):
    off = {MONDAY + timedelta(days=day) for day in range(20, 730, 36)}
    level = np.where(np.arange(730) < 365, 80, 80 * growth)
    found = fitted(past([level], kinds=lambda day: DayKind(day in off))).holiday

    assert found == pytest.approx(1, abs=0.03)


@pytest.mark.parametrize("growth", [0.5, 2])
def test_a_quiet_holiday_is_one_at_every_level(growth):
    off = {MONDAY + timedelta(days=day) for day in range(20, 730, 36)}
    quiet = np.array([0.3 if MONDAY + timedelta(days=day) in off else 1 for day in range(730)])
    level = np.where(np.arange(730) < 365, 80, 80 * growth) * quiet
    found = fitted(past([level], kinds=lambda day: DayKind(day in off))).holiday

    assert found == pytest.approx(0.3, abs=0.03)


def test_hours_that_repeat_are_told_better_than_by_a_copy_and_new_ones_not_at_all():
    rng = np.random.default_rng(2)
    shape = np.zeros((1, 140, 24))
    shape[:, :, 8:12] = rng.poisson(3, (1, 140, 4))
    history = History(groups=("",), first=MONDAY, counts=shape, kinds=ordinary)

    assert hourly_skill(history) == pytest.approx(1 - 1 / np.sqrt(2), abs=0.06)
    assert hourly_skill(history.until(30)) is None
    assert hourly_skill(replace(history, counts=shape * 0)) is None


def test_hours_that_follow_last_week_are_told_no_better():
    moving = np.zeros((1, 112, 24))
    moving[0, :, 9] = np.repeat(2.0 ** np.arange(16), 7)
    history = History(groups=("",), first=MONDAY, counts=moving, kinds=ordinary)

    told = hourly_skill(history)

    assert told is not None
    assert told < 0


def test_a_worked_weekend_is_like_a_working_day():
    def kinds(day):
        return DayKind.EXCHANGED if day == MONDAY + timedelta(days=145) else DayKind.ORDINARY

    history = past([np.tile([5, 5, 5, 5, 5, 0, 0], 20)], kinds=kinds)
    expected = fitted(history).expected(history, history.days, 7)[0, :, 0]

    assert expected[5] == pytest.approx(5, abs=0.15)
    assert expected[6] == pytest.approx(0, abs=0.1)


def test_hours_of_a_day_have_their_own_slots():
    counts = np.zeros((1, 56, 24))
    counts[:, :, 9] = 2
    history = History(groups=("1",), first=MONDAY, counts=counts, kinds=ordinary)
    expected = fitted(history).expected(history, 56, 1)[0, 0]

    assert expected[9] == pytest.approx(2, abs=0.1)
    assert expected.sum() == pytest.approx(2, abs=0.1)


def test_last_week_is_used_where_the_forecast_is_not_better():
    rising = np.repeat(2.0 ** np.arange(16), 7)

    assert outlook(past([rising])).method is Method.LAST_WEEK
    told = outlook(past([rising])).days
    assert {one.mean for one in told} == {rising[-1]}


def test_each_building_is_foretold_by_what_was_closer_there():
    rng = np.random.default_rng(4)
    steady, rising = rng.poisson(3, 112), np.repeat(2.0 ** np.arange(16), 7)
    found = outlook(past([steady, rising]), days=1)

    assert [one.method for one in found.days] == [Method.MODEL, Method.LAST_WEEK]
    assert found.days[1].mean == rising[-1]
    assert found.methods == {Method.MODEL: 1, Method.LAST_WEEK: 1}


def test_a_level_that_changed_is_followed_within_weeks():
    history = past([[10] * 140 + [4] * 28])

    assert fitted(history).expected(history, history.days, 1)[0, 0, 0] < 7


def test_the_band_around_a_copy_is_as_wide_as_that_building_needs():
    rng = np.random.default_rng(6)
    rising = np.repeat(2.0 ** np.arange(12), 7)
    loud, still = rising * rng.uniform(0.8, 1.2, 84).round(1), np.zeros(84)
    found = outlook(past([loud, *[still] * 20]), days=1)

    assert found.days[0].method is Method.LAST_WEEK
    assert found.days[0].high - found.days[0].low > 200
    assert all((one.low, one.high) == (0, 0) for one in found.days[1:])


def test_with_six_days_only_the_mean_is_told():
    found = outlook(past([[1, 0, 2, 0, 1, 2]]), days=3)

    assert found.method is Method.MEAN
    assert found.trial.weeks == 0
    assert [one.mean for one in found.days] == [1.0, 1.0, 1.0]
    assert [one.day for one in found.days] == [MONDAY + timedelta(days=6 + n) for n in range(3)]


def test_a_building_without_any_order_expects_none():
    found = outlook(past([[0] * 70, [3] * 70]))
    nothing = [one for one in found.days if one.group == "0"]

    assert all(one.mean < 0.6 and one.low == 0 for one in nothing)


def test_nothing_at_all_is_foretold_as_nothing():
    found = outlook(past([[0] * 70]))

    assert all((one.mean, one.low, one.high) == (0.0, 0, 0) for one in found.days)


def test_the_band_around_a_copy_of_last_week_holds_what_came_before():
    rng = np.random.default_rng(5)
    rising = np.repeat(2.0 ** np.arange(12), 7) + rng.integers(0, 3, 84)
    found = outlook(past([rising]))

    assert found.method is Method.LAST_WEEK
    assert all(one.low <= one.median <= one.high for one in found.days)
    assert found.days[0].high > rising[-7]
