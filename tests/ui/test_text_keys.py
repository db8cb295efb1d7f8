"""The keys for the text size reach through a dialog to the window below it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from pmdesk.ui import theme
from pmdesk.ui.text_keys import TextKeys

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PAD = Qt.KeyboardModifier.KeypadModifier


class _Window(QWidget):
    """Keeps the steps that were asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []
        self.keys = TextKeys(self)
        self.keys.requested.connect(self.asked.append)


@pytest.fixture
def window(qtbot):
    made = _Window()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def line(window, qtbot):
    """An entry in a dialog over the window."""
    dialog = QDialog(window)
    QVBoxLayout(dialog).addWidget(made := QLineEdit("12"))
    dialog.open()
    qtbot.waitExposed(dialog)
    yield made
    dialog.close()


@pytest.mark.parametrize(
    ("key", "with_it", "step"),
    [
        (Qt.Key.Key_Plus, CTRL, theme.STEP),
        (Qt.Key.Key_Plus, CTRL | SHIFT, theme.STEP),
        (Qt.Key.Key_Plus, CTRL | PAD, theme.STEP),
        (Qt.Key.Key_Equal, CTRL, theme.STEP),
        (Qt.Key.Key_Minus, CTRL, -theme.STEP),
        (Qt.Key.Key_0, CTRL, 0.0),
    ],
)
def test_a_dialog_lets_the_text_grow_and_shrink(window, line, qtbot, key, with_it, step):
    qtbot.keyClick(line, key, with_it)

    wanted = theme.applied().scale + step if step else 1.0
    assert window.asked == [pytest.approx(wanted)]
    assert line.text() == "12"


@pytest.mark.parametrize("key", [Qt.Key.Key_0, Qt.Key.Key_Minus])
def test_the_same_letters_without_control_are_typed(window, line, qtbot, key):
    qtbot.keyClick(line, key)

    assert window.asked == []
    assert line.text() == "12" + chr(key.value)


def test_without_a_dialog_the_keys_are_left_to_the_window(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_Plus, CTRL)

    assert window.asked == []


def test_a_window_that_is_gone_asks_for_nothing(window, line, qtbot):
    window.hide()
    qtbot.keyClick(line, Qt.Key.Key_Plus, CTRL)

    assert window.asked == []
