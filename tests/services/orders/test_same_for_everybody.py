"""Who is next, and when: the real queue, for callers of every tier, role and state of fees."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.moving import Terms
from pmdesk.domain.orders.order import OPEN, Move
from pmdesk.domain.people import PartyRole
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.services import residents
from pmdesk.services.orders import board, book, moving, registering
from pmdesk.services.orders.moving import Amended
from tests.offices import P1, P2, SPECIAL, answers, consenting, resident, tier
from tests.services.orders.asked import asked, complaint, registered

REPAIRS = OrderQuery(states=OPEN, services=frozenset({Service.REPAIR}))
FEES = ("paid", "due", None)
AMEND, REOPEN, URGE = "amend", "reopen", "urge"


@pytest.fixture
def callers(clerk):
    """People of several tiers and roles, one who complained often, and nobody in particular."""
    cared, tenant = (
        consenting(clerk, P2, values=SPECIAL, name=name, mobile=mobile, room=room, role=role)
        for name, mobile, room, role in (
            ("慕容甲", "13800000011", "3-1-101", PartyRole.OWNER),
            ("慕容乙", "13800000012", "3-1-102", PartyRole.TENANT),
        )
    )
    plain = resident(clerk, "欧阳丙", "13800000013", "3-1-103", role=PartyRole.TENANT)
    owner = resident(clerk, "欧阳丁", "13800000014", "4-1-101")
    other = resident(clerk, "欧阳戊", "13800000015", "4-1-102", role=PartyRole.OCCUPANT)
    for _time in range(3):
        registering.register(clerk, complaint(person=cared))
    tiers = {tier(clerk, one) for one in (cared, tenant, plain, owner, other)}
    assert len(tiers) > 1
    assert len({one % 2 for one in (cared, tenant, plain, owner, other)}) > 1
    return cared, tenant, plain, owner, other, None


def orders_of(session, ids):
    with session.store.reading() as work:
        return work.orders.rows(ids)


def lived(session, order, act, urgency):
    """That has happened to the order."""
    if act == AMEND:
        moving.amend(session, order, Amended(urgency=urgency))
    elif act == URGE:
        moving.urge(session, order)
    else:
        for way in (Move.CANCEL, Move.REOPEN):
            moving.move(session, order, way, Terms(reason="登错了"))


def in_one_line(session, ids):
    """Wherever orders are listed these stand as they came, with one end and one clock."""
    want = set(ids)
    for order in ("queue", "due"):
        query = OrderQuery(states=OPEN, services=REPAIRS.services, order=order)
        assert [one for one in book.found(session, query) if one in want] == ids
    lane = board.board(session, REPAIRS)[0].lines
    assert [one.id for one in lane if one.id in want] == ids
    assert len({(one.clock, one.due_at, one.planned) for one in lane if one.id in want}) == 1
    assert len({(one.urgency, one.due_at, one.paused) for one in orders_of(session, ids)}) == 1


@settings(
    max_examples=6,
    deadline=None,
    phases=(Phase.reuse, Phase.generate),  # each example is an hour of the desk: none is shrunk
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_the_same_fault_at_the_same_time_has_the_same_place_and_the_same_end(
    clerk, clock, callers, data
):
    """When it comes, when it is put right, when it is asked for again, and when it is urged."""
    for person in callers:
        if person is not None:
            fees = data.draw(st.sampled_from(FEES))
            residents.save_answers(clerk, person, P1, answers(fee_status=fees) if fees else {})
    first, then = data.draw(st.permutations(list(Urgency)))[:2]
    line = data.draw(st.permutations(callers))
    ids = [registered(clerk, asked(person=one, urgency=first)) for one in line]
    in_one_line(clerk, ids)
    for act in data.draw(st.permutations((AMEND, REOPEN, URGE))):
        clock.advance(minutes=data.draw(st.integers(1, 90)))
        for one in ids:
            lived(clerk, one, act, then)
        in_one_line(clerk, ids)
    clock.advance(days=1)  # the next example is not of the same moment


def test_what_is_merged_presses_the_order_that_goes_on_whoever_asked(clerk, callers):
    spans = set()
    for person in callers:
        parent = registered(clerk, asked(urgency=Urgency.NORMAL))
        child = registered(clerk, asked(person=person, urgency=Urgency.EMERGENCY))
        moving.move(clerk, child, Move.MERGE, Terms(parent=parent))
        (one,) = orders_of(clerk, [parent])
        spans.add((one.urgency, one.due_at - one.received_at))
    assert len(spans) == 1
    assert spans.pop()[0] is Urgency.EMERGENCY
