"""What the rights desk owes, on the home page: how many, how late, and which comes first."""

from functools import partial

from PySide6.QtCore import Signal

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.requests import RequestId
from pmdesk.i18n import _, ngettext, said
from pmdesk.services.rights import request_book
from pmdesk.services.rights.request_book import Waiting
from pmdesk.services.session import Session
from pmdesk.ui.rights.words import days_badge
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner


class RightsBanner(Banner):
    """Hidden while no request is open."""

    case_requested = Signal(object)  # RequestId

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(action=_("Open"), pressed=self._open)
        self._session = session
        self._tasks = tasks
        self._nearest: RequestId | None = None
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The banner says how things stand now."""
        if changes is None or office.REQUESTS in changes.kinds:
            self._tasks.query(
                partial(request_book.waiting_now, self._session),
                owner=self,
                done=self._show,
                newest="waiting",
            )

    def _show(self, found: Waiting) -> None:
        if found.nearest is None:
            self.show_sentence("")
            return
        self._nearest = found.nearest.request.id
        words = ngettext("{count} open request", "{count} open requests", found.open)
        parts = [words.format(count=found.open)]
        if found.overdue:
            parts.append(_("{count} late").format(count=found.overdue))
        parts.append(
            _("next: {right}, {left}").format(
                right=said(found.nearest.request.right.title), left=days_badge(found.nearest).words
            )
        )
        tone = Tone.PROBLEM if found.overdue else Tone.WARN if found.soon else Tone.INFO
        self.show_sentence(" · ".join(parts), tone)

    def _open(self) -> None:
        if self._nearest is not None:
            self.case_requested.emit(self._nearest)
