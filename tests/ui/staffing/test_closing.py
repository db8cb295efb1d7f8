"""The dialogs of the staffing page: nothing typed is lost by one key, and none is left behind."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest

from pmdesk.ui.pages.staffing import StaffingPage
from pmdesk.ui.staffing.crew_dialog import CrewDialog
from pmdesk.ui.staffing.days_dialog import DaysDialog
from pmdesk.ui.staffing.hands_dialog import HandsDialog
from tests.ui.staffing.conftest import ROSTER
from tests.ui.staffing.dialogs import dialog

KINDS = (CrewDialog, DaysDialog, HandsDialog)


@pytest.fixture
def days(office, shown, tasks, prompts, settled):
    """The table of holidays of an administrator."""
    page = shown(StaffingPage(office.session("admin"), tasks, prompts))
    page.open_days()
    settled()
    return dialog(page, DaysDialog)


def open_each(page):
    page.open_days()
    yield dialog(page, DaysDialog)
    page.panel.open_crew()
    yield dialog(page, CrewDialog)
    page.panel.choose_hands(next(iter(page.panel.grid.cells)))
    yield dialog(page, HandsDialog)


def test_what_was_closed_is_gone(opened, crewed, booked):
    page = opened(ROSTER)
    for one in open_each(page):
        one.reject()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    assert not [one for kind in KINDS for one in page.window().findChildren(kind)]


@pytest.mark.parametrize("way", ["Esc", "cross", "button"])
def test_edited_colleagues_are_asked_about_before_they_are_lost(opened, crewed, way):
    page = opened(ROSTER)
    page.panel.open_crew()
    box = dialog(page, CrewDialog)
    ways = {
        "Esc": lambda: QTest.keyClick(box, Qt.Key.Key_Escape),
        "cross": box.close,
        "button": box.cancel.click,
    }
    box.hands.more.click()
    box.hands.rows[-1].name.setText("小王")
    ways[way]()
    assert box.isVisible()
    assert box.message.sentence.startswith("还没有保存")

    ways[way]()
    assert not box.isVisible()


def test_what_nobody_edited_closes_at_once(opened, crewed):
    page = opened(ROSTER)
    page.panel.open_crew()
    box = dialog(page, CrewDialog)
    QTest.keyClick(box, Qt.Key.Key_Escape)

    assert not box.isVisible()


def test_pasted_days_are_asked_about_before_they_are_lost(days):
    days.text.setPlainText("2027-01-01")
    QTest.keyClick(days, Qt.Key.Key_Escape)
    assert days.isVisible()
    assert days.note.sentence.startswith("还没有保存")

    days.close()
    assert not days.isVisible()


def test_days_that_were_entered_are_not_asked_about(days, settled):
    days.text.setPlainText("2027-01-01")
    days.reject()
    days.enter.click()
    settled()
    days.text.setPlainText("2027-01-02")
    days.reject()
    assert days.isVisible(), "these are others, which were not asked about yet"

    days.text.clear()
    days.reject()
    assert not days.isVisible()


def test_tab_leads_out_of_the_days(days):
    days.text.setFocus()
    QTest.keyClick(days.text, Qt.Key.Key_Tab)

    assert days.enter.hasFocus()
    assert not days.text.toPlainText()
