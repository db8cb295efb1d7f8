"""What waits and what is late: the two sides of one card tell nothing of each other."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pmdesk.analytics.rounding import rounded
from pmdesk.domain.dashboard import CardKey, CardState, Period, Scope, scope_of
from pmdesk.domain.orders.order import OrderState
from pmdesk.domain.progress import silent
from pmdesk.services.dashboard import desk
from pmdesk.services.monthly import report
from tests.services.dashboard.book import TODAY, cells, days_ago, repair
from tests.services.watch.events import BUILDINGS, entered, settled

QUARTER = scope_of(Period.QUARTER, TODAY)
HOMES = [(building, room) for building in BUILDINGS for room in range(1, 41)]


@pytest.fixture
def manager(office):
    settled(office)
    return office.session("manager")


def load(session, scope=QUARTER):
    return desk.card(session, CardKey.LOAD, scope)


def daily(is_open, count=17):
    """Two months of orders of so many homes a day, of which some are open."""
    dice = random.Random(1)
    return [
        repair(
            100 * back + at, *home, days_ago(back), done=not is_open(back, at), late=at in (3, 4)
        )
        for back in range(1, 60)
        for at, home in enumerate(dice.sample(HOMES, count))
    ]


def test_no_other_number_tells_of_a_hidden_age(office, manager):
    """One home has waited for 4 to 7 days: what came then, and was done of it, says no number."""
    opened = {1: 9, 2: 2, 3: 2, 5: 1, 9: 8, 20: 8}
    entered(office, daily(lambda back, at: at < opened.get(back, 0)))
    band = Scope(since=days_ago(7), until=days_ago(3))

    whole, part = load(manager), load(manager, band)
    came = cells(desk.card(manager, CardKey.STAFF, QUARTER), "hands", "past")

    assert cells(whole, "open_by_age", "orders")["7"] is None
    told = cells(part, "in_time", "count")
    assert len(told) == 1
    assert "Not late: " in part.answer  # of a single month none is the last one
    assert "in the last month" in whole.answer
    exact = sum(came[days_ago(back).isoformat()] for back in (7, 6, 5, 4))
    assert sum(told.values()) == rounded(int(exact), 5) != exact


@pytest.mark.parametrize(("opened", "is_told"), [(14, False), (17, True), (12, True)])
def test_what_is_open_does_not_tell_that_few_are_done(office, manager, opened, is_told):
    """Another card tells that 17 came yesterday; so 14 that are open would tell of three homes."""
    waits = {1: opened, 5: 8, 9: 8, 20: 8}
    entered(office, daily(lambda back, at: at < waits.get(back, 0)))

    told = cells(load(manager), "open_by_age", "orders")

    assert told["1"] == (rounded(opened, 5) if is_told else None)
    assert sum(one is None for one in told.values()) == (0 if is_told else 2)


def test_what_is_overdue_and_open_counts_as_late(office, manager):
    """Half of the work is late and was never closed."""
    entered(
        office,
        [repair(at, *home, days_ago(40), done=at % 2 == 0, late=at % 2 == 1)
         for at, home in enumerate(HOMES[:80])],
    )  # fmt: skip

    card = load(manager)

    assert cells(card, "in_time", "share")["2026-01-01"] == 50
    assert "50 %" in card.answer
    assert "40 of them are overdue" in card.answer
    assert "2026-03-02" in card.answer


@pytest.mark.parametrize(
    "changes",
    [
        {"state": OrderState.CANCELLED, "finished_at": None},
        {"state": OrderState.MERGED, "finished_at": None},
        {"due_at": None},
        {"state": OrderState.NEW, "finished_at": None, "closed_at": None, "due_at": None},
        {
            "state": OrderState.WAITING,
            "finished_at": None,
            "closed_at": None,
            "paused_since": datetime(2026, 1, 21, 3, tzinfo=UTC),
        },
    ],
)
def test_what_nobody_owes_is_not_late(office, manager, changes):
    day = days_ago(40)
    homes = enumerate(HOMES[:60])
    entered(office, [repair(at, *home, day, **(changes if at < 30 else {})) for at, home in homes])

    assert cells(load(manager), "in_time", "share")["2026-01-01"] == 100


def test_all_that_came_is_counted_however_it_ended(office, manager):
    def ending(at):
        return ({}, {"late": True}, {"done": False}, {"done": False, "late": True})[at % 4]

    homes = enumerate(HOMES[:80])
    entered(office, [repair(at, *home, days_ago(40), **ending(at)) for at, home in homes])

    card = load(manager)

    assert cells(card, "in_time", "count")["2026-01-01"] == 80
    assert cells(card, "in_time", "share")["2026-01-01"] == 50


@pytest.mark.parametrize(("late", "said"), [(0, "None of them is overdue"), (3, ""), (30, "30 of")])
def test_how_many_are_overdue_is_told_where_they_are_many_or_none(office, manager, late, said):
    homes = enumerate(HOMES[:60])
    entered(
        office, [repair(at, *home, days_ago(12), done=False, late=at < late) for at, home in homes]
    )

    answer = load(manager).answer

    assert said in answer
    assert ("overdue" in answer) == bool(said)


@pytest.mark.parametrize(("homes", "is_told"), [(19, False), (20, True)])
def test_few_homes_that_wait_are_not_told_of(office, manager, homes, is_told):
    """Twenty homes must stand behind what is open, however few suffice for a single number."""
    entered(office, daily(lambda _back, _at: False))
    waiting = enumerate(HOMES[:homes])
    entered(office, [repair(10_000 + at, *home, days_ago(12), done=False) for at, home in waiting])

    card = load(manager)

    assert card.state is CardState.SHOWN
    assert [one.key for one in card.figures if one.key == "open_by_age"] == (
        ["open_by_age"] if is_told else []
    )
    assert (str(homes) in card.answer) is is_told


def test_an_order_becomes_late_by_itself(office, manager):
    homes = enumerate(HOMES[:60])
    entered(
        office,
        [repair(at, *home, days_ago(2), done=at < 30) for at, home in homes],
    )
    scope = Scope(since=days_ago(3), until=days_ago(1))
    before = load(manager, scope)

    office.clock.advance(days=70)
    after = load(manager, replace(scope))

    assert cells(before, "in_time", "share")[days_ago(3).isoformat()] == 100
    assert cells(after, "in_time", "share")[days_ago(3).isoformat()] == 50
    assert timedelta(0) < manager.clock.today() - TODAY


@pytest.mark.parametrize(
    ("came", "said"),
    [(0, "No orders came in this period."), (25, "is hidden to protect people.")],
)
def test_a_month_of_which_no_share_is_told_says_why_also_in_its_report(office, manager, came, said):
    """What waits is told all the same, and stands apart from the month in the report."""
    waiting = [repair(at, *home, days_ago(40), done=False) for at, home in enumerate(HOMES[:60])]
    homes = enumerate(HOMES[100 : 100 + came], 1_000)
    month = [repair(at, *home, days_ago(9), late=at < 1_002) for at, home in homes]
    entered(office, [*waiting, *month])

    card = load(manager, scope_of(Period.MONTH, TODAY))
    made = report.compiled(manager, scope_of(Period.MONTH, TODAY).since, silent)

    assert card.state is CardState.SHOWN
    assert card.answer.endswith(said)
    assert next(one for one in made.cards if one.key is CardKey.LOAD).answer.endswith(said)
    assert "60 orders are open" in made.today[0].answer
    assert said not in made.today[0].answer


@pytest.mark.parametrize("period", [Period.SO_FAR, Period.THIS_QUARTER])
def test_on_its_first_day_a_period_up_to_last_week_has_nothing_to_tell_yet(office, manager, period):
    waiting = [repair(at, *home, days_ago(40), done=False) for at, home in enumerate(HOMES[:60])]
    entered(office, waiting)
    office.clock.advance(days=30)
    scope = scope_of(period, manager.clock.today())
    cards = {key: desk.card(manager, key, scope) for key in CardKey}

    assert (scope.since.day, scope.days) == (1, 0)
    assert all(card.answer for card in cards.values())
    assert cards[CardKey.LOAD].answer.endswith("No orders came in this period.")
    assert [one.key for one in cards[CardKey.LOAD].figures] == ["open_by_age"]
