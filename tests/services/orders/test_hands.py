"""Who is offered an order: everybody who could do it, who is there and able first."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.moving import Terms
from pmdesk.domain.orders.order import Move
from pmdesk.domain.staffing import Hand, Roster, Shift
from pmdesk.services.orders import hands, moving
from pmdesk.services.orders.hands import Duty
from pmdesk.services.staffing import plans
from tests.services.orders.asked import registered

MONDAY = date(2026, 3, 2)  # the clock's own; on the wall it is 9 o'clock
REPAIR, SECURITY = frozenset({Service.REPAIR}), frozenset({Service.SECURITY})
CREW = (
    Hand(code="wu", name="吴保安", skills=SECURITY),
    Hand(code="li", name="李师傅", skills=REPAIR),
    Hand(code="he", name="何师傅", skills=REPAIR),
    Hand(code="ma", name="马师傅", skills=REPAIR),
)


@pytest.fixture
def rostered(manager):
    """Four of the crew, some on duty; a function that puts them on shifts."""
    crew, edition = plans.crew(manager)
    plans.save_crew(manager, replace(crew, hands=CREW), edition)

    def _rostered(cells, week=MONDAY):
        plans.save_roster(manager, Roster(week=week, cells=cells), plans.UNSAVED)

    return _rostered


def offered(session, service=Service.REPAIR):
    """Names with what is known of their duty."""
    return [(one.name, one.duty) for one in hands.hands(session, service)]


def test_who_is_on_duty_and_can_do_it_comes_first(clerk, rostered):
    rostered({(MONDAY, "early"): ("wu", "he"), (MONDAY, "late"): ("ma",)})

    found = offered(clerk)

    assert found[:3] == [("何师傅", Duty.NOW), ("马师傅", Duty.LATER), ("李师傅", Duty.OFF)]
    assert ("吴保安", Duty.NOW) in found[3:]
    assert offered(clerk, Service.SECURITY)[0] == ("吴保安", Duty.NOW)


def test_a_night_that_began_yesterday_is_still_on_duty_and_one_that_ended_is_not(
    clerk, manager, rostered, clock
):
    crew, edition = plans.crew(manager)
    night = Shift(code="long", name="长夜班", start=20, end=10)
    plans.save_crew(manager, replace(crew, shifts=(*crew.shifts, night)), edition)
    sunday = MONDAY - timedelta(days=1)
    rostered({(sunday, "long"): ("li",)}, week=MONDAY - timedelta(days=7))
    rostered({(MONDAY, "night"): ("he",)})

    assert offered(clerk)[0] == ("李师傅", Duty.NOW)
    assert ("何师傅", Duty.OFF) in offered(clerk)
    clock.advance(hours=2)
    assert Duty.NOW not in dict(offered(clerk)).values()


def test_colleagues_are_offered_by_account_once_and_firms_as_they_were_written(clerk, manager):
    crew, edition = plans.crew(manager)
    own = Hand(code="x", name=manager.staff.name, skills=REPAIR)
    plans.save_crew(manager, replace(crew, hands=(own, *CREW)), edition)
    for who in ("保洁公司", "李师傅"):
        moving.move(clerk, registered(clerk), Move.ASSIGN, Terms(assignee=who))

    found = hands.hands(clerk, Service.REPAIR)

    assert len({one.name for one in found}) == len(found)
    (manager_,) = (one for one in found if one.name == manager.staff.name)
    assert (manager_.code, manager_.is_staff, manager_.skills) == (manager.staff.uid, True, REPAIR)
    (firm,) = (one for one in found if one.name == "保洁公司")
    assert (firm.code, firm.is_staff) == ("保洁公司", False)
