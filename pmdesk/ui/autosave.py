"""Drafts of a form: kept encrypted three seconds after the last change, shown with their age."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from threading import Lock

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
        self.subject = ""
        self._document = document
        self._is_typed = False  # something that is neither saved nor given up
        self._order = _Order()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._keep)

    def watch(self, subject: str) -> None:
        """The form is about `subject` now; `found` tells of a draft that lies there."""
        self._seek(subject, partial(drafts.kept, self._session, self._page, subject))

    def watch_new(self, sort: str, wanted: str = "") -> None:
        """One more form of this sort is begun; `found` tells of the wanted or newest old one.

        What is typed does not take the place of that one: it is kept beside it.
        """
        find = partial(drafts.latest, self._session, self._page, sort, wanted)
        self._seek(drafts.beside(sort), find)

    def offer(self, subject: str) -> None:
        """`found` tells of this draft as well, unless it is of what stands in the form."""
        if subject != self.subject:
            find = partial(drafts.kept, self._session, self._page, subject)
            self._tasks.query(find, owner=self, done=self._tell, newest="kept")

    def go_on_with(self, draft: Draft) -> None:
        """The form is about this draft from now on; what was typed beside it stays kept."""
        if draft.subject != self.subject:
            self.hurry()
            self.subject = draft.subject

    def touch(self) -> None:
        """Something changed: it is kept in three seconds, unless more changes."""
        self._is_typed = True
        self._timer.start()

    def stop(self) -> None:
        """What was typed is saved or given up: nothing more is kept, nor what still runs."""
        self._is_typed = False
        self._timer.stop()
        self._order.give_up(self.subject)

    def keep_now(self) -> None:
        """What waited for its three seconds is kept before this returns: the office locks."""
        if self._timer.isActive():
            self._timer.stop()
            self._kept_in_order()()

    def hurry(self) -> None:
        """What waited for its three seconds is kept now, in the background: the page is left."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def discard(self) -> None:
        """The draft is gone."""
        self.stop()
        self.discard_other(self.subject)

    def discard_other(self, subject: str) -> None:
        """The draft of this subject is gone; what is typed here stays, and is kept anew."""
        drop = partial(drafts.discard, self._session, self._page, subject)
        self._tasks.command(self._order.dropping(subject, drop), owner=self)
        if subject == self.subject and self._is_typed:  # it took the place of the draft
            self.touch()

    def _seek(self, subject: str, find: Callable[[], Draft | None]) -> None:
        self._is_typed = False
        self._timer.stop()
        self.subject = subject
        self._tasks.query(find, owner=self, done=self._tell, newest="kept")

    def _tell(self, draft: Draft | None) -> None:
        if draft is not None:
            self.found.emit(draft)

    def _keep(self) -> None:
        now = self._session.clock.now()
        self._tasks.command(
            self._kept_in_order(),
            owner=self,
            done=lambda is_kept: self.kept.emit(now) if is_kept else None,
        )

    def _kept_in_order(self) -> Callable[[], bool]:
        keep = partial(drafts.keep, self._session, self._page, self.subject, self._document())
        return self._order.keeping(self.subject, keep)


class _Order:
    """Of what is done with the draft of a subject only the latest is done, whichever runs first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._newest = Counter[str]()
        self._given_up = Counter[str]()

    def give_up(self, subject: str) -> None:
        """What waits to be kept of it is not kept any more."""
        self._given_up[subject] = self._newest[subject]

    def keeping(self, subject: str, keep: Callable[[], object]) -> Callable[[], bool]:
        """Keeps it, unless it was given up or something newer is to be done; tells whether."""
        own = self._next(subject)
        return lambda: self._do(subject, own, keep, unless=self._given_up)

    def dropping(self, subject: str, drop: Callable[[], object]) -> Callable[[], bool]:
        """Drops it, unless something newer is to be kept."""
        own = self._next(subject)
        return lambda: self._do(subject, own, drop, unless={})

    def _next(self, subject: str) -> int:
        self._newest[subject] += 1
        return self._newest[subject]

    def _do(
        self, subject: str, own: int, act: Callable[[], object], *, unless: Mapping[str, int]
    ) -> bool:
        with self._lock:
            is_wanted = self._newest[subject] == own > unless.get(subject, 0)
            if is_wanted:
                act()
        return is_wanted


def age(saved: datetime, now: datetime) -> str:
    """How old a draft is, in words."""
    seconds = max(0, int((now - saved).total_seconds()))
    if seconds < _MINUTE:
        return ngettext("{count} second ago", "{count} seconds ago", seconds).format(count=seconds)
    if seconds < _HOUR:
        minutes = seconds // _MINUTE
        return ngettext("{count} minute ago", "{count} minutes ago", minutes).format(count=minutes)
    return _("on {at}").format(at=f"{saved.astimezone():%Y-%m-%d %H:%M}")
