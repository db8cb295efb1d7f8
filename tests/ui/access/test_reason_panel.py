"""Why somebody needs a masked value: one key, or a few words, and not again for a while."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from pmdesk.domain.reveals import Reason, Why
from pmdesk.ui.access.reason_panel import ReasonPanel


@pytest.fixture
def panel(shown):
    page = QWidget()
    made = ReasonPanel("为什么？")
    QVBoxLayout(page).addWidget(made)
    shown(page)
    yield made
    page.close()


@pytest.fixture
def told(panel):
    found: list[Why] = []
    panel.ask(found.append)
    return found


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        (Qt.Key.Key_1, Reason.SERVICE),
        (Qt.Key.Key_2, Reason.CALL_BACK),
        (Qt.Key.Key_3, Reason.IDENTITY),
        (Qt.Key.Key_4, Reason.EMERGENCY),
    ],
)
def test_one_key_is_enough(panel, told, qtbot, key, reason):
    qtbot.keyClick(QApplication.focusWidget(), key)

    assert told == [Why(reason=reason)]
    assert panel.isHidden()


def test_enter_takes_the_reason_at_the_cursor(panel, told, qtbot):
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    assert told == [Why(reason=Reason.CALL_BACK)]


def test_own_words_are_typed_after_the_fifth_key_and_may_hold_digits(panel, told, qtbot):
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_5)
    assert panel.own.hasFocus()
    panel.own.setText("3 单元")
    qtbot.keyClick(panel.own, Qt.Key.Key_1)
    qtbot.keyClick(panel.own, Qt.Key.Key_Return)

    assert told == [Why(reason=Reason.OTHER, words="3 单元1")]


def test_blank_words_and_a_half_written_word_are_no_reason(panel, told, qtbot):
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_5)
    panel.fine.click()
    panel.own.setText("漏水")
    QApplication.sendEvent(panel.own, QInputMethodEvent("lou", []))
    panel.fine.click()

    assert told == []
    assert panel.isVisible()


def test_escape_leaves_without_a_reason(panel, told, qtbot):
    with qtbot.waitSignal(panel.left):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)

    assert panel.isHidden()
    assert told == []


def test_another_key_means_nothing(panel, told, qtbot):
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F9)

    assert panel.isVisible()
    assert told == []


def test_a_reason_holds_until_its_time_is_over(panel, told, qtbot):
    panel.choices[0].click()
    panel.ask(told.append, "为什么要打开？")
    assert told == [Why(reason=Reason.SERVICE)] * 2
    panel._timer.timeout.emit()
    panel.ask(told.append, "为什么要打开？")

    assert panel.isVisible()
    assert panel.question.text() == "为什么要打开？"
    assert len(told) == 2


@pytest.mark.usefixtures("told")
def test_every_reason_is_heard_without_its_number(panel):
    assert panel.choices[0].accessibleName() == "联系办理维修或服务"
    assert panel.choices[0].text().startswith("1")


@pytest.mark.parametrize("key", [Qt.Key.Key_1, Qt.Key.Key_Escape])
def test_afterwards_the_cursor_is_where_it_was(panel, qtbot, key):
    before, behind = (QPushButton(panel.parentWidget()) for _ in range(2))
    for one in (before, behind):
        one.show()
    before.setFocus()
    panel.ask(lambda _why: None)
    qtbot.keyClick(QApplication.focusWidget(), key)

    assert before.hasFocus()
