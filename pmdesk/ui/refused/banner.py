"""One sentence on the home page while something collected by mistake waits."""

from functools import partial

from PySide6.QtCore import Signal

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _, ngettext
from pmdesk.services.refusal import quarantine
from pmdesk.services.session import Session
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner


class MistakesBanner(Banner):
    """Hidden while nothing waits, and for those who need not care."""

    page_requested = Signal(str)

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(action=_("Open"), pressed=lambda: self.page_requested.emit("refused"))
        self._session = session
        self._tasks = tasks
        tasks.changed.connect(self.reload)
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The banner says how many entries wait now."""
        concerned = self._session.staff.may(Permission.RESOLVE_QUARANTINE)
        if concerned and (changes is None or office.QUARANTINE in changes.kinds):
            work = partial(quarantine.count, self._session)
            self._tasks.query(work, owner=self, done=self.show_count, newest="mistakes")

    def show_count(self, count: int) -> None:
        """That many wait."""
        words = ngettext(
            "Collected by mistake: {count} entry waits to be erased or put back.",
            "Collected by mistake: {count} entries wait to be erased or put back.",
            count,
        )
        self.show_sentence(words.format(count=count) if count else "", Tone.WARN)
