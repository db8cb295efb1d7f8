"""How old a draft is, in words; and what was given up stays gone."""

from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from PySide6.QtWidgets import QWidget

from pmdesk.services import drafts
from pmdesk.ui.autosave import Autosave, age

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=-5), "0 秒前"),
        (timedelta(seconds=12), "12 秒前"),
        (timedelta(minutes=3), "3 分钟前"),
    ],
)
def test_the_age_is_told_in_words(chinese, ago, words):
    assert age(NOW - ago, NOW) == words


def test_an_old_draft_tells_its_day(chinese):
    assert "2026-02-27" in age(NOW - timedelta(days=3), NOW)


@pytest.fixture
def autosave(office_session, tasks, settled, qtbot):
    """Of a form in which one word stands."""
    parent = QWidget()
    qtbot.addWidget(parent)
    made = Autosave(office_session, tasks, "resident", lambda: "漏水", parent)
    made.watch("new")
    settled()
    yield made
    assert parent.isHidden()  # it lives as long as the form


@pytest.fixture
def held(monkeypatch):
    """Keeping begins, and goes on once `go` is set."""
    keep, began, go = drafts.keep, Event(), Event()

    def slow(*parts):
        began.set()
        assert go.wait(10)
        keep(*parts)

    monkeypatch.setattr(drafts, "keep", slow)
    return began, go


def test_what_is_given_up_while_it_is_being_kept_does_not_come_back(
    autosave, held, office_session, settled, qtbot
):
    began, go = held
    autosave.touch()
    autosave.hurry()
    qtbot.waitUntil(began.is_set)
    autosave.discard()
    autosave.stop()
    go.set()
    settled()

    assert drafts.mine(office_session) == ()


def test_what_waited_to_be_kept_and_was_saved_meanwhile_is_not_kept(
    autosave, held, office_session, settled, qtbot
):
    began, go = held
    told: list[object] = []
    autosave.kept.connect(told.append)
    autosave.touch()
    autosave.hurry()
    qtbot.waitUntil(began.is_set)
    autosave.touch()
    autosave.hurry()  # waits for the first
    autosave.discard()
    go.set()
    settled()

    assert drafts.mine(office_session) == ()
    assert len(told) == 1


def test_what_is_typed_after_it_was_given_up_is_kept(autosave, office_session, settled):
    autosave.discard()
    autosave.touch()
    autosave.keep_now()
    settled()

    assert [one.document for one in drafts.mine(office_session)] == ["漏水"]


def test_what_is_typed_is_kept_although_the_draft_before_it_is_discarded(
    autosave, office_session, settled
):
    """What is typed took the place of the draft that the banner still offers."""
    autosave.touch()
    autosave.hurry()
    settled()
    autosave.discard_other("new")
    settled()
    autosave.keep_now()
    assert [one.document for one in drafts.mine(office_session)] == ["漏水"]

    autosave.discard()
    settled()
    autosave.keep_now()
    assert drafts.mine(office_session) == ()
