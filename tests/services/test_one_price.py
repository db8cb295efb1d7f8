"""One price for everybody: whoever asks, whatever is known of them, however often they ordered."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pmdesk.domain.people import PartyRole
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.services import addon_desk, addons, person_acts, residents
from pmdesk.services.orders import book
from tests.offices import P1, P2, SPECIAL, answers, consenting, resident, tier

PRICES = (("入户保洁", 8000), ("空调清洗", 12000), ("代收快递", 0))
FEES = ("paid", "due", None)


@pytest.fixture
def people(admin, clerk):
    """Owner, tenant and occupant, with tiers and without, one whose data are restricted."""
    for name, price in PRICES:
        addons.publish(admin, name, "按约定上门", "次", price)
    cared = [
        consenting(
            clerk, P2, values=SPECIAL, name=name, mobile=f"1380000003{at}", room=room, role=role
        )
        for at, (name, room, role) in enumerate(
            (("慕容甲", "3-1-101", PartyRole.OWNER), ("慕容乙", "3-1-102", PartyRole.TENANT))
        )
    ]
    plain = [
        resident(clerk, name, f"1380000004{at}", f"4-1-10{at}", role=role)
        for at, (name, role) in enumerate(
            zip(("欧阳丙", "欧阳丁", "欧阳戊"), PartyRole, strict=False)
        )
    ]
    person_acts.restrict(clerk, plain[-1], P1)
    found = (*cared, *plain)
    assert len({tier(clerk, one) for one in found}) > 1
    return found


@settings(
    max_examples=6,
    deadline=None,
    phases=(Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_whoever_asks_is_offered_the_same_at_the_same_price(clerk, people, data):
    """Also a second time, and the work order that delivers it waits like everybody's."""
    for person in people[:-1]:
        fees = data.draw(st.sampled_from(FEES))
        residents.save_answers(clerk, person, P1, answers(fee_status=fees) if fees else {})
    service = data.draw(st.sampled_from(addons.offered(clerk)))
    stands = [addons.stand(clerk, one) for one in data.draw(st.permutations(people))]
    assert {one.offered for one in stands} == {addons.offered(clerk)}

    made = []
    for person in data.draw(st.permutations(people)):
        addons.order(clerk, person, service.id)
        made.append(addons.orders(clerk, person)[0])
    assert {one.price for one in made} == {service.price}
    assert {one.addon for one in made} == {service}
    listed = {line.order.id: line.order.price for line in addon_desk.book(clerk).lines}
    assert {listed[one.id] for one in made} == {service.price}


def test_what_delivers_it_is_as_urgent_and_due_as_soon_for_everybody(clerk, people):
    service = addons.offered(clerk)[0]
    for at, person in enumerate(people):
        addons.order(clerk, person, service.id)
        addon_desk.deliver(clerk, addons.orders(clerk, person)[0].id, _room(clerk, person))
        assert len(book.found(clerk, OrderQuery())) == at + 1
    with clerk.store.reading() as work:
        made = work.orders.rows(work.orders.ids(OrderQuery()))
    assert len({(one.urgency, one.due_at - one.received_at) for one in made}) == 1


def _room(session, person):
    with session.store.reading() as work:
        return work.people.get(person).occupancies[0].unit.label
