"""The rights desk: requests with their days left, a form to receive one, and each case."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain import office
from pmdesk.domain.deadlines import Alarm
from pmdesk.domain.office import Changes
from pmdesk.domain.people import PersonId
from pmdesk.domain.requests import RequestId
from pmdesk.domain.rights import RightCode
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _, ngettext, said
from pmdesk.services.rights import request_book
from pmdesk.services.rights.request_acts import Received
from pmdesk.services.rights.request_book import Row
from pmdesk.services.session import Session
from pmdesk.ui.commands import Command, build_actions
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.rights.case import CaseCard
from pmdesk.ui.rights.empty import RightsExplained
from pmdesk.ui.rights.intake import IntakeCard
from pmdesk.ui.rights.papers import CasePapers
from pmdesk.ui.rights.settings import DeskSettingsCard
from pmdesk.ui.rights.words import days_badge, next_step
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.page import Page
from pmdesk.ui.widgets.visibility import set_shown

_LATE = frozenset({Alarm.OVERDUE, Alarm.STOPPED})


class RightsPage(Page):
    """List, intake and case in one place; the list comes back when a case is left."""

    resident_requested = Signal(object)  # PersonId

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        self.receiver = button(
            _("Receive a request"), self._receive, look="primary", picture="plus", tip="Ctrl+N"
        )
        self.poster = button(_("Poster…"), self._save_poster, picture="printer")
        self.options = button(_("Days and city…"), self._toggle_settings, picture="calendar")
        super().__init__(
            _("Requests about rights"), " ", (self.poster, self.options, self.receiver)
        )
        self._session = session
        self._tasks = tasks
        self.rows: tuple[Row, ...] = ()
        self._papers = CasePapers(session, tasks, prompts)
        self.note = Banner()
        self.settings = DeskSettingsCard(session, tasks)
        self.intake = IntakeCard(session, tasks)
        self.case = CaseCard(session, tasks, prompts)
        self.filter = Segmented(_filters())
        self.filter.show_value("open")
        self.model = RowsModel[Row](_columns())
        self.table = Table(
            self.model, EmptyState(_("No request fits the filter."), picture="clipboard-check")
        )
        self.explained = RightsExplained()
        self._arrange()
        self._connect()
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The list and the open case show how things stand."""
        if changes is not None and office.REQUESTS not in changes.kinds:
            return
        self._tasks.query(
            partial(request_book.book, self._session), owner=self, done=self._show, newest="book"
        )
        if not self.case.isHidden():
            self.case.reload(changes)

    def start_request(
        self, code: RightCode = RightCode.ACCESS, person: PersonId | None = None, words: str = ""
    ) -> None:
        """The form for a new request of this person is open."""
        self.case.hide()
        self.intake.start(code, person, words)
        self._fill()

    def show_request(self, request: RequestId, note: str = "", *, fresh: bool = False) -> None:
        """This case is open; of a fresh one the receipt is to be handed out."""
        for part in (self.intake, self._list, self.explained):
            part.hide()
        self.case.show()
        self.case.show_case(request, note, fresh=fresh)

    # ---- building --------------------------------------------------------------------------

    def _arrange(self) -> None:
        set_shown(self.options, self._session.staff.may(Permission.CONFIGURE))
        card = Card()
        top = QHBoxLayout()
        top.addWidget(self.filter, 1)
        card.body.addLayout(top)
        card.add(self.table, 1)
        self.table.setMinimumHeight(320)
        self._list = QWidget()
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card, 1)
        for part in (self.note, self.settings, self.intake, self.explained):
            self.add(part)
        self.add(self._list, 1)
        self.add(self.case, 1)
        self.body.addStretch(0)  # takes the room while the list is not shown
        for hidden in (self.settings, self.intake, self.case, self.explained):
            hidden.hide()

    def _connect(self) -> None:
        self.filter.chosen.connect(lambda _value: self._fill())
        self.table.view.opened.connect(lambda row: self.show_request(row.request.id))
        self.intake.received.connect(self._received)
        self.intake.left.connect(self._fill)
        self.case.back_requested.connect(self._show_list)
        self.case.resident_requested.connect(self.resident_requested)
        self.explained.receive_requested.connect(self._receive)
        self.explained.poster_requested.connect(self._save_poster)
        build_actions(self, {Command.NEW: self._receive, Command.REFRESH: self.reload})

    # ---- acting ----------------------------------------------------------------------------

    def _receive(self) -> None:
        self.start_request()

    def _received(self, answer: Received) -> None:
        words = _("Entered as {number}. Please hand out the receipt.").format(number=answer.number)
        once = _(", ").join(answer.done)
        note = f"{words} {_('At once: {done}.').format(done=once)}" if once else words
        self.show_request(answer.id, note, fresh=True)

    def _save_poster(self) -> None:
        self._papers.save_poster(
            self,
            lambda name: self.note.show_sentence(
                _("Saved as {file}.").format(file=name), Tone.GOOD
            ),
        )

    def _toggle_settings(self) -> None:
        if self.settings.isHidden():
            self.settings.start()
        else:
            self.settings.hide()

    def _show_list(self) -> None:
        self.case.hide()
        self._fill()
        self.table.view.setFocus()

    # ---- showing ---------------------------------------------------------------------------

    def _show(self, rows: tuple[Row, ...]) -> None:
        self.rows = rows
        late = sum(row.alarm in _LATE for row in rows)
        open_ones = sum(row.request.is_open for row in rows)
        words = ngettext("{count} open request", "{count} open requests", open_ones)
        parts = [words.format(count=open_ones)]
        if late:
            parts.append(_("{count} late").format(count=late))
        self.header.show_subtitle(" · ".join(parts))
        self._fill()

    def _fill(self) -> None:
        fits = {
            "mine": lambda row: row.mine and row.request.is_open,
            "open": lambda row: row.request.is_open,
            "late": lambda row: row.alarm in _LATE,
            "closed": lambda row: not row.request.is_open,
        }[str(self.filter.value)]
        self.model.set_rows(filter(fits, self.rows))
        in_case = not self.case.isHidden()
        empty = not self.rows and not in_case and self.intake.isHidden()
        self.explained.setVisible(empty)
        self._list.setVisible(not in_case and bool(self.rows))


def _filters() -> tuple[tuple[str, str], ...]:
    return (
        ("mine", _("Mine")),
        ("open", _("Not closed yet")),
        ("late", _("Late")),
        ("closed", _("Closed")),
    )


def _columns() -> tuple[Column[Row], ...]:
    return (
        Column(key="number", title=_("Number"), cell=lambda row: row.request.number, width=17),
        Column(key="who", title=_("Person"), cell=lambda row: row.said or _("erased"), width=18),
        Column(
            key="right", title=_("Kind of request"), cell=lambda row: said(row.request.right.title)
        ),
        Column(
            key="days",
            title=_("Left"),
            cell=lambda row: days_badge(row).words,
            badge=days_badge,
            width=18,
        ),
        Column(key="handler", title=_("Handled by"), cell=lambda row: row.handler or "—", width=14),
        Column(key="next", title=_("Next step"), cell=lambda row: next_step(row.request)),
    )
