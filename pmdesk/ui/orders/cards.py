"""A column of order cards: painted, so that hundreds stay as fluid as ten, and led by keys."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from pmdesk.domain.orders.kinds import Urgency
from pmdesk.domain.orders.order import OrderState
from pmdesk.services.orders.book import Line
from pmdesk.ui import theme
from pmdesk.ui.icons import Ink, icon
from pmdesk.ui.orders.words import (
    ICONS,
    clock_badge,
    day_of,
    hour_of,
    marks,
    state_badge,
    story,
    summary,
    urgency_badge,
)
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.pill import Badge, paint_pill, pill_font, pill_size

Index = QModelIndex | QPersistentModelIndex
_ROWS = 3  # lines of text on a card
_GAP = 8  # below a card
_EDGE = 11  # from the card's frame to its text
_LEADING = 1.55
_ROUND = 8
_PICTURE, _BESIDE = 0.85, 6  # of a line's height, and from a picture to its words
_SHORTEST = 4  # letters: less of a name says nothing


class CardDelegate(QStyledItemDelegate):
    """Where and how urgent; what; how long and who.

    On `narrow` cards, whose column is a day, the time of that day stands for how long.
    """

    def __init__(self, parent: QWidget, *, narrow: bool) -> None:
        super().__init__(parent)
        self._narrow = narrow

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        high = round(option.fontMetrics.height() * _LEADING) * _ROWS
        return QSize(0, high + theme.length(2 * _EDGE - 4) + theme.length(_GAP))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        line = model.row_at(index) if isinstance(model, RowsModel) else None
        if not isinstance(line, Line):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = option.widget.font()
        _frame(painter, option)
        edge = theme.length(_EDGE)
        inner = option.rect.adjusted(edge, edge - 2, -edge, 2 - edge - theme.length(_GAP))
        high = inner.height() // _ROWS
        rows = [
            QRect(inner.left(), inner.top() + at * high, inner.width(), high) for at in range(_ROWS)
        ]
        if not _head(painter, rows[0], line, font, narrow=self._narrow):
            rows[1] = _plain_right(painter, rows[1], urgency_badge(line.urgency), font)
        _words(painter, rows[1], story(line), font, "text")
        (_narrow_foot if self._narrow else _foot)(painter, rows[2], line, font)
        painter.restore()


class CardList(QListView):
    """Orders from top to bottom; Enter or a double click opens one."""

    opened = Signal(object)  # Line
    beside = Signal(int)  # the left or right arrow wants the column at -1 or +1
    entered = Signal()  # the cursor came here

    def __init__(self, name: str, *, narrow: bool = False) -> None:
        super().__init__()
        self.setProperty("look", "clear")
        self.setAccessibleName(name)
        self.table = RowsModel[Line](
            (Column(key="order", title=name, cell=summary, tip=_tip),),
        )
        self.setModel(self.table)
        self.setItemDelegate(CardDelegate(self, narrow=narrow))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.table.row_at(index)))

    @property
    def chosen(self) -> Line | None:
        """The order at the cursor."""
        return self.table.row_at(self.currentIndex())

    def show_lines(self, lines: Iterable[Line]) -> None:
        """These are shown; the cursor stays on its order where that is still here.

        Whoever looks further down is not led back when the same are read anew.
        """
        before, ids = self.chosen, [line.id for line in self.table.rows]
        bar = self.verticalScrollBar()
        at = bar.value()
        self.table.set_rows(lines)
        if before is not None:
            self.choose(int(before.id))
        if ids == [line.id for line in self.table.rows]:
            self.executeDelayedItemsLayout()
            bar.setValue(at)

    def choose(self, order: int) -> bool:
        """Whether the order is here; then the cursor stands on it."""
        for at, line in enumerate(self.table.rows):
            if line.id == order:
                self.setCurrentIndex(self.table.index(at, 0))
                return True
        return False

    def go_in(self) -> None:
        """The keyboard acts on this column, and its cursor stands on a card."""
        self.setFocus()
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.table.index(0, 0))
        self.entered.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            if self.chosen is not None:
                self.opened.emit(self.chosen)
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right} and plain:
            self.beside.emit(-1 if key == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.scheduleDelayedItemsLayout()


def _tip(line: Line) -> str:
    return summary(line).replace("\n", " ")


def _frame(painter: QPainter, option: QStyleOptionViewItem) -> None:
    state = option.state
    applied = theme.applied()
    chosen = bool(state & QStyle.StateFlag.State_Selected)
    hovered = bool(state & QStyle.StateFlag.State_MouseOver)
    focused = chosen and option.widget.hasFocus()
    painter.setPen(QPen(applied.colour("accent" if chosen else "line"), 2 if focused else 1))
    painter.setBrush(applied.colour("hover" if hovered or chosen else "base"))
    frame = option.rect.adjusted(1, 1, -1, -1 - theme.length(_GAP))
    painter.drawRoundedRect(frame, _ROUND, _ROUND)


def _head(painter: QPainter, row: QRect, line: Line, font: QFont, *, narrow: bool) -> bool:
    """Service and place, and how urgent it is if that is unusual; False where it needs room."""
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    where = line.where or line.number
    unusual = line.urgency is not Urgency.NORMAL and not narrow
    painter.setFont(bold)
    free = row.width() - _pictured_width(painter, where) - theme.length(_BESIDE)
    badge = urgency_badge(line.urgency)
    width = pill_size(badge, font).width()
    painter.setFont(pill_font(font))
    plain = _pictured_width(painter, badge.words)
    if unusual and width <= free:
        row = _pill_right(painter, row, badge, width, font)
    elif unusual and plain <= free:
        row = _plain_right(painter, row, badge, font)
    _pictured(painter, row, ICONS[line.service], Ink.MUTED, where, bold)
    return not unusual or min(width, plain) <= free


def _foot(painter: QPainter, row: QRect, line: Line, font: QFont) -> None:
    """The clock, or since when once nothing is owed; at the right who does it."""
    badge = clock_badge(line)
    if badge is None:
        badge = Badge(words=day_of(line), icon="calendar")
    elif line.state is OrderState.WAITING:
        badge = state_badge(line.state)
    small = pill_font(font)
    used = _pictured(painter, row, badge.icon, badge.tone, badge.words, small)
    rest = row.adjusted(used + theme.length(8), 0, 0, 0)
    said = line.assignee or marks(line)
    metrics = painter.fontMetrics()
    if rest.width() >= min(metrics.averageCharWidth() * _SHORTEST, metrics.horizontalAdvance(said)):
        _words(painter, rest, said, small, "muted", Qt.AlignmentFlag.AlignRight)


def _narrow_foot(painter: QPainter, row: QRect, line: Line, font: QFont) -> None:
    """The time of the day, or that it is overdue; at the right how urgent it is."""
    if line.urgency is not Urgency.NORMAL:
        row = _plain_right(painter, row, urgency_badge(line.urgency), font)
    small = pill_font(font)
    painter.setFont(small)
    said = hour_of(line)
    if painter.fontMetrics().horizontalAdvance(said) <= row.width():
        tone = Tone.PROBLEM if line.is_overdue else Tone.NEUTRAL
        _words(painter, row, said, small, tone.value)


def _plain_right(painter: QPainter, row: QRect, badge: Badge, font: QFont) -> QRect:
    """What is left of the row beside the picture and the word at its right."""
    small = pill_font(font)
    painter.setFont(small)
    width = min(_pictured_width(painter, badge.words), row.width())
    right = QRect(row.right() - width, row.top(), width + 1, row.height())
    _pictured(painter, right, badge.icon, badge.tone, badge.words, small)
    return row.adjusted(0, 0, -width - theme.length(_BESIDE), 0)


def _pictured(
    painter: QPainter, row: QRect, name: str, ink: Ink | Tone, words: str, font: QFont
) -> int:
    """A picture and words behind it, in one colour; how wide both are."""
    painter.setFont(font)
    side = round(painter.fontMetrics().height() * _PICTURE)
    picture = QRect(row.left(), row.center().y() - side // 2, side, side)
    icon(name, ink).paint(painter, picture)
    left = row.adjusted(side + theme.length(_BESIDE), 0, 0, 0)
    tone = ink.value if isinstance(ink, Tone) else "text"
    _words(painter, left, words, font, tone)
    return _pictured_width(painter, words)


def _pictured_width(painter: QPainter, words: str) -> int:
    side = round(painter.fontMetrics().height() * _PICTURE)
    return side + theme.length(_BESIDE) + painter.fontMetrics().horizontalAdvance(words)


def _pill_right(painter: QPainter, row: QRect, badge: Badge, width: int, font: QFont) -> QRect:
    """What is left of the row beside the pill at its right."""
    place = QRect(row.right() - width, row.top(), width, row.height())
    paint_pill(painter, place, badge, font)
    return row.adjusted(0, 0, -width - theme.length(_BESIDE), 0)


def _words(
    painter: QPainter,
    row: QRect,
    words: str,
    font: QFont,
    ink: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    painter.setFont(font)
    painter.setPen(theme.applied().colour(ink))
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, row.width())
    painter.drawText(row, align | Qt.AlignmentFlag.AlignVCenter, shown)
