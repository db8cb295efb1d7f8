"""The log is looked at when an office is entered, and its end remembered when it is left."""

import threading
from functools import partial

from PySide6.QtCore import QObject

from pmdesk.app.last_anchors import LastAnchors
from pmdesk.domain.anchors import Anchor
from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, _
from pmdesk.services import log_proof, log_words
from pmdesk.services.log_proof import Standing
from pmdesk.services.session import Session
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks


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
        if found.holds:
            return
        sentences = [log_words.lost_words(one, found.checked.count) for one in found.lost]
        if found.checked.broken is not None:
            sentences.append(log_words.broken_words(found.checked.broken))
        self._prompts.tell("\n".join(dict.fromkeys(sentences)), detail=_(log_words.WHAT_TO_DO))
