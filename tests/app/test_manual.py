"""The manual opens over the sign-in window and over the office, and goes when the office locks."""

import pytest

from pmdesk.services import manual
from pmdesk.ui.manual.dialog import ManualDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_what_is_protected_can_be_read_before_signing_in(desk, folder, qtbot):
    desk.gate.start(folder)
    desk.page.manual_requested.emit()

    book = desk.gate.shell.findChild(ManualDialog)
    assert book.isVisible()
    assert book.chapters[book.contents.currentRow()].code == manual.PROTECTION
    book.close()


def test_the_manual_is_gone_when_the_office_locks(desk, sign_in, settled):
    sign_in()
    desk.main.manual_requested.emit()
    book = desk.main.findChild(ManualDialog)
    assert book.isVisible()
    gone = []
    book.destroyed.connect(lambda: gone.append(1))

    desk.idle.idle.emit()
    settled()

    assert desk.locked == 1
    assert gone or not book.isVisible()
