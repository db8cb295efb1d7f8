"""Rounds of a week, paper of all plans, and how everything looks."""

import pytest
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
    panel.undo.click()
    settled()
    assert panel.model.rows == rounds


def test_a_round_is_added_by_hand_and_stays_beside_the_suggestion(opened, booked, settled):
    panel = opened(ROUNDS).panel
    panel.start.setValue(1)
    panel.until.setValue(3)
    panel.why.setText("门卫请求")
    panel.form.findChildren(type(panel.adopt))[-1].click()
    settled()
    panel.adopt.click()
    settled()

    assert any(one.why == "门卫请求" for one in panel.model.rows)
    assert len(panel.model.rows) > 1


def test_a_round_that_ends_before_it_begins_is_told(opened, booked, settled):
    panel = opened(ROUNDS).panel
    panel.start.setValue(20)
    panel.until.setValue(8)
    panel.form.findChildren(type(panel.adopt))[-1].click()

    assert "开始时间" in panel.note.sentence
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
