"""Drafts of a form: kept encrypted three seconds after the last change, shown with their age."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from pmdesk.domain.ports import Draft
from pmdesk.i18n import _, ngettext
from pmdesk.services import drafts
from pmdesk.services.session import Session
from pmdesk.ui.tasks import Tasks

PAUSE_MS = 3000
_MINUTE, _HOUR = 60, 3600


class Autosave(QObject):
    """Keeps what `document` says, for one page and subject."""

    found = Signal(object)  # Draft: something was typed here and not saved
    kept = Signal(object)  # datetime

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        page: str,
        document: Callable[[], str],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._page = page
        self._subject = ""
        self._document = document
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._keep)

    def watch(self, subject: str) -> None:
        """The form is about `subject` now; `found` tells of a draft that lies there."""
        self._timer.stop()
        self._subject = subject
        self._tasks.query(
            partial(drafts.kept, self._session, self._page, subject),
            owner=self,
            done=self._tell,
            newest="kept",
        )

    def touch(self) -> None:
        """Something changed: it is kept in three seconds, unless more changes."""
        self._timer.start()

    def stop(self) -> None:
        """What was typed is saved or given up: nothing more is kept."""
        self._timer.stop()

    def keep_now(self) -> None:
        """What waited for its three seconds is kept before this returns: the office locks."""
        if self._timer.isActive():
            self._timer.stop()
            drafts.keep(self._session, self._page, self._subject, self._document())

    def hurry(self) -> None:
        """What waited for its three seconds is kept now, in the background: the page is left."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def discard(self) -> None:
        """The draft is gone."""
        self.stop()
        work = partial(drafts.discard, self._session, self._page, self._subject)
        self._tasks.command(work, owner=self)

    def _tell(self, draft: Draft | None) -> None:
        if draft is not None:
            self.found.emit(draft)

    def _keep(self) -> None:
        work = partial(drafts.keep, self._session, self._page, self._subject, self._document())
        now = self._session.clock.now()
        self._tasks.command(work, owner=self, done=lambda _none: self.kept.emit(now))


def age(saved: datetime, now: datetime) -> str:
    """How old a draft is, in words."""
    seconds = max(0, int((now - saved).total_seconds()))
    if seconds < _MINUTE:
        return ngettext("{count} second ago", "{count} seconds ago", seconds).format(count=seconds)
    if seconds < _HOUR:
        minutes = seconds // _MINUTE
        return ngettext("{count} minute ago", "{count} minutes ago", minutes).format(count=minutes)
    return _("on {at}").format(at=f"{saved.astimezone():%Y-%m-%d %H:%M}")
