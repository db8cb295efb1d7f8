"""The import of past orders as a manager uses it, over a real office."""

import threading

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from python_calamine import CalamineWorkbook

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.order import OrderState
from pmdesk.services.order_import import importing
from pmdesk.ui.exchange import meanings
from pmdesk.ui.pages.importing_orders import (
    CHECK,
    CHOOSE,
    COLUMNS,
    DONE,
    MEANINGS,
    OrderImportPage,
)
from tests.offices import resident
from tests.services.order_import.lists import HEAD, csv, orders, row


@pytest.fixture
def session(office):
    return office.session("manager")


@pytest.fixture
def page(session, tasks, prompts, shown):
    return shown(OrderImportPage(session, tasks, prompts))


@pytest.fixture
def walk(page, settled):
    """Opens a file and goes on as long as the page lets."""

    def _walk(path=None, upto=DONE):
        if path is not None:
            page.open_file(path)
            settled()
        while page.step < upto and page.forth.isVisible() and page.forth.isEnabled():
            if page.step == MEANINGS and page.meanings.open_buildings:
                page.meanings.lead_buildings(None)
            page.forth.click()
            settled()
        return page

    return _walk


def texts(widget):
    return " ".join(one.text() for one in widget.findChildren(QLabel))


def test_a_list_is_entered_in_five_steps(walk, tmp_path, session, qtbot):
    page = walk(csv(tmp_path / "a.csv", row(), row(单号="2", 状态="处理中", 办结时间="")))

    assert page.step == DONE
    assert "已导入 2 条工单" in page.done.words
    assert "1 条未结" in page.done.words
    assert len(orders(session)) == 2
    with qtbot.waitSignal(page.page_requested) as asked:
        page.done.onward.click()
    assert asked.args == ["orders"]


def test_types_and_buildings_mean_what_somebody_chooses(walk, tmp_path, session):
    resident(session, room="3-2-501")
    path = csv(tmp_path / "a.csv", row(类型="Parks"), row(单号="2", 楼栋="老楼"))
    page = walk(path, MEANINGS)
    assert set(page.meanings.types) == {"Parks", "水暖"}
    assert set(page.meanings.buildings) == {"老楼"}
    assert "1" in texts(page.meanings)

    box = page.meanings.types["Parks"]
    box.setCurrentIndex(box.findData(Service.CLEANING.value))
    box = page.meanings.buildings["老楼"]
    box.setCurrentIndex(box.findData("3"))
    walk()

    entered = orders(session)
    assert [one.service for one in entered] == [Service.CLEANING, Service.REPAIR]
    assert [one.spot.building for one in entered] == ["3", "3"]


def test_all_new_buildings_are_led_at_once_the_rare_ones_too(walk, tmp_path, session, monkeypatch):
    monkeypatch.setattr(meanings, "SHOWN", 2)
    path = csv(
        tmp_path / "a.csv", *(row(单号=str(n), 楼栋=f"{n}栋", 类型=f"类{n}") for n in range(1, 6))
    )
    page = walk(path, MEANINGS)
    assert (len(page.meanings.buildings), len(page.meanings.types)) == (2, 2)
    assert "另有 3 个" in texts(page.meanings)

    page.forth.click()
    assert page.step == MEANINGS
    assert page.banner.sentence == "请先选择这 5 栋楼分别是什么：1 栋、2 栋、3 栋、4 栋、5 栋"

    page.meanings.lead_buildings("\0out")
    walk(upto=CHECK)
    assert not page.forth.isEnabled()
    assert "5 条工单随所在楼栋不导入" in texts(page.check.odd)

    page.back.click()
    page.meanings.lead_buildings("")
    walk(upto=CHECK)
    assert page.check.good.accessibleName().count("5")
    page.back.click()
    page.meanings.lead_buildings(None)
    walk(upto=CHECK)
    assert "新建 5 栋楼" in texts(page.check.odd)


def test_a_building_of_no_register_is_entered_only_once_somebody_said_what_it_is(
    walk, tmp_path, session, settled
):
    resident(session, room="3-2-501")
    path = csv(tmp_path / "a.csv", row(), row(单号="2", 楼栋="老楼"), row(单号="3", 楼栋="新楼"))
    page = walk(path, MEANINGS)
    box = page.meanings.buildings["老楼"]
    assert (box.currentText(), box.placeholderText()) == ("", "请选择")
    box.setCurrentIndex(box.findData("3"))

    page.forth.click()
    assert page.step == MEANINGS
    assert page.banner.sentence == "请先选择这 1 栋楼分别是什么：新楼"
    assert page.meanings.buildings["新楼"].hasFocus()

    box = page.meanings.buildings["新楼"]
    box.setCurrentIndex(box.findData("新楼"))
    page.forth.click()
    settled()
    assert (page.step, page.banner.sentence) == (CHECK, "")


def test_orders_that_are_open_for_years_are_told_and_can_be_cancelled(walk, tmp_path, session):
    old = row(报修时间="2019-05-01", 状态="", 办结时间="")
    page = walk(csv(tmp_path / "a.csv", old), CHECK)
    assert "一年多没有办结" in texts(page.check.odd)
    assert "工单日期：2019-05-01 至 2019-05-01。" in texts(page.check.odd)
    assert "1" in page.check.open.accessibleName()

    page.back.click()
    page.meanings.closes_old.click()
    walk(upto=CHECK)
    assert "0" in page.check.open.accessibleName()


def test_a_list_without_types_says_so(walk, tmp_path):
    page = walk(csv(tmp_path / "a.csv", ("1", "2026-02-20"), head=("单号", "报修时间")), MEANINGS)

    assert "表里没有类型" in texts(page.meanings)
    assert page.meanings.buildings == {}


def test_without_a_day_the_rows_cannot_be_read(walk, tmp_path):
    page = walk(csv(tmp_path / "a.csv", row()), COLUMNS)
    box = page.columns.boxes[1]
    box.setCurrentIndex(0)
    box.activated.emit(0)

    assert not page.forth.isEnabled()
    page.back.click()
    assert page.step == CHOOSE


def test_bad_rows_are_saved_mended_and_imported(walk, tmp_path, prompts, settled, session):
    page = walk(csv(tmp_path / "a.csv", row(办结时间="2026-02-19"), row(单号="2")), CHECK)
    assert [(fault.row_number, fault.column) for fault in page.check.model.rows] == [
        (2, "办结时间")
    ]
    assert "办结早于报修" in page.check.model.index(0, 2).data()
    prompts.path = tmp_path / "改正.xlsx"
    page.check.save.click()
    settled()
    walk()
    assert "还有 1 行" in page.done.words

    rows = CalamineWorkbook.from_path(str(prompts.path)).get_sheet_by_index(0).to_python()
    rows[1][HEAD.index("办结时间")] = "2026-02-22"
    page.done.again.click()
    walk(csv(tmp_path / "改好.csv", *rows[1:], head=rows[0]))
    assert len(orders(session)) == 2


def test_what_was_imported_before_cannot_be_entered_again(walk, tmp_path):
    path = csv(tmp_path / "a.csv", row())
    walk(path)
    page = walk(path, CHECK)

    assert not page.forth.isEnabled()
    assert "1" in page.check.again.accessibleName()


def test_cancelling_leaves_the_step_as_it_was(
    walk, tmp_path, page, session, monkeypatch, settled, qtbot
):
    begun, go_on = threading.Event(), threading.Event()
    entering = importing.enter

    def slow(session, plan, *, progress):
        begun.set()
        go_on.wait(5)
        return entering(session, plan, progress=progress)

    walk(csv(tmp_path / "a.csv", row()), CHECK)
    monkeypatch.setattr(importing, "enter", slow)
    page.forth.click()
    qtbot.waitUntil(begun.is_set)
    assert page.working.isVisible()
    page.working.cancel.click()
    go_on.set()
    settled()

    assert (page.step, page.banner.sentence) == (CHECK, "已取消，未作任何更改。")
    assert orders(session) == []


def test_the_template_has_plain_headers_that_are_understood(page, prompts, settled, tmp_path, walk):
    prompts.path = tmp_path / "模板.xlsx"
    page.choose.template.click()
    settled()
    assert "模板已保存" in page.banner.sentence
    rows = CalamineWorkbook.from_path(str(prompts.path)).get_sheet_by_index(0).to_python()

    page = walk(csv(tmp_path / "a.csv", ("1", "2026-02-20", *[""] * 8), head=rows[0]), COLUMNS)
    assert all(box.currentData() for box in page.columns.boxes.values())


def test_the_page_leads_to_the_import_of_residents(page, qtbot):
    with qtbot.waitSignal(page.import_requested):
        page.residents.click()


def test_a_wrong_import_is_withdrawn_after_saying_what_that_is(
    walk, page, prompts, settled, tmp_path, session
):
    assert not page.earlier.isVisible()
    walk(csv(tmp_path / "a.csv", row()))
    page.done.again.click()
    settled()
    assert "李静" in texts(page.earlier)

    [withdraw] = page.earlier.findChildren(QPushButton)
    prompts.confirms = False
    withdraw.click()
    settled()
    assert orders(session)[0].state is OrderState.CLOSED

    prompts.confirms = True
    withdraw.click()
    settled()
    assert "撤回这次导入的 1 条工单" in prompts.asked[-1]
    assert "已撤回" in page.banner.sentence
    assert "已撤回" in texts(page.earlier)
    assert orders(session)[0].state is OrderState.CANCELLED
