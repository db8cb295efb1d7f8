"""Undo and redo of a form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject

from pmdesk.ui.resident.history import History


@pytest.fixture
def owner(qapp):
    return QObject()


@pytest.fixture
def history(owner):
    return History("", owner)


def test_typing_on_in_one_field_is_one_step(history):
    for value in ("w", "wa", "wang"):
        history.put(value, "change name", "name")
    history.put("wang 1", "change phone", "phone")
    history.stack.undo()
    assert history.value == "wang"
    history.stack.undo()

    assert history.value == ""
    assert history.stack.redoText() == "change name"


def test_undo_back_to_what_is_saved_is_clean_again(history):
    history.put("a", "change", "x")
    assert not history.is_clean
    history.stack.undo()
    assert history.is_clean
    history.put("b", "change", "x")
    history.saved()
    assert history.is_clean


def test_a_restored_draft_is_not_saved_yet(history):
    history.restore("draft")

    assert (history.value, history.is_clean, history.stack.canUndo()) == ("draft", False, False)


@given(st.lists(st.tuples(st.text(max_size=2), st.sampled_from("abc")), max_size=12))
def test_undoing_everything_gives_the_first_value_and_redoing_the_last(qapp, edits):
    owner = QObject()
    history = History("", owner)
    for value, key in edits:
        history.put(value, "change", key)
    last = history.value
    while history.stack.canUndo():
        history.stack.undo()
    assert history.value == ""
    while history.stack.canRedo():
        history.stack.redo()
    assert history.value == last
