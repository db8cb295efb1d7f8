"""On the landing page of administrators: the keys are old, or somebody left since."""

from functools import partial

from PySide6.QtCore import Signal

from pmdesk.domain import office
from pmdesk.domain.keys import KeyState
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _
from pmdesk.services import keys
from pmdesk.services.key_words import standing
from pmdesk.services.session import Session
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner


class KeysBanner(Banner):
    """Hidden while the keys need no change, and from those who change none."""

    page_requested = Signal(str)

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(
            picture="key", action=_("Open"), pressed=lambda: self.page_requested.emit("settings")
        )
        self._session = session
        self._tasks = tasks
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The banner says how things stand now."""
        if not self._session.staff.may(Permission.MANAGE_STAFF):
            return
        if changes is None or office.STAFF in changes.kinds:
            self._tasks.query(
                partial(keys.state, self._session),
                owner=self,
                done=self._show,
                failed=lambda _error: self.show_sentence(""),
                newest="keys",
            )

    def _show(self, found: KeyState) -> None:
        self.show_sentence(standing(found) if found.due else "", Tone.WARN)
