"""Chinese input: the search hears what is being composed, and Enter never saves half a name."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QWidget

from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.forms.search_box import SearchBox


def compose(line, letters, commit=""):
    """What an input method sends: letters being composed, or a word that is done."""
    event = QInputMethodEvent(letters, [])
    event.setCommitString(commit)
    QCoreApplication.sendEvent(line, event)


@pytest.fixture
def line(qtbot):
    made = PinyinEdit()
    qtbot.addWidget(made)
    return made


def test_the_query_follows_letters_that_are_not_yet_text(line):
    heard: list[object] = []
    line.query.connect(heard.append)

    compose(line, "w")
    compose(line, "w'x m")
    compose(line, "", "王小明")

    assert heard == ["w", "wxm", "王小明"]
    assert line.text() == "王小明"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_ends_only_the_composition(line, qtbot, key):
    ends = []
    line.returnPressed.connect(lambda: ends.append(1))
    compose(line, "wang")
    assert line.is_composing

    qtbot.keyClick(line, key)
    assert not ends
    compose(line, "", "王")
    qtbot.keyClick(line, key)

    assert ends == [1]


def test_a_long_word_is_not_cut_while_it_is_committed(line):
    compose(line, "", "欧阳" * 40)

    assert len(line.text()) == 80


def test_leaving_the_line_is_told(qtbot):
    window = QWidget()
    first, other = PinyinEdit(), PinyinEdit()
    for line in (first, other):
        line.setParent(window)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    first.setFocus()

    with qtbot.waitSignal(first.left):
        other.setFocus()


@pytest.fixture
def box(qtbot, chinese):
    made = SearchBox("找")
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_search_is_asked_once_after_a_pause(box, qtbot):
    heard: list[object] = []
    box.searched.connect(heard.append)

    with qtbot.waitSignal(box.searched):
        qtbot.keyClicks(box, "138")

    assert heard == ["138"]


def test_enter_asks_at_once_and_esc_shows_everything_again(box, qtbot):
    heard: list[object] = []
    box.searched.connect(heard.append)

    qtbot.keyClicks(box, "3-1")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.keyClick(box, Qt.Key.Key_Escape)

    assert heard == ["3-1", ""]
    assert box.text() == ""


def test_a_shown_search_does_not_ask(box, qtbot):
    with qtbot.assertNotEmitted(box.searched, wait=0):
        box.show_search("王")
        box._ask()

    assert box.text() == "王"


def test_a_typed_letter_that_is_taken_back_does_not_ask_again(box, qtbot):
    with qtbot.assertNotEmitted(box.searched, wait=0):
        qtbot.keyClicks(box, "x")
        qtbot.keyClick(box, Qt.Key.Key_Backspace)
        box._ask()
