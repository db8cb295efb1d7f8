"""The office locks when nobody is there, whatever is open."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QMenu, QWidget

from pmdesk.ui.idle import IdleWatch
from pmdesk.ui.lock_key import LockKey


class Seconds:
    """A clock in seconds that moves only when told to."""

    now = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def seconds():
    return Seconds()


@pytest.fixture
def steady():
    return Seconds()


@pytest.fixture
def watch(qapp, seconds, steady):
    made = IdleWatch(5, seconds=seconds, steady=steady, every_ms=20)
    made.resume()
    yield made
    made.pause()


def test_five_minutes_without_a_touch_are_idle(watch, seconds, qtbot):
    seconds.now += 299
    with qtbot.assertNotEmitted(watch.idle):
        watch.check()

    seconds.now += 1
    with qtbot.waitSignal(watch.idle):
        watch.check()


@pytest.mark.qt_log_ignore("This plugin does not support")  # of popups drawn into memory
@pytest.mark.parametrize("make", [QDialog, QMenu], ids=["dialog", "menu"])
def test_an_open_dialog_or_menu_does_not_keep_the_office_open(qapp, watch, seconds, qtbot, make):
    opened = make()
    qtbot.addWidget(opened)
    opened.setWindowModality(Qt.WindowModality.ApplicationModal)
    opened.show()
    qapp.processEvents()

    seconds.now += 301
    with qtbot.waitSignal(watch.idle):  # its own timer asks
        pass


def test_typing_in_any_window_counts_as_being_there(watch, seconds, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    seconds.now += 299
    qtbot.keyClick(window, Qt.Key.Key_A)

    seconds.now += 299
    with qtbot.assertNotEmitted(watch.idle):
        watch.check()


def test_idle_is_told_once_until_the_watch_is_resumed(watch, seconds, qtbot):
    seconds.now += 600
    watch.check()
    heard = []
    watch.idle.connect(lambda: heard.append(1))

    watch.resume()
    watch.check()
    assert not heard
    seconds.now += 600
    watch.check()
    assert heard == [1]


def test_a_clock_that_was_set_back_does_not_open_a_gap(watch, seconds, qtbot):
    seconds.now -= 3_600
    watch.check()

    seconds.now += 300
    with qtbot.waitSignal(watch.idle):
        watch.check()


def test_a_clock_that_is_set_back_again_and_again_keeps_nothing_open(watch, seconds, steady, qtbot):
    for _time in range(4):
        seconds.now -= 600
        steady.now += 74
        watch.check()

    with qtbot.waitSignal(watch.idle):
        steady.now += 4
        watch.check()


def test_the_first_key_after_a_sleep_locks_and_is_typed_nowhere(watch, seconds, qtbot):
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    watch._timer.stop()  # the key comes before the timer
    seconds.now += 8 * 3_600

    with qtbot.waitSignal(watch.idle):
        qtbot.keyClick(line, Qt.Key.Key_A)

    assert line.text() == ""


def test_a_sleep_shorter_than_the_limit_locks_nothing(watch, seconds, qtbot):
    seconds.now += 240

    with qtbot.assertNotEmitted(watch.idle, wait=50):
        watch.check()


def test_a_shorter_limit_holds_at_once(watch, seconds, qtbot):
    watch.set_minutes(2)

    seconds.now += 120
    with qtbot.waitSignal(watch.idle):
        watch.check()


@pytest.fixture
def lock_key(qapp):
    made = LockKey()
    made.resume()
    yield made
    made.pause()


@pytest.mark.qt_log_ignore("This plugin does not support")  # of popups drawn into memory
def test_the_key_that_locks_works_over_an_open_dialog(lock_key, qtbot):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    dialog.setWindowModality(Qt.WindowModality.ApplicationModal)
    dialog.show()
    qtbot.waitExposed(dialog)

    with qtbot.waitSignal(lock_key.pressed):
        qtbot.keyClick(dialog, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    with qtbot.assertNotEmitted(lock_key.pressed, wait=50):
        qtbot.keyClick(dialog, Qt.Key.Key_L)


def test_without_a_dialog_the_key_is_left_to_the_window(lock_key, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

    with qtbot.assertNotEmitted(lock_key.pressed, wait=50):
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
