"""What is known of an order, and the words of a complaint behind a logged act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from pmdesk.domain.addons import order_of
from pmdesk.domain.orders.names import CHANNELS
from pmdesk.domain.orders.order import Order, OrderId
from pmdesk.domain.people import PersonId
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _, ngettext, said
from pmdesk.services.orders import moving, reading
from pmdesk.services.orders.book import Detail, span_words
from pmdesk.services.orders.reading import Complaint
from pmdesk.services.session import Session
from pmdesk.ui.orders.history import when
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label


@dataclass(frozen=True, slots=True, kw_only=True)
class _Linked:
    """Words, and a button beside them."""

    words: str
    name: str
    pressed: Callable[[], object] = field(compare=False)


Fact = tuple[str, str | _Linked]


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
        self._told: object = None
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
        self.closed.show_sentence("")
        self._show_facts(())

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
        """What is selected there stays, and so does the cursor, while nothing else is told."""
        facts = self._facts(detail)
        told = detail.order.id, self._whose(detail), facts
        if told != self._told:
            self._show_facts(facts)
            self._told = told

    def _show_facts(self, facts: Sequence[Fact]) -> None:
        self._told = None
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(9)
        grid.setColumnStretch(1, 1)
        for at, (name, words) in enumerate(facts):
            grid.addWidget(label(name, "muted"), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_part(words), at, 1)
        self.body.replaceWidget(self._rows, rows)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = rows

    def _facts(self, detail: Detail) -> list[Fact]:
        order, line = detail.order, detail.line
        zone = self._session.clock.local().tzinfo
        words = self.complaint.words if self.complaint else order.words
        dated = {
            _("Started"): order.started_at,
            _("Finished"): order.finished_at,
            _("Closed on"): order.closed_at,
        }
        facts: list[Fact] = [
            (_("Description"), words),
            (_("Where"), detail.where),
            (_("Reported by"), self._person(detail)),
            (_("To call back"), self._callback(detail)),
            (_("Done by"), line.assignee),
            (_("How it came"), said(CHANNELS[order.channel])),
            (_("First answer"), self.complaint.answer if self.complaint else detail.answer),
            (_("Registered on"), when(order.received_at, zone)),
            (_("Due"), _due_words(order, zone)),
            (_("Appointment"), _appointment_words(order, zone)),
            *((name, when(at, zone)) for name, at in dated.items() if at is not None),
            (_("Urged"), _times(order.urged)),
            (_("Reopened"), _times(order.reopened)),
            (_("Satisfaction"), "★" * order.rating if order.rating else ""),
            (_("Goes on as"), detail.parent),
            (_("Add-on order"), order_of(order.source)),
            (_("Number before the import"), "" if order_of(order.source) else order.source),
        ]
        return [(name, part) for name, part in facts if part]

    def _whose(self, detail: Detail) -> PersonId | None:
        return self.complaint.person if self.complaint else detail.order.person

    def _person(self, detail: Detail) -> str | _Linked:
        person = self._whose(detail)
        if person is None:
            return ""
        name, go = detail.line.who or _("a resident"), partial(self._go, person)
        return _Linked(words=name, name=_("Open the resident"), pressed=go)

    def _callback(self, detail: Detail) -> str | _Linked:
        if not detail.has_callback or not self._number:
            return ""
        hidden = detail.order.is_complaint and not detail.may_read  # it tells who complains
        if "*" not in self._number or hidden or not self._session.staff.may(Permission.REVEAL):
            return self._number
        show = partial(self._read_number, whole=True)
        return _Linked(words=self._number, name=_("Show"), pressed=show)

    def _go(self, person: PersonId) -> None:
        self.resident_requested.emit(person)


def _closed_words(detail: Detail) -> str:
    if detail.may_read:
        return _(
            "Few may read what somebody complains about, and what is noted on it. Opening it is in"
            " the log."
        )
    return _(
        "What somebody complains about is read by managers, reviewers, and by who registered it or"
        " works on it. Ask one of them."
    )


def _due_words(order: Order, zone: tzinfo | None) -> str:
    """When it is due, and how waiting for the resident has put that off."""
    if order.ends_at is None:
        return ""
    words = when(order.ends_at, zone)
    if order.paused_since is not None and not order.is_complaint:
        return _("{moment}, put off by the time that it waits now").format(moment=words)
    if order.paused:
        waited = span_words(order.paused)
        return _("{moment}, put off by {time} of waiting").format(moment=words, time=waited)
    return words


def _appointment_words(order: Order, zone: tzinfo | None) -> str:
    """When somebody is expected; that it is later than promised is said while it is open."""
    if order.appointment is None:
        return ""
    words = when(order.appointment, zone)
    if order.is_open and order.ends_at is not None and order.appointment > order.ends_at:
        return _("{moment}, after the due time, which stays").format(moment=words)
    return words


def _part(shown: str | _Linked) -> QWidget:
    if isinstance(shown, str):
        return label(shown, wrap=True, select=True)
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    row.addWidget(label(shown.words, select=True))
    row.addWidget(button(shown.name, shown.pressed, look="link"))
    row.addStretch(1)
    return made


def _times(count: int) -> str:
    return ngettext("once", "{count} times", count).format(count=count) if count else ""
