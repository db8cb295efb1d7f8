"""The visits that are due: found, and registered with one key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.order import OrderChannel
from pmdesk.domain.people import PersonId
from pmdesk.errors import StorageError
from pmdesk.services.orders import registering
from pmdesk.services.plans import keeping
from pmdesk.ui.pages.orders import OrdersPage
from pmdesk.ui.pages.plans import PlansPage, Tab
from tests.offices import SPECIAL, consenting
from tests.services.orders.asked import asked
from tests.ui.clipping import clipped
from tests.ui.plans.planned import VISITS, published


@pytest.fixture
def cared(office):
    """A resident whose tier is visited every month; the first visit is three days late."""
    published(office, [(VISITS, "12")])
    person = consenting(office.session("clerk"), values=SPECIAL)
    office.clock.advance(days=33)
    return person


@pytest.fixture
def opened(office, tasks, prompts, shown, settled):
    """The page with that part in front."""

    def opened(login="clerk", wide=1300, high=900):
        page = shown(PlansPage(office.session(login), tasks, prompts), wide, high)
        page.show_tab(Tab.VISITS)
        settled()
        return page

    return opened


def cells(tab):
    return [[one.cell(row) for one in tab.model.columns] for row in tab.model.rows]


def test_the_list_says_who_is_owed_a_visit_and_since_when(opened, cared):
    tab = opened().visits

    assert tab.counts.text() == "逾期 1 · 本周 0"
    assert cells(tab) == [["逾期 3 天", "3-2-501", "王*明", "关怀", "维修", "还没有"]]
    assert tab.more.isHidden()


def test_an_empty_list_says_when_the_next_visit_is_due(opened, office, settled):
    published(office, [(VISITS, "12")])
    tab = opened().visits
    assert "等级由分类得出" in tab.empty.findChild(QLabel).text()

    consenting(office.session("clerk"), values=SPECIAL)
    tab.reload()
    settled()
    assert tab.empty.findChild(QLabel).text() == (
        "今后 14 天内没有到期的主动服务。下一次应在 2026-04-01 前，共 1 户次。"
    )


def test_enter_leads_to_the_form_with_all_that_is_known(
    opened, cared, office, tasks, prompts, shown, settled, qtbot
):
    page = opened()
    with qtbot.waitSignal(page.visit_requested) as asked_for:
        page.visits.table.view.go_in()
        qtbot.keyClick(page.visits.table.view, Qt.Key.Key_Return)
    assert asked_for.args == [cared, Service.REPAIR]
    orders = shown(OrdersPage(office.session("clerk"), tasks, prompts), 1300, 900)
    orders.start_order(*asked_for.args)
    settled()
    form = orders.intake.intake()

    assert (form.channel, form.service, form.person) == (
        OrderChannel.STAFF,
        Service.REPAIR,
        cared,
    )
    assert (form.room, form.words) == ("3-2-501", "主动上门：维修")
    registering.register(office.session("clerk"), form)
    page.reload()
    settled()
    assert page.visits.model.rows == ()
    assert page.visits.counts.text() == "逾期 0 · 本周 0"


def test_the_form_for_anybody_else_is_empty_again(office, tasks, prompts, shown, settled, cared):
    orders = shown(OrdersPage(office.session("clerk"), tasks, prompts), 1300, 900)
    orders.start_order(cared, Service.REPAIR)
    orders.start_order(cared)
    settled()
    form = orders.intake.intake()

    assert (form.channel, form.words, form.kind) == (OrderChannel.PHONE, "", "")


def test_a_search_narrows_the_list_and_an_empty_one_says_why(opened, cared, settled):
    tab = opened().visits
    tab.search.setText("9-9-909")
    tab.search.searched.emit("9-9-909")
    settled()

    assert tab.model.rows == ()
    assert "没有查到" in tab.empty._sentence.text()
    assert not tab.register.isEnabled()
    tab.search.clear_search()
    settled()
    assert len(tab.model.rows) == 1


def test_the_chosen_visit_stays_chosen_when_the_list_is_read_anew(opened, office, cared, settled):
    clerk = office.session("clerk")
    consenting(clerk, values=SPECIAL, name="李芳", mobile="13800000043", room="4-1-101")
    office.clock.advance(days=33)
    tab = opened().visits
    tab.table.view.selectRow(1)
    chosen = tab._chosen
    office.clock.advance(days=1)
    tab.reload()
    settled()

    assert chosen.person != tab.model.rows[0].person
    assert tab._chosen.person == chosen.person


def test_where_nothing_is_promised_it_says_so(opened):
    tab = opened().visits

    assert "没有哪个等级" in tab.empty._sentence.text()
    assert tab.counts.text() == ""


def test_where_nothing_is_due_soon_it_says_so(opened, office):
    published(office, [(VISITS, "1")])
    assert "今后 14 天内没有" in opened().visits.empty._sentence.text()


def test_who_registers_no_orders_opens_the_resident(opened, cared, qtbot):
    page = opened("reviewer")
    assert page.visits.register.isHidden()
    (row,) = page.visits.model.rows
    for act in (page.visits.opener.click, lambda: page.visits.table.view.opened.emit(row)):
        with qtbot.waitSignal(page.resident_requested) as asked_for:
            act()
        assert asked_for.args == [PersonId(cared)]


def test_how_often_somebody_took_care_in_time_is_told_to_who_sees_charts(opened, office, cared):
    for _number in range(8):
        registering.register(office.session("clerk"), asked())
    office.clock.advance(days=40)
    assert "按时接手：0%（0%–28%）（约 10 单）" in opened("manager").visits.kept.text()
    assert opened().visits.kept.isHidden()


def test_trouble_is_said(opened, monkeypatch, settled):
    page = opened()

    def full(*_args):
        raise StorageError("The disk is full; what was saved before is still there.")

    monkeypatch.setattr(keeping, "visits", full)
    page.visits.reload()
    settled()
    assert page.visits.message.sentence


def test_more_than_the_list_holds_is_counted(opened, office, cared, monkeypatch):
    consenting(office.session("clerk"), values=SPECIAL, name="李芳", room="4-1-101")
    office.clock.advance(days=33)
    monkeypatch.setattr(keeping, "MOST", 1)
    assert "另有 1 项" in opened().visits.more.text()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_clipped(opened, office, cared, wear, qtbot, scale):
    for _number in range(8):
        registering.register(office.session("clerk"), asked())
    office.clock.advance(days=40)
    wear(scale=scale)
    page = opened("manager", 1000, 800)
    qtbot.waitUntil(lambda: not clipped(page))
