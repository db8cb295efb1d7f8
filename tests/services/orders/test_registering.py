"""An order is entered in a few seconds, for everybody by the same rules."""

from datetime import UTC, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.moving import Terms
from pmdesk.domain.orders.order import LONGEST, Move, OrderState
from pmdesk.errors import NotFoundError, RefusedError
from pmdesk.services import residents
from pmdesk.services.order_kinds import kind_name, shipped, suggested
from pmdesk.services.orders import book, moving, registering
from tests.domain.orders.made import queued
from tests.offices import NOBODY, P1, P2, SPECIAL, answers, consenting, resident, tier
from tests.services.orders.asked import asked, complaint, public, registered


def keys(session, intake):
    return [one.key for one in registering.problems(session, intake)]


def order_of(session, entered):
    with session.store.reading() as work:
        return work.orders.get(entered)


# ---- what is entered ------------------------------------------------------------------------


def test_an_order_has_a_number_a_due_time_and_a_first_line(clerk, office, clock):
    person = resident(clerk)
    with office.logged() as log:
        made = registering.register(clerk, asked(person=person))

    order = order_of(clerk, made.order)
    assert made.number == "W20260302-001"
    assert (order.state, order.person, order.spot.label) == (OrderState.NEW, person, "3-2-501")
    assert order.due_at == clock.now() + timedelta(hours=72)
    assert [one.act for one in book.detail(clerk, made.order).steps] == ["received"]
    assert log == [("order.register", f"order:{made.order}", ())]
    assert made.changes.people == {person}
    assert office.sql("SELECT day, hour FROM work_order") == [("2026-03-02", 9)], "by the wall"


def test_numbers_of_a_day_run_on(clerk, clock):
    first, second = (registering.register(clerk, asked()).number for _ in range(2))
    clock.advance(days=1)

    assert (first, second) == ("W20260302-001", "W20260302-002")
    assert registering.register(clerk, asked()).number == "W20260303-001"


def test_an_order_at_midnight_is_of_one_day(clerk, clock, office, monkeypatch):
    local = clock.local()
    last = local.replace(hour=23, minute=59, second=59, microsecond=900_000)
    clock.advance(seconds=(last - local).total_seconds())
    look = clock.local

    def later():
        seen = look()
        clock.advance(milliseconds=200)
        return seen

    monkeypatch.setattr(clock, "local", later)
    registered(clerk)
    ((number, day, received),) = office.sql("SELECT number, day, received_at FROM work_order")

    assert number[1:9] == day.replace("-", "") == f"{last:%Y%m%d}"
    assert received.startswith(f"{last.astimezone(UTC):%Y-%m-%d}")


def test_what_all_share_names_nobody(clerk):
    order = order_of(clerk, registered(clerk, public()))

    assert (order.person, order.spot.label) == (None, "大堂")
    assert keys(clerk, public(person=resident(clerk))) == ["person"]


def test_a_resident_who_is_gone_is_not_written_down(clerk, office):
    with pytest.raises(NotFoundError):
        registering.register(clerk, asked(person=NOBODY))
    assert office.sql("SELECT count(*) FROM work_order") == [(0,)]


def test_a_new_room_is_entered_only_where_the_clerk_says_so(clerk, office):
    unknown = asked(room="9栋9单元909", is_new_room=False)
    assert keys(clerk, unknown) == ["room"]
    with pytest.raises(RefusedError):
        registering.register(clerk, unknown)
    assert office.sql("SELECT count(*) FROM unit WHERE room = '909'") == [(0,)]

    registered(clerk, asked(room="9栋9单元909"))
    assert keys(clerk, asked(room="9-9-909", is_new_room=False)) == []


# ---- what has to be mended ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"kind": "no_such"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"kind": "noise"}, "kind"),  # of another service
        ({"words": "  "}, "words"),
        ({"words": "滴" * (LONGEST + 1)}, "words"),
        ({"words": "身份证 11010519491231002X"}, "words"),
        ({"words": "老人有癌症，请快点"}, "words"),
        ({"room": "", "area": ""}, "room"),
        ({"room": "2026-03-02"}, "room"),
        ({"room": "?"}, "room"),
        ({"area": "大堂"}, "area"),
        ({"room": "", "area": "很" * 21}, "area"),
        ({"room": "", "area": "11010519491231002X"}, "area"),
        ({"room": "", "area": "大堂", "building": "没有这栋"}, "building"),
        ({"callback": "不知道"}, "callback"),
        ({"callback": "13800001234 王女士"}, "callback"),
    ],
)
def test_each_mistake_is_said_beside_its_field(clerk, changes, key):
    assert keys(clerk, asked(**changes)) == [key]
    with pytest.raises(RefusedError) as refused:
        registering.register(clerk, asked(**changes))
    assert refused.value.places["keys"] == (key,)


def test_an_appointment_lies_ahead(clerk, clock):
    assert keys(clerk, asked(appointment=clock.now() - timedelta(minutes=1))) == ["appointment"]
    assert keys(clerk, asked(appointment=clock.now() + timedelta(hours=1))) == []


def test_a_complaint_is_written_down_as_it_was_said(clerk):
    """What is refused elsewhere is the resident's to say; only numbers stay out."""
    assert keys(clerk, complaint(words="保安骂我有癌症")) == []
    assert keys(clerk, complaint(words="他的身份证 11010519491231002X")) == ["words"]


# ---- the same for everybody -----------------------------------------------------------------


def test_danger_is_heard_and_a_person_decides(clerk, clock):
    heard = suggested("电梯里有人被困")
    assert heard.kind is not None
    assert (heard.kind.code, heard.urgency, heard.because) == (
        "lift",
        Urgency.EMERGENCY,
        "电梯里有人被困",
    )

    danger = order_of(clerk, registered(clerk, public(words="电梯里有人被困", kind="lift")))
    assert danger.due_at == clock.now() + timedelta(hours=1)
    calm = public(words="被困", kind="lift", urgency=Urgency.NORMAL)
    assert order_of(clerk, registered(clerk, calm)).urgency is Urgency.NORMAL


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    urgency=st.one_of(st.none(), st.sampled_from(Urgency)),
    words=st.sampled_from(["滴水", "漏水", "爆管了"]),
    service=st.sampled_from([("repair", "plumbing"), ("complaint", "noise")]),
)
def test_priority_never_depends_on_who_asks(two_residents, clerk, urgency, words, service):
    """One is in the highest tier and late with fees, one said no to everything, one is nobody."""
    kind = {"service": Service(service[0]), "kind": service[1]}
    made = [
        order_of(clerk, registered(clerk, asked(person=one, words=words, urgency=urgency, **kind)))
        for one in (*two_residents, None)
    ]

    assert len({queued(one) for one in made}) == 1
    assert len({one.due_at for one in made}) == 1


@pytest.fixture
def two_residents(clerk):
    """Somebody of a high tier, late with fees and complaining; and somebody of the standard one."""
    first = consenting(clerk, P2, values=SPECIAL, name="慕容甲", mobile="13800000011")
    registering.register(clerk, complaint(person=first))
    second = resident(clerk, name="欧阳乙", mobile="13800000012", room="4-1-101")
    assert tier(clerk, first) != tier(clerk, second)
    residents.save_answers(clerk, first, P1, answers(fee_status="due"))
    return first, second


# ---- repeats --------------------------------------------------------------------------------


def test_the_same_problem_within_a_week_is_pointed_out_the_same_place_first(clerk, clock):
    elsewhere = registered(clerk, asked(room="3-2-601"))
    here = registered(clerk, asked())
    registered(clerk, asked(room="4-2-501"))
    registered(clerk, asked(kind="electric", words="没电"))
    clock.advance(days=7)

    found = registering.repeats(clerk, asked(words="还在滴"))
    assert [(one.order, one.is_here) for one in found] == [(here, True), (elsewhere, False)]
    assert [one.where for one in found] == ["3-2-501", "Building 3"], "not which neighbour"
    clock.advance(days=1)
    assert registering.repeats(clerk, asked()) == ()


def test_a_neighbour_s_order_that_is_done_is_no_repeat(clerk):
    elsewhere = registered(clerk, asked(room="3-2-601"))
    here = registered(clerk, asked())
    for one in (elsewhere, here):
        moving.move(clerk, one, Move.CANCEL, Terms(reason="登错了"))

    assert [one.order for one in registering.repeats(clerk, asked())] == [here]


def test_nothing_repeats_in_an_unknown_room_or_of_an_unknown_kind(clerk):
    assert registering.repeats(clerk, asked(room="8-8-888")) == ()
    assert registering.repeats(clerk, asked(room="?")) == ()
    assert registering.repeats(clerk, public(kind="no_such")) == ()
    registered(clerk, public())
    assert [one.where for one in registering.repeats(clerk, public())] == ["大堂"]


# ---- kinds ----------------------------------------------------------------------------------


def test_every_service_has_kinds_and_every_sign_leads_to_one():
    kinds = shipped()

    assert all(kinds.within(service) for service in Service)
    assert {sign.kind for sign in kinds.signs if sign.kind} <= {one.code for one in kinds.kinds}
    assert len({one.code for one in kinds.kinds}) == len(kinds.kinds)


def test_a_kind_of_an_import_is_shown_by_its_code():
    assert kind_name("plumbing").zh == "水暖"
    assert kind_name("from_elsewhere").zh == "from_elsewhere"
