"""The landing page: what waits for this member of staff, and the way to it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.office import Changes
from pmdesk.domain.ports import Draft
from pmdesk.domain.staff import Permission, Role
from pmdesk.i18n import N_, _, said, told
from pmdesk.services import drafts, home
from pmdesk.services.home import OpenDraft, Overview, SetUp
from pmdesk.services.rule_life import Planned
from pmdesk.services.session import Session
from pmdesk.ui.autosave import age
from pmdesk.ui.backups.home_card import BackupBanner
from pmdesk.ui.commands import Command, build_actions
from pmdesk.ui.dashboard.home_charts import HomeCharts
from pmdesk.ui.forms.search_box import SearchBox
from pmdesk.ui.icons import Ink
from pmdesk.ui.keys.home_card import KeysBanner
from pmdesk.ui.log.alarm import AlarmBanner
from pmdesk.ui.notices.home_card import NoticeCard
from pmdesk.ui.orders.home_banner import OrdersBanner
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.records.home_card import RecordsCard
from pmdesk.ui.refused.banner import MistakesBanner
from pmdesk.ui.rights.home_banner import RightsBanner
from pmdesk.ui.state_banners import StateBanners
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.training.banner import TrainingBanner
from pmdesk.ui.watch.home_card import WatchBanner
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card, Tile
from pmdesk.ui.widgets.label import Picture, label
from pmdesk.ui.widgets.page import Page
from pmdesk.ui.widgets.to_do import ToDo
from pmdesk.ui.widgets.visibility import set_shown

_PATIENCE_MS = 800
_DRAFTS = {
    "resident": N_("Registration"),
    "consent": N_("Consent"),
    "answers": N_("Answers"),
    "rules": N_("Classification rules"),
    "order": N_("Work order"),
    "plans": N_("Service plans"),
    "measure": N_("Measure"),
    "proposal": N_("Proposal to suspend the rules"),
}
_OF_SOMEBODY = frozenset({"resident", "consent", "answers", "order"})  # pages about a person

# what the landing page is for each role
_PLACES = {
    Role.CLERK: N_("Today's desk"),
    Role.MANAGER: N_("Overview"),
    Role.REVIEWER: N_("For review"),
    Role.ADMIN: N_("State of the system"),
}


class HomePage(Page):
    """Cards by role; each leads to the page where the work is done."""

    searched = Signal(str)
    register_requested = Signal()
    new_order_requested = Signal()
    draft_opened = Signal(object)  # OpenDraft
    list_requested = Signal(object)  # ResidentQuery
    page_requested = Signal(str)  # key of a page
    orders_requested = Signal(object)  # OrderQuery
    course_requested = Signal(str)
    change_requested = Signal(object)  # ChangeId
    point_requested = Signal(object)  # Point
    case_requested = Signal(object)  # RequestId

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__(
            _("Good day, {name}").format(name=session.staff.name), _(_PLACES[session.staff.role])
        )
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self.search = SearchBox(_("Name, pinyin, room or last 4 digits of the phone"))
        self.search.searched.connect(self._search)
        self.register, self.order = self._starters()
        self.notices = NoticeCard(session, tasks)
        self.alarm, self.state = AlarmBanner(session, tasks), StateBanners(self.page_requested.emit)
        self.backups, self.keys = BackupBanner(session, tasks), KeysBanner(session, tasks)
        self.training, self.watch = TrainingBanner(session, tasks), WatchBanner(session, tasks)
        self.mistakes = MistakesBanner(session, tasks)
        self.records = RecordsCard(session, tasks)
        self.requests, self.orders = RightsBanner(session, tasks), OrdersBanner(session, tasks)
        self.charts = HomeCharts(session, tasks)
        self.todo = ToDo(self._pressing())
        self.set_up, self.waiting = (
            Card(_("Setting up the office")),
            Card(_("Waiting for a decision")),
        )
        self.drafts = Card(_("My drafts"))
        self.residents = Tile(_("Residents"))
        self.expiring = Tile(_("Consents ending within 30 days"))
        self.never_asked = Tile(_("Not asked yet"))
        self.tiers: dict[str, Tile] = {}
        self._tier_row = QHBoxLayout()
        self._below = QWidget()
        self._listen()
        self._arrange()
        self.reload()
        self._show_together()

    def _pressing(self) -> tuple[Banner, ...]:
        state = self.state
        return (
            *(self.alarm, state.clock, state.disk, self.backups, self.keys, state.sign_ins),
            *(self.orders, self.watch, self.requests, state.fair),
            *(self.training, self.mistakes, self.charts.short),
        )

    def _starters(self) -> tuple[QPushButton, QPushButton]:
        """The buttons that begin something new, as far as this role may."""
        may = self._session.staff.may
        ask = self.register_requested.emit
        person = button(_("Register a resident"), ask, look="primary", picture="user-plus")
        ask = self.new_order_requested.emit
        order = button(_("Register an order"), ask, picture="wrench")
        set_shown(person, may(Permission.EDIT_RESIDENTS))
        set_shown(order, may(Permission.HANDLE_ORDERS))
        return person, order

    def _listen(self) -> None:
        """What the parts ask for is asked of the window."""
        if self._session.staff.may(Permission.HANDLE_ORDERS):
            build_actions(self, {Command.NEW: self.new_order_requested.emit})
        self.notices.change_requested.connect(self.change_requested)
        self.notices.purposes_requested.connect(lambda: self.page_requested.emit("purposes"))
        self.notices.settings_requested.connect(lambda: self.page_requested.emit("settings"))
        self.training.course_requested.connect(self.course_requested)
        self.mistakes.page_requested.connect(self.page_requested)
        self.alarm.page_requested.connect(self.page_requested)
        self.orders.orders_requested.connect(self.orders_requested)
        self.charts.page_requested.connect(self.page_requested)
        self.backups.page_requested.connect(self.page_requested)
        self.keys.page_requested.connect(self.page_requested)
        self.records.point_requested.connect(self.point_requested)
        self.requests.case_requested.connect(self.case_requested)
        self.watch.page_requested.connect(self.page_requested)

    def _show_together(self) -> None:
        """Everything at once: what comes later would push away what one is about to press."""
        self._tasks.busy.connect(self._read, Qt.ConnectionType.SingleShotConnection)
        QTimer.singleShot(_PATIENCE_MS, self._below, self._show_below)

    def _read(self) -> None:
        QTimer.singleShot(0, self._below, self._land)  # after the last answer is shown

    def _show_below(self) -> None:
        """Also what is read late comes to a page that can be used."""
        self.todo.settle()
        self._below.show()

    def _land(self) -> None:
        """The cursor is where this role begins, unless somebody types already."""
        self._show_below()
        self._settle_cursor()
        if self.search.hasFocus() and not (self.search.text() or self.search.is_composing):
            self.setFocus()

    def _settle_cursor(self) -> None:
        """A clerk begins with the search, a reviewer with the oldest decision, else the gravest."""
        role, gravest = self._session.staff.role, self.todo.gravest
        first = self.waiting.findChild(QPushButton) if role is Role.REVIEWER else None
        if first is None and gravest is not None and role is not Role.CLERK:
            first = gravest.action
        self.setFocusProxy(first or self.search)

    def _search(self, text: str) -> None:
        # the list takes the cursor: not before an input method has made its letters into text
        if text and not self.search.is_composing:
            self.search.show_search("")
            self.searched.emit(text)

    def reload(self, changes: Changes | None = None) -> None:
        """The cards show how things stand now."""
        self.records.reload(changes)
        self.requests.reload(changes)
        self.watch.reload(changes)
        self.orders.reload(changes)
        self.charts.reload(changes)
        self.alarm.reload(changes)
        self.backups.reload(changes)
        self.keys.reload(changes)
        self.notices.reload(changes)  # whatever changed, a number here may depend on it
        self._tasks.query(
            partial(home.overview, self._session),
            owner=self,
            done=self.show_overview,
            newest="home",
        )

    def show_overview(self, found: Overview) -> None:
        """The cards show this."""
        self.residents.show_figure(f"{found.residents:,}", "")
        self.expiring.show_figure(
            f"{found.expiring:,}",
            _("Ask again in time") if found.expiring else "",
            Tone.WARN,
        )
        self.never_asked.show_figure(f"{found.never_asked:,}", "")
        self.state.show_overview(found)
        self._show_drafts(found.drafts)
        self._show_waiting(found)
        self._show_set_up(found.set_up)
        self._show_tiers(found)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes back sees the drafts of meanwhile: keeping one changes nothing else."""
        super().showEvent(event)
        if not self._below.isHidden():
            self._settle_cursor()
        if not self._tasks.is_idle:  # what was left a moment ago may still be on its way
            self._tasks.busy.connect(self._read_drafts, Qt.ConnectionType.SingleShotConnection)
        self._read_drafts()

    def _read_drafts(self) -> None:
        work = partial(home.open_drafts, self._session)
        self._tasks.query(work, owner=self, done=self._show_drafts, newest="drafts")

    def _show_drafts(self, found: Sequence[OpenDraft]) -> None:
        _empty(self.drafts)
        set_shown(self.drafts, bool(found) or self._session.staff.may(Permission.EDIT_RESIDENTS))
        for one in found:
            self.drafts.body.addLayout(self._draft_line(one))
        if not found:
            self.drafts.add(label(_("Nothing unsaved. Forms are kept while you type."), "muted"))

    def _draft_line(self, one: OpenDraft) -> QHBoxLayout:
        what = _(_DRAFTS[one.draft.page]) if one.draft.page in _DRAFTS else one.draft.page
        who = one.who or (_("new") if one.draft.page in _OF_SOMEBODY else "")
        when = age(one.draft.saved_at, self._session.clock.now())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Picture("pencil", Ink.MUTED, 18))
        row.addWidget(label(" · ".join(filter(None, (what, who)))))
        row.addWidget(label(when, "muted"), 1)
        row.addWidget(button(_("Open"), lambda: self.draft_opened.emit(one)))
        row.addWidget(button(_("Discard"), lambda: self._discard(one.draft), look="quiet"))
        return row

    def _discard(self, draft: Draft) -> None:
        if self._prompts.confirm(
            _("Discard what was typed and not saved?"),
            yes=_("Discard"),
            detail=_("It is gone then."),
        ):
            self._tasks.command(
                partial(drafts.discard, self._session, draft.page, draft.subject),
                owner=self,
                done=lambda _none: self.reload(),
            )

    def _show_waiting(self, found: Overview) -> None:
        if not self._session.staff.may(Permission.APPROVE_RULES):
            return
        _empty(self.waiting)
        lines = [
            *(
                _("Rules version {version} waits for a decision").format(version=version)
                for version in found.waiting
            ),
            *(
                _("Rules version {version} is approved and not in force yet").format(
                    version=version
                )
                for version in found.approved
            ),
            *map(_planned_words, found.planned),
        ]
        for words in lines:
            row = QHBoxLayout()
            row.addWidget(Picture("scale", Ink.MUTED, 18))
            row.addWidget(label(words, wrap=True), 1)
            row.addWidget(button(_("Open"), lambda: self.page_requested.emit("rules")))
            self.waiting.body.addLayout(row)
        reviews = not self._session.staff.may(Permission.EDIT_RESIDENTS)
        self.waiting.setVisible(bool(lines) or reviews)
        if not lines:
            self.waiting.add(label(_("No rule version waits for a decision."), "muted"))

    def _show_set_up(self, steps: SetUp | None) -> None:
        self.set_up.setVisible(steps is not None and not steps.done)
        if steps is None or steps.done:
            return
        _empty(self.set_up)
        for done, words, key in (
            (steps.staff, _("Enrol your colleagues"), "staff"),
            (steps.rules, _("Let a second person approve the starter rules"), "rules"),
            (steps.residents, _("Import or register residents"), "import"),
        ):
            row = QHBoxLayout()
            row.setSpacing(10)
            tone = Tone.GOOD if done else Tone.NEUTRAL
            row.addWidget(Picture("circle-check" if done else "circle", tone, 20))
            row.addWidget(label(words, wrap=True), 1)
            row.addWidget(label(_("done"), "muted") if done else self._go(key))
            self.set_up.body.addLayout(row)

    def _go(self, key: str) -> QWidget:
        return button(_("Go there"), lambda: self.page_requested.emit(key), picture="arrow-right")

    def _show_tiers(self, found: Overview) -> None:
        for one in found.tiers:
            if one.tier.code not in self.tiers:
                self.tiers[one.tier.code] = Tile(said(one.tier.name))
                self._tier_row.addWidget(self.tiers[one.tier.code], 1)
            hidden = one.people is None
            self.tiers[one.tier.code].show_figure(
                "—" if hidden else f"{one.people:,}",
                _("too few to be shown") if hidden else "",
                Tone.NEUTRAL,
            )

    def _arrange(self) -> None:
        find = QHBoxLayout()
        find.setSpacing(12)
        self._tier_row.setSpacing(16)
        find.addWidget(self.search, 1)
        find.addWidget(self.order)
        find.addWidget(self.register)
        people = QHBoxLayout()
        people.setSpacing(16)
        for tile, state in (
            (self.residents, None),
            (self.expiring, ConsentState.EXPIRING),
            (self.never_asked, ConsentState.NEVER_ASKED),
        ):
            query = ResidentQuery(consent=state)
            tile.add(self._link(query))
            people.addWidget(tile, 1)
        self.body.addLayout(find)
        self.body.addWidget(self._below)
        for later in (self._below, self.set_up, self.waiting):
            later.hide()
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(16)
        for part in (
            *(self.todo, self.notices),
            *(self.records, self.set_up, self.waiting),
        ):
            below.addWidget(part)
        if self._session.staff.role is Role.REVIEWER:  # decisions are what they come for
            below.insertWidget(0, self.waiting)
        below.addLayout(people)
        below.addLayout(self._tier_row)
        below.addWidget(self.charts)
        below.addWidget(self.drafts)
        self.body.addStretch(1)
        self.setFocusProxy(self.search)

    def _link(self, query: ResidentQuery) -> QWidget:
        made = button(_("Show the list"), lambda: self.list_requested.emit(query), look="link")
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(made)
        row.addStretch(1)
        return holder


def _planned_words(one: Planned) -> str:
    places = {"version": one.ruleset.version, "day": one.day.isoformat()}
    if one.refusal is None:
        return _("Rules version {version} comes into force on {day}").format(**places)
    words = _("Rules version {version} was to come into force on {day} and did not: {reason}")
    return words.format(**places, reason=told(one.refusal))


def _empty(card: Card) -> None:
    """Only the title is left."""
    while card.body.count() > 1:
        item = card.body.takeAt(1)
        if item is None:
            return
        if (widget := item.widget()) is not None:
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            while (one := inner.takeAt(0)) is not None:
                if (part := one.widget()) is not None:
                    part.deleteLater()
