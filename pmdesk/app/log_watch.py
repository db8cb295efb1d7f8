"""The log is looked at when an office is entered, and its end remembered when it is left."""

import threading
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from pmdesk.app.last_anchors import LastAnchors
from pmdesk.domain.anchors import Anchor
from pmdesk.domain.office import Changes
from pmdesk.domain.proof import Difference
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, _
from pmdesk.services import log_cover, log_proof, log_words
from pmdesk.services.log_proof import Standing
from pmdesk.services.session import Session
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks

_MOST = 8  # findings that one box tells; the log page has them all


class _LeftError(PmdeskError):
    """The office is being left before the walk along the chain was over."""

    def __init__(self) -> None:
        super().__init__(N_("Cancelled. Nothing was changed."))


class LogWatch(QObject):
    """Says what is wrong with the log, and remembers on this computer how far it was right."""

    def __init__(
        self, session: Session, tasks: Tasks, prompts: Prompts, memory: LastAnchors, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self.memory = memory
        self._leaving = threading.Event()
        self._point: Anchor | None = None

    def begin(self) -> None:
        """The log is checked in the background; who signed in hears of what is wrong."""
        self._tasks.query(
            partial(log_proof.at_sign_in, self._session, self.memory, self._go_on),
            owner=self,
            done=self._tell,
            failed=lambda _error: None,  # the next sign-in looks again
        )

    def advance(self) -> None:
        """What was done since then is remembered too, unless something in it is wrong."""
        if self._point is not None:
            self._point = log_proof.advanced(self._session, self.memory, self._point)

    def stop(self) -> None:
        """A walk that is not over ends soon."""
        self._leaving.set()

    def _go_on(self, _done: int, _total: int) -> None:
        if self._leaving.is_set():
            raise _LeftError

    def _tell(self, found: Standing) -> None:
        self._point = found.point
        if found.point is not None:
            self._session.accounts.backups.walked(found.point)
        if found.holds:
            self._look_at_rows()
            return
        self._tell_of(log_words.sentences(found.report), log_words.what_to_do(found.report))

    def _look_at_rows(self) -> None:
        """Whoever sees the log has the rows compared with it; an administrator binds old ones."""
        may = self._session.staff.may
        if may(Permission.SEE_AUDIT):
            self._tasks.query(
                partial(log_proof.rows, self._session, self._go_on),
                owner=self,
                done=self._tell_of_rows,
                failed=lambda _error: None,  # tomorrow looks again
            )

    def _tell_of_rows(self, found: tuple[Difference, ...]) -> None:
        if found:
            self._tell_of(
                list(dict.fromkeys(map(log_words.difference_words, found)))[:_MOST],
                _(log_words.WHAT_TO_DO),
            )
        elif self._session.staff.may(Permission.CONFIGURE):
            self._tasks.query(
                partial(log_cover.cover, self._session, self._go_on),
                owner=self,
                done=lambda _count: None,
                failed=lambda _error: None,  # the next sign-in goes on
            )

    def _tell_of(self, sentences: Sequence[str], what_to_do: str) -> None:
        """The finding is in the log by now: the home page shows it, and a box says it once."""
        self._tasks.changed.emit(Changes.of())
        words = "\n".join(dict.fromkeys(sentences))
        self._prompts.when_free(partial(self._prompts.warn, words, detail=what_to_do))
