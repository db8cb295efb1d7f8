"""The forecast as it is read from the book of an office."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from pmdesk import i18n
from pmdesk.analytics.demand.expected import Method
from pmdesk.analytics.demand.history import DayKind
from pmdesk.assets import asset
from pmdesk.domain.orders.kinds import Service
from pmdesk.errors import RefusedError
from pmdesk.services import forecast_words, forecasting
from pmdesk.services.rights import desk_settings
from tests.services.staffing.booked import book, line, weeks

TODAY = date(2026, 3, 2)  # a Monday
LONG = TODAY - timedelta(days=140)


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Sentences are compared as they stand in the code; the next test finds the old language."""
    for name in ("language", "catalogue"):
        monkeypatch.setattr(i18n._State, name, getattr(i18n._State, name))
    i18n.install("en", asset("locale"))


def test_without_orders_it_says_what_to_do(clerk):
    with pytest.raises(RefusedError, match="no orders before"):
        forecasting.past(clerk)


def test_each_building_is_foretold_from_its_own_days(manager):
    book(manager, weeks(LONG, 140, building="1"))
    book(manager, weeks(LONG, 140, (1, 0, 0, 0, 0, 0, 0), building="2"))
    seen = forecasting.past(manager)
    found = forecasting.foretold(seen, Service.REPAIR, 7)
    means = {(one.group, one.day): one.mean for one in found.outlook.days}

    assert seen.buildings == ("1", "2")
    assert (seen.first, seen.end, seen.last_order) == (LONG, TODAY, TODAY - timedelta(days=3))
    assert means[("1", TODAY)] == pytest.approx(3, abs=0.2)
    assert means[("2", TODAY)] == pytest.approx(1, abs=0.3)
    assert means[("1", TODAY + timedelta(days=5))] < 0.2


def test_a_day_in_the_past_knows_only_what_came_before_it(manager):
    book(manager, weeks(LONG, 140))
    early = LONG + timedelta(days=63)
    seen = forecasting.past(manager, early)

    assert seen.days == 63
    assert forecasting.foretold(seen, Service.REPAIR, 1).outlook.days[0].day == early
    with pytest.raises(RefusedError):
        forecasting.past(manager, LONG)


def test_a_building_without_an_order_is_told_of_and_expects_none(manager):
    book(manager, weeks(LONG, 140, building="1"))
    book(manager, [line(TODAY - timedelta(days=20), Service.CLEANING, "9")])
    found = forecasting.foretold(forecasting.past(manager), Service.REPAIR, 7)
    quiet = [one for one in found.outlook.days if one.group == "9"]

    assert len(quiet) == 7
    assert all((one.mean, one.low, one.high) == (0.0, 0, 0) for one in quiet)


def test_six_days_of_history_give_the_mean_and_say_that_it_is_a_hint(manager):
    book(manager, weeks(TODAY - timedelta(days=6), 6))
    seen = forecasting.past(manager)
    found = forecasting.foretold(seen, Service.REPAIR, 7)

    assert found.method is Method.MEAN
    assert found.score.series == 0
    words = forecast_words.skill_words(found.outlook, seen.days)
    assert "at least 4 weeks" in words
    assert "6 days" in words


@pytest.mark.parametrize("ago", [(40,), (1200, 400), (12_000,)])
def test_orders_of_long_ago_do_not_make_a_young_book_old(manager, ago):
    book(manager, weeks(TODAY - timedelta(days=6), 6))
    book(manager, [line(TODAY - timedelta(days=days)) for days in ago])
    seen = forecasting.past(manager)
    found = forecasting.foretold(seen, Service.REPAIR, 7)

    assert seen.days == 6
    assert found.method is Method.MEAN
    assert seen.unknown_years == ()


def test_a_book_that_was_not_kept_for_a_while_is_as_old_as_it_is(manager):
    book(manager, weeks(TODAY - timedelta(days=200), 100))
    book(manager, [line(TODAY - timedelta(days=1)) for _order in range(90)])  # a burst
    assert forecasting.past(manager).days == 200
    book(manager, weeks(TODAY - timedelta(days=20), 20))
    assert forecasting.past(manager).days == 200


def test_last_week_is_used_and_the_sentence_says_why(manager):
    rising = [
        line(LONG + timedelta(days=7 * week + day))
        for week in range(20)
        for day in range(7)
        for _order in range(round(1.2**week))
    ]
    book(manager, rising)
    found = forecasting.foretold(forecasting.past(manager), Service.REPAIR, 7)

    assert found.method is Method.LAST_WEEK
    words = forecast_words.skill_words(found.outlook, 140)
    assert words.startswith("Last week's numbers are used, because")
    assert f"{found.outlook.trial.model:.2f}" in words


def test_a_better_forecast_tells_by_how_much(manager):
    noisy = [
        line(LONG + timedelta(days=day)) for day in range(140) for _order in range((day * 7919) % 5)
    ]
    book(manager, noisy)
    found = forecasting.foretold(forecasting.past(manager), Service.REPAIR, 7)

    assert found.method is Method.MODEL
    skill = f"the median foretold was {found.outlook.trial.skill:.0%} closer than copying last week"
    words = forecast_words.skill_words(found.outlook, 140)
    assert skill in words
    assert "shown is the mean" in words


def test_how_many_buildings_copy_last_week_is_told(manager):
    noisy = [
        line(LONG + timedelta(days=day)) for day in range(140) for _order in range((day * 7919) % 5)
    ]
    rising = [
        line(LONG + timedelta(days=7 * week + day), building="9")
        for week in range(20)
        for day in range(7)
        for _order in range(round(1.2**week))
    ]
    book(manager, noisy)
    book(manager, rising)
    found = forecasting.foretold(forecasting.past(manager), Service.REPAIR, 7)

    words = forecast_words.skill_words(found.outlook, 140)
    assert words.endswith(
        "In 1 of 2 buildings last week's numbers are used, because over the last 12 weeks the "
        "forecast was not better there."
    )


def test_four_weeks_are_enough_for_a_forecast_but_not_for_a_test_of_it(manager):
    book(manager, weeks(TODAY - timedelta(days=30), 30))
    found = forecasting.foretold(forecasting.past(manager), Service.REPAIR, 7)

    assert found.method is Method.MODEL
    assert "not known" in forecast_words.skill_words(found.outlook, 30)


def test_holidays_of_the_country_and_of_the_office_reach_the_forecast(admin):
    book(admin, weeks(LONG, 140))
    desk_settings.put_day(admin, date(2026, 2, 6), working=False)
    kinds = forecasting.past(admin).services[Service.REPAIR].kinds

    assert kinds(date(2026, 2, 16)) is DayKind.OFF  # 春节
    assert kinds(date(2026, 2, 14)) is DayKind.EXCHANGED
    assert kinds(date(2026, 2, 6)) is DayKind.OFF
    assert kinds(date(2026, 2, 5)) is DayKind.ORDINARY


def test_days_of_one_run_come_on_top(manager):
    book(manager, weeks(LONG, 140))
    seen = forecasting.past(manager, days={date(2026, 3, 4): False})

    assert seen.services[Service.REPAIR].kinds(date(2026, 3, 4)) is DayKind.OFF


def test_a_year_whose_holidays_are_missing_is_named(admin):
    book(admin, weeks(date(2024, 11, 1), 480))
    seen = forecasting.past(admin)

    assert seen.unknown_years == (2024,)
    assert any("2024" in one for one in forecast_words.warnings(seen))
    desk_settings.put_day(admin, date(2024, 12, 31), working=False)
    assert forecasting.past(admin).unknown_years == ()


def test_holidays_are_missed_as_far_ahead_as_one_looks(admin):
    book(admin, weeks(LONG, 140))
    far = (date(TODAY.year + 1, 1, 1) - TODAY).days + 1

    assert forecasting.past(admin).unknown_years == ()
    assert forecasting.past(admin, ahead=far).unknown_years == (TODAY.year + 1,)


def test_where_nothing_came_for_weeks_no_skill_is_told(manager):
    book(manager, weeks(LONG, 140))
    book(manager, [line(LONG, Service.CLEANING, "9")])
    found = forecasting.foretold(forecasting.past(manager), Service.CLEANING, 7)

    words = forecast_words.skill_words(found.outlook, 140)
    assert words == "There were no orders of this kind in the last weeks."


def test_a_silent_book_is_told_of(manager):
    book(manager, weeks(LONG, 60))
    seen = forecasting.past(manager)

    assert seen.quiet == (TODAY - seen.last_order).days - 1
    assert any("choose a day" in one for one in forecast_words.warnings(seen))


def test_an_order_of_today_hides_no_silence_before_it(manager):
    book(manager, [*weeks(LONG, 60), line(TODAY)])
    seen = forecasting.past(manager)

    assert seen.last_order < LONG + timedelta(days=60)
    assert seen.quiet > 60


def test_an_old_order_and_one_of_today_are_nothing_to_foretell_from(manager):
    """As in a new office that brought along what was open for years."""
    old = TODAY - timedelta(days=1000)
    book(manager, [line(old), line(TODAY)])

    with pytest.raises(RefusedError, match="too old") as refusal:
        forecasting.past(manager)
    assert refusal.value.places["last"] == old.isoformat()


def test_a_quiet_month_is_nothing_unusual(manager):
    book(manager, weeks(LONG, 130))

    assert forecasting.past(manager).quiet == 0


def test_the_hours_of_a_day_add_up_to_it(manager):
    book(manager, weeks(LONG, 140, hour=9))
    seen = forecasting.past(manager, hours=True)
    found = forecasting.foretold(seen, Service.REPAIR, 7, hours=True)
    busiest = found.outlook.days[0]

    assert sum(one.mean for one in found.hours[busiest]) == pytest.approx(busiest.mean)
    assert max(found.hours[busiest], key=lambda one: one.mean).hour in {9, 10, 11}
    assert all(one.low <= one.high for one in found.hours[busiest])


def test_orders_without_a_time_have_no_hours(manager):
    book(manager, weeks(LONG, 140))
    seen = forecasting.past(manager, hours=True)

    assert not seen.hourly
    with pytest.raises(RefusedError, match="no time of day"):
        forecasting.foretold(seen, Service.REPAIR, 7, hours=True)


def test_reading_names_nobody(manager):
    book(manager, weeks(LONG, 60))
    told = forecasting.foretold(forecasting.past(manager), Service.REPAIR, 2)

    assert "大堂" not in json.dumps([str(one) for one in told.outlook.days])


def test_a_picture_sums_what_was_chosen(manager):
    book(manager, weeks(LONG, 140, building="1", hour=9))
    book(manager, weeks(LONG, 140, (0, 2, 0, 0, 0, 0, 0), building="2", hour=9))
    book(manager, weeks(LONG, 140, (1,) * 7, building="2", service=Service.CLEANING, hour=9))
    seen = forecasting.past(manager, hours=True)
    tuesday = TODAY - timedelta(days=6)
    every, one, quiet = (
        forecasting.view(seen),
        forecasting.view(seen, Service.REPAIR, "2"),
        forecasting.view(seen, Service.SECURITY),
    )

    assert dict(every.past)[tuesday] == 4
    assert dict(one.past)[tuesday] == 2
    assert len(every.past) == forecasting.SHOWN
    assert len(one.outlook.days) == len(one.hours) == 7
    assert sum(every.hours[1]) == pytest.approx(every.outlook.days[1].mean)
    assert {count for _day, count in quiet.past} == {0}
    assert every.kinds[date(2026, 2, 16)] == DayKind.OFF


def test_a_forecast_that_is_just_as_good_is_not_called_worse(manager):
    book(manager, weeks(LONG, 140, (0, 0, 0, 0, 0, 0, 1)))
    found = forecasting.foretold(forecasting.past(manager), Service.REPAIR, 7).outlook
    even = replace(found.trial, model=1.0, last_week=1.0)
    copied = tuple(replace(one, method=Method.LAST_WEEK) for one in found.days)
    told = forecast_words.skill_words(replace(found, days=copied, trial=even), 140)

    assert "no better: both were off by 1.00" in told


def test_hours_say_how_good_they_were():
    assert "27% closer" in forecast_words.hour_words(0.27)
    assert "no closer" in forecast_words.hour_words(0.0)
    assert "too little history" in forecast_words.hour_words(None)
