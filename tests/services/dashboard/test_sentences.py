"""What the cards say in words is true, also of what they do not show."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pmdesk.analytics.figures import Gap
from pmdesk.domain.dashboard import CardKey, CardState, Period, Scope, scope_of
from pmdesk.domain.orders.kinds import Service
from pmdesk.services.dashboard import demand, desk, going_out
from tests.services.dashboard.book import TODAY, cells, days_ago, repair
from tests.services.watch.events import BUILDINGS, entered, settled

QUARTER = scope_of(Period.QUARTER, TODAY)
CAREFUL = "Of the numbers that may be shown: "
SUNDAY = 6


@pytest.fixture
def manager(office):
    settled(office)
    return office.session("manager")


def weekly(sunday=3, other=8, days=100, **changes):
    """The same every week: on Sundays so many homes, on other days so many."""
    return [
        repair(100 * back + at, BUILDINGS[at], back % 40 + 1, day, **changes)
        for back in range(1, days)
        for day in [days_ago(back)]
        for at in range(sunday if day.weekday() == SUNDAY else other)
    ]


def test_the_largest_number_shown_need_not_be_the_largest(busy):
    session = busy.session("manager")
    year = scope_of(Period.YEAR, session.clock.today())

    when, tiers = (desk.card(session, key, year) for key in (CardKey.WHEN, CardKey.TIERS))

    for card in (when, tiers):
        told = [cell for one in card.figures for series in one.series for cell in series.cells]
        assert any(cell.gap is Gap.HIDDEN for cell in told)
        assert card.answer.startswith(CAREFUL)


def test_where_all_is_shown_the_largest_is_the_largest(office, manager):
    entered(office, weekly(sunday=8))

    card = desk.card(manager, CardKey.WHEN, QUARTER)

    assert card.answer.startswith("Most of all ")


def test_a_tier_of_few_homes_is_hidden_however_often_it_asks(busy):
    session = busy.session("manager")
    year = scope_of(Period.YEAR, session.clock.today())
    homes = dict(
        busy.sql(
            "SELECT tier, count(*) FROM (SELECT o.unit, max(c.tier) AS tier FROM occupancy o "
            "JOIN classification c ON c.person = o.person GROUP BY o.unit) GROUP BY tier"
        )
    )

    card = desk.card(session, CardKey.TIERS, year)

    (figure,) = card.figures
    few = [at for at, count in homes.items() if count < 20]
    assert len(few) == 2
    names = ", ".join(figure.categories[at] for at in few)
    assert f"Tiers with fewer than 20 homes have no numbers here: {names}." in card.notes
    for at in few:
        assert all(one.cells[at].gap is Gap.HIDDEN for one in figure.series[: len(Service)])


def test_numbers_that_are_all_hidden_are_not_few_orders(busy, monkeypatch):
    """Beside what was seen before nothing may be shown; nobody is told that little was asked."""
    session = busy.session("manager")
    year = scope_of(Period.YEAR, session.clock.today())
    monkeypatch.setattr(demand, "FEWEST_HOMES", 1_000)

    first = desk.card(session, CardKey.TIERS, year)
    desk.card(session, CardKey.LOAD, year)
    later = desk.card(session, CardKey.TIERS, year)

    assert first.state is CardState.TOO_SMALL
    assert later.state is CardState.REFUSED
    assert "subtraction" in later.answer


def test_orders_of_homes_without_residents_did_come(office, manager):
    entered(office, weekly())

    card = desk.card(manager, CardKey.TIERS, QUARTER)

    assert card.state is CardState.EMPTY
    assert "no resident is registered" in card.answer
    assert card.remedy.startswith("Register residents")
    empty = desk.card(manager, CardKey.TIERS, replace(QUARTER, services=(Service.SECURITY,)))
    assert empty.answer == "No orders came in this period."


def test_orders_without_a_time_of_day_did_come(office, manager):
    entered(office, [replace(one, hour=None) for one in weekly()])

    assert "no time of day" in desk.card(manager, CardKey.WHEN, QUARTER).answer


# ---- the coming week -------------------------------------------------------------------------


def test_a_copy_of_last_week_does_not_tell_its_hidden_days(office, manager):
    entered(office, weekly())

    card = desk.card(manager, CardKey.STAFF, QUARTER)

    assert any("last week" in note for note in card.notes)
    past, *coming = (cells(card, "hands", key) for key in ("past", "expected", "low", "high"))
    sundays = [day for day in past if date.fromisoformat(day).weekday() == SUNDAY]
    assert len(sundays) == 3
    for told in coming:
        assert told[sundays[-1]] is None
        assert told[(TODAY + timedelta(days=1)).isoformat()] == 8
    assert [past[day] for day in sundays] == [None] * 3
    assert "not told" in card.answer


def test_a_silent_book_and_unknown_holidays_are_told(office, manager):
    entered(office, weekly())
    office.clock.advance(days=60)
    quiet = desk.card(manager, CardKey.STAFF, QUARTER)
    office.clock.advance(days=600)
    unknown = desk.card(manager, CardKey.STAFF, QUARTER)

    assert any("No order came for 60 days" in note for note in quiet.notes)
    assert quiet.answer == "Hardly any orders are expected in the next 7 days."
    assert any("holidays of 2027" in note for note in unknown.notes)


def test_an_order_of_today_hides_no_silence_before_it(office, manager):
    entered(office, weekly())
    office.clock.advance(days=60)
    entered(office, [repair(0, BUILDINGS[0], 1, office.clock.today())])

    card = desk.card(manager, CardKey.STAFF, QUARTER)

    assert any("No order came for 60 days" in note for note in card.notes)


def test_an_empty_building_is_not_a_young_book(office, manager):
    entered(office, weekly())

    card = desk.card(manager, CardKey.STAFF, replace(QUARTER, buildings=("8",)))
    assert card.state is CardState.SHOWN
    entered(office, [])
    none = desk.card(manager, CardKey.STAFF, replace(QUARTER, services=(Service.SECURITY,)))

    assert none.state is CardState.EMPTY
    assert "4 weeks" not in none.answer
    assert "import" not in none.remedy


def test_an_order_of_long_ago_does_not_make_a_young_book_old(office, manager):
    entered(office, [*weekly(days=7), repair(1, BUILDINGS[0], 1, days_ago(400))])

    for scope in (QUARTER, replace(QUARTER, services=(Service.REPAIR,))):
        card = desk.card(manager, CardKey.STAFF, scope)
        assert card.answer == "A forecast needs at least 4 weeks of orders; there are 6 days."


# ---- of which day, by which rules ------------------------------------------------------------


def test_each_card_tells_of_its_own_day_and_rules(office, manager):
    """A report of an old month has people as they are today, and orders as they came then."""
    entered(office, weekly())
    old = Scope(since=date(2026, 1, 1), until=date(2026, 2, 1))
    active = office.session("admin").clock.today()

    told = {key: desk.card(manager, key, old) for key in CardKey}

    for key in (CardKey.MOVES, CardKey.FAIR, CardKey.CONSENT):
        assert (told[key].as_of, told[key].version) == (active, 1)
    for key in (CardKey.WHEN, CardKey.LOAD, CardKey.DISPUTES):
        assert (told[key].as_of, told[key].version) == (date(2026, 1, 31), None)
    assert told[CardKey.TIERS].version == 1
    assert told[CardKey.STAFF].as_of == TODAY - timedelta(days=1)
    assert "no rules were in force then" in going_out.source(told[CardKey.WHEN])
    assert "rules in force now: version 1" in going_out.source(told[CardKey.TIERS])

    office.clock.advance(days=60)
    later = desk.card(manager, CardKey.WHEN, scope_of(Period.MONTH, manager.clock.today()))
    assert (later.as_of, later.version) == (date(2026, 4, 30), 1)
    assert "rules in force then: version 1" in going_out.source(later)
