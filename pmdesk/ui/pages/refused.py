"""本系统不收集: the list, the office's own words, and what was collected by mistake."""

from functools import partial

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _
from pmdesk.services.refusal import screen
from pmdesk.services.session import Session
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.refused.items import ItemsCard
from pmdesk.ui.refused.own_words import OwnWordsCard
from pmdesk.ui.refused.waiting import WaitingCard
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.page import Page


class RefusedPage(Page):
    """Everybody may read the list; what waits is for those who decide on it."""

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__(_("This program does not collect"), _subtitle())
        self._session = session
        self._tasks = tasks
        self.waiting: WaitingCard | None = None
        if session.staff.may(Permission.RESOLVE_QUARANTINE):
            self.waiting = WaitingCard(session, tasks, prompts)
            self.add(self.waiting)
        self.items = ItemsCard(session, tasks)
        self.own = OwnWordsCard(session, tasks, prompts)
        self.add(self.items, 1)
        self.add(self.own)
        self.setFocusProxy(self.items.search)
        self._read()

    def reload(self, changes: Changes | None = None) -> None:
        """The cards show how things stand now."""
        kinds = changes.kinds if changes else {office.OFFICE, office.QUARANTINE}
        if office.OFFICE in kinds:
            self._read()
            self.own.reload()
        if office.QUARANTINE in kinds and self.waiting is not None:
            self.waiting.reload()

    def _read(self) -> None:
        self._tasks.query(
            partial(screen.refused, self._session),
            owner=self,
            done=self.items.show_items,
            newest="refused",
        )


def _subtitle() -> str:
    return _(
        "Fields, labels, columns of imported files, rules and notes are screened by this list."
        " It is the choice of this program, not always a ban by law."
    )
