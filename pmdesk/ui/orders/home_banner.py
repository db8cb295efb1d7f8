"""What the desk owes, on the home page: how many orders are open, late, and one's own."""

from functools import partial

from PySide6.QtCore import Signal

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.orders.order import OPEN
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _, told
from pmdesk.services.orders import book
from pmdesk.services.orders.book import Waiting
from pmdesk.services.session import Session
from pmdesk.ui.orders.words import waiting_words
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner


class OrdersBanner(Banner):
    """Says too when nothing is open: a zero never looks like a fault."""

    orders_requested = Signal(object)  # OrderQuery

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(
            picture="wrench",
            action=_("Open"),
            pressed=self._open,
        )
        self._session = session
        self._presses = False  # whether anything is late or due today
        self._tasks = tasks
        if session.staff.may(Permission.SEE_ORDERS):
            self.show_sentence(_("Reading the work orders…"))  # nothing moves once they are read
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The banner says how things stand now."""
        sees = self._session.staff.may(Permission.SEE_ORDERS)
        if sees and (changes is None or office.ORDERS in changes.kinds):
            self._tasks.query(
                partial(book.waiting, self._session),
                owner=self,
                done=self._show,
                failed=lambda error: self.show_sentence(told(error), Tone.PROBLEM),
                newest="waiting",
            )

    def _open(self) -> None:
        """What is late or due today; where that is nothing, all that is open."""
        at = book.tonight(self._session) if self._presses else None
        self.orders_requested.emit(OrderQuery(states=OPEN, overdue_at=at))

    def _show(self, found: Waiting) -> None:
        self._presses = bool(found.overdue or found.today)
        if not found.open:
            self.show_sentence(_("No work order is open today."), Tone.GOOD)
            return
        words = waiting_words(found)
        words += " · " + _("{count} due today").format(count=f"{found.today:,}")
        if found.mine:
            words += " · " + _("{count} with you").format(count=f"{found.mine:,}")
        self.show_sentence(words, Tone.PROBLEM if found.overdue else Tone.INFO)
