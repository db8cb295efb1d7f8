"""What comes in turns: the cards of a person and larger text, while somebody goes on working."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from pmdesk.ui import theme
from pmdesk.ui.pages.resident import ResidentPage
from tests.offices import P1, resident

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def settled(room, qtbot):
    return lambda: qtbot.waitUntil(lambda: room.tasks.is_idle)


@pytest.fixture
def person(room):
    return resident(room.entered.session, "曾国强", "13800000042", "3-1-502")


def test_who_is_opened_while_the_cards_of_another_come_stands_alone(room, settled, person, qtbot):
    other = resident(room.entered.session, "李秀兰", "13800000043", "3-1-503")
    room.navigator.open_resident(person)
    first = room.main.page
    qtbot.waitUntil(lambda: bool(first.groups))

    room.navigator.open_resident(other)
    settled()

    assert room.main.findChildren(ResidentPage) == [room.main.page]
    assert room.main.page.person == other
    words = " ".join(one.text() for one in room.main.findChildren(QLabel))
    assert "李秀兰" in words
    assert "曾国强" not in words
    assert len(room.main.page.groups) == len(room.main.page.detail.groups)


def test_larger_text_five_times_keeps_what_is_typed_meanwhile(room, settled, person, qtbot):
    with qtbot.waitActive(room.main):
        room.main.activateWindow()
    room.navigator.open_resident(person)
    settled()
    line = room.main.page.groups[P1].answers.findChild(QLineEdit)
    line.setFocus()
    small = line.sizeHint().height()

    for letter in "abcde":
        qtbot.keyClick(line, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(line, letter)
    settled()

    assert line.text() == "abcde"
    assert line.hasFocus()
    assert theme.applied().scale == 1.5
    assert line.sizeHint().height() > small
    assert room.main.updatesEnabled()


def test_a_page_opened_while_the_text_grows_has_the_new_size(room, settled, qtbot):
    room.main.open_page("settings")
    settled()
    box = room.main.page.findChild(QPushButton)
    small = box.sizeHint().height()
    room.main.open_page("residents")
    settled()

    room.main.text_scale_requested.emit(2.0)
    room.main.open_page("settings")
    qtbot.waitUntil(room.main.updatesEnabled)

    ready = box.sizeHint()

    settled()
    assert box.sizeHint() == ready
    assert ready.height() > small


def test_the_same_size_again_styles_nothing(room, settled, monkeypatch):
    worn: list[object] = []

    def wear(_self, wanted):
        worn.append(wanted)
        return iter(())

    monkeypatch.setattr("pmdesk.ui.restyling.Restyling.wear", wear)
    room.main.text_scale_requested.emit(theme.applied().scale)
    settled()

    assert worn == []
