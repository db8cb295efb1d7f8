"""The coming days by their hours: a tile for each, the darker the more, with its number."""

from datetime import date

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from pmdesk.i18n import _
from pmdesk.services.forecasting import View
from pmdesk.ui import theme
from pmdesk.ui.charts import palette
from pmdesk.ui.staffing.words import day_words

HOURS = 24
_STEPS = 6
_SMALL = 0.82
_SMALLEST = 0.75  # of those: numbers that need less room than that are left to the tips
_LEAST = 0.05  # orders of an hour; fewer are not written


class HourGrid(QWidget):
    """Days from top to bottom, hours from left to right."""

    def __init__(self) -> None:
        super().__init__()
        self._days: tuple[date, ...] = ()
        self._hours: tuple[tuple[float, ...], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_view(self, view: View) -> None:
        """These days are shown; a view without hours has none."""
        self._hours = view.hours
        self._days = tuple(one.day for one in view.outlook.days)[: len(view.hours)]
        self.setAccessibleName(_("Expected orders by the hour"))
        self.setAccessibleDescription(
            "\n".join(
                tile_words(day, hour, mean)
                for day, hours in zip(self._days, self._hours, strict=True)
                for hour, mean in enumerate(hours)
                if mean >= _LEAST
            )
        )
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        high = (len(self._days) + 1) * self._row() + 6
        return QSize(theme.length(420), round(high))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.updateGeometry()

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._told(event.pos().x(), event.pos().y()), self)
            return True
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font())
        most = max((mean for hours in self._hours for mean in hours), default=0.0) or 1.0
        self._heads(painter)
        painter.setFont(self._number_font())
        for row, hours in enumerate(self._hours):
            for hour, mean in enumerate(hours):
                self._tile(painter, row, hour, mean, mean / most)
        painter.end()

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * _SMALL)
        return font

    def _number_font(self) -> QFont:
        """Smaller where the usual letters would fill a tile from edge to edge."""
        font = self._font()
        free = self._box(0, 0).width() / self._letters().horizontalAdvance("00.0")
        font.setPointSizeF(font.pointSizeF() * min(max(free, _SMALLEST), 1.0))
        return font

    def _letters(self) -> QFontMetricsF:
        return QFontMetricsF(self._font())

    def _row(self) -> float:
        return self._letters().height() * 1.7

    def _left(self) -> float:
        names = (self._letters().horizontalAdvance(day_words(day)) for day in self._days)
        return max(names, default=0.0) + 12

    def _box(self, row: int, hour: int) -> QRectF:
        wide = (self.width() - self._left()) / HOURS
        return QRectF(self._left() + hour * wide, (row + 1) * self._row(), wide, self._row())

    def _heads(self, painter: QPainter) -> None:
        painter.setPen(theme.applied().colour("muted"))
        middle = Qt.AlignmentFlag.AlignCenter
        wide = self._letters().horizontalAdvance("00 ")
        every = 1 if wide <= self._box(0, 0).width() else 3
        for hour in range(0, HOURS, every):
            box = self._box(-1, hour)
            painter.drawText(box.adjusted(-wide, 0, wide, 0), middle, str(hour))
        painter.setPen(theme.applied().colour("text"))
        for row, day in enumerate(self._days):
            box = QRectF(0, (row + 1) * self._row(), self._left(), self._row())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, day_words(day))

    def _tile(self, painter: QPainter, row: int, hour: int, mean: float, share: float) -> None:
        colours = theme.applied().colours
        shade = palette.shade(colours, share if mean >= _LEAST else 0.0, _STEPS)
        box = self._box(row, hour).adjusted(0.75, 0.75, -0.75, -0.75)
        painter.fillRect(box, QColor(shade))
        text = f"{mean:.1f}" if mean >= _LEAST else ""
        if QFontMetricsF(painter.font()).horizontalAdvance(text) <= box.width():
            painter.setPen(QColor(palette.ink_on(shade)))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _told(self, x: int, y: int) -> str:
        for row, hours in enumerate(self._hours):
            for hour, mean in enumerate(hours):
                if self._box(row, hour).contains(x, y):
                    return tile_words(self._days[row], hour, mean)
        return ""


def tile_words(day: date, hour: int, mean: float) -> str:
    """One hour in a sentence."""
    return _("{day}, {hour}:00: {mean} orders expected").format(
        day=day_words(day), hour=hour, mean=f"{mean:.1f}"
    )
