"""The list of add-on orders beside the price list: found, opened and delivered."""

import pytest

from pmdesk.domain.addons import Stage
from pmdesk.errors import StorageError
from pmdesk.services import addon_desk, addons
from pmdesk.ui.plans.addon_orders import AddonOrdersCard
from pmdesk.ui.plans.prices_tab import PricesTab
from tests.offices import resident
from tests.ui.clipping import clipped
from tests.ui.residents import words


@pytest.fixture
def person(office, office_session):
    addons.publish(office.session("admin"), "入户保洁", "擦净地面和台面", "次", 8000)
    made = resident(office_session)
    addons.order(office_session, made, addons.offered(office_session)[0].id)
    return made


@pytest.fixture
def opened(office_session, tasks, prompts, shown):
    return lambda: shown(AddonOrdersCard(office_session, tasks, prompts))


def cells(card):
    return [[column.cell(row) for column in card.model.columns] for row in card.model.rows]


def test_an_office_without_orders_says_where_they_are_entered(opened):
    card = opened()

    assert "还没有人订购" in words(card)
    assert not card.maker.isEnabled()


@pytest.mark.usefixtures("person")
def test_who_ordered_what_at_which_price_is_found_again(opened, settled):
    card = opened()
    assert cells(card) == [["王*明", "3-2-501", "入户保洁", "80.00", "2026-03-02", "已订购", "—"]]
    card.search.searched.emit("没有")
    settled()

    assert "没有符合的订单" in words(card)
    card.search.searched.emit("王小明")
    settled()
    assert len(card.model.rows) == 1


def test_a_work_order_is_made_after_a_question(opened, person, prompts, office_session, settled):
    card = opened()
    card.table.view.selectRow(0)
    prompts.confirms = False
    card.maker.click()
    settled()
    assert addon_desk.book(office_session).lines[0].order.stage is Stage.ORDERED

    card.table.view.selectRow(0)
    prompts.confirms = True
    card.maker.click()
    settled()

    assert "入户保洁" in prompts.asked[-1]
    assert "W20260302-001" in card.message.sentence
    assert cells(card)[0][-2:] == ["办理中", "W20260302-001"]
    card.table.view.selectRow(0)
    assert not card.maker.isEnabled(), "while it is open"


@pytest.mark.usefixtures("person")
def test_what_failed_is_said(opened, settled, monkeypatch):
    def full(*_args):
        raise StorageError("The disk is full.")

    card = opened()
    monkeypatch.setattr(addon_desk, "deliver", full)
    card.table.view.selectRow(0)
    card.make()
    settled()

    assert "The disk is full." in card.message.sentence


@pytest.mark.usefixtures("person")
def test_who_has_no_room_gets_no_work_order(opened, office, settled):
    card = opened()
    office.tampered("DELETE FROM occupancy")
    card.table.view.selectRow(0)
    card.make()
    settled()

    assert "没有登记房屋" in card.message.sentence


def test_the_resident_is_opened_from_the_list(office_session, tasks, prompts, shown, person, qtbot):
    tab = shown(PricesTab(office_session, tasks, prompts))
    tab.orders.table.view.selectRow(0)
    with qtbot.waitSignal(tab.resident_requested) as asked:
        tab.orders.opener.click()

    assert asked.args == [person]


@pytest.mark.usefixtures("person")
def test_a_list_that_is_cut_says_so(opened, monkeypatch, office_session, settled):
    addons.order(
        office_session,
        addon_desk.book(office_session).lines[0].order.person,
        addons.offered(office_session)[0].id,
    )
    monkeypatch.setattr(addon_desk, "MOST", 1)
    card = opened()

    assert "还有 1 份未显示" in words(card)


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_clipped(office_session, tasks, prompts, shown, wear, qtbot, scale):
    wear(scale=scale)
    tab = shown(PricesTab(office_session, tasks, prompts), 1000, 800)
    qtbot.waitUntil(lambda: not clipped(tab))
