"""Who does it: those on duty are seen at once, a name or pinyin finds one, a new name is taken."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pmdesk.domain.orders.kinds import Service
from pmdesk.services.orders.hands import Duty, Hand
from pmdesk.ui.orders.hand_finder import HandFinder

LI = Hand(
    code="李师傅",
    name="李师傅",
    is_staff=False,
    duty=Duty.NOW,
    skills=frozenset({Service.REPAIR}),
)
WANG = Hand(code="u1", name="王芳", is_staff=True)


@pytest.fixture
def finder(shown, chinese):
    made = HandFinder()
    shown(made, 400, 400)
    made.start()
    made.show_hands((LI, WANG))
    return made


def lines(finder):
    return [finder.hits.item(at).text() for at in range(finder.hits.count())]


def test_everybody_is_seen_before_a_letter_is_typed_and_nobody_is_chosen(finder):
    assert lines(finder) == ["李师傅  正在当班 · 维修", "王芳"]
    assert finder.assignee == ""
    QTest.keyClick(finder.box, Qt.Key.Key_Return)
    assert finder.assignee == "", "Enter alone gives the order to nobody"


@pytest.mark.parametrize("typed", ["王", "wf", "wangf"])
def test_a_name_or_its_pinyin_finds_the_account(finder, typed):
    QTest.keyClicks(finder.box, typed) if typed.isascii() else finder.box.setText(typed)
    QTest.keyClick(finder.box, Qt.Key.Key_Return)

    assert finder.box.text() == "王芳"
    assert finder.assignee == "u1"


def test_a_name_that_is_not_listed_is_taken_as_it_is(finder):
    finder.box.setText("保洁公司")
    assert finder.assignee == "保洁公司"
    QTest.keyClick(finder.box, Qt.Key.Key_Return)

    assert lines(finder) == ["就用这个名字：保洁公司"]
    assert finder.assignee == "保洁公司"


def test_the_arrow_keys_choose_and_what_stands_below_does_not_move(finder):
    high = finder.hits.height()
    QTest.keyClick(finder.box, Qt.Key.Key_Down)
    QTest.keyClick(finder.hits, Qt.Key.Key_Down)
    QTest.keyClick(finder.hits, Qt.Key.Key_Return)
    assert finder.assignee == "u1"
    finder._search("王")

    assert finder.hits.height() == high
