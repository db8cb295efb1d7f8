"""Work in the background: reading, changing, progress that can be cancelled; pieces in turns."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from shiboken6 import isValid
from typing_extensions import override

from pmdesk.domain.office import Changes
from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_
from pmdesk.ui.turns import Turns

T = TypeVar("T")
_THREADS = 2  # as many as the store has connections
_PAUSE = 0.1  # seconds between two reports


class CancelledError(PmdeskError):
    """The user cancelled; the work rolled back."""

    def __init__(self) -> None:
        super().__init__(N_("Cancelled. Nothing was changed."))


class Progress:
    """Handed to long work: `report` tells how far it is, and raises when the user cancelled.

    It can be called like `report`, so it fits services that take a plain `progress(done, total)`.
    """

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        self._tell = tell
        self._cancelled = threading.Event()
        self._told = 0.0
        self.came_through = False  # the work ended as it was meant to

    @property
    def cancelled(self) -> bool:
        """Whether the user asked to stop."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """The next report of the work raises CancelledError."""
        self._cancelled.set()

    def report(self, done: int, total: int) -> None:
        """The user sees how far the work is, at most ten times a second."""
        if self.cancelled:
            raise CancelledError
        now = time.monotonic()
        if done >= total > 0 or now - self._told >= _PAUSE:
            self._told = now
            self._tell(done, total)

    __call__ = report


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What became of the work that still ran when no more was taken."""

    ended: bool  # nothing runs any more
    stopped: int  # long pieces of work that did not come through


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    owner: QObject
    done: Callable[[Any], None] | None
    failed: Callable[[PmdeskError], None] | None
    reported: Callable[[int, int], None] | None
    changes: bool
    newest: tuple[int, str] | None
    broken: Callable[[], None] | None = None


class _Run(QRunnable):
    def __init__(
        self, work: Callable[[], object], finish: Callable[[object, object], None]
    ) -> None:
        super().__init__()
        self._work = work
        self._finish = finish

    @override
    def run(self) -> None:
        try:
            result = self._work()
        except Exception as error:  # noqa: BLE001  # leaving run() it would only be printed
            self._finish(None, error)
        else:
            self._finish(result, None)


class Tasks(QObject):
    """Runs work in threads and answers on the GUI thread; a page closed meanwhile is not called."""

    changed = Signal(object)  # Changes
    busy = Signal(bool)
    _finished = Signal(int, object, object)
    _reported = Signal(int, int, int)

    def __init__(
        self, explain: Callable[[PmdeskError], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._explain = explain
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(_THREADS)
        self._tickets = count(1)
        self._jobs: dict[int, _Job] = {}
        self._latest: dict[tuple[int, str], int] = {}
        self._long: dict[int, Progress] = {}
        self._turns = Turns(self)
        self._stopped = False
        self._finished.connect(self._on_finished)
        self._reported.connect(self._on_reported)

    def query(
        self,
        work: Callable[[], T],
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[PmdeskError], None] | None = None,
        newest: str = "",
        broken: Callable[[], None] | None = None,
    ) -> None:
        """`done` gets what the work reads; of queries with the same `newest` only the last one.

        `broken` is called after a fault of the program, which is told to the user by itself.
        """
        slot = (id(owner), newest) if newest else None
        job = _Job(
            owner=owner,
            done=done,
            failed=failed,
            reported=None,
            changes=False,
            newest=slot,
            broken=broken,
        )
        self._start(work, job)

    def command(
        self,
        work: Callable[[], T],
        *,
        owner: QObject,
        done: Callable[[T], None] | None = None,
        failed: Callable[[PmdeskError], None] | None = None,
        broken: Callable[[], None] | None = None,
    ) -> None:
        """The work changes something; `changed` tells every page which kinds of things.

        `broken` is called as by `query`: what rested while the work was done can be pressed again.
        """
        job = _Job(
            owner=owner,
            done=done,
            failed=failed,
            reported=None,
            changes=True,
            newest=None,
            broken=broken,
        )
        self._start(work, job)

    def long(
        self,
        work: Callable[[Progress], T],
        *,
        owner: QObject,
        reported: Callable[[int, int], None],
        done: Callable[[T], None] | None = None,
        failed: Callable[[PmdeskError], None] | None = None,
        broken: Callable[[], None] | None = None,
    ) -> Progress:
        """Like `command`, with reports; `cancel()` of the answer stops it: `failed` hears of it."""
        job = _Job(
            owner=owner,
            done=done,
            failed=failed,
            reported=reported,
            changes=True,
            newest=None,
            broken=broken,
        )
        ticket = next(self._tickets)
        progress = Progress(lambda at, total: self._reported.emit(ticket, at, total))
        self._long[ticket] = progress
        self._start(lambda: _through(work, progress), job, ticket)
        return progress

    def in_turns(self, pieces: Iterator[object], *, owner: QObject, newest: str = "") -> None:
        """Each step of the iterator is done in a turn of the event loop of its own.

        So a large page grows while keys are answered. Of rows with the same `newest` only the last
        one goes on; none does once its owner is gone.
        """
        if not self._stopped:
            self._turns.add(pieces, owner=owner, newest=newest)

    def hurry(self, owner: QObject, newest: str) -> None:
        """What is left of that row of `in_turns` is done now."""
        self._turns.hurry(owner, newest)

    def finish(self, patience_ms: int = -1) -> Finished:
        """No new work is taken, and long work was asked to stop; all answers are dropped.

        What runs has ended, unless it took longer than the patience, when there is a limit to it.
        """
        self._stopped = True
        self._jobs.clear()
        self._turns.clear()
        running = [one for one in self._long.values() if not one.cancelled]
        for progress in running:
            progress.cancel()
        ended = self._pool.waitForDone(patience_ms)
        return Finished(ended=ended, stopped=sum(not one.came_through for one in running))

    @property
    def is_idle(self) -> bool:
        """Whether no answer is awaited, and nothing has to be done in turns."""
        return not self._jobs and self._turns.is_empty

    def _start(self, work: Callable[[], object], job: _Job, ticket: int = 0) -> None:
        if self._stopped:
            return
        ticket = ticket or next(self._tickets)
        self._jobs[ticket] = job
        if job.newest:
            self._latest[job.newest] = ticket
        if len(self._jobs) == 1:
            self.busy.emit(True)
        self._pool.start(_Run(work, lambda result, error: self._tell(ticket, result, error)))

    def _tell(self, ticket: int, result: object, error: object) -> None:
        if isValid(self):  # quitting without `finish()` must not end in a crash
            self._finished.emit(ticket, result, error)

    def _on_finished(self, ticket: int, result: object, error: object) -> None:
        job = self._jobs.pop(ticket, None)
        self._long.pop(ticket, None)
        if job is None:
            return
        if not self._jobs:
            self.busy.emit(False)
        if error is None and job.changes:
            self._announce(result)
        if isValid(job.owner) and not self._is_outdated(job, ticket):
            self._answer(job, result, error)

    def _answer(self, job: _Job, result: object, error: object) -> None:
        if error is None:
            if job.done:
                job.done(result)
        elif not isinstance(error, PmdeskError):
            if job.broken:
                job.broken()
            raise error if isinstance(error, BaseException) else TypeError(error)
        elif job.failed:
            job.failed(error)
        else:
            self._explain(error)

    def _announce(self, result: object) -> None:
        parts = result if isinstance(result, tuple) else (result,)
        for part in parts:
            if isinstance(part, Changes):
                self.changed.emit(part)

    def _is_outdated(self, job: _Job, ticket: int) -> bool:
        return job.newest is not None and self._latest[job.newest] != ticket

    def _on_reported(self, ticket: int, done: int, total: int) -> None:
        job = self._jobs.get(ticket)
        if job and job.reported and isValid(job.owner):
            job.reported(done, total)


def _through(work: Callable[[Progress], T], progress: Progress) -> T:
    found = work(progress)
    progress.came_through = True
    return found
