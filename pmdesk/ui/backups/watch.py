"""Backups that are made by themselves: at their hour, and before pmdesk is closed."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from pmdesk.domain.backups import Made
from pmdesk.domain.office import Changes
from pmdesk.domain.progress import silent
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, joined, told
from pmdesk.services import backups
from pmdesk.services.session import Session
from pmdesk.ui import theme
from pmdesk.ui.backups import words
from pmdesk.ui.exchange.working import WorkingBar
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import CancelledError, Progress, Tasks
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label

EVERY_MS = 300_000
_WIDTH = 520


class BackupWatch(QObject):
    """Looks every five minutes whether the hour has come; `note` is told what happened."""

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        prompts: Prompts,
        note: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._tasks, self._prompts, self._note = session, tasks, prompts, note
        self._running = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """A backup is made if its hour has come."""
        if not self._running:
            self._tasks.query(
                partial(backups.is_due, self._session, leaving=False),
                owner=self,
                done=self._begin,
                failed=lambda _error: None,  # a busy file: the next look
                newest="due",
            )

    def leave(self, parent: QWidget) -> None:
        """What was changed is backed up before the window goes, unless the user will not wait."""
        self._timer.stop()
        try:
            due = backups.is_due(self._session, leaving=True)
        except PmdeskError:
            return  # the next one who signs in is told how old the last backup is
        if due:
            dialog = FarewellDialog(self._session, self._tasks, parent)
            dialog.begin()
            dialog.exec()
            if dialog.problem:
                self._prompts.tell(_("No backup was made."), detail=dialog.problem)
            dialog.deleteLater()

    def _begin(self, due: bool) -> None:
        if not due or self._running:
            return
        self._running = True
        self._note(_("Backing up…"))
        self._tasks.long(
            partial(backups.automatic, self._session),
            owner=self,
            reported=silent,
            done=self._made,
            failed=self._failed,
        )

    def _made(self, result: tuple[Changes, Made]) -> None:
        self._running = False
        made_at = words.moment(result[1].facts.made_at, self._session.clock)
        self._note(_("Backed up and proved {at}").format(at=made_at))

    def _failed(self, error: PmdeskError) -> None:
        self._running = False
        self._note(joined(_("No backup was made."), told(error)))


class FarewellDialog(QDialog):
    """How far the backup is; it closes by itself, and can be left without one."""

    def __init__(self, session: Session, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Backing up before closing"))
        self.setModal(True)
        self.setMinimumWidth(theme.length(_WIDTH))
        self._session, self._tasks = session, tasks
        self._work: Progress | None = None
        self.problem = ""
        self.working = WorkingBar(lambda done: f"{done} %")
        self.working.cancel.hide()
        self.skip = button(_("Close without a backup"), self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(_("Backing up before closing"), "title"))
        column.addWidget(label(_("This computer can be left alone: pmdesk closes by itself.")))
        column.addWidget(self.working)
        column.addWidget(self.skip)

    def begin(self) -> None:
        """The work runs."""
        self.working.start(_("Backing up"))
        self._work = self._tasks.long(
            partial(backups.automatic, self._session),
            owner=self,
            reported=self.working.show_progress,
            done=lambda _done: self.accept(),
            failed=self._failed,
        )

    def reject(self) -> None:
        """No backup: what was begun is taken back first."""
        self.skip.setEnabled(False)
        if self._work is not None:
            self._work.cancel()

    def _failed(self, error: PmdeskError) -> None:
        if not isinstance(error, CancelledError):
            self.problem = told(error)
        super().reject()
