"""Several lines of text: all to be read, Tab leads on, nothing but plain text comes in."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pmdesk.ui.forms.editors import ProseEditor
from tests.ui.fields import STORY


@pytest.fixture
def editor(qtbot, look):
    """An editor above a line, in a window."""
    window = QWidget()
    column = QVBoxLayout(window)
    made = ProseEditor(STORY)
    column.addWidget(made)
    column.addWidget(QLineEdit())
    column.addStretch(1)
    qtbot.addWidget(window)
    window.resize(500, 900)
    window.show()
    with qtbot.waitActive(window, timeout=2000):
        window.activateWindow()
    yield made
    window.close()


def hidden_lines(editor):
    """How far it would have to be scrolled to be read."""
    return editor.text.verticalScrollBar().maximum()


@pytest.mark.parametrize("lines", [1, 2, 5, 14])
def test_it_is_as_high_as_what_is_written(editor, qapp, lines):
    editor.show_value("\n".join(["一行字"] * lines))
    qapp.processEvents()

    assert not hidden_lines(editor)


def test_the_lines_below_may_be_higher_than_the_first(editor, qapp):
    editor.show_value("\n".join(["Ag", *["一行字"] * 8]))
    qapp.processEvents()

    assert not hidden_lines(editor)


def test_a_very_long_text_scrolls_while_it_is_written_and_is_whole_to_be_read(editor, qapp):
    editor.show_value("\n".join(["一行字"] * 60))
    qapp.processEvents()
    assert hidden_lines(editor)

    editor.setEnabled(False)
    qapp.processEvents()

    assert not hidden_lines(editor)


def test_tab_leads_to_the_next_field_and_enter_makes_a_line(editor, qtbot, qapp):
    editor.setFocus()
    said = []
    editor.left.connect(lambda: said.append("left"))

    qtbot.keyClicks(editor.text, "ab")
    qtbot.keyClick(editor.text, Qt.Key.Key_Return)
    qtbot.keyClicks(editor.text, "c ")
    assert editor.value == "ab\nc"
    qtbot.keyClick(editor.text, Qt.Key.Key_Tab)

    assert not editor.text.hasFocus()
    assert said == ["left"]


def test_edits_are_told_and_shown_values_are_not(editor, qtbot):
    told: list[str | None] = []
    editor.edited.connect(told.append)

    editor.show_value("甲")
    assert told == []
    editor.text.insertPlainText("乙")

    assert told == ["乙甲"]
    editor.show_value(None)
    assert editor.value is None


def test_pasted_text_loses_its_looks(editor):
    pasted = QMimeData()
    pasted.setHtml("<b>粗</b>")
    pasted.setText("粗")

    editor.text.insertFromMimeData(pasted)

    assert editor.value == "粗"
