"""Rounds of a week, paper of all plans, and how everything looks."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from pmdesk.ui import printing
from pmdesk.ui.staffing.crew_dialog import CrewDialog
from pmdesk.ui.staffing.days_dialog import DaysDialog
from pmdesk.ui.staffing.hands_dialog import HandsDialog
from pmdesk.ui.theme import Scheme
from tests.pdf import text_of
from tests.services.staffing.conftest import WEEK
from tests.ui.clipping import clipped
from tests.ui.staffing.conftest import FORECAST, ROSTER, ROUNDS
from tests.ui.staffing.dialogs import dialog

EARLY = (WEEK, "early")


def test_suggested_rounds_are_taken_removed_and_taken_back(opened, booked, settled):
    panel = opened(ROUNDS).panel
    panel.adopt.click()
    settled()
    rounds = panel.model.rows
    assert any(one.place == "1-地下车库" for one in rounds)

    panel.table.view.selectRow(0)
    panel.drop.click()
    settled()
    assert len(panel.model.rows) == len(rounds) - 1
    assert panel.undo.text().startswith("撤销：去掉 03-")
    panel.undo.click()
    settled()
    assert panel.model.rows == rounds


def test_a_round_is_added_by_hand_and_stays_beside_the_suggestion(opened, booked, settled):
    panel = opened(ROUNDS).panel
    panel.form.start.setValue(1)
    panel.form.until.setValue(3)
    panel.form.why.setText("门卫请求")
    panel.form.go.click()
    settled()
    assert panel.form.why.text() == ""
    panel.adopt.click()
    settled()

    assert any(one.why == "门卫请求" for one in panel.model.rows)
    assert len(panel.model.rows) > 1


def test_a_round_that_ends_before_it_begins_is_told(opened, booked, settled):
    panel = opened(ROUNDS).panel
    panel.form.start.setValue(20)
    panel.form.until.setValue(8)
    panel.form.go.click()

    assert "开始时间" in panel.form.problem.text()
    assert not panel.model.rows


def test_a_round_is_changed_from_the_table_taken_back_and_done_again(
    opened, booked, settled, qtbot
):
    panel = opened(ROUNDS).panel
    panel.adopt.click()
    settled()
    rounds = panel.model.rows
    panel.table.view.go_in()
    assert panel.change.isEnabled()
    qtbot.keyClick(panel.table.view, Qt.Key.Key_F2)
    assert panel.form.edited == rounds[0]
    assert panel.form.value == rounds[0]  # the reason stays the one of every language
    panel.form.until.setValue(rounds[0].end + 1)
    panel.form.go.click()
    settled()
    changed = replace(rounds[0], end=rounds[0].end + 1)
    assert panel.model.rows == (changed, *rounds[1:])
    assert panel.form.edited is None
    assert panel.undo.text().startswith("撤销：修改 ")

    panel.undoing.trigger()
    settled()
    assert panel.model.rows == rounds
    assert panel.redo.text().startswith("重做：修改 ")
    panel.redoing.trigger()
    settled()
    assert panel.model.rows == (changed, *rounds[1:])
    assert not panel.redo.isEnabled()


def test_a_double_click_opens_a_round_and_it_may_be_left_alone(opened, booked, settled):
    panel = opened(ROUNDS).panel
    panel.adopt.click()
    settled()
    one = panel.model.rows[-1]
    panel.table.view.opened.emit(one)
    assert panel.form.edited == one
    assert panel.form.day.currentData() == one.day
    panel.form.cancel.click()

    assert panel.form.edited is None
    assert not panel.form.cancel.isVisible()


def test_a_round_that_is_gone_meanwhile_is_no_more_edited(opened, booked, settled):
    panel = opened(ROUNDS).panel
    panel.adopt.click()
    settled()
    panel.table.view.selectRow(0)
    panel.change.click()
    panel.drop.click()
    settled()

    assert panel.form.edited is None


def test_a_reason_is_looked_at_on_leaving_it_and_never_cut(opened, booked, settled):
    panel = opened(ROUNDS).panel
    panel.form.why.setText("长" * 61)
    panel.form.why.left.emit()
    assert panel.form.problem.text()
    assert panel.form.why.text() == "长" * 61
    panel.form.why.setText("重点盯防外地租户张伟家")
    panel.form.go.click()
    settled()

    assert "不要写人" in panel.form.problem.text()
    assert not panel.model.rows


def test_what_the_service_refuses_stays_in_the_form(opened, booked, settled):
    panel = opened(ROUNDS).panel
    panel.form.why.setText("流动人口多")
    panel.form.go.click()
    settled()

    assert "流动人口" in panel.note.sentence
    assert panel.form.why.text() == "流动人口多"
    assert not panel.model.rows


def test_rounds_name_no_home_and_say_what_they_are_made_of(opened, booked, settled):
    panel = opened(ROUNDS).panel

    assert "不针对任何住户" in panel.hint.text()
    assert "安保" in panel.hint.text()


# ---- paper ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("tab", [ROSTER, ROUNDS])
def test_a_plan_is_saved_as_pdf_and_logged(
    opened, booked, crewed, prompts, tmp_path, settled, office, tab
):
    panel = opened(tab).panel
    (panel.fill if tab == ROSTER else panel.adopt).click()
    settled()
    prompts.path = tmp_path / "plan"
    with office.logged() as log:
        panel.saving.click()
        settled()
    text = "".join(text_of((tmp_path / "plan.pdf").read_bytes()))

    assert [act for act, _target, _fields in log] == ["staffing.paper"]
    assert ("李师傅" if tab == ROSTER else "地下车库") in text
    assert "plan.pdf" in panel.note.sentence


@pytest.mark.parametrize("tab", [ROSTER, ROUNDS])
def test_a_printed_plan_is_logged_and_a_look_is_not(
    opened, booked, crewed, settled, office, monkeypatch, tab
):
    panel = opened(tab).panel
    for printed, expected in ((False, []), (True, ["staffing.paper"])):
        monkeypatch.setattr(printing, "preview", lambda *_all, printed=printed: printed)
        with office.logged() as log:
            panel.printing.click()
            settled()
        assert [act for act, _target, _fields in log] == expected


# ---- looks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("tab", [FORECAST, ROSTER, ROUNDS])
def test_nothing_is_clipped(opened, booked, crewed, wear, qtbot, scale, tab):
    wear(Scheme.DARK, scale)
    page = opened(tab, width=int(1100 * scale), height=int(800 * scale))

    qtbot.waitUntil(lambda: not clipped(page))


@pytest.mark.parametrize("kind", [CrewDialog, HandsDialog, DaysDialog])
def test_no_dialog_is_clipped(opened, booked, crewed, qtbot, kind):
    page = opened(ROSTER)
    if kind is CrewDialog:
        page.panel.crew.click()
    elif kind is HandsDialog:
        page.panel.grid.cells[EARLY].change.click()
    else:
        page.days.click()
    box = dialog(page, kind)

    assert isinstance(box, QDialog)
    qtbot.waitUntil(lambda: not clipped(box))
