"""What the cards tell of an office of a few hundred homes, and that other pages tell the same."""

import pytest

from pmdesk.domain.dashboard import CardKey, CardState, Period, scope_of
from pmdesk.domain.orders.order import OrderState
from pmdesk.i18n import _
from pmdesk.services.dashboard import desk, load
from pmdesk.services.watch import hot_spots
from tests.services.watch.events import PAST, entered, hot, line


def quarter(session):
    return scope_of(Period.QUARTER, session.clock.today())


def series(figure, key):
    return next(one.cells for one in figure.series if one.key == key)


def test_shares_in_time_are_of_months_where_weeks_have_few_homes(busy):
    manager = busy.session("manager")

    card = desk.card(manager, CardKey.LOAD, quarter(manager))

    (figure,) = [one for one in card.figures if one.key == "in_time"]
    shown = [cell for cell in series(figure, "share") if cell.value is not None]
    assert [key[-2:] for key in figure.category_keys] == ["01"] * 3
    assert len(shown) == 3
    assert "month" in figure.answer
    assert _("By the month in which an order came.") in figure.note


def test_a_large_office_has_a_point_for_each_week(busy, monkeypatch):
    monkeypatch.setattr(load, "SMALL_OFFICE", 1)
    manager = busy.session("manager")

    card = desk.card(manager, CardKey.LOAD, quarter(manager))

    (figure,) = [one for one in card.figures if one.key == "in_time"]
    assert len(figure.categories) > 10
    assert "month" not in figure.answer


def test_the_busiest_hour_of_all_services_is_a_sentence(busy):
    manager = busy.session("manager")

    card = desk.card(manager, CardKey.WHEN, quarter(manager))

    assert "Most orders come on " in card.answer
    assert card.answer.endswith(", all services together.")


def test_data_for_the_outlook_reach_to_yesterday(busy):
    manager = busy.session("manager")
    today = manager.clock.today()

    card = desk.card(manager, CardKey.STAFF, quarter(manager))

    assert (today - card.as_of).days == 1
    assert desk.card(manager, CardKey.WHEN, quarter(manager)).as_of < card.as_of


@pytest.fixture
def complaining(office):
    """Building 3 complains; one home does so again and again, and some take it back."""
    hot(office)
    again = [line(20_000 + n, building="3", room="101", day=PAST) for n in range(9)]
    gone = [
        line(30_000 + n, building="3", room=f"{30 + n}01", day=PAST, state=state)
        for n, state in enumerate([OrderState.MERGED, OrderState.CANCELLED] * 4)
    ]
    entered(office, [*again, *gone])
    return office.session("manager")


def test_the_card_on_disputes_counts_as_the_page_on_hot_spots(complaining):
    card = desk.card(complaining, CardKey.DISPUTES, quarter(complaining))
    page = hot_spots.hot_spots(complaining)

    assert card.state is CardState.SHOWN
    (figure,) = card.figures
    at = figure.categories.index("Building 3")
    other = page.figure.categories.index("Building 3")
    assert series(figure, "events")[at].value == 20
    assert series(page.figure, "events")[other].value == 20
    others = [cell.value for place, cell in enumerate(series(figure, "events")) if place != at]
    assert set(others) <= {None}
