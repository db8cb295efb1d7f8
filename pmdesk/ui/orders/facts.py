"""What is known of an order, and the words of a complaint behind a logged act."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from pmdesk.domain.addons import order_of
from pmdesk.domain.orders.names import CHANNELS
from pmdesk.domain.orders.order import OrderId
from pmdesk.domain.people import PersonId
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _, ngettext, said
from pmdesk.services.orders import moving, reading
from pmdesk.services.orders.book import Detail
from pmdesk.services.orders.reading import Complaint
from pmdesk.services.session import Session
from pmdesk.ui.orders.history import when
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label


class FactsCard(Card):
    """Of a complaint the words and the person are shown only after they were opened."""

    resident_requested = Signal(object)  # PersonId
    complaint_opened = Signal(object)  # Complaint

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(_("Work order"))
        self._session = session
        self._tasks = tasks
        self._detail: Detail | None = None
        self._number = ""  # to call back, as far as it was shown
        self.complaint: Complaint | None = None
        self.closed = Banner(action=_("Open the words"), pressed=self.open_complaint)
        self._rows = QWidget()
        self.add(self.closed)
        self.add(self._rows)
        self.body.addStretch(1)

    def show_detail(self, detail: Detail) -> None:
        """These facts; what was opened of this order stays open."""
        if self._detail is None or self._detail.order.id != detail.order.id:
            self.complaint, self._number = None, ""
        self._detail = detail
        closed = detail.order.is_complaint and self.complaint is None
        self.closed.show_sentence(_closed_words(detail) if closed else "", Tone.PLUM)
        self.closed.action.setVisible(detail.may_read)
        self._fill(detail)
        if detail.has_callback and not self._number:
            self._read_number(whole=False)

    def forget(self) -> None:
        """What was opened is closed again; an answer that is still on its way is not shown."""
        self._detail, self.complaint, self._number = None, None, ""

    def open_complaint(self) -> None:
        """The words are shown; the log says who read them."""
        if self._detail is not None and self._detail.may_read:
            work = partial(reading.complaint, self._session, self._detail.order.id)
            self._tasks.command(work, owner=self, done=self._show_complaint)

    # ---- acting ----------------------------------------------------------------------------

    def _show_complaint(self, found: Complaint) -> None:
        if self._detail is None or self._detail.order.id != found.order:
            return
        self.complaint = found
        self.show_detail(self._detail)
        self.complaint_opened.emit(found)

    def _read_number(self, *, whole: bool) -> None:
        if self._detail is None or not self._session.staff.may(Permission.HANDLE_ORDERS):
            return
        order = self._detail.order.id
        work = partial(moving.callback_number, self._session, order, whole=whole)
        ask = self._tasks.command if whole else self._tasks.query
        ask(work, owner=self, done=partial(self._show_number, order))

    def _show_number(self, order: OrderId, number: str) -> None:
        if self._detail is None or self._detail.order.id != order:
            return
        self._number = number
        self._fill(self._detail)

    # ---- showing ---------------------------------------------------------------------------

    def _fill(self, detail: Detail) -> None:
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(9)
        grid.setColumnStretch(1, 1)
        for at, (name, words) in enumerate(self._facts(detail)):
            grid.addWidget(label(name, "muted"), at, 0, Qt.AlignmentFlag.AlignTop)
            part = words if isinstance(words, QWidget) else label(words, wrap=True, select=True)
            grid.addWidget(part, at, 1)
        self.body.replaceWidget(self._rows, rows)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = rows

    def _facts(self, detail: Detail) -> list[tuple[str, str | QWidget]]:
        order, line = detail.order, detail.line
        zone = self._session.clock.local().tzinfo
        words = self.complaint.words if self.complaint else order.words
        dated = {
            _("Registered on"): order.received_at,
            _("Due"): order.due_at,
            _("Appointment"): order.appointment,
            _("Started"): order.started_at,
            _("Finished"): order.finished_at,
            _("Closed on"): order.closed_at,
        }
        facts: list[tuple[str, str | QWidget]] = [
            (_("Description"), words),
            (_("Where"), detail.where),
            (_("Reported by"), self._person(detail)),
            (_("To call back"), self._callback(detail)),
            (_("Done by"), line.assignee),
            (_("How it came"), said(CHANNELS[order.channel])),
            (_("First answer"), self.complaint.answer if self.complaint else detail.answer),
            *((name, when(at, zone)) for name, at in dated.items() if at is not None),
            (_("Urged"), _times(order.urged)),
            (_("Reopened"), _times(order.reopened)),
            (_("Satisfaction"), "★" * order.rating if order.rating else ""),
            (_("Goes on as"), detail.parent),
            (_("Add-on order"), order_of(order.source)),
            (_("Number before the import"), "" if order_of(order.source) else order.source),
        ]
        return [(name, part) for name, part in facts if part]

    def _person(self, detail: Detail) -> str | QWidget:
        person = self.complaint.person if self.complaint else detail.order.person
        if person is None:
            return ""
        name = detail.line.who or _("a resident")
        return _with_button(name, _("Open the resident"), lambda: self._go(person))

    def _callback(self, detail: Detail) -> str | QWidget:
        if not detail.has_callback or not self._number:
            return ""
        hidden = detail.order.is_complaint and not detail.may_read  # it tells who complains
        if "*" not in self._number or hidden or not self._session.staff.may(Permission.REVEAL):
            return self._number
        return _with_button(self._number, _("Show"), lambda: self._read_number(whole=True))

    def _go(self, person: PersonId) -> None:
        self.resident_requested.emit(person)


def _closed_words(detail: Detail) -> str:
    if detail.may_read:
        return _("Few may read what somebody complains about. Opening it is in the log.")
    return _(
        "What somebody complains about is read by managers, reviewers, and by who registered it or"
        " works on it. Ask one of them."
    )


def _with_button(words: str, name: str, pressed: object) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    row.addWidget(label(words, select=True))
    row.addWidget(button(name, pressed if callable(pressed) else None, look="link"))
    row.addStretch(1)
    return made


def _times(count: int) -> str:
    return ngettext("once", "{count} times", count).format(count=count) if count else ""
