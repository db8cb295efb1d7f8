"""The visits of one's own accord that plans promise, the longest due first."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.domain.orders.names import SERVICES
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, joined, ngettext, said, told
from pmdesk.services.plans import keeping
from pmdesk.services.plans.keeping import Kept, VisitBoard, VisitLine
from pmdesk.services.session import Session
from pmdesk.services.watch.delivered import share_words
from pmdesk.ui import theme
from pmdesk.ui.badges import tier_badge
from pmdesk.ui.forms.search_box import SearchBox
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.pill import Badge
from pmdesk.ui.widgets.visibility import set_shown

_TABLE = 320  # pixels, growing with the text
_SOON = 7  # days


class VisitsTab(QWidget):
    """Read when it is first looked at, and anew once something it counts has changed."""

    visit_requested = Signal(object, object)  # PersonId, Service
    resident_requested = Signal(object)  # PersonId

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__()
        self._session, self._tasks = session, tasks
        self._stale = True
        may = session.staff.may(Permission.HANDLE_ORDERS)
        self.counts = label("", "heading", wrap=True)
        self.kept = label("", "muted", wrap=True)
        self.search = SearchBox(_("Room or name"))
        self.register = button(
            _("Register an order"), self._start, look="primary", picture="plus", tip="Enter"
        )
        self.opener = button(_("Open the resident"), self._open, picture="user")
        self.message = Banner()
        self.empty = EmptyState(_("Reading…"), picture="house")
        self.model = RowsModel[VisitLine](_columns())
        self.table = Table(self.model, self.empty)
        self.more = label("", "muted", wrap=True)
        set_shown(self.register, may)
        self._arrange()
        self._connect()

    def reload(self) -> None:
        """The list shows how things stand, at once or when it is looked at."""
        self._stale = True
        self._freshen()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._freshen()

    def show_board(self, board: VisitBoard) -> None:
        """These visits are shown; the chosen one stays chosen."""
        before = self._chosen
        self.message.show_sentence("")
        self.counts.setText(_count_words(board))
        self.empty.show_sentence(self._nothing(board))
        self.model.set_rows(board.lines)
        more = board.all - len(board.lines)
        words = ngettext("{count} more is due later.", "{count} more are due later.", more)
        self.more.setText(words.format(count=f"{more:,}"))
        set_shown(self.more, more > 0)
        if board.lines:
            same = (n for n, one in enumerate(self.model.rows) if _is_same(one, before))
            self.table.view.selectRow(next(same, 0))
        self._enable()

    def show_kept(self, found: Kept | None) -> None:
        """How often somebody took care in time."""
        self.kept.setText(_kept_words(found) if found else "")
        set_shown(self.kept, found is not None)

    def _arrange(self) -> None:
        tools = FlowLayout(10)
        for part in (self.search, self.register, self.opener):
            tools.addWidget(part)
        self.search.setMinimumWidth(theme.length(220))
        self.table.setMinimumHeight(theme.length(_TABLE))
        card = Card(_("Visits of our own accord"), margin=16)
        for above in (self.counts, self.kept, label(_says(), "muted", wrap=True), self.message):
            card.add(above)
        card.body.addLayout(tools)
        card.add(self.table, 1)
        card.add(self.more)
        set_shown(self.kept, False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card, 1)

    def _connect(self) -> None:
        self.search.searched.connect(lambda _text: self.reload())
        self.table.view.picked.connect(lambda _row: self._enable())
        self.table.view.opened.connect(self._go)

    def _freshen(self) -> None:
        if not (self.isVisible() and self._stale):
            return
        self._stale = False
        self._tasks.query(
            partial(keeping.visits, self._session, self.search.text()),
            owner=self,
            done=self.show_board,
            failed=self._failed,
            newest="visits",
        )
        if self._session.staff.may(Permission.SEE_CHARTS):
            work = partial(keeping.kept, self._session)
            self._tasks.query(work, owner=self, done=self.show_kept, newest="kept")

    def _nothing(self, board: VisitBoard) -> str:
        if not board.is_promised:
            return _("No tier is promised visits of the own home. Plans promise them, by tier.")
        if self.search.text().strip():
            return _("No visit is promised to anybody of that room or name.")
        return joined(*_later(board))

    @property
    def _chosen(self) -> VisitLine | None:
        chosen = self.table.view.chosen
        return chosen[0] if len(chosen) == 1 else None

    def _enable(self) -> None:
        for part in (self.register, self.opener):
            part.setEnabled(self._chosen is not None)

    def _start(self) -> None:
        if self._chosen is not None:
            self._go(self._chosen)

    def _go(self, line: VisitLine) -> None:
        if self._session.staff.may(Permission.HANDLE_ORDERS):
            self.visit_requested.emit(line.person, line.service)
        else:
            self.resident_requested.emit(line.person)

    def _open(self) -> None:
        if self._chosen is not None:
            self.resident_requested.emit(self._chosen.person)

    def _failed(self, error: PmdeskError) -> None:
        self.message.show_sentence(told(error), Tone.PROBLEM)


def _is_same(one: VisitLine, other: VisitLine | None) -> bool:
    return other is not None and (one.person, one.service) == (other.person, other.service)


def _says() -> str:
    return _(
        "A visit counts once an order “seen by staff” is registered. Only residents whose consent"
        " holds are here; the list gives nobody precedence."
    )


def _later(board: VisitBoard) -> Iterator[str]:
    """That nothing is due soon, and when the first visit is, or why there is none."""
    yield _("No visit is due in the next {count} days.").format(count=keeping.AHEAD.days)
    if board.next is None:
        yield _("No resident has a tier that is promised visits: tiers follow from classifying.")
        return
    yield ngettext(
        "The next one is due on {day}.", "The next {count} are due on {day}.", board.then
    ).format(day=board.next.isoformat(), count=f"{board.then:,}")


def _count_words(board: VisitBoard) -> str:
    if not board.is_promised:
        return ""
    return _("{late} late · {week} this week").format(
        late=f"{board.late:,}", week=f"{board.week:,}"
    )


def _kept_words(found: Kept) -> str:
    return _("{month}: somebody took care in time in {share} of about {count} orders.").format(
        month=f"{found.month:%Y-%m}", share=share_words(found.share), count=f"{found.orders:,}"
    )


def _columns() -> tuple[Column[VisitLine], ...]:
    return (
        Column(key="due", title=_("Due"), cell=_due_words, badge=_due_badge, width=18),
        Column(key="room", title=_("Room"), cell=lambda one: one.room, width=14),
        Column(key="who", title=_("Resident"), cell=lambda one: one.who),
        Column(
            key="tier",
            title=_("Tier"),
            cell=lambda one: said(one.tier.name),
            badge=lambda one: tier_badge(one.tier),
            width=12,
        ),
        Column(key="service", title=_("Service"), cell=lambda one: said(SERVICES[one.service])),
        Column(
            key="last",
            title=_("Last visit"),
            cell=lambda one: one.last.isoformat() if one.last else _("none yet"),
            width=14,
        ),
    )


def _due_words(one: VisitLine) -> str:
    if one.days < 0:
        return ngettext("late by {count} day", "late by {count} days", -one.days).format(
            count=-one.days
        )
    return _("today") if not one.days else one.due.isoformat()


def _due_badge(one: VisitLine) -> Badge | None:
    if one.days < 0:
        return Badge(words=_due_words(one), tone=Tone.PROBLEM, icon="clock")
    if one.days <= _SOON:
        return Badge(words=_due_words(one), tone=Tone.WARN, icon="clock")
    return None
