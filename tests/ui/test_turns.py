"""Long work of the window is cut into pieces, and nobody waits for more than one of them."""

import itertools

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from pmdesk.ui.turns import Turns


@pytest.fixture
def turns(qapp):
    return Turns()


@pytest.fixture
def owner(qapp):
    return QObject()


@pytest.fixture
def over(qtbot, turns):
    """Waits until every piece is done."""
    return lambda: qtbot.waitUntil(lambda: turns.is_empty)


def _told(heard, *words):
    for word in words:
        heard.append(word)
        yield


def test_nothing_is_done_before_the_event_loop_comes_round(turns, owner, over):
    heard: list[str] = []
    turns.add(_told(heard, "a", "b"), owner=owner)
    assert heard == []
    over()
    assert heard == ["a", "b"]


def test_a_beat_comes_between_two_pieces(turns, owner, over):
    heard: list[str] = []
    beat = QTimer(owner, interval=0)
    beat.timeout.connect(lambda: heard.append("beat"))
    beat.start()
    turns.add(_told(heard, "a", "b", "c"), owner=owner)
    over()
    pieces = [at for at, word in enumerate(heard) if word != "beat"]
    assert all("beat" in heard[one:other] for one, other in itertools.pairwise(pieces))


def test_rows_take_turns_in_the_order_they_came(turns, owner, over):
    heard: list[str] = []
    turns.add(_told(heard, "a", "b"), owner=owner)
    turns.add(_told(heard, "c"), owner=owner)
    over()
    assert heard == ["a", "b", "c"]


def test_what_is_seen_comes_first(turns, qtbot, over):
    heard: list[str] = []
    hidden, seen = QWidget(), QWidget()
    for widget in (hidden, seen):
        qtbot.addWidget(widget)
    seen.show()
    turns.add(_told(heard, "hidden", "hidden"), owner=hidden)
    turns.add(_told(heard, "seen", "seen"), owner=seen)
    over()
    assert heard == ["seen", "seen", "hidden", "hidden"]


def test_the_newest_row_of_a_name_is_the_only_one(turns, owner, over):
    heard: list[str] = []
    other = QObject()
    turns.add(_told(heard, "old"), owner=owner, newest="cards")
    turns.add(_told(heard, "elsewhere"), owner=other, newest="cards")
    turns.add(_told(heard, "new"), owner=owner, newest="cards")
    over()
    assert heard == ["elsewhere", "new"]


def test_a_row_that_begins_itself_anew_does_not_go_on(turns, owner, over):
    heard: list[str] = []

    def _again():
        heard.append("old")
        turns.add(_told(heard, "new"), owner=owner, newest="cards")
        yield
        heard.append("old once more")

    turns.add(_again(), owner=owner, newest="cards")
    over()
    assert heard == ["old", "new"]


def test_an_owner_that_is_gone_gets_nothing_more(turns, qtbot, over):
    heard: list[str] = []
    gone = QWidget()

    def _leaving():
        heard.append("a")
        gone.deleteLater()
        yield
        heard.append("b")

    turns.add(_leaving(), owner=gone)
    over()
    assert heard == ["a"]


def test_a_fault_ends_its_row_and_no_other(turns, owner, qtbot, over):
    heard: list[str] = []

    def _broken():
        yield
        raise ValueError(heard)

    with qtbot.captureExceptions() as faults:
        turns.add(_broken(), owner=owner)
        turns.add(_told(heard, "b"), owner=QObject(owner))
        over()
    assert heard == ["b"]
    assert [kind for kind, *_rest in faults] == [ValueError]


def test_while_a_piece_asks_something_the_others_go_on(turns, owner, qtbot, over):
    heard: list[str] = []

    def _asking():
        qtbot.waitUntil(lambda: "b" in heard)
        heard.append("answered")
        yield

    turns.add(_asking(), owner=owner)
    turns.add(_told(heard, "b"), owner=owner)
    over()
    assert heard == ["b", "answered"]


def test_what_is_dropped_is_not_done(turns, owner, over):
    heard: list[str] = []
    turns.add(_told(heard, "a"), owner=owner, newest="a")
    turns.add(_told(heard, "b"), owner=owner)
    turns.drop(owner, "a")
    over()
    turns.add(_told(heard, "c"), owner=owner)
    turns.clear()
    assert turns.is_empty
    assert heard == ["b"]


def test_what_is_asked_for_early_is_done_at_once_and_only_once(turns, owner, over):
    heard: list[str] = []
    turns.add(_told(heard, "a", "b"), owner=owner, newest="cards")
    turns.add(_told(heard, "c"), owner=owner)

    turns.hurry(owner, "cards")
    assert heard == ["a", "b"]

    over()
    assert heard == ["a", "b", "c"]


def test_a_piece_that_hurries_its_own_row_goes_on_as_before(turns, owner, over):
    heard: list[str] = []

    def _hurrying():
        turns.hurry(owner, "cards")
        heard.append("a")
        yield
        heard.append("b")

    turns.add(_hurrying(), owner=owner, newest="cards")
    over()
    assert heard == ["a", "b"]
