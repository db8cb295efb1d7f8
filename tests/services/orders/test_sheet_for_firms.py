"""The work sheet with a room: for own people and for processors on record alone."""

from dataclasses import replace

import pytest

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.moving import Terms
from pmdesk.domain.orders.order import Move
from pmdesk.domain.staffing import Hand
from pmdesk.errors import RefusedError
from pmdesk.services.orders import moving, sheet
from pmdesk.services.orders.sheet_text import sheet_letter
from pmdesk.services.staffing import plans
from tests.services.bookkeeping import PROCESSOR, assessed, filed
from tests.services.orders.asked import moved, public, registered


@pytest.fixture
def at_home(clerk):
    """An order of somebody's room that a worker from outside has."""
    return moved(clerk, registered(clerk), Move.ASSIGN)


def test_a_room_is_handed_to_nobody_who_is_in_no_register(clerk, at_home, office):
    with office.logged() as log, pytest.raises(RefusedError, match="register of processors"):
        sheet.contractor_sheet(clerk, at_home)
    assert log == []


@pytest.mark.parametrize("name", ["李师傅", "李师傅维修部"])
def test_a_processor_on_record_gets_the_sheet(clerk, manager, reviewer, at_home, name):
    document = PROCESSOR | {"name": name, "assessment": assessed(manager, reviewer)}
    filed(manager, "processor", document, by=reviewer)

    assert sheet.contractor_sheet(clerk, at_home).where == "3-2-501"


def test_the_crew_of_the_rosters_are_own_people(clerk, manager, at_home):
    crew, edition = plans.crew(manager)
    own = Hand(code="h9", name="李师傅", skills=frozenset({Service.REPAIR}))
    plans.save_crew(manager, replace(crew, hands=(*crew.hands, own)), edition)

    assert sheet.contractor_sheet(clerk, at_home).assignee == "李师傅"


def test_what_all_share_goes_to_anybody(clerk):
    entered = moved(clerk, registered(clerk, public()), Move.ASSIGN)
    assert sheet.contractor_sheet(clerk, entered).assignee == "李师傅"


def test_the_sheet_of_what_nobody_has_yet_says_who_may_get_it(clerk, manager):
    entered = registered(clerk)
    free = sheet_letter(clerk, sheet.contractor_sheet(clerk, entered))
    moving.move(clerk, entered, Move.ASSIGN, Terms(assignee=manager.staff.uid))
    given = sheet_letter(clerk, sheet.contractor_sheet(clerk, entered))

    assert "register of processors" in free.closing[-1]
    assert not any("register of processors" in one for one in given.closing)
