"""One filter for the whole application: who listens is asked, who is gone is not."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QLabel
from typing_extensions import override

from pmdesk.ui import ear


class Listener(QObject):
    def __init__(self, told, name, *, takes=False):
        super().__init__()
        self.told, self.name, self.takes = told, name, takes

    @override
    def eventFilter(self, watched, event):
        del watched
        self.told.append((self.name, event.type()))
        return self.takes


@pytest.fixture
def label(qtbot):
    made = QLabel("a")
    qtbot.addWidget(made)
    return made


def _key():
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)


def _composed():
    return QInputMethodEvent("a", [])


@pytest.mark.parametrize("make", [_key, _composed])
def test_what_somebody_does_is_heard(qapp, label, make):
    told: list[tuple[str, Any]] = []
    event = make()
    one = Listener(told, "one")
    ear.listen(one)

    qapp.sendEvent(label, event)

    assert ("one", event.type()) in told
    ear.forget(one)


def test_what_widgets_tell_each_other_is_not(qapp, label):
    told: list[tuple[str, Any]] = []
    one = Listener(told, "one")
    ear.listen(one)

    qapp.sendEvent(label, QEvent(QEvent.Type.StyleChange))

    assert not told
    ear.forget(one)


def test_boxes_that_roll_tell_everything(qapp, qtbot):
    told: list[tuple[str, Any]] = []
    one, box = Listener(told, "one"), QComboBox()
    qtbot.addWidget(box)
    ear.listen(one)

    qapp.sendEvent(box, QEvent(QEvent.Type.Polish))

    assert ("one", QEvent.Type.Polish) in told
    ear.forget(one)


def test_who_came_last_is_asked_first_and_may_keep_the_event(qapp, label):
    told: list[tuple[str, Any]] = []
    first, last = Listener(told, "first"), Listener(told, "last", takes=True)
    for one in (first, last, last):
        ear.listen(one)

    qapp.sendEvent(label, _key())

    assert {name for name, _kind in told} == {"last"}
    for one in (first, last):
        ear.forget(one)


def test_who_forgot_or_is_gone_is_not_asked(qapp, label):
    told: list[tuple[str, Any]] = []
    kept, gone = Listener(told, "kept"), Listener(told, "gone")
    other = Listener(told, "other")
    for one in (kept, gone, other):
        ear.listen(one)
    ear.forget(other)
    gone.deleteLater()
    qapp.sendPostedEvents(gone, QEvent.Type.DeferredDelete.value)

    qapp.sendEvent(label, _key())

    assert {name for name, _kind in told} == {"kept"}
    ear.forget(kept)


def test_a_page_is_built_with_one_filter(qapp, label):
    """Each filter in Python costs a fifth of the time that a page takes to be built."""
    told: list[tuple[str, Any]] = []
    one, other = Listener(told, "one"), Listener(told, "other")
    for listener in (one, other):
        ear.listen(listener)

    assert len(qapp.findChildren(ear._Ear)) == 1
    for listener in (one, other):
        ear.forget(listener)
