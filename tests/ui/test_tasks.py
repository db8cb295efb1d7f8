"""Background work: answers reach who still wants them, and nobody else."""

import threading

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from pmdesk.domain.office import RULES, Changes
from pmdesk.errors import NotFoundError
from pmdesk.ui.tasks import CancelledError, Finished, Progress, Tasks


@pytest.fixture
def explained():
    return []


@pytest.fixture
def running(qapp, explained):
    made = Tasks(explained.append)
    yield made
    made.finish()


@pytest.fixture
def owner(qapp):
    return QObject()


@pytest.fixture
def gate():
    """Holds work back until the test opens it; opened at the end in any case."""
    made = threading.Event()
    yield made
    made.set()


def test_a_query_answers_on_the_gui_thread(running, owner, qtbot):
    seen = []

    running.query(
        threading.get_ident,
        owner=owner,
        done=lambda worker: seen.append((worker, threading.get_ident())),
    )
    qtbot.waitUntil(lambda: bool(seen))

    worker, here = seen[0]
    assert worker != here == threading.get_ident()


def test_a_command_tells_what_changed_also_beside_another_result(running, owner, qtbot):
    change = Changes.of(RULES)

    with qtbot.waitSignal(running.changed) as heard:
        running.command(lambda: ("receipt", change), owner=owner)

    assert heard.args == [change]


def test_a_command_of_a_closed_page_still_tells_the_others(running, gate, qtbot):
    page = QObject()
    answers: list[object] = []

    def work():
        gate.wait(5)
        return Changes.of(RULES)

    with qtbot.waitSignal(running.changed):
        running.command(work, owner=page, done=answers.append)
        delete(page)
        gate.set()

    assert not answers


def test_of_several_searches_only_the_newest_answers(running, owner, gate, qtbot):
    answers: list[object] = []
    running.query(lambda: gate.wait(5) and "old", owner=owner, done=answers.append, newest="list")

    running.query(lambda: "new", owner=owner, done=answers.append, newest="list")
    qtbot.waitUntil(lambda: bool(answers))
    gate.set()
    qtbot.waitUntil(lambda: running.is_idle)

    assert answers == ["new"]


def test_an_error_for_users_is_explained_once_or_handed_to_the_page(
    running, owner, explained, qtbot
):
    def missing():
        raise NotFoundError("It is gone.")

    failures: list[object] = []
    running.query(missing, owner=owner, done=lambda _: None)
    running.query(missing, owner=owner, done=lambda _: None, failed=failures.append)
    qtbot.waitUntil(lambda: running.is_idle)

    assert [error.sentence for error in (*explained, *failures)] == ["It is gone."] * 2


def test_a_bug_in_the_work_is_not_swallowed(running, owner, qtbot):
    with qtbot.captureExceptions() as caught:
        running.query(lambda: 1 / 0, owner=owner, done=lambda _: None)
        qtbot.waitUntil(lambda: running.is_idle)

    assert [kind for kind, _error, _trace in caught] == [ZeroDivisionError]


def test_cancelling_reaches_the_work_and_the_page(running, owner, gate, qtbot):
    failures: list[object] = []

    def work(progress):
        gate.wait(5)
        progress(1, 10)

    progress = running.long(work, owner=owner, reported=lambda *_: None, failed=failures.append)
    progress.cancel()
    gate.set()
    qtbot.waitUntil(lambda: bool(failures))

    assert isinstance(failures[0], CancelledError)


def test_progress_is_seen_and_its_end_always(running, owner, qtbot):
    reports = []

    def work(progress):
        for done in range(1, 1001):
            progress.report(done, 1000)
        return Changes.of(RULES)

    with qtbot.waitSignal(running.changed):
        running.long(work, owner=owner, reported=lambda *at: reports.append(at))

    assert reports[-1] == (1000, 1000)
    assert len(reports) < 500


def test_reports_are_few():
    told = []
    progress = Progress(lambda *at: told.append(at))

    for done in range(100):
        progress.report(done, 0)

    assert len(told) < 50
    assert not progress.cancelled


def test_busy_tells_begin_and_end(running, owner, qtbot):
    heard: list[object] = []
    running.busy.connect(heard.append)

    running.query(lambda: 1, owner=owner, done=lambda _: None)
    qtbot.waitUntil(lambda: running.is_idle)

    assert heard == [True, False]


def test_after_finishing_nothing_starts_and_nothing_answers(running, owner, qapp):
    answers: list[object] = []
    running.query(lambda: 1, owner=owner, done=answers.append)

    running.finish()
    running.query(lambda: 2, owner=owner, done=answers.append)
    qapp.processEvents()

    assert not answers
    assert running.is_idle


def test_pieces_of_a_page_are_awaited_like_answers(running, owner, qtbot):
    done: list[int] = []
    running.in_turns(map(done.append, range(3)), owner=owner)

    assert not running.is_idle
    qtbot.waitUntil(lambda: running.is_idle)

    assert done == [0, 1, 2]


def test_after_finishing_no_piece_is_done(running, owner, qapp):
    done: list[int] = []
    running.in_turns(map(done.append, range(3)), owner=owner)

    running.finish()
    running.in_turns(map(done.append, range(3)), owner=owner)
    qapp.processEvents()

    assert not done
    assert running.is_idle


def test_finishing_stops_long_work_and_counts_what_did_not_come_through(running, owner, gate):
    def endless(progress):
        while True:
            progress.report(1, 2)

    def too_far(_progress):
        return gate.wait(5)  # past the point where it could be taken back

    running.long(endless, owner=owner, reported=lambda *_: None)
    running.long(too_far, owner=owner, reported=lambda *_: None)
    gate.set()

    assert running.finish() == Finished(ended=True, stopped=1)


def test_what_the_user_cancelled_is_not_told_again(running, owner):
    def endless(progress):
        while True:
            progress.report(1, 2)

    running.long(endless, owner=owner, reported=lambda *_: None).cancel()

    assert running.finish().stopped == 0


def test_finishing_waits_no_longer_than_its_patience(running, owner, gate):
    running.long(lambda _progress: gate.wait(5), owner=owner, reported=lambda *_: None)

    assert running.finish(10) == Finished(ended=False, stopped=1)
    gate.set()
