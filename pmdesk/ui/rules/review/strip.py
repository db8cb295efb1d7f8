"""The automatic items of a draft in one line below the grid."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pmdesk.domain.classification import Ruleset
from pmdesk.domain.reviews import ItemKind, Review, State
from pmdesk.i18n import _
from pmdesk.rules.table import DecisionTable
from pmdesk.services import review
from pmdesk.services.session import Session
from pmdesk.ui import theme
from pmdesk.ui.rules.review.looks import summary
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import Picture, label
from pmdesk.ui.widgets.visibility import set_shown

QUIET_MS = 300
_ICONS = {Tone.GOOD: "circle-check", Tone.PROBLEM: "circle-alert"}


class ReviewStrip(QWidget):
    """`look_at` after each edit; `opened` asks for the tab with all items."""

    opened = Signal()

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__()
        self._session = session
        self._tasks = tasks
        self._wanted: tuple[Ruleset, DecisionTable] | None = None
        self.picture = Picture("circle")
        self.words = label(_("Checking legality…"), wrap=True)
        self.open = button(_("Show all items"), self.opened.emit, look="link")
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(8)
        row.addWidget(self.picture)
        row.addWidget(self.words, 1)
        row.addWidget(self.open)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET_MS)
        self._timer.timeout.connect(self._look)

    def look_at(self, ruleset: Ruleset, table: DecisionTable, *, wanted: bool = True) -> None:
        """The line is about this table as soon as nobody types; hidden where it is not wanted."""
        self._wanted = (ruleset, table) if wanted else None
        set_shown(self, wanted)
        self._timer.start()

    def _look(self) -> None:
        if self._wanted is not None:
            self._tasks.query(
                partial(review.of_draft, self._session, *self._wanted),
                owner=self,
                done=self._show,
                failed=lambda _error: set_shown(self, shown=False),
                newest="strip",
            )

    def _show(self, found: Review) -> None:
        own = [line.result for line in found.lines if line.item.kind is ItemKind.AUTOMATIC]
        results = [one for one in own if one is not None and one.state is not State.OPEN]
        words, tone = summary(results)
        failing = next((one for one in results if one.state is State.FAIL), None)
        self.words.setText(f"{words} · {failing.words()}" if failing else words)
        theme.look(self.words, ink="problem" if failing else "")
        self.picture.show_icon(_ICONS[tone], tone)
        self.setAccessibleName(self.words.text())
        set_shown(self, shown=True)
