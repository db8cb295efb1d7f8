"""The charts page: eight questions about the office, answered with numbers that point at nobody."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.domain import office
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.dashboard import CARDS, OF_THE_WHOLE, CardKey, Scope
from pmdesk.domain.dashboard_views import Choice
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.services import residents
from pmdesk.services.dashboard import desk, going_out
from pmdesk.services.dashboard.card import Card, Target
from pmdesk.services.session import Session
from pmdesk.ui import theme
from pmdesk.ui.commands import Command, build_actions
from pmdesk.ui.dashboard.card import QuestionCard
from pmdesk.ui.dashboard.filters import FilterBar
from pmdesk.ui.dashboard.monthly import MonthlyMenu
from pmdesk.ui.dashboard.needs import NeedsGroup
from pmdesk.ui.dashboard.views_menu import ViewsMenu
from pmdesk.ui.dashboard.way_out import WayOut
from pmdesk.ui.places import Part
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.header import PageHeader
from pmdesk.ui.widgets.page import scrolled
from pmdesk.ui.widgets.visibility import set_shown

_WIDE = 960  # two cards beside each other from here on; grows with the text
_EDGE = 28  # from the page's side edges
_HIGH = 560  # pixels from which on the filters stay in sight
_ACROSS_ALL = frozenset({CardKey.WHEN})  # cards as wide as the page
_COUNTED = frozenset(
    {office.RESIDENTS, office.CONSENTS, office.CLASSIFICATION, office.OFFICE, office.ORDERS}
)
# page of a target: the page of the window, and what one has to be allowed there
_LEADS = {
    "orders": ("orders", Permission.SEE_ORDERS),
    "staffing": ("staffing", Permission.SEE_ORDERS),
    "watch": ("watch", Permission.SEE_CHARTS),
    "classification": ("classes", Permission.SEE_CLASSIFICATION),
    "fairness": ("rules", Permission.SEE_RULES),
    "rules": ("rules", Permission.SEE_RULES),
    "consents": ("residents", Permission.SEE_RESIDENTS),
}


class ChartsPage(QWidget):
    """One filter bar, a card for each question, and the needs of the residents below."""

    shown = Signal()  # every card shows what was asked last, or why it does not
    page_requested = Signal(str)
    orders_requested = Signal(object)  # OrderQuery
    list_requested = Signal(object)  # ResidentQuery

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._session = session
        self._tasks = tasks
        self._theme = theme.applied()
        self._across = 0
        self._round = 0  # of counting; answers to an earlier one are not shown
        self._waiting: list[CardKey] = []
        self._counted: CardKey | None = None  # what is counted now
        self._is_stale = False
        self._needs_are_old = True  # no filter of the page counts for them
        self.banner = Banner()
        self.filters = FilterBar(session.clock.today())
        self.views = ViewsMenu(session, tasks, prompts, lambda: self.filters.choice, self._explain)
        self.way_out = WayOut(session, tasks, prompts, self._tell, self._explain)
        self.monthly = MonthlyMenu(session, tasks, prompts, self._tell, self._explain)
        self.cards = {key: self._card(key) for key in CARDS}
        self.needs = NeedsGroup(session, tasks, prompts)
        self._build()
        self._connect()
        self._read_buildings()
        self.reload()

    @staticmethod
    def parts() -> tuple[Part, ...]:
        """What the search finds here."""
        return (Part(key="monthly", title=_("Monthly report"), permission=Permission.EXPORT),)

    def open_part(self, _key: str) -> None:
        """The cursor stands on the menu of the months."""
        self.monthly.setFocus()

    def reload(self, changes: Changes | None = None) -> None:
        """Every card is counted anew, one after the other; until then the old charts stay."""
        if changes is not None and office.VIEWS in changes.kinds:
            self.views.reload()
        if changes is not None and not changes.kinds & _COUNTED:
            return
        if changes is not None and not self.isVisible():
            self._is_stale = True  # counted when somebody looks
            return
        self._count(CARDS)

    def show_choice(self, choice: Choice) -> None:
        """The page is set to this period and these filters."""
        self.filters.show_choice(choice)
        self._filtered()

    @property
    def scope(self) -> Scope:
        """What is looked at."""
        return self.filters.choice.scope(self._session.clock.today())

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._count(CARDS)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # the page is left, with what it said of a file
            self.banner.show_sentence("")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stand()
        self._spread()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and theme.applied() is not self._theme:
            self._theme = theme.applied()
            for card in self.cards.values():
                card.redraw()
            self.needs.redraw()
            self._spread()

    # ---- counting ------------------------------------------------------------------------------

    def _count(self, keys: Sequence[CardKey]) -> None:
        """One card after the other: what each shows is remembered before the next is counted."""
        self._is_stale = False
        self._needs_are_old |= len(keys) == len(CARDS)
        self._round += 1
        unshown = [] if self._counted is None else [self._counted]
        unshown += self._waiting  # what was asked before and not shown yet is not forgotten
        self._waiting = [key for key in CARDS if key in keys or key in unshown]
        for key in keys:
            self.cards[key].show_working(working=True)
        self._next(self._round)

    def _next(self, of: int) -> None:
        if of != self._round:
            return
        self._counted = self._waiting.pop(0) if self._waiting else None
        if (key := self._counted) is None:
            self._count_needs()
            return
        self._tasks.query(
            partial(desk.card, self._session, key, self.scope),
            owner=self,
            done=partial(self._show, of, key),
            failed=partial(self._fail, of, key),
            broken=partial(self._break, of, key),
        )

    def _count_needs(self) -> None:
        if self._needs_are_old:
            self._needs_are_old = False
            self.needs.reload(self.shown.emit)
        else:
            self.shown.emit()

    def _show(self, of: int, key: CardKey, card: Card) -> None:
        try:
            if of == self._round:
                self.cards[key].show_answer(card)
                if key is CARDS[0]:
                    self.header.show_subtitle(going_out.up_to(card))
        except Exception:  # the fault is told by itself; the other cards go on
            self._break(of, key)
            raise
        self._next(of)

    def _fail(self, of: int, key: CardKey, error: PmdeskError) -> None:
        if of == self._round:
            self.cards[key].show_trouble(told(error))
        self._next(of)

    def _break(self, of: int, key: CardKey) -> None:
        """A fault of the program ends this card only, with a sentence and another try."""
        if of == self._round:
            self.cards[key].show_trouble(_("This card could not be counted. Please try again."))
        self._next(of)

    def _filtered(self) -> None:
        self.banner.show_sentence("")
        self.views.show_current()
        self._count([key for key in CARDS if key not in OF_THE_WHOLE])

    def _read_buildings(self) -> None:
        if self._session.staff.may(Permission.SEE_RESIDENTS):
            self._tasks.query(
                partial(residents.buildings, self._session),
                owner=self,
                done=self.filters.show_buildings,
                newest="buildings",
            )

    # ---- building ------------------------------------------------------------------------------

    def _card(self, key: CardKey) -> QuestionCard:
        card = QuestionCard(
            key,
            self._tasks,
            may_export=self._session.staff.may(Permission.EXPORT),
            leads=self._may_go,
        )
        card.export_requested.connect(self._export)
        card.print_requested.connect(self._print)
        card.copy_requested.connect(self._copy)
        card.retry_requested.connect(lambda key: self._count([key]))
        card.target_requested.connect(self._go)
        return card

    def _build(self) -> None:
        again = button(_("Refresh"), self.reload, picture="refresh-cw", tip="F5")
        self.header = PageHeader(_("Charts"), " ", (self.monthly, self.views, again))
        set_shown(self.monthly, shown=self._session.staff.may(Permission.EXPORT))
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(14)
        lines = self._lines = QVBoxLayout()
        lines.setContentsMargins(0, 0, _EDGE, 0)
        lines.setSpacing(14)
        lines.addLayout(self.grid)
        lines.addWidget(self.needs)
        lines.addStretch(1)
        self.area = scrolled(lines)
        head = self._head = QVBoxLayout()
        head.setContentsMargins(0, 0, _EDGE, 0)
        head.setSpacing(14)
        for widget in (self.header, self.filters, self.banner, self.monthly.working):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, 24, 0, 24)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self.area, 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self._filtered)
        self.views.chosen.connect(self.show_choice)
        self.views.told.connect(self._tell)
        self.views.warned.connect(lambda words: self.banner.show_sentence(words, Tone.WARN))
        self.needs.told.connect(self.banner.show_sentence)
        self.needs.shown.connect(self._spread)
        build_actions(
            self,
            {Command.REFRESH: self.reload, Command.FILTER: self.filters.period.setFocus},
        )

    def _stand(self) -> None:
        """The filters stay in sight; in a low window they scroll with the cards."""
        stays = self.height() >= theme.length(_HIGH)
        if stays == (self.filters.parentWidget() is self):
            return
        place, at = (self._head, 1) if stays else (self._lines, 0)
        place.insertWidget(at, self.filters)
        place.insertWidget(at + 1, self.banner)

    def _spread(self) -> None:
        """One card or two in a line, as the window and the text size allow."""
        room = self.width() - 2 * _EDGE
        half = (room - self.grid.spacing()) // 2
        widest = max(card.narrowest for card in self.cards.values())
        across = 2 if room >= theme.length(_WIDE) and half >= widest else 1
        self.needs.spread(across)
        for at, (key, card) in enumerate(self.cards.items()):
            is_alone = across == 1 or key in _ACROSS_ALL or at == len(CARDS) - 1
            card.spread(room if is_alone else half)
        if across == self._across:
            return
        self._across = across
        row, column = 0, 0
        for at, (key, card) in enumerate(self.cards.items()):
            is_alone = key in _ACROSS_ALL or (column == 0 and at == len(CARDS) - 1)
            self.grid.addWidget(card, row, column, 1, across if is_alone else 1)
            column = 0 if is_alone or column == across - 1 else column + 1
            row += column == 0
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnStretch(1, 1 if across > 1 else 0)

    # ---- ways to elsewhere -----------------------------------------------------------------------

    def _may_go(self, target: Target) -> bool:
        lead = _LEADS.get(target.page)
        return lead is not None and self._session.staff.may(lead[1])

    def _go(self, key: CardKey, target: Target) -> None:
        card = self.cards[key].shown
        if card is not None and key is CardKey.FAIR:
            self._tasks.query(
                partial(going_out.opened, self._session, card), owner=self, done=lambda _none: None
            )
        if target.query is not None:
            self.orders_requested.emit(target.query)
        elif target.page == "consents":
            self.list_requested.emit(ResidentQuery())
        else:
            self.page_requested.emit(_LEADS[target.page][0])

    def _export(self, key: CardKey, form: str) -> None:
        if (card := self.cards[key].shown) is not None:
            self.way_out.save(card, form, self)

    def _print(self, key: CardKey) -> None:
        if (card := self.cards[key].shown) is not None:
            self.way_out.print(card, self)

    def _copy(self, key: CardKey) -> None:
        if (card := self.cards[key].shown) is not None:
            self.way_out.copy(card, self)

    def _tell(self, sentence: str) -> None:
        self.banner.show_sentence(sentence, Tone.GOOD)

    def _explain(self, error: PmdeskError) -> None:
        self.banner.show_sentence(told(error), Tone.PROBLEM)
