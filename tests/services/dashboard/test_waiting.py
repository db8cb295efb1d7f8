"""What waits and what is late: the two sides of one card tell nothing of each other."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pmdesk.analytics.rounding import rounded
from pmdesk.domain.dashboard import CardKey, CardState, Period, Scope, scope_of
from pmdesk.domain.orders.order import OrderState
from pmdesk.services.dashboard import desk
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
