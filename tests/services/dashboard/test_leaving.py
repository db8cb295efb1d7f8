"""What left the program lies around in the office: what leaves later must be safe beside it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pmdesk.domain.dashboard import CardKey, CardState, Period, scope_of
from pmdesk.errors import RefusedError
from pmdesk.services.dashboard import desk, going_out
from pmdesk.services.monthly import report
from tests.services.dashboard.book import TODAY, days_ago, repair
from tests.services.watch.events import BUILDINGS, entered, settled

MONTH = scope_of(Period.MONTH, TODAY)
SHORT = replace(MONTH, until=MONTH.until - timedelta(days=1))  # without a day of three homes
CALM = scope_of(Period.MONTH, date(2026, 2, 10))  # another month


@pytest.fixture
def office_of_two(office):
    """Two managers; on the last day of the month three homes called, on all others eight."""
    settled(office)
    entered(
        office,
        [
            repair(100 * back + at, BUILDINGS[at], back % 40 + 1, days_ago(back), late=at % 5 == 0)
            for back in range(1, 80)
            for at in range(3 if back == 2 else 8)
        ],
    )
    return office.session("manager"), office.session("manager2")


def load(session, scope):
    return desk.card(session, CardKey.LOAD, scope)


def test_two_managers_cannot_carry_out_what_one_may_not(office_of_two):
    """Each sees one period; beside each other the two files would tell of a day's three homes."""
    one, other = office_of_two
    going_out.handed_out(one, load(one, MONTH), "csv")
    short = load(other, SHORT)

    with pytest.raises(RefusedError) as refused:
        going_out.handed_out(other, short, "csv")

    assert short.state is CardState.SHOWN
    assert refused.value.remedy


def test_what_only_was_looked_at_holds_nobody_back(office_of_two):
    one, other = office_of_two
    load(one, MONTH)
    short = load(other, SHORT)

    going_out.handed_out(other, short, "csv")

    assert short.state is CardState.SHOWN


def test_the_same_card_leaves_as_often_as_anybody_likes(office, office_of_two):
    one, other = office_of_two
    for session in (one, other, one):
        for key in CardKey:
            going_out.handed_out(session, desk.card(session, key, MONTH), "csv")
    going_out.handed_out(one, load(one, CALM), "png")

    uids = {uid for (uid,) in office.sql("SELECT DISTINCT uid FROM shown_view")}
    assert desk.OUTSIDE in uids


def test_a_card_that_must_stay_leaves_no_trace(office, office_of_two):
    one, other = office_of_two
    going_out.handed_out(one, load(one, MONTH), "csv")
    left = office.sql("SELECT count(*) FROM shown_view WHERE uid = '*'")
    short = load(other, SHORT)

    with office.logged() as acts, pytest.raises(RefusedError):
        going_out.handed_out(other, short, "csv")

    assert not acts
    assert office.sql("SELECT count(*) FROM shown_view WHERE uid = '*'") == left


def test_a_report_leaves_out_the_card_that_must_stay(office_of_two):
    one, other = office_of_two
    going_out.handed_out(one, load(one, SHORT), "csv")

    made = report.compiled(other, MONTH.since, lambda *_: None)

    (kept,) = [one for one in made.cards if one.key is CardKey.LOAD]
    assert kept.state is CardState.REFUSED
    assert not kept.figures
    assert kept.remedy
    assert any(one.figures for one in (*made.cards, *made.today))


def test_a_card_that_shows_more_than_may_leave_stays_without_a_trace(busy):
    """It was made when other numbers were in the book, of which none was too small."""
    manager = busy.session("manager")
    card = desk.card(manager, CardKey.WHEN, scope_of(Period.YEAR, manager.clock.today()))
    bold = replace(card, told=frozenset(replace(one, hidden=frozenset()) for one in card.told))

    assert not desk.may_leave(manager, bold)
    assert not busy.sql("SELECT count(*) FROM shown_view WHERE uid = '*'")[0][0]


def test_what_hides_more_than_it_must_may_leave(busy):
    """The account saw other views before, which nobody carried out."""
    manager, fresh = busy.session("manager"), busy.session("manager2")
    month, quarter = (
        scope_of(one, manager.clock.today()) for one in (Period.MONTH, Period.QUARTER)
    )
    desk.card(manager, CardKey.WHEN, month)

    card = desk.card(manager, CardKey.WHEN, quarter)

    assert card.state is CardState.SHOWN
    assert card.told != desk.card(fresh, CardKey.WHEN, quarter).told
    assert desk.may_leave(manager, card)
