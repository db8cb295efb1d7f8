"""The roster of a week: suggested, changed, taken back, and the people it is made of."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QLabel

from pmdesk.domain.orders.kinds import Service
from pmdesk.services.staffing import plans, rosters
from pmdesk.ui.staffing.crew_dialog import CrewDialog
from pmdesk.ui.staffing.hands_dialog import HandsDialog
from pmdesk.ui.staffing.papers import roster_rows
from tests.services.staffing.conftest import WEEK
from tests.ui.staffing.conftest import ROSTER
from tests.ui.staffing.dialogs import dialog

EARLY = (WEEK, "early")


def words(widget):
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_the_suggestion_fills_the_week_and_can_be_taken_back(opened, booked, crewed, settled):
    panel = opened(ROSTER).panel
    assert not panel.undo.isEnabled()
    panel.fill.click()
    settled()
    assert panel.board.roster.cells
    assert "李师傅" in words(panel.grid)

    filled = panel.board.roster
    panel.undo.click()
    settled()
    assert not panel.board.roster.cells
    panel.redo.click()
    settled()
    assert panel.board.roster == filled


def test_a_new_change_ends_what_could_be_done_again(opened, booked, crewed, settled):
    page = opened(ROSTER)
    panel = page.panel
    panel.fill.click()
    settled()
    panel.undo.click()
    settled()
    assert panel.redo.isEnabled()
    panel.grid.cells[EARLY].change.click()
    box = dialog(page, HandsDialog)
    box.boxes["li"].setChecked(True)
    box.go.click()
    settled()

    assert not panel.redo.isEnabled()
    panel.redoing.trigger()
    settled()
    assert panel.board.roster.of(*EARLY) == ("li",)


def test_every_change_is_named_and_taken_back_newest_first(opened, booked, crewed, settled, qtbot):
    page = opened(ROSTER)
    panel = page.panel
    panel.fill.click()
    settled()
    assert panel.undo.text() == panel.undo.accessibleName() == "撤销：按建议排"
    panel.slider.setValue(panel.slider.value() + 1)
    qtbot.waitUntil(lambda: panel.board.crew.careful == 85)
    settled()
    assert panel.undo.text() == "撤销：每班要多少人"
    panel.grid.cells[EARLY].change.click()
    box = dialog(page, HandsDialog)
    on = panel.board.roster.of(*EARLY)
    box.boxes[on[0]].setChecked(False)
    box.go.click()
    settled()
    assert panel.undo.text() == "撤销：03-02 周一 早班"

    panel.undoing.trigger()
    settled()
    assert panel.board.roster.of(*EARLY) == on
    panel.undoing.trigger()
    settled()
    assert (panel.board.crew.careful, panel.careful) == (80, 80)
    panel.undoing.trigger()
    settled()
    assert not panel.board.roster.cells
    assert not panel.undo.isEnabled()


def test_colleagues_and_their_shifts_are_taken_back_too(opened, booked, crewed, settled):
    page = opened(ROSTER)
    page.panel.crew.click()
    box = dialog(page, CrewDialog)
    box.share.setValue(40)
    box.go.click()
    settled()
    assert page.panel.board.crew.share == 40

    page.panel.undo.click()
    settled()
    assert page.panel.board.crew.share != 40


def test_a_change_of_an_earlier_day_is_taken_back_without_a_name(
    opened, booked, crewed, manager, settled
):
    board = rosters.board(manager, WEEK)
    plans.save_roster(manager, board.roster.with_cell(*EARLY, ("li",)), board.edition)
    panel = opened(ROSTER).panel
    assert panel.undo.text() == "撤销"
    panel.undo.click()
    settled()

    assert not panel.board.roster.cells


def test_a_colleagues_change_is_not_taken_back_unseen(opened, booked, crewed, office, settled):
    panel = opened(ROSTER).panel
    panel.fill.click()
    settled()
    other = office.session("manager2")
    board = rosters.board(other, WEEK)
    plans.save_roster(other, board.roster.with_cell(*EARLY, ("wu",)), board.edition)
    panel.undo.click()
    settled()

    assert "同事刚刚改过" in panel.note.sentence
    assert panel.board.roster.of(*EARLY) == ("wu",)


def test_both_ends_of_the_slider_say_how_many_people_and_how_many_orders_wait(
    opened, booked, crewed
):
    panel = opened(ROSTER).panel
    bold, careful = panel.board.tradeoffs[0], panel.board.tradeoffs[-1]

    assert [one.text() for one in panel.ends] == [
        f"人少，剩活多：一周 {bold.shifts} 人次，约 {round(bold.left)} 单要等下一班",
        f"人多，空闲多：一周 {careful.shifts} 人次，约 {round(careful.left)} 单要等下一班",
    ]
    assert bold.shifts < careful.shifts


def test_the_shifts_of_a_day_stand_as_they_begin(opened, booked, crewed):
    panel = opened(ROSTER).panel
    of_monday = [part for cell, part in panel.grid.cells.items() if cell[0] == WEEK]
    left_to_right = sorted(of_monday, key=lambda part: part.x())
    assert [part.cell[1] for part in left_to_right] == ["night", "early", "late"]
    assert roster_rows(panel.board)[0][1:] == (
        *("夜班 00:00–08:00", "早班 08:00–16:00", "晚班 16:00–24:00"),
    )


def test_the_slider_tells_its_price_and_is_kept_once_it_rests(
    opened, booked, crewed, settled, qtbot, prompts
):
    panel = opened(ROSTER).panel
    told = set()
    for _press in range(3):  # as keys move it: each step begins before the last one is saved
        panel.slider.setValue(panel.slider.value() + 1)
        told.add(panel.price.text())
    qtbot.waitUntil(lambda: panel.board.crew.careful == 95)
    settled()

    assert len(told) > 1
    assert "空着" in panel.price.text()
    assert "下一班" in panel.cost.text()
    assert panel.careful == 95
    assert panel.note.sentence == ""


def test_two_presses_are_one_change(opened, booked, crewed, settled):
    panel = opened(ROSTER).panel
    panel.fill.click()
    panel.fill.click()
    settled()

    assert panel.note.sentence == ""
    assert panel.board.roster.cells


def test_a_shift_is_filled_by_ticks(opened, booked, crewed, settled):
    page = opened(ROSTER)
    page.panel.grid.cells[EARLY].change.click()
    box = dialog(page, HandsDialog)
    box.boxes["li"].setChecked(True)
    box.go.click()
    settled()

    assert page.panel.board.roster.of(*EARLY) == ("li",)
    assert "李师傅" in page.panel.grid.cells[EARLY].change.accessibleName()


def test_ticks_that_are_not_saved_are_asked_about(opened, booked, crewed):
    page = opened(ROSTER)
    page.panel.grid.cells[EARLY].change.click()
    box = dialog(page, HandsDialog)
    box.boxes["li"].setChecked(True)

    box.leave()
    assert box.isVisible()
    assert box.message.sentence
    box.leave()
    assert not box.isVisible()

    page.panel.grid.cells[EARLY].change.click()
    box = dialog(page, HandsDialog)
    box.leave()
    assert not box.isVisible()


def test_who_is_on_elsewhere_that_day_is_told(opened, booked, crewed, manager, settled):
    board = rosters.board(manager, WEEK)
    plans.save_roster(manager, board.roster.with_cell(WEEK, "late", ("li",)), board.edition)
    page = opened(ROSTER)
    page.panel.grid.cells[EARLY].change.click()

    assert "已排 晚班" in dialog(page, HandsDialog).boxes["li"].text()


def test_too_much_in_a_week_is_told(opened, booked, crewed, manager):
    board = rosters.board(manager, WEEK)
    roster = board.roster
    for step in range(7):
        roster = roster.with_cell(WEEK + timedelta(days=step), "early", ("li", "left"))
    plans.save_roster(manager, roster, board.edition)
    panel = opened(ROSTER).panel

    assert "李师傅 这一周没有休息日" in panel.strain.sentence
    assert "已离开的同事" in words(panel.grid)


def test_a_colleagues_change_is_shown_beside_the_reason(opened, booked, crewed, office, settled):
    panel = opened(ROSTER).panel
    other = office.session("manager2")
    board = rosters.board(other, WEEK)
    plans.save_roster(other, board.roster.with_cell(*EARLY, ("wu",)), board.edition)
    panel.fill.click()
    settled()

    assert "同事刚刚改过" in panel.note.sentence
    assert panel.board.roster.of(*EARLY) == ("wu",)


def test_nobody_more_to_put_on_is_told(opened, booked, crewed, settled):
    panel = opened(ROSTER).panel
    for _press in range(2):
        panel.fill.click()
        settled()

    assert "还有 7 个班缺人，但会做的人都排不上" in panel.note.sentence
    panel.bar.on.click()
    settled()
    assert panel.note.sentence == ""


def test_where_all_shifts_have_enough_the_way_to_fewer_people_is_told(
    opened, booked, crewed, settled
):
    panel = opened(ROSTER).panel
    panel.board = replace(panel.board, workloads={})
    panel.fill.click()

    assert panel.note.sentence.startswith("每个班都够人了。")
    assert "清空本周" in panel.note.sentence


def test_the_week_can_be_cleared_from_today_on_and_brought_back(
    opened, booked, crewed, settled, manager
):
    board = rosters.board(manager, WEEK)
    plans.save_roster(manager, board.roster.with_cell(*EARLY, ("wu",)), board.edition)
    manager.clock.advance(days=1)
    panel = opened(ROSTER).panel
    assert not panel.clear.isEnabled()  # what was stays
    panel.fill.click()
    settled()
    filled = panel.board.roster
    panel.clear.click()
    settled()

    assert panel.board.roster.cells == {EARLY: ("wu",)}
    assert panel.undo.text() == "撤销：清空本周"
    panel.undo.click()
    settled()
    assert panel.board.roster == filled


def test_another_week_is_another_roster(opened, booked, crewed, settled):
    panel = opened(ROSTER).panel
    panel.bar.on.click()
    settled()
    assert panel.board.week == WEEK + timedelta(days=7)
    panel.bar.back.click()
    panel.bar.back.click()
    settled()
    assert "已经过去" in panel.price.text()
    panel.bar.now.click()
    settled()
    assert panel.board.week == WEEK


def test_without_hands_a_shift_leads_to_the_crew(opened, booked, settled):
    page = opened(ROSTER)
    assert "还没有录入同事" in page.panel.note.sentence
    assert not page.panel.fill.isEnabled()
    page.panel.grid.cells[EARLY].change.click()

    assert dialog(page, CrewDialog)


def test_without_orders_the_roster_is_kept_by_hand(opened, crewed):
    panel = opened(ROSTER).panel

    assert "还不能预测" in panel.price.text()
    assert panel.grid.cells[EARLY].change.isEnabled()


def test_a_clerk_sees_the_roster_and_changes_nothing(opened, booked, crewed, office):
    panel = opened(ROSTER, office.session("clerk")).panel

    assert panel.grid.cells
    change = panel.grid.cells[EARLY].change
    for part in (panel.fill, panel.clear, panel.undo, panel.crew, change):
        assert not part.isVisible()


# ---- crew ----------------------------------------------------------------------------------------


def test_a_colleague_and_a_shift_are_added(opened, booked, settled, manager):
    page = opened(ROSTER)
    page.panel.crew.click()
    box = dialog(page, CrewDialog)
    box.hands.more.click()
    box.hands.rows[0].name.setText("李师傅")
    box.hands.rows[0].skills.buttons()[0].click()
    box.shifts.more.click()
    box.shifts.rows[-1].name.setText("中班")
    box.shifts.rows[-1].start.setValue(12)
    box.go.click()
    settled()
    crew, _edition = plans.crew(manager)

    assert [(one.name, one.skills) for one in crew.hands] == [
        ("李师傅", frozenset({Service.REPAIR}))
    ]
    assert [one.name for one in crew.shifts] == ["夜班", "早班", "中班", "晚班"]
    assert len(page.panel.grid.cells) == 28


def test_what_is_wrong_stands_beside_it_and_nothing_is_saved(opened, booked, settled, manager):
    page = opened(ROSTER)
    page.panel.crew.click()
    box = dialog(page, CrewDialog)
    box.hands.more.click()
    box.go.click()
    settled()

    assert box.isVisible()
    assert box.hands.rows[0].problem.isVisible()
    assert plans.crew(manager)[0].hands == ()
    box.hands.rows[0].dropped.emit(box.hands.rows[0])
    box.go.click()
    settled()
    assert not any(one.isVisible() for one in page.window().findChildren(CrewDialog))


def test_a_change_can_be_tried_again_after_a_fault_of_the_program(
    opened, booked, crewed, settled, monkeypatch, qtbot
):
    def planted(*_args):
        raise ZeroDivisionError

    panel = opened(ROSTER).panel
    with monkeypatch.context() as broken, qtbot.capture_exceptions() as faults:
        broken.setattr(plans, "save_roster", planted)
        panel.fill.click()
        settled()
    assert len(faults) == 1

    panel.fill.click()
    settled()
    assert panel.undo.text() == "撤销：按建议排"
