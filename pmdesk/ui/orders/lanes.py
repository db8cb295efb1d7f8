"""Columns of cards side by side: the board by state, and the week by day."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.domain.orders.names import STATES
from pmdesk.domain.orders.order import OPEN, OrderState
from pmdesk.i18n import _, said
from pmdesk.services.orders.board import LANES, WEEK, Lane, Week
from pmdesk.services.orders.book import Line
from pmdesk.ui import theme
from pmdesk.ui.orders.cards import CardList
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import scrolled
from pmdesk.ui.widgets.visibility import set_shown

_LANE, _DAY = 172, 128  # pixels that a column needs; they grow with the text


class LaneColumn(QFrame):
    """A heading with its number, the cards, and below how many more the list has."""

    more_requested = Signal()

    def __init__(self, name: str, *, narrow: bool) -> None:
        super().__init__()
        self.setProperty("look", "lane")
        self._least = _DAY if narrow else _LANE
        self.cards = CardList(name, narrow=narrow)
        self._name = label(name, "label")
        self._count = label("", "muted")
        self._more = label("", "muted", wrap=True)
        self._none = label("—", "muted")
        self._none.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        head = QHBoxLayout()
        head.setContentsMargins(4, 0, 4, 0)
        head.addWidget(self._name)
        head.addStretch(1)
        head.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(7, 10, 7, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._none)
        column.addWidget(self.cards, 1)
        column.addWidget(self._more)
        set_shown(self._more, shown=False)
        self._fit()

    def show_lane(self, name: str, lines: Sequence[Line], count: int, *, now: bool = False) -> None:
        """These cards, out of so many; `now` marks the day of today."""
        self._name.setText(name)
        self.cards.setAccessibleName(name)
        theme.look(self._name, ink="info" if now else "")
        self._count.setText(f"{count:,}")
        self.cards.show_lines(lines)
        set_shown(self._none, shown=not lines)
        rest = count - len(lines)
        self._more.setText(_("{count} more in the list").format(count=f"{rest:,}"))
        set_shown(self._more, shown=rest > 0)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def _fit(self) -> None:
        self.setMinimumWidth(theme.length(self._least))


class Lanes(QWidget):
    """Columns that share the width, or scroll sideways where that is too narrow for them."""

    opened = Signal(object)  # Line

    def __init__(self, names: Sequence[str], *, narrow: bool = False) -> None:
        super().__init__()
        self._names, self._narrow = tuple(names), narrow
        self._at = 0
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._area: QScrollArea = scrolled(self._row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)

    @cached_property
    def columns(self) -> tuple[LaneColumn, ...]:
        """The columns, built when they are first needed: a page opens sooner without them."""
        made = tuple(LaneColumn(name, narrow=self._narrow) for name in self._names)
        for at, one in enumerate(made):
            self._row.addWidget(one, 1)
            one.cards.opened.connect(self.opened)
            one.cards.beside.connect(lambda step, at=at: self._go(at, step))
            one.cards.clicked.connect(lambda _index, at=at: self._take(at))
            one.cards.entered.connect(lambda at=at: self._take(at))
        return made

    @property
    def chosen(self) -> Line | None:
        """The order at the cursor of the column that was used last."""
        return self.columns[self._at].cards.chosen

    def choose(self, order: int) -> None:
        """The cursor stands on this order, wherever it is now, and the keyboard follows it."""
        has_keyboard = any(one.cards.hasFocus() for one in self.columns)
        for at, one in enumerate(self.columns):
            if one.cards.choose(order):
                self._take(at)
                if has_keyboard:
                    one.cards.setFocus()
                self._area.ensureWidgetVisible(one, 0, 0)

    def go_in(self) -> None:
        """The keyboard acts on the column used last, or on the first that has a card."""
        full = [at for at, one in enumerate(self.columns) if one.cards.table.rows]
        if full:
            at = self._at if self._at in full else full[0]
            self.columns[at].cards.go_in()

    def _take(self, at: int) -> None:
        """Only one card in all the columns is chosen."""
        self._at = at
        for other, one in enumerate(self.columns):
            if other != at:
                one.cards.clearSelection()
                one.cards.setCurrentIndex(one.cards.table.index(-1, -1))

    def _go(self, at: int, step: int) -> None:
        """The next column in that direction that has a card."""
        at += step
        while 0 <= at < len(self.columns):
            one = self.columns[at]
            if one.cards.table.rows:
                one.cards.go_in()
                self._area.ensureWidgetVisible(one, 0, 0)
                return
            at += step


class Board(Lanes):
    """Open orders by how far they are, and those of the last days that are closed."""

    def __init__(self) -> None:
        super().__init__([_lane_name(states) for states in LANES])

    def show_board(self, lanes: Sequence[Lane]) -> None:
        """The lanes hold these."""
        for column, lane in zip(self.columns, lanes, strict=True):
            column.show_lane(_lane_name(lane.states), lane.lines, lane.count)


class WeekView(Lanes):
    """Seven days: appointments, and what is due."""

    def __init__(self) -> None:
        super().__init__([""] * WEEK, narrow=True)

    def show_week(self, week: Week, today: int) -> None:
        """The days of this week; `today` counts from its Monday."""
        names = weekdays()
        for at, (column, lines) in enumerate(zip(self.columns, week.days, strict=True)):
            day = week.monday + timedelta(days=at)
            name = f"{names[at]} {day:%m-%d}"
            column.show_lane(name, lines, len(lines), now=at == today)


def weekdays() -> tuple[str, ...]:
    """Monday to Sunday, short."""
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


def _lane_name(states: frozenset[OrderState]) -> str:
    first = next(one for one in OrderState if one in states)
    name = said(STATES[first])
    return name if states <= OPEN else _("{state}, last 7 days").format(state=name)
