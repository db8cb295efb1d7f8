"""Pages open without holding the window up: what is not seen at once is built later."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

CTRL = Qt.KeyboardModifier.ControlModifier
MOST = 260  # parts: each takes a third of a millisecond, and a beat has a hundred


@pytest.mark.parametrize("who", ["admin", "manager", "clerk"])
def test_no_page_builds_more_at_once_than_a_beat_has_time_for(desk, sign_in, settled, who):
    sign_in(who)
    settled()

    parts = {
        spec.key: len(desk.main.page_of(spec.key).findChildren(QWidget)) for spec in desk.main.pages
    }

    assert {key: count for key, count in parts.items() if count > MOST} == {}


def test_what_is_typed_right_behind_the_key_of_a_page_is_not_lost(desk, sign_in, qtbot):
    sign_in("clerk")
    with qtbot.waitActive(desk.main):
        desk.main.show()
        desk.main.activateWindow()
    keys = [spec.key for spec in desk.main.pages]

    qtbot.keyClick(desk.main, Qt.Key(Qt.Key.Key_1 + keys.index("orders")), CTRL)
    qtbot.keyClick(desk.main.page, Qt.Key.Key_N, CTRL)
    qtbot.keyClicks(QApplication.focusWidget(), "3-1")

    assert desk.main.page_of("orders").intake.finder.box.text() == "3-1"


def test_an_office_that_locks_while_a_page_is_still_being_built_locks(
    desk, sign_in, qtbot, settled
):
    sign_in("manager")
    desk.main.open_page("rules")
    qtbot.waitUntil(lambda: not desk.room.tasks._turns.is_empty)
    assert not desk.is_idle

    desk.idle.idle.emit()
    settled()

    assert desk.locked == 1
