"""A manager lands on two charts, which are counted once the page stands; nobody else does."""

from dataclasses import replace

import pytest

from pmdesk.analytics.figures import NO_DATA
from pmdesk.domain import office as kinds
from pmdesk.domain.dashboard import CardKey
from pmdesk.domain.office import Changes
from pmdesk.errors import StorageError
from pmdesk.services.dashboard import desk
from pmdesk.ui.dashboard.home_charts import KEYS, HomeCharts
from tests.ui.dashboard import answers


@pytest.fixture
def landed(said, manager, tasks, shown, settled):
    """The charts of a manager, counted."""
    part = shown(HomeCharts(manager, tasks))
    part.count()
    settled()
    return part


def test_hands_and_what_waits_are_told_and_lead_to_all_charts(landed, qtbot):
    assert tuple(landed.cards) == KEYS
    assert [card.answer.text() for card in landed.cards.values()] == [
        "staff：答案。",
        "load：答案。",
    ]
    assert not any(card.menu.isVisible() for card in landed.cards.values())
    aside = landed.cards[CardKey.STAFF].aside
    more = aside.itemAt(aside.count() - 1).widget()
    with qtbot.waitSignal(landed.page_requested) as asked:
        more.click()
    assert asked.args == ["charts"]


def test_one_that_fails_leaves_the_other(landed, said, settled):
    said.states[CardKey.STAFF] = StorageError("gone", "again")
    landed.count()
    settled()
    assert landed.cards[CardKey.STAFF].trouble.sentence
    assert landed.cards[CardKey.STAFF].shown is not None
    assert not landed.cards[CardKey.LOAD].trouble.sentence


def test_a_fault_of_the_program_ends_one_card_and_another_try_counts_both(
    landed, said, settled, qtbot
):
    said.states[CardKey.STAFF] = ZeroDivisionError("planted")
    said.asked.clear()
    with qtbot.capture_exceptions() as faults:
        landed.count()
        settled()
    assert [kind for kind, _error, _trace in faults] == [ZeroDivisionError]
    assert "没能算出来" in landed.cards[CardKey.STAFF].trouble.sentence
    assert [key for key, _scope in said.asked] == list(KEYS)

    del said.states[CardKey.STAFF]
    landed.cards[CardKey.STAFF].trouble.action.click()
    settled()
    assert not landed.cards[CardKey.STAFF].trouble.sentence
    assert [key for key, _scope in said.asked] == [*KEYS, *KEYS]


def test_what_is_counted_anew_goes_on_alone(landed, said, settled):
    said.asked.clear()
    landed.count()
    landed.count()
    settled()

    assert [key for key, _scope in said.asked].count(CardKey.LOAD) == 1


def test_signing_in_does_not_wait_for_them_and_news_of_orders_count_once(
    said, manager, tasks, shown
):
    part = shown(HomeCharts(manager, tasks))
    assert not said.asked
    part._soon.stop()
    part.reload(Changes.of(kinds.STAFF))
    assert not part._soon.isActive()
    part.reload(Changes.of(kinds.ORDERS))
    part.reload(Changes.of(kinds.ORDERS))
    assert part._soon.isActive()
    assert not said.asked


@pytest.mark.parametrize("login", ["clerk", "reviewer", "admin"])
def test_other_roles_land_without_charts(said, peopled, tasks, shown, login):
    part = HomeCharts(peopled.session(login), tasks)
    assert not part.cards
    assert not part.isVisible()
    part.count()
    assert not said.asked


@pytest.mark.parametrize(("able", "days"), [(12.0, ""), (9.5, "03-04"), (None, "")])
def test_days_that_the_roster_cannot_do_are_named(landed, settled, monkeypatch, qtbot, able, days):
    """The made-up forecast has ten orders on the third day, and on the sixth without a roster."""
    figure = answers.outlook()
    roster = figure.series[-1]
    cells = tuple(NO_DATA if able is None else replace(one, value=able) for one in roster.cells)
    cells = (*cells[:-2], NO_DATA, NO_DATA)
    made = replace(figure, series=(*figure.series[:-1], replace(roster, cells=cells)))
    monkeypatch.setattr(
        desk, "card", lambda _session, key, scope: answers.answer(key, scope=scope, figures=(made,))
    )
    landed.count()
    settled()
    assert landed.short.sentence.endswith(days)
    assert landed.short.isVisible() is bool(days)
    if days:
        with qtbot.waitSignal(landed.page_requested) as asked:
            landed.short.action.click()
        assert asked.args == ["staffing"]
