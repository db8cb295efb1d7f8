"""Who does what with orders, and that the log notices what was changed beside the program."""

import pytest

from pmdesk.domain.acts import ArchiveReason
from pmdesk.domain.orders.kinds import Urgency
from pmdesk.domain.orders.moving import Terms
from pmdesk.domain.orders.order import Move
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.domain.proof import Kind
from pmdesk.domain.staff import Permission
from pmdesk.errors import DeniedError
from pmdesk.services import log_proof
from pmdesk.services.acts.archiving import archive
from pmdesk.services.log_words import difference_words
from pmdesk.services.orders import book, floor, moving, reading, registering, sheet
from pmdesk.services.orders.moving import Amended
from tests.offices import resident
from tests.services.orders.asked import CLOSED, asked, complaint, moved, registered
from tests.services.test_log_proof import Memory

P = Permission
GIVEN, SOONER = Terms(assignee="李师傅"), Amended(urgency=Urgency.URGENT)
HANDLING = {
    "registering": lambda session, order: registering.register(session, asked()),
    "moving": lambda session, order: moving.move(session, order, Move.ASSIGN, GIVEN),
    "urging": lambda session, order: moving.urge(session, order),
    "amending": lambda session, order: moving.amend(session, order, SOONER),
    "sheet": lambda session, order: sheet.contractor_sheet(session, order),
}
LOOKING = {
    "detail": lambda session, order: book.detail(session, order),
    "lists": lambda session, order: book.lines(session, book.found(session, OrderQuery())),
    "counts": lambda session, order: book.waiting(session),
    "floor": lambda session, order: floor.current(session),
}


@pytest.mark.parametrize("login", ["clerk", "manager", "admin", "reviewer"])
@pytest.mark.parametrize("act", LOOKING.values(), ids=LOOKING)
def test_everybody_looks(office, login, act):
    act(office.session(login), registered(office.session("clerk")))


@pytest.mark.parametrize("login", ["clerk", "manager", "admin", "reviewer"])
@pytest.mark.parametrize("act", HANDLING.values(), ids=HANDLING)
def test_all_but_the_reviewer_handle_orders(office, login, act):
    order = registered(office.session("clerk"))
    session = office.session(login)
    if login != "reviewer":
        act(session, order)
        return
    with office.logged() as log, pytest.raises(DeniedError):
        act(session, order)
    assert log == [("denied", "handle_orders", ())]


@pytest.mark.parametrize(
    ("login", "may"), [("clerk", False), ("manager", True), ("reviewer", True)]
)
def test_complaints_are_read_by_who_may_see_them(office, login, may):
    order = registered(office.session("admin"), complaint())

    assert office.session(login).staff.may(P.SEE_COMPLAINTS) is may
    assert book.detail(office.session(login), order).may_read is may
    if not may:
        with pytest.raises(DeniedError):
            reading.complaints(office.session(login), (order,))


def test_every_change_of_an_order_is_bound_to_the_log(manager, reviewer, office):
    person = resident(manager)
    moved(manager, registered(manager, asked(person=person)), *CLOSED)
    open_one = registered(manager, complaint())
    with manager.store.writing() as work:
        archive(manager, work, person, ArchiveReason.MOVED_OUT)
        work.commit()
    assert log_proof.full(reviewer, Memory()).differences == ()

    office.tampered(f"UPDATE work_order SET urgency = 0 WHERE id = {open_one}")

    found = log_proof.full(reviewer, Memory()).differences
    assert [(one.kind, one.target) for one in found] == [
        (Kind.ROW_CHANGED, f"work_order:{open_one}")
    ]
    assert difference_words(found[0]) == f"Changed outside pmdesk: work order, row {open_one}."
