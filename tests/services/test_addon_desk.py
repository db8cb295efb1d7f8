"""Orders of add-on services of the whole office, and the work orders that deliver them."""

import pytest

from pmdesk.domain.addons import OrderId, Stage
from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.moving import Terms
from pmdesk.domain.orders.order import Move, OrderState
from pmdesk.errors import DeniedError, NotFoundError, RefusedError
from pmdesk.services import addon_desk, addons
from pmdesk.services.orders import moving, registering, sheet
from pmdesk.services.orders.intake import Intake
from tests.offices import resident
from tests.services.orders.asked import DONE, asked, moved, registered

ROOM = "3-2-501"


@pytest.fixture
def service(admin):
    addons.publish(admin, "入户保洁", "擦净地面和台面", "次", 8000)
    return addons.offered(admin)[0]


@pytest.fixture
def ordered(clerk, service):
    person = resident(clerk)
    addons.order(clerk, person, service.id)
    return addons.orders(clerk, person)[0]


def stage(session):
    return addon_desk.book(session).lines[0].order.stage


def work_order(session, made):
    with session.store.reading() as work:
        return work.orders.get(made.order)


def test_the_book_tells_who_ordered_what_at_which_price_and_how_far_it_is(clerk, ordered):
    (line,) = addon_desk.book(clerk).lines

    assert (line.who, line.room) == ("王*明", ROOM)
    assert (line.order.addon.name, line.order.price) == ("入户保洁", 8000)
    assert line.order.stage is Stage.ORDERED
    assert line.order.may_be_delivered


def test_an_order_goes_from_ordered_to_delivered_and_ended(clerk, ordered):
    made = addon_desk.deliver(clerk, ordered.id, ROOM)
    assert stage(clerk) is Stage.UNDER_WAY
    delivery = addon_desk.book(clerk).lines[0].order.delivery
    assert delivery
    assert delivery.number == made.number
    moved(clerk, made.order, *DONE)
    assert stage(clerk) is Stage.DELIVERED
    addon_desk.deliver(clerk, ordered.id, ROOM)  # the next time of a monthly service
    assert stage(clerk) is Stage.UNDER_WAY
    addons.end(clerk, ordered.id)
    assert stage(clerk) is Stage.ENDED


def test_a_cancelled_work_order_delivers_nothing(clerk, ordered):
    made = addon_desk.deliver(clerk, ordered.id, ROOM)
    moved(clerk, made.order, Move.CANCEL)

    assert stage(clerk) is Stage.ORDERED


def test_the_work_order_names_the_order_and_waits_like_every_other(clerk, admin, ordered):
    addons.publish(admin, "漏水抢修上门", "燃气泄漏也处理", "次", 100)
    urgent = next(one for one in addons.offered(clerk) if one.name != "入户保洁")
    addons.order(clerk, ordered.person, urgent.id)
    paid, loud = (
        work_order(clerk, addon_desk.deliver(clerk, one.id, ROOM))
        for one in (ordered, addons.orders(clerk, ordered.person)[0])
    )

    assert paid.words == "Add-on order 1: 入户保洁. 擦净地面和台面"
    assert (paid.source, paid.person) == ("addon:1", ordered.person)
    assert (paid.service, loud.service) == (Service.OTHER, Service.REPAIR)
    assert paid.urgency is loud.urgency is Urgency.NORMAL
    assert paid.state is OrderState.NEW
    assert "8000" not in paid.words
    assert "80.00" not in sheet.contractor_sheet(clerk, paid.id).words


def test_long_content_is_cut_to_what_a_description_takes(clerk, admin):
    addons.publish(admin, "代养花木", "浇水修剪" * 50, "月", 8000)
    person = resident(clerk)
    addons.order(clerk, person, addons.offered(clerk)[0].id)
    made = addon_desk.deliver(clerk, addons.orders(clerk, person)[0].id, ROOM)

    words = work_order(clerk, made).words
    assert len(words) == 200
    assert words.endswith("…")
    assert work_order(clerk, made).service is Service.OTHER


def test_nothing_is_delivered_without_an_order(clerk, ordered):
    with pytest.raises(NotFoundError):
        addon_desk.deliver(clerk, OrderId(99), ROOM)
    addon_desk.deliver(clerk, ordered.id, ROOM)
    with pytest.raises(RefusedError, match="open already"):
        addon_desk.deliver(clerk, ordered.id, ROOM)
    addons.end(clerk, ordered.id)
    with pytest.raises(RefusedError, match="has ended"):
        addon_desk.deliver(clerk, ordered.id, ROOM)


def wanted(words, **changes):
    usual = {"service": Service.CLEANING, "kind": "indoor_cleaning", "words": words}
    return Intake(**{**usual, "room": ROOM, **changes})


@pytest.mark.usefixtures("service")
@pytest.mark.parametrize(
    "words", ["入户保洁", "预约入户保洁", "我要订入户保洁，明天", "请 入户保洁"]
)
def test_words_that_begin_with_an_add_on_lead_to_the_order_of_it_and_forbid_nothing(clerk, words):
    resident(clerk)

    hint = registering.addon_hint(clerk, wanted(words))
    assert "“入户保洁”" in hint
    assert registering.problems(clerk, wanted(words)) == ()
    assert registering.register(clerk, wanted(words)).number


@pytest.mark.usefixtures("service")
def test_words_of_an_ordinary_repair_hint_at_nothing(clerk, admin):
    for name in ("开锁", "搬家", "保洁", "换灯泡"):
        addons.publish(admin, name, "一次", "次", 100)
    resident(clerk)
    for words in (
        "打不开锁芯，请来修",
        "搬家时撞坏了门铃",
        "保洁把入户门碰掉漆了",
        "不用换灯泡，是开关松了",
        "昨天的入户保洁弄坏了水龙头",
        "",
    ):
        assert registering.addon_hint(clerk, wanted(words)) == ""
    for service in (Service.COMPLAINT, Service.ENQUIRY):
        assert registering.addon_hint(clerk, wanted("入户保洁", service=service)) == ""


def test_of_names_within_names_the_longest_is_hinted_at_and_each_is_delivered(
    clerk, admin, ordered
):
    addons.publish(admin, "入户保洁套餐", "入户保洁两次", "月", 15000)
    longer = next(one for one in addons.offered(clerk) if one.name == "入户保洁套餐")
    assert "“入户保洁套餐”" in registering.addon_hint(clerk, wanted("入户保洁套餐一份"))
    addons.order(clerk, ordered.person, longer.id)

    for order in addons.orders(clerk, ordered.person):
        assert addon_desk.deliver(clerk, order.id, ROOM).number


def test_a_service_that_is_offered_no_longer_is_a_word_like_others(clerk, admin, service, clock):
    addons.withdraw(admin, service.id)
    assert registering.addon_hint(clerk, wanted("入户保洁"))  # until tonight
    clock.advance(days=1)

    assert registering.addon_hint(clerk, wanted("入户保洁")) == ""


def test_orders_are_found_by_service_name_room_and_work_order(clerk, admin, ordered):
    addons.publish(admin, "空调清洗", "拆洗滤网", "台", 12000)
    other = resident(clerk, "李芳", "13800009999", "4-1-101")
    addons.order(clerk, other, addons.offered(clerk)[-1].id)
    number = addon_desk.deliver(clerk, ordered.id, ROOM).number

    def found(text):
        return [line.order.person for line in addon_desk.book(clerk, text).lines]

    assert found("") == [other, ordered.person]
    assert found("空调") == found("李芳") == found(" 4-1-101 ") == [other]
    assert found(number.lower()) == [ordered.person]
    assert found("没有") == []


def test_a_very_long_book_says_how_many_are_not_shown(clerk, ordered, service, monkeypatch):
    addons.order(clerk, ordered.person, service.id)
    monkeypatch.setattr(addon_desk, "MOST", 1)

    found = addon_desk.book(clerk)
    assert (len(found.lines), found.more) == (1, 1)


def test_who_asked_for_confidentiality_has_no_room_in_the_book(clerk, office, ordered):
    office.tampered("UPDATE person SET shielded = 1")

    assert addon_desk.book(clerk).lines[0].room == ""


def test_only_the_desk_makes_work_orders(reviewer, ordered):
    with pytest.raises(DeniedError):
        addon_desk.deliver(reviewer, ordered.id, ROOM)


def test_a_merged_work_order_is_as_far_as_the_one_that_goes_on(clerk, ordered):
    first = addon_desk.deliver(clerk, ordered.id, ROOM)
    second, last = registered(clerk, asked()), registered(clerk, asked())
    moving.step_on(clerk, first.order, Move.MERGE, Terms(parent=second))
    assert stage(clerk) is Stage.UNDER_WAY
    moving.step_on(clerk, second, Move.MERGE, Terms(parent=last))
    assert stage(clerk) is Stage.UNDER_WAY
    moved(clerk, last, *DONE)
    (line,) = addon_desk.book(clerk).lines
    assert line.order.stage is Stage.DELIVERED
    assert line.order.delivery
    assert line.order.delivery.number == first.number
