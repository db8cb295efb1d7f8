"""What is built unheard: faster, and afterwards everything is heard as before."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QSpinBox, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.ui import ear
from pmdesk.ui.building import built


class Listener(QObject):
    def __init__(self):
        super().__init__()
        self.heard = 0

    @override
    def eventFilter(self, watched, event):
        self.heard += event.type() is QEvent.Type.KeyPress
        return False


@pytest.fixture
def listener(qapp):
    made = Listener()
    ear.listen(made)
    yield made
    ear.forget(made)


@pytest.fixture
def touch(qapp, qtbot):
    """Presses a key, as somebody at the keyboard."""
    target = QWidget()
    qtbot.addWidget(target)
    key, none = Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier
    return lambda: qapp.sendEvent(target, QKeyEvent(QEvent.Type.KeyPress, key, none))


def test_nobody_is_asked_while_something_is_built(listener, touch, qtbot):
    def page():
        touch()
        return QWidget()

    qtbot.addWidget(built(page))
    assert listener.heard == 0

    touch()
    assert listener.heard == 1


def test_what_is_built_within_does_not_end_the_rest(listener, touch, qtbot):
    def page():
        inner = built(QWidget)
        touch()
        return inner

    qtbot.addWidget(built(page))
    touch()

    assert listener.heard == 1


def test_after_a_fault_everything_is_heard_again(listener, touch):
    def page():
        raise ValueError("torn")  # a fault of a page

    with pytest.raises(ValueError, match="torn"):
        built(page)
    touch()

    assert listener.heard == 1


def test_what_was_built_unheard_takes_no_focus_by_the_wheel(qtbot):
    def page():
        made = QWidget()
        column = QVBoxLayout(made)
        for box in (QComboBox(), QSpinBox()):
            column.addWidget(box)
        return made

    made = built(page)
    qtbot.addWidget(made)

    boxes = [*made.findChildren(QComboBox), *made.findChildren(QSpinBox)]
    assert {box.focusPolicy() for box in boxes} == {Qt.FocusPolicy.StrongFocus}
