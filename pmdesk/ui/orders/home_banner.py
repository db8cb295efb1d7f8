"""What the desk owes, on the home page: how many orders are open, late, and one's own."""

from functools import partial

from PySide6.QtCore import Signal

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _, ngettext
from pmdesk.services.orders import book
from pmdesk.services.orders.book import Waiting
from pmdesk.services.session import Session
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner


class OrdersBanner(Banner):
    """Says too when nothing is open: a zero never looks like a fault."""

    page_requested = Signal(str)

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(
            picture="wrench",
            action=_("Open"),
            pressed=lambda: self.page_requested.emit("orders"),
        )
        self._session = session
        self._tasks = tasks
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The banner says how things stand now."""
        sees = self._session.staff.may(Permission.SEE_ORDERS)
        if sees and (changes is None or office.ORDERS in changes.kinds):
            self._tasks.query(
                partial(book.waiting, self._session),
                owner=self,
                done=self._show,
                newest="waiting",
            )

    def _show(self, found: Waiting) -> None:
        if not found.open:
            self.show_sentence(_("No work order is open today."), Tone.GOOD)
            return
        words = ngettext("{count} open order", "{count} open orders", found.open)
        parts = [words.format(count=f"{found.open:,}")]
        if found.overdue:
            parts.append(_("{count} overdue").format(count=f"{found.overdue:,}"))
        if found.mine:
            parts.append(_("{count} with you").format(count=f"{found.mine:,}"))
        self.show_sentence(" · ".join(parts), Tone.PROBLEM if found.overdue else Tone.INFO)
