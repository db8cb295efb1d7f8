"""The card on disputes tells nothing of what it hides, and reckons from what it tells."""

from array import array
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmdesk.analytics.dashboard.marks import SERVICES, number
from pmdesk.analytics.hot_spots import Place, rates
from pmdesk.analytics.rounding import is_hidden, rounded
from pmdesk.domain.dashboard import CardKey, CardState, Scope
from pmdesk.domain.orders.kinds import Service
from pmdesk.services.dashboard import desk
from pmdesk.store.orders.marks import SqlOrderMarks, SqlSeenViews

BASE, HOMES = 5, 70
SCOPE = Scope(since=date(2025, 12, 1), until=date(2026, 3, 1))
NOW, BEFORE = number(date(2025, 12, 10)), number(date(2025, 9, 10))
OFTEN = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
COUNTS = st.lists(
    st.tuples(st.integers(0, 60), st.one_of(st.integers(0, 7), st.integers(8, 60))),
    min_size=3,
    max_size=6,
)


def packed(day, service, building, home):
    """One order as the store packs it."""
    what = ((day << 5 | 11) << 3 | SERVICES.index(service)) << 2 | 1
    return (what << 14 | building) << 24 | (building * 100 + home if home else 0)


def orders(world):
    """Each home of each building asks once in both periods, some of them to complain."""
    for building, counts in enumerate(world, start=1):
        for day, complaints in zip((BEFORE, NOW), counts, strict=True):
            for home in range(1, HOMES + 1):
                service = Service.COMPLAINT if home <= complaints else Service.REPAIR
                yield packed(day, service, building, home)


@pytest.fixture
def card(manager, monkeypatch):
    """What an account that saw nothing before sees of these orders."""
    monkeypatch.setattr(SqlSeenViews, "of", lambda _self, _uid: ())
    monkeypatch.setattr(SqlSeenViews, "add", lambda *_given: None)
    monkeypatch.setattr(SqlOrderMarks, "overdue", lambda *_given: array("q"))

    def seen(found, buildings=9):
        found = list(found)

        def within(_self, since, until):
            return array("q", [one for one in found if number(since) <= one >> 48 < number(until)])

        names = {str(at): at for at in range(1, buildings + 1)}
        monkeypatch.setattr(SqlOrderMarks, "within", within)
        monkeypatch.setattr(SqlOrderMarks, "buildings", lambda _self: names)
        return desk.card(manager, CardKey.DISPUTES, SCOPE)

    return seen


def told(count):
    return is_hidden(count, BASE), rounded(count, BASE)


@OFTEN
@given(COUNTS, st.randoms(use_true_random=False))
def test_worlds_that_are_told_alike_look_alike(card, counts, dice):
    """Which number is hidden, or rounded: no formula tried backwards can tell."""
    twin = [
        tuple(dice.choice([n for n in range(HOMES) if told(n) == told(one)]) for one in pair)
        for pair in counts
    ]
    first, second = card(orders(counts)), card(orders(twin))
    assert first == second
    assert [figure.table() for figure in first.figures] == [
        figure.table() for figure in second.figures
    ]


@OFTEN
@given(COUNTS)
def test_what_is_shown_follows_from_what_is_told_alone(card, counts):
    shown = card(orders(counts))
    if shown.state is not CardState.SHOWN:
        return
    (figure,) = shown.figures
    cells = {one.key: one.cells for one in figure.series}
    events = [cell.value for cell in cells["events"]]
    assert all(value is None or value % BASE == 0 for value in events)
    again = rates(
        [
            Place(key=str(at), complaints=BASE / 2 if value is None else value, exposure=HOMES)
            for at, value in enumerate(events)
        ]
    )
    for one in again:
        if events[int(one.key)] is not None:
            assert cells["rate"][int(one.key)].value == pytest.approx(100 * one.mean)
            assert cells["high"][int(one.key)].value == pytest.approx(100 * one.high)


def test_homes_that_complained_in_one_month_only_are_not_found_by_months():
    """Twenty homes each month, seventeen of them the same: 23 of both are told as 25, 20 as 20."""
    assert [rounded(count, BASE) for count in (20, 20, 23)] == [20, 20, 25]
    assert {rounded(20 + new, BASE) for new in (3, 4, 5)} == {25}


def test_a_building_of_few_homes_is_no_part_of_what_is_reckoned(card):
    """Not even its orders are told, so that nothing may depend on them."""
    shown = []
    for complaints in (1, 12):
        few = [
            packed(NOW, Service.COMPLAINT if n < complaints else Service.REPAIR, 4, n % 3 + 1)
            for n in range(30)
        ]
        shown.append(card([*orders([(20, 20), (10, 10), (10, 10)]), *few], 4))
    assert shown[0].state is CardState.SHOWN
    assert shown[0].figures == shown[1].figures
    assert "Building 4" not in shown[0].figures[0].categories
