"""Who is next depends on what happened and when, and on nothing about the person."""

from dataclasses import fields
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from pmdesk.domain.orders.kinds import Kind, Kinds, Service, Sign, Urgency
from pmdesk.domain.orders.order import Order, Spot
from pmdesk.domain.people import PersonId, UnitId
from pmdesk.i18n import Words
from tests.domain.orders.made import NOW, order, queued

OF_WHAT_HAPPENED = {"urgency", "received_at"}
NAME = Words("名", "name")
LEAK = Kind(code="leak", service=Service.REPAIR, name=NAME)
LIFT = Kind(code="lift", service=Service.REPAIR, name=NAME, urgency=Urgency.URGENT)
KINDS = Kinds(
    kinds=(LEAK, LIFT),
    signs=(
        Sign(words=("困人", "被困"), kind="lift", urgency=Urgency.EMERGENCY),
        Sign(words=("漏水",), kind="leak", urgency=Urgency.URGENT),
        Sign(words=("电梯",), kind="lift"),
    ),
)


@given(
    person=st.one_of(st.none(), st.integers(1, 99).map(PersonId)),
    unit=st.integers(1, 99).map(UnitId),
    assignee=st.text(max_size=5),
    urged=st.integers(0, 9),
    rating=st.one_of(st.none(), st.integers(1, 5)),
    words=st.text(max_size=9),
)
def test_nothing_about_the_person_changes_the_queue(person, unit, assignee, urged, rating, words):
    changed = order(
        person=person,
        spot=Spot(unit=unit, room="9-9-9"),
        assignee=assignee,
        urged=urged,
        rating=rating,
        words=words,
    )

    assert queued(changed) == queued(order())


def test_an_order_knows_nothing_of_tiers_and_plans():
    names = {one.name for one in fields(Order)}

    assert names >= OF_WHAT_HAPPENED
    assert not {name for name in names if "tier" in name or "plan" in name or "vip" in name}


def test_danger_goes_before_age():
    late = order(urgency=Urgency.EMERGENCY, received_at=NOW + timedelta(hours=5))

    assert sorted([order(), late], key=queued) == [late, order()]


def test_a_description_suggests_kind_and_urgency_and_says_by_which_word():
    found = KINDS.suggested("三单元电梯困人了")

    assert (found.kind, found.urgency, found.because) == (LIFT, Urgency.EMERGENCY, "困人")


def test_a_kind_somebody_chose_stays():
    found = KINDS.suggested("厨房漏水", chosen=LIFT)

    assert (found.kind, found.urgency) == (LIFT, Urgency.URGENT)


def test_a_kind_is_as_urgent_as_it_usually_is():
    assert KINDS.suggested("电梯").urgency is Urgency.URGENT
    assert KINDS.suggested("想问一下").kind is None
    assert KINDS.suggested("想问一下").urgency is Urgency.NORMAL


def test_kinds_are_found_by_code_and_service():
    assert KINDS.of("leak") is LEAK
    assert KINDS.of("no") is None
    assert KINDS.within(Service.REPAIR) == (LEAK, LIFT)
    assert KINDS.within(Service.CLEANING) == ()


def test_a_spot_is_a_room_or_what_all_share():
    assert Spot(unit=UnitId(1), building="3", room="3-1-502").label == "3-1-502"
    assert Spot(building="2", area="大厅").label == "2-大厅"
    assert Spot(area="北门").label == "北门"
    assert Spot(area="北门").is_public
