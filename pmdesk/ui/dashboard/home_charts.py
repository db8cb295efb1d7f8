"""Two charts on the landing page of a manager: next week's hands, and what is waiting."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain import office
from pmdesk.domain.dashboard import CardKey
from pmdesk.domain.dashboard_views import USUAL
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Role
from pmdesk.i18n import _, told
from pmdesk.services.dashboard import desk
from pmdesk.services.dashboard.card import Card, Target
from pmdesk.services.session import Session
from pmdesk.ui.dashboard.card import QuestionCard
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.visibility import set_shown

KEYS = (CardKey.STAFF, CardKey.LOAD)
_AFTER_MS = 1_500  # numbers are counted once the page stands: signing in does not wait for them


class HomeCharts(QWidget):
    """Only a manager lands on them; `page_requested` leads to all eight questions."""

    page_requested = Signal(str)

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__()
        self._session = session
        self._tasks = tasks
        self._is_theirs = session.staff.role is Role.MANAGER
        keys = KEYS if self._is_theirs else ()
        self.cards = {key: self._card(key) for key in keys}
        self.short = Banner(
            action=_("Staffing"), pressed=lambda: self.page_requested.emit("staffing")
        )
        row = QHBoxLayout()
        row.setSpacing(16)
        for card in self.cards.values():
            row.addWidget(card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.short)
        column.addLayout(row)
        set_shown(self, self._is_theirs)
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._soon.timeout.connect(self.count)
        if self._is_theirs:
            self._soon.start()

    def reload(self, changes: Changes | None = None) -> None:
        """Orders that came or went are counted a moment later, several together once."""
        if self._is_theirs and changes is not None and office.ORDERS in changes.kinds:
            self._soon.start()

    def count(self) -> None:
        """The cards show what is known now, one after the other."""
        self._next(list(self.cards))

    def _next(self, keys: list[CardKey]) -> None:
        if not keys:
            return
        key, *rest = keys
        scope = USUAL.scope(self._session.clock.today())

        def show(card: Card) -> None:
            self.cards[key].show_answer(card)
            if key is CardKey.STAFF:
                self.short.show_sentence(_short(card), Tone.WARN)
            self._next(rest)

        def fail(sentence: str) -> None:
            self.cards[key].show_trouble(sentence)
            self._next(rest)

        self._tasks.query(
            partial(desk.card, self._session, key, scope),
            owner=self,
            done=show,
            failed=lambda error: fail(told(error)),
            newest="card",  # what was begun anew goes on alone
            broken=lambda: fail(_("This card could not be counted. Please try again.")),
        )

    def _card(self, key: CardKey) -> QuestionCard:
        card = QuestionCard(key, self._tasks, may_export=False, leads=_nowhere)
        card.retry_requested.connect(lambda _key: self.count())
        more = button(_("All charts"), lambda: self.page_requested.emit("charts"), look="link")
        card.aside.addWidget(more)
        return card


def _short(card: Card) -> str:
    """On which days more is expected than the roster can do; empty where it can."""
    days = [
        name
        for figure in card.figures
        for told in [{one.key: one.cells for one in figure.series}]
        for name, expected, able in zip(
            figure.categories, told["expected"], told["roster"], strict=True
        )
        if expected.value is not None and able.value is not None and expected.value > able.value
    ]
    if not days:
        return ""
    return _("More orders are expected than the roster can do on: {days}").format(
        days=_(", ").join(days)
    )


def _nowhere(_target: Target) -> bool:
    return False
