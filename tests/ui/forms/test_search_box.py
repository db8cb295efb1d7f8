"""The search box: its lens and its cross grow with the text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from pmdesk.ui.forms.search_box import SearchBox


@pytest.fixture
def box(qtbot, wear):
    wear()
    made = SearchBox("Name or room")
    qtbot.addWidget(made)
    made.resize(300, made.sizeHint().height())
    made.show()
    return made


def test_the_cross_is_there_with_the_text_and_empties_the_box(box, qtbot):
    cross = box.findChild(QToolButton)
    assert cross.isHidden()
    heard: list[str] = []
    box.searched.connect(heard.append)

    qtbot.keyClicks(box, "wxm")
    assert cross.isVisible()
    qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)

    assert (box.text(), heard[-1], cross.isHidden()) == ("", "", True)


def test_the_cross_is_as_high_as_the_box_at_every_text_size(box, wear):
    box.show_search("wxm")
    cross = box.findChild(QToolButton)
    small = cross.iconSize().height()

    wear(scale=2.0)
    box.resize(500, box.sizeHint().height())

    assert cross.height() == box.height()
    assert cross.iconSize().height() == 2 * small


def test_words_begin_beside_the_lens(box, wear):
    for scale in (1.0, 2.0):
        wear(scale=scale)
        box.resize(500, box.sizeHint().height())
        assert box.cursorRect().left() >= 25 * scale
