"""A line that says when words begin with a service that is ordered first."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pmdesk.services.orders import registering
from pmdesk.services.orders.intake import Intake
from pmdesk.services.session import Session
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.visibility import set_shown


class AddonHint(QLabel):
    """A hint, never a ban: hidden while nothing sounds like the price list."""

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__()
        self._session = session
        self._tasks = tasks
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("look", "muted")
        self.setWordWrap(True)
        set_shown(self, shown=False)

    def follow(self, asked: Intake) -> None:
        """The line is about what is typed now."""
        work = partial(registering.addon_hint, self._session, asked)
        self._tasks.query(work, owner=self, done=self._show, newest="addon")

    def _show(self, sentence: str) -> None:
        self.setText(sentence)
        set_shown(self, shown=bool(sentence))
