"""The classification table explains, and logs, what the user asked for, and nothing else."""

import pytest
from PySide6.QtCore import Qt

from pmdesk.ui.pages.classification import ClassificationPage


@pytest.fixture
def open_page(office, tasks, prompts, shown):
    def _open():
        page = ClassificationPage(office.session("manager"), tasks, prompts)
        page._pause.setInterval(0)
        return shown(page, 1200)

    return _open


def test_while_the_export_bar_is_open_its_own_button_is_the_only_main_one(open_page):
    page = open_page()
    page.exporter.click()
    assert not page.exporter.isEnabled()

    page.export.hide()
    assert page.exporter.isEnabled()


def test_nobody_is_explained_before_somebody_asks(open_page, settled, qtbot, office):
    page = open_page()
    with office.logged() as added:
        page.exporter.click()  # the cursor goes on to the next part of the page
        page.view.setFocus(Qt.FocusReason.TabFocusReason)
        page.tier.setCurrentIndex(page.tier.findData("care"))
        page.tier.activated.emit(page.tier.currentIndex())
        settled()
        page.resetter.click()
        page.reload()
        page._pause.timeout.emit()
        settled()

    assert added == []
    assert not page.view.currentIndex().isValid()
    assert not page.panel.isVisible()


def test_what_stands_open_is_one_look_however_often_the_list_is_read(
    open_page, settled, qtbot, office
):
    page = open_page()
    page.view.setFocus(Qt.FocusReason.TabFocusReason)
    with office.logged() as added:
        qtbot.keyClick(page.view, Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: page.panel._person is not None)
        page.reload()
        settled()
        page._narrow(order="room")
        settled()
        page._pause.timeout.emit()
        settled()

    assert page.panel.isVisible()
    assert [action for action, *_ in added] == ["classification.explain"]
