"""The records of one kind: the list, and over it the record that is open."""

from collections.abc import Iterable
from functools import cached_property, partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QStackedLayout, QVBoxLayout, QWidget

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.records import Document, RecordId
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _, said
from pmdesk.services.records import record_desk
from pmdesk.services.records.record_desk import Line, OpenRecord
from pmdesk.services.records.record_kinds import kind
from pmdesk.services.session import Session
from pmdesk.ui.building import built
from pmdesk.ui.commands import Command, build_actions
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.records.badges import record_badge
from pmdesk.ui.records.registry import Start, special
from pmdesk.ui.records.view import RecordView
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label


class RecordPanel(QWidget):
    """A tab of the records page."""

    covered = Signal(bool)  # a record lies over the list

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts, code: str) -> None:
        super().__init__()
        self._session, self._tasks, self._prompts = session, tasks, prompts
        self._kind = kind(code)
        self.model = RowsModel[Line](_columns())
        self.table = Table(self.model, self._empty())
        self.table.view.opened.connect(lambda line: self.open_record(line.record.id))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._list())
        self._stack.currentChanged.connect(lambda at: self.covered.emit(bool(at)))
        build_actions(self, {Command.NEW: self.begin, Command.REFRESH: self.reload})
        self.setFocusProxy(self.table.view)
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The list shows what the office holds; the open record too, unless it is being edited."""
        if changes is None or changes.kinds & {office.RECORDS, office.STAFF}:
            self._tasks.query(
                partial(record_desk.lines, self._session, self._kind.code),
                owner=self,
                done=self.model.set_rows,
                newest="lines",
            )
            if self.is_covered:
                self.view.reload()

    @cached_property
    def view(self) -> RecordView:
        """The record over the list; built when the first one is opened."""
        made = built(partial(RecordView, self._session, self._tasks, self._prompts, self._kind))
        made.left.connect(self.show_list)
        self._stack.addWidget(made)
        return made

    @property
    def is_covered(self) -> bool:
        """Whether a record lies over the list."""
        return bool(self._stack.currentIndex())

    def show_list(self) -> None:
        """The list is to be seen."""
        self._stack.setCurrentIndex(0)
        self.table.view.setFocus()

    def open_record(self, record: RecordId) -> None:
        """That record lies over the list, unless the user wants to keep what he types."""
        if self._may_leave():
            self._forgo()
            self._tasks.query(
                partial(record_desk.opened, self._session, record),
                owner=self,
                done=self._show_record,
                newest="open",
            )

    def begin(self, subject: str = "") -> None:
        """A new record about `subject`, with the answers that the program knows."""
        if not self._session.staff.may(Permission.KEEP_RECORDS) or not self._may_leave():
            return
        made = special(self._kind.code).begin
        if made is None:
            self._show_new(subject, {})
        else:
            self._tasks.query(
                partial(made, self._session, subject),
                owner=self,
                done=partial(self._show_new, subject),
                newest="open",
            )

    def _may_leave(self) -> bool:
        """Whether nothing would be lost, or the user does not mind."""
        return "view" not in vars(self) or self.view.may_leave()

    def _forgo(self) -> None:
        """What is typed may be shown over."""
        if "view" in vars(self):
            self.view.is_dirty = False

    def _show_record(self, shown: OpenRecord) -> None:
        self.view.message.show_sentence("")
        self.view.show_record(shown)
        self._stack.setCurrentWidget(self.view)
        self.view.area.verticalScrollBar().setValue(0)

    def _show_new(self, subject: str, document: Document) -> None:
        self._stack.setCurrentWidget(self.view)
        self.view.show_new(subject, document)
        self.view.area.verticalScrollBar().setValue(0)

    def _list(self) -> QWidget:
        card = Card(said(self._kind.title))
        if self._session.staff.may(Permission.KEEP_RECORDS):
            new = button(_("New"), self.begin, look="primary", picture="plus", tip="Ctrl+N")
            new.setAccessibleName(_("New: {kind}").format(kind=said(self._kind.title)))
            new.setObjectName("record.new")
            if (starts := special(self._kind.code).starts) is not None:
                new.clicked.disconnect()
                new.setMenu(self._menu(starts()))
            card.aside.addWidget(new)
        card.add(label(said(self._kind.source), "muted", wrap=True))
        card.add(self.table, 1)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        return holder

    def _menu(self, starts: Iterable[Start]) -> QMenu:
        """The ways to begin, by mouse and arrow keys."""
        menu = QMenu(self)
        for start in starts:
            if start.apart:
                menu.addSeparator()
            menu.addAction(start.words).triggered.connect(
                lambda _on=False, subject=start.subject: self.begin(subject)
            )
        return menu

    def _empty(self) -> EmptyState:
        may = self._session.staff.may(Permission.KEEP_RECORDS)
        return EmptyState(
            said(self._kind.use),
            picture=special(self._kind.code).icon,
            action=_("Write the first one") if may else "",
            pressed=self.begin,
        )


def _columns() -> tuple[Column[Line], ...]:
    return (
        Column(key="number", title=_("Number"), cell=lambda line: line.record.number, width=14),
        Column(key="headline", title=_("What"), cell=lambda line: line.headline or "—"),
        Column(
            key="state",
            title=_("State"),
            cell=lambda line: record_badge(line.record).words,
            badge=lambda line: record_badge(line.record),
            width=19,
        ),
        Column(
            key="at",
            title=_("Changed"),
            cell=lambda line: f"{line.record.last_at.astimezone():%Y-%m-%d}",
            width=11,
        ),
        Column(key="author", title=_("Author"), cell=lambda line: line.author, width=9),
    )
