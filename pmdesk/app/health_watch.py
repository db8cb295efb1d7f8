"""After an office is entered its data file is checked, while people begin to work."""

import threading
from functools import partial

from PySide6.QtCore import QObject, Signal

from pmdesk.app.entered import Entered
from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_
from pmdesk.ui.keys.damage_help import is_damage
from pmdesk.ui.tasks import Tasks


class _LeftError(PmdeskError):
    """The office is being left before the check was over."""

    def __init__(self) -> None:
        super().__init__(N_("Cancelled. Nothing was changed."))


class HealthWatch(QObject):
    """Reads every page of the data file once: a third of a second for each 100 MB.

    Not before the window opens: signing in is to take no longer than deriving its key. Nothing is
    lost meanwhile, because each page is authenticated whenever it is read, and what is saved goes
    to the log beside the file. What is found ends the session.
    """

    damaged = Signal(object)  # PmdeskError
    passed = Signal()

    def __init__(self, entered: Entered, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._entered = entered
        self._tasks = tasks
        self._leaving = threading.Event()

    def begin(self) -> None:
        """The check runs; `passed` or `damaged` tells what came of it."""
        self._tasks.query(
            partial(self._entered.check, self._go_on),
            owner=self,
            done=lambda _none: self.passed.emit(),
            failed=self._failed,
        )

    def stop(self) -> None:
        """A check that is not over ends soon."""
        self._leaving.set()

    def _failed(self, error: PmdeskError) -> None:
        if is_damage(error):
            self.damaged.emit(error)
        else:
            self.passed.emit()  # a busy or full disk: the next sign-in looks again

    def _go_on(self) -> None:
        if self._leaving.is_set():
            raise _LeftError
