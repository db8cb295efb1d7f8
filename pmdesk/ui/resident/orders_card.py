"""What a resident asked for: open orders first in sight, a new one with one button."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.people import PersonId
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _
from pmdesk.services.orders import book
from pmdesk.services.orders.book import Line
from pmdesk.services.session import Session
from pmdesk.ui.icons import Ink
from pmdesk.ui.orders.words import ICONS, clock_badge, day_of, state_badge, story
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import Picture, label
from pmdesk.ui.widgets.pill import Pill
from pmdesk.ui.widgets.visibility import set_shown

_MOST = 5


class OrdersCard(Card):
    """Complaints are here only for who may read them, and without their words."""

    order_requested = Signal(object)  # OrderId
    new_order_requested = Signal(object)  # PersonId

    def __init__(self, session: Session, tasks: Tasks, person: PersonId) -> None:
        super().__init__(_("Work orders"))
        self._session = session
        self._tasks = tasks
        self._person = person
        self.lines = QVBoxLayout()
        self.lines.setSpacing(8)
        self.adder = button(
            _("Register an order"), lambda: self.new_order_requested.emit(person), picture="plus"
        )
        set_shown(self.adder, session.staff.may(Permission.HANDLE_ORDERS))
        row = QHBoxLayout()
        row.addWidget(self.adder)
        row.addStretch(1)
        self.body.addLayout(self.lines)
        self.body.addLayout(row)
        set_shown(self, session.staff.may(Permission.SEE_ORDERS))
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The card shows the orders as they stand."""
        mine = changes is None or not changes.people or self._person in changes.people
        if not self._session.staff.may(Permission.SEE_ORDERS) or not mine:
            return
        if changes is None or office.ORDERS in changes.kinds:
            self._tasks.query(
                partial(book.of_person, self._session, self._person),
                owner=self,
                done=self.show_lines,
                newest="orders",
            )

    def show_lines(self, found: tuple[Line, ...]) -> None:
        """The newest of these, those that are open before the others."""
        while (item := self.lines.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()
        for one in sorted(found, key=lambda line: not line.is_open)[:_MOST]:
            self.lines.addWidget(self._line(one))
        if not found:
            self.lines.addWidget(label(_("Nothing was asked for yet."), "muted", wrap=True))
        elif len(found) > _MOST:
            words = _("{count} more in the list").format(count=len(found) - _MOST)
            self.lines.addWidget(label(words, "muted"))

    def _line(self, one: Line) -> QWidget:
        made = QWidget()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Picture(ICONS[one.service], Ink.MUTED, 16))
        row.addWidget(label(story(one), wrap=True), 1)
        row.addWidget(button(_("Open"), lambda: self.order_requested.emit(one.id), look="link"))
        below = QHBoxLayout()
        below.setSpacing(8)
        badge = clock_badge(one) if one.is_overdue else None
        below.addWidget(Pill(badge or state_badge(one.state)))
        below.addWidget(label(f"{day_of(one)} · {one.number}", "muted"), 1)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addLayout(below)
        return made
