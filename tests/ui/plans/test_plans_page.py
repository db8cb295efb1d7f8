"""The page of service plans: a grid like a spreadsheet, the contract as its floor."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from pmdesk.domain.orders.plan_draft import CONTRACT, LINES, Line, PlanCell, drafted
from pmdesk.domain.orders.plan_reading import Aspect
from pmdesk.errors import StorageError
from pmdesk.services.orders import floor
from pmdesk.ui.commands import Command
from pmdesk.ui.pages.plans import PlansPage
from pmdesk.ui.plans import model
from tests.ui.plans.planned import (
    ANSWER,
    BASE,
    DONE,
    NORMAL,
    VISITS,
    WAYS,
    cell,
    choose,
    write,
)


@pytest.fixture
def page(office, tasks, prompts, shown):
    return shown(PlansPage(office.session("manager"), tasks, prompts), 1300, 900)


# ---- reading ---------------------------------------------------------------------------------


def test_an_office_begins_with_numbers_that_nobody_agreed_to(page):
    assert "随软件自带" in page.header.findChildren(type(page.header._subtitle))[1].text()
    assert "还没有人确认过" in page.note.sentence
    assert page.publisher.isEnabled()
    assert page.giver.isHidden()


def test_the_grid_reads_by_aspect_and_a_tier_follows_the_contract(page):
    grid = page.bench.model
    heads = [grid.headerData(at, Qt.Orientation.Horizontal) for at in range(grid.columnCount())]
    answer = grid.index_of(ANSWER)

    assert heads[1:] == ["合同", "关怀", "加强", "专项"]
    assert grid.data(answer) == "24 小时"
    assert grid.data(answer, model.PALE_ROLE)
    assert grid.data(answer, Qt.ItemDataRole.AccessibleTextRole).endswith("：24 小时；同合同")
    assert grid.data(grid.index(0, 0)) == "主动服务次数"


def test_who_may_not_plan_reads_only_and_is_told_why(office, tasks, prompts, shown, qtbot):
    page = shown(PlansPage(office.session("clerk"), tasks, prompts), 1300, 900)
    page.bench.grid.go(ANSWER)
    qtbot.keyClicks(page.bench.grid, "4")

    assert page.publisher.isHidden()
    assert page.bench.opener.isHidden()
    assert page.bench.model.draft == drafted(BASE)
    assert "主管或管理员" in page.bench.card.problem.sentence


# ---- typing ----------------------------------------------------------------------------------


def test_an_entry_stands_and_the_next_line_is_current(page, qtbot):
    write(qtbot, page, VISITS, "4")

    assert page.bench.model.shown(VISITS) == "每年 4 次"
    assert page.bench.grid.current == cell("care", Aspect.VISITS, "cleaning")
    assert "1 处改动未发布" in page.header._subtitle.text()
    assert not page.giver.isHidden()


def test_tab_goes_on_to_the_next_tier_and_out_at_the_end(page, qtbot):
    write(qtbot, page, VISITS, "4", Qt.Key.Key_Tab)
    assert page.bench.grid.current == cell("enhanced", Aspect.VISITS)

    qtbot.keyClick(page.bench.grid, Qt.Key.Key_Backtab)
    assert page.bench.grid.current == VISITS
    page.bench.grid.go(PlanCell("special", Line(Aspect.DONE, "complaints")))
    qtbot.keyClick(page.bench.grid, Qt.Key.Key_Tab)
    assert not page.bench.grid.hasFocus()


def test_arrows_pass_over_headings(page, qtbot):
    page.bench.grid.go(cell("care", Aspect.VISITS, "other"))
    qtbot.keyClick(page.bench.grid, Qt.Key.Key_Down)
    assert page.bench.grid.current == ANSWER
    qtbot.keyClick(page.bench.grid, Qt.Key.Key_Up)
    assert page.bench.grid.current == cell("care", Aspect.VISITS, "other")


def test_enter_opens_a_cell_and_escape_leaves_it_as_it_was(page, qtbot):
    grid = page.bench.grid
    grid.go(ANSWER)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    line = grid.findChild(QLineEdit)
    assert line.text() == "24"
    qtbot.keyClicks(line, "9")
    qtbot.keyClick(line, Qt.Key.Key_Escape)

    assert page.bench.model.draft == drafted(BASE)


def test_every_edit_can_be_undone_and_redone_by_key(page, qtbot):
    write(qtbot, page, ANSWER, "4")
    assert "关怀" in page.bench.undoer.toolTip()
    page.bench.undoer.click()
    assert page.bench.model.draft == drafted(BASE)
    page.bench.redoer.click()
    assert page.bench.model.draft.value(ANSWER) == 4


def test_a_plan_below_the_contract_says_which_cell_and_why_and_is_not_published(
    page, qtbot, prompts, office
):
    write(qtbot, page, ANSWER, "48")
    sentence = page.bench.faults.sentence
    page.bench.grid.go(VISITS)
    page.publisher.click()

    assert "关怀 · 多久有人答复 · 维修" in sentence
    assert "比合同对所有人的承诺慢：最多 24 小时" in sentence
    assert page.bench.grid.current == ANSWER
    assert "最多 24 小时" in page.bench.card.problem.sentence
    assert prompts.asked == []
    assert len(floor.versions(office.session("manager"))) == 1
    page.bench.raiser.click()
    assert page.bench.faults.isHidden()


def test_a_fault_moves_no_row_and_what_cannot_be_read_counts_as_a_change(page, qtbot):
    grid = page.bench.grid
    before = grid.mapTo(page, grid.rect().topLeft())
    write(qtbot, page, VISITS, "often")
    QApplication.processEvents()

    assert page.bench.faults.isVisible()
    assert grid.mapTo(page, grid.rect().topLeft()) == before
    assert "1 处改动未发布" in page.header._subtitle.text()


def test_what_cannot_be_read_stays_in_its_cell_marked(page, qtbot):
    write(qtbot, page, VISITS, "often")
    index = page.bench.model.index_of(VISITS)

    assert page.bench.model.data(index) == "often"
    assert "看不懂" in page.bench.model.data(index, Qt.ItemDataRole.ToolTipRole)
    assert "看不懂" in page.bench.model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    page.bench.finder.click()
    page.bench.card.back.click()
    assert page.bench.model.draft == drafted(BASE)


def test_the_time_of_an_order_is_locked_in_every_tier(page, qtbot):
    page.bench.grid.go(DONE)
    qtbot.keyClicks(page.bench.grid, "1")
    assert "不看等级" in page.bench.card.problem.sentence
    page.bench.grid.doubleClicked.emit(page.bench.model.index_of(DONE))
    assert page.bench.model.draft == drafted(BASE)


def test_rounds_of_common_areas_are_locked_in_every_tier_and_say_why(page, qtbot):
    rounds = cell("special", Aspect.VISITS, "cleaning")
    page.bench.grid.go(rounds)
    qtbot.keyClicks(page.bench.grid, "9")
    grid = page.bench.model

    assert grid.draft == drafted(BASE)
    assert "公共区域" in page.bench.card.problem.sentence
    assert "公共区域" in grid.data(grid.index_of(rounds), Qt.ItemDataRole.ToolTipRole)
    assert grid.data(grid.index_of(rounds), model.LOCK_ROLE)
    page.bench.opener.click()
    assert grid.may_type(cell(CONTRACT, Aspect.VISITS, "cleaning"))


def test_the_contract_opens_on_purpose_only(page, qtbot):
    page.bench.grid.go(NORMAL)
    qtbot.keyClicks(page.bench.grid, "4")
    assert "修改合同" in page.bench.card.problem.sentence

    page.bench.opener.click()
    assert "须先经业主同意" in page.bench.message.sentence
    write(qtbot, page, NORMAL, "48")
    assert page.bench.model.draft.value(DONE) == 48


def test_ways_are_ticked_and_the_contracts_own_stay(page):
    page.bench.grid.go(WAYS)
    chips = {chip.text(): chip for chip in page.bench.card.ways.buttons()}
    assert not chips["电话"].isEnabled()
    chips["上门"].click()

    assert page.bench.model.shown(WAYS) == "前台、电话、上门"
    assert "合同（人人相同）：前台、电话" in page.bench.card.base.text()
    page.bench.card.back.click()
    assert not page.bench.model.draft.differs(WAYS)


# ---- blocks ----------------------------------------------------------------------------------


def test_a_block_from_a_spreadsheet_is_pasted_as_one_step(page):
    QApplication.clipboard().setText("4\t6\n每月1次\t每周 1 次\n")
    page.bench.grid.go(cell("enhanced", Aspect.VISITS, "complaint"))
    page.bench.grid.paste()
    draft = page.bench.model.draft

    assert draft.value(cell("enhanced", Aspect.VISITS, "complaint")) == 4
    assert draft.value(cell("special", Aspect.VISITS, "enquiry")) == 52
    page.bench.model.undo.undo()
    assert page.bench.model.draft == drafted(BASE)


def test_copied_cells_can_be_pasted_again_and_one_value_fills_all(page, qtbot):
    write(qtbot, page, ANSWER, "4")
    choose(page, ANSWER, cell("enhanced", Aspect.RESPOND, "cleaning"))
    page.bench.grid.copy()
    assert QApplication.clipboard().text() == "4\t24\n24\t24"

    QApplication.clipboard().setText("12")
    page.bench.grid.paste()
    assert page.bench.model.draft.value(cell("enhanced", Aspect.RESPOND, "cleaning")) == 12
    qtbot.keyClick(page.bench.grid, Qt.Key.Key_Delete)
    assert page.bench.model.draft == drafted(BASE)


def test_the_clipboard_keys_of_a_spreadsheet_work(page, qtbot):
    grid, ctrl = page.bench.grid, Qt.KeyboardModifier.ControlModifier
    write(qtbot, page, ANSWER, "4")
    grid.go(ANSWER)
    qtbot.keyClick(grid, Qt.Key.Key_X, ctrl)
    assert page.bench.model.draft == drafted(BASE)
    qtbot.keyClick(grid, Qt.Key.Key_V, ctrl)
    assert page.bench.model.draft.value(ANSWER) == 4
    qtbot.keyClick(grid, Qt.Key.Key_Backspace)
    assert page.bench.model.draft == drafted(BASE)


def test_filling_down_stays_within_one_aspect(page, qtbot):
    write(qtbot, page, ANSWER, "4")
    choose(page, ANSWER, WAYS)
    page.bench.grid.fill_down()
    draft = page.bench.model.draft
    assert draft.value(cell("care", Aspect.RESPOND, "other")) == 4
    assert draft.value(WAYS) == {"counter", "phone"}

    page.bench.grid.go(cell("care", Aspect.RESPOND, "security"))
    page.bench.grid.fill_down()
    assert page.bench.model.draft.value(cell("care", Aspect.RESPOND, "security")) == 4
    page.bench.grid.go(VISITS)
    page.bench.grid.fill_down()  # nothing stands above


def test_the_contract_is_copied_into_a_tier_with_one_click(page, qtbot):
    write(qtbot, page, ANSWER, "4")
    action = page.bench.copier.menu().actions()[0]
    assert action.text() == "关怀"
    action.trigger()
    assert page.bench.model.draft == drafted(BASE)


def test_what_stands_where_nothing_can_be_entered_is_passed_over(page):
    choose(page, NORMAL, DONE)
    QApplication.clipboard().setText("1\t1")
    page.bench.grid.paste()
    assert page.bench.model.draft == drafted(BASE)
    QApplication.clipboard().setText("")
    page.bench.grid.paste()
    assert not page.bench.model.undo.canUndo()


def test_the_key_for_why_tells_it_beside_the_grid(page):
    page.bench.grid.go(DONE)
    page.bench.actions_by_command[Command.WHY_LOCKED].trigger()
    assert "不看等级" in page.bench.card.problem.sentence


def test_at_large_text_the_page_follows_the_cursor(page, wear, settled):
    wear(scale=2.0)
    page.resize(700, 500)
    settled()
    where = PlanCell("special", LINES[-1])
    page.bench.grid.go(where)
    settled()
    grid = page.bench.grid
    rect = grid.visualRect(page.bench.model.index_of(where))
    at = grid.viewport().mapTo(page, rect.center())

    assert page.rect().contains(at)


def test_an_entry_that_is_being_typed_is_published_too(page, qtbot):
    page.bench.grid.go(ANSWER)
    qtbot.keyClicks(page.bench.grid, "9")
    page.bench.grid.settle()
    assert page.bench.model.draft.value(ANSWER) == 9


def test_what_went_wrong_is_seen_also_from_the_end_of_the_grid(page, wear, settled):
    wear(scale=2.0)
    page.resize(700, 500)
    settled()
    page.bench.grid.go(PlanCell("special", LINES[-1]))
    settled()

    page.show_trouble(StorageError("磁盘已满", ""))
    settled()

    assert page.message.visibleRegion().boundingRect() == page.message.rect()
