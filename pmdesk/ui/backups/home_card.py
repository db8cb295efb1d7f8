"""On the landing page of administrators: how old the last proved backup is."""

from functools import partial

from PySide6.QtCore import Signal

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _, joined
from pmdesk.services import backups
from pmdesk.services.backups import State
from pmdesk.services.session import Session
from pmdesk.ui.backups import words
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.banner import Banner


class BackupBanner(Banner):
    """Hidden from those who make no backups."""

    page_requested = Signal(str)

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(
            picture="save", action=_("Open"), pressed=lambda: self.page_requested.emit("backups")
        )
        self._session = session
        self._tasks = tasks
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The banner says how things stand now."""
        if not self._session.staff.may(Permission.BACK_UP):
            return
        if changes is None or office.BACKUPS in changes.kinds:
            self._tasks.query(
                partial(backups.state, self._session),
                owner=self,
                done=self._show,
                failed=lambda _error: self.show_sentence(""),
                newest="backups",
            )

    def _show(self, found: State) -> None:
        sentence, tone = words.standing(found, self._session.clock)
        if found.rehearsal_due:
            rehearsal = _("The backup passphrase has not been typed for a month.")
            sentence = joined(sentence, rehearsal)
        self.show_sentence(sentence, tone)
