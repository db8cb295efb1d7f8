"""The wheel over a list or a number that nobody edits scrolls the page and changes nothing."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDateEdit,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
)

from pmdesk.ui.forms.wheel import WheelGuard
from pmdesk.ui.widgets.page import scrolled


@pytest.fixture
def guard(qapp):
    made = WheelGuard()
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


@pytest.fixture
def line():
    return QLineEdit()


@pytest.fixture
def area(guard, line, qtbot):
    column = QVBoxLayout()
    column.addWidget(line)
    for entry in (QComboBox(), QSpinBox(), QDateEdit()):
        column.addWidget(entry)
        if isinstance(entry, QComboBox):
            entry.addItems(["一", "二", "三"])
    tall = QLabel()
    tall.setFixedHeight(2000)
    column.addWidget(tall)
    made = scrolled(column)
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.show()
    with qtbot.waitActive(made, timeout=2000):
        made.activateWindow()
    line.setFocus()
    return made


def _value(entry):
    return entry.currentIndex() if isinstance(entry, QComboBox) else entry.text()


def _turn(widget):
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place,
        QPointF(widget.mapToGlobal(place)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    event.accept()
    QApplication.sendEvent(widget, event)
    return event


@pytest.mark.parametrize("kind", [QComboBox, QSpinBox, QDateEdit])
def test_over_an_entry_without_the_focus_the_wheel_is_left_to_the_page(area, kind):
    entry = area.findChild(kind)
    before = _value(entry)
    turned = _turn(entry)

    assert _value(entry) == before
    assert not turned.isAccepted()  # a real one goes on to what lies around
    assert not entry.hasFocus()


@pytest.mark.parametrize("kind", [QComboBox, QSpinBox, QDateEdit])
def test_the_wheel_does_not_bring_the_focus(area, kind):
    assert area.findChild(kind).focusPolicy() is Qt.FocusPolicy.StrongFocus


def test_an_entry_that_is_being_edited_takes_the_wheel(area):
    box = area.findChild(QComboBox)
    box.setFocus()
    _turn(box)

    assert box.currentIndex() == 1
