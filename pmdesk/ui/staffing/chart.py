"""What came and what is expected, painted: bars, a line with its band, and the roster.

Painted by hand: it is there at once, follows every size and theme, and needs no matplotlib.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from pmdesk.analytics.demand.expected import Expected
from pmdesk.i18n import _, pgettext
from pmdesk.services.forecasting import View
from pmdesk.ui import theme
from pmdesk.ui.staffing.words import day_words, short_day, weekday

_HIGH, _NARROW, _NARROWEST = 300, 420, 320
_OFF, _WORKED = 1, 2
_BAR = 0.62
_TICKS = 5
_HIGHEST = 1.5  # of what came or is expected; a roster above it is told of in words
_SMALL = 0.86  # of the usual letters
_STEPS = (1, 2, 4, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """One day of the picture."""

    day: date
    came: int | None  # in the past
    expected: Expected | None
    can: float | None  # orders that the roster can do


def rolls(view: View, capacity: Mapping[date, float]) -> tuple[Roll, ...]:
    """The days of the picture in order; a roster is told of where there is one."""
    past = (
        Roll(day=day, came=came, expected=None, can=capacity.get(day)) for day, came in view.past
    )
    coming = (
        Roll(day=one.day, came=None, expected=one, can=capacity.get(one.day))
        for one in view.outlook.days
    )
    return (*past, *coming)


def roll_words(one: Roll) -> str:
    """One day in a sentence."""
    day = day_words(one.day)
    if one.expected is None:
        told = _("{day}: {count} orders came").format(day=day, count=one.came)
    else:
        told = _("{day}: {mean} orders expected, between {low} and {high}").format(
            day=day, mean=f"{one.expected.mean:.1f}", low=one.expected.low, high=one.expected.high
        )
    if one.can is None:
        return told
    return _("{told}; the roster can do {count}").format(told=told, count=f"{one.can:.0f}")


class ForecastChart(QWidget):
    """Grey bars for what came, a line and its band for what is expected, dashes for the roster."""

    def __init__(self) -> None:
        super().__init__()
        self._rolls: tuple[Roll, ...] = ()
        self._kinds: Mapping[date, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def show_view(self, view: View, capacity: Mapping[date, float]) -> None:
        """These days are shown."""
        self._rolls = rolls(view, capacity)
        self._kinds = view.kinds
        self.setAccessibleName(_("Orders of the last weeks, and expected ones"))
        self.setAccessibleDescription("\n".join(map(roll_words, self._rolls)))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.length(_NARROW), theme.length(_HIGH))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.length(_NARROWEST), theme.length(_HIGH))

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            one = self._at(event.pos().x())
            QToolTip.showText(event.globalPos(), roll_words(one) if one else "", self)
            return True
        return super().event(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.updateGeometry()
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._rolls:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font())
        self._axes(painter)
        self._band(painter)
        for place, one in enumerate(self._rolls):
            if one.came is not None:
                self._bar(painter, place, one.came)
        self._roster(painter)
        self._line(painter)
        painter.end()

    # ---- measures --------------------------------------------------------------------------

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * _SMALL)
        return font

    def _letters(self) -> QFontMetricsF:
        return QFontMetricsF(self._font())

    @property
    def _top(self) -> float:
        """The end of the axis: a round number that holds everything."""
        told = [one.came or 0 for one in self._rolls]
        told += [one.expected.high for one in self._rolls if one.expected]
        most = float(max([1, *told]))
        cans = [one.can for one in self._rolls if one.can is not None]
        most = max([most, *(can for can in cans if can <= most * _HIGHEST)])
        step = self._step(most)
        return float(step * ceil(most / step))

    def _step(self, most: float) -> float:
        return float(next((one for one in _STEPS if one * _TICKS >= most), most))

    def _ground(self) -> QRectF:
        """Where bars and line stand."""
        letters = self._letters()
        left = letters.horizontalAdvance(f"{self._top:.0f}") + 10
        above, below = letters.height() * 1.2, letters.height() * 3 + 8
        return QRectF(left, above, self.width() - left - 6, self.height() - above - below)

    def _slot(self) -> float:
        return self._ground().width() / len(self._rolls)

    def _x(self, place: int) -> float:
        return self._ground().left() + (place + 0.5) * self._slot()

    def _y(self, value: float) -> float:
        ground = self._ground()
        return ground.bottom() - value / self._top * ground.height()

    def _at(self, x: int) -> Roll | None:
        place = int((x - self._ground().left()) // self._slot()) if self._rolls else -1
        return self._rolls[place] if 0 <= place < len(self._rolls) else None

    # ---- strokes ---------------------------------------------------------------------------

    def _axes(self, painter: QPainter) -> None:
        shown, ground = theme.applied(), self._ground()
        step = self._step(self._top)
        value = 0.0
        while value <= self._top:
            y = self._y(value)
            painter.setPen(QPen(shown.colour("line"), 1))
            painter.drawLine(QPointF(ground.left(), y), QPointF(ground.right(), y))
            painter.setPen(shown.colour("muted"))
            high = self._letters().height()
            painter.drawText(
                QRectF(0, y - high / 2, ground.left() - 6, high),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                f"{value:.0f}",
            )
            value += step
        self._days(painter)

    def _every(self) -> int:
        """Of how many days one has its name."""
        return max(1, ceil(self._letters().horizontalAdvance("00-00 ") / self._slot()))

    def _first(self) -> int:
        """The place of the first coming day."""
        return next((at for at, one in enumerate(self._rolls) if one.expected), 0)

    def _days(self, painter: QPainter) -> None:
        """Each coming day has its name; of the past only as many as there is room for."""
        shown, every, coming = theme.applied(), self._every(), self._first()
        for place, one in enumerate(self._rolls):
            special = {
                _OFF: pgettext("calendar", "off"),
                _WORKED: pgettext("calendar", "worked"),
            }.get(self._kinds.get(one.day, 0), "")
            wanted = (place - coming) % every == 0
            lines = (short_day(one.day), weekday(one.day)) if wanted else ("", "")
            strong = one.expected is not None
            painter.setPen(shown.colour("text" if strong else "muted"))
            self._below(painter, place, 0, lines[0])
            self._below(painter, place, 1, lines[1])
            if special and (wanted or every <= _TICKS):
                painter.setPen(shown.colour("warn" if special else "muted"))
                self._below(painter, place, 2, special)

    def _below(self, painter: QPainter, place: int, line: int, text: str) -> None:
        high, wide = self._letters().height(), self._letters().horizontalAdvance("0000/000")
        top = self._ground().bottom() + 4 + line * high
        box = QRectF(self._x(place) - wide / 2, top, wide, high)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _bar(self, painter: QPainter, place: int, came: int) -> None:
        wide = self._slot() * _BAR
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.applied().colour("disabled"))
        top = self._y(came)
        left = self._x(place) - wide / 2
        painter.drawRect(QRectF(left, top, wide, self._ground().bottom() - top))

    def _coming(self) -> list[tuple[float, Expected]]:
        return [
            (self._x(place), one.expected)
            for place, one in enumerate(self._rolls)
            if one.expected is not None
        ]

    def _band(self, painter: QPainter) -> None:
        """The band as steps: each day has its own, and none is between two days."""
        soft = theme.applied().colour("accent")
        soft.setAlphaF(0.18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft)
        half = self._slot() / 2
        for x, one in self._coming():
            top, bottom = self._y(one.high), self._y(one.low)
            painter.drawRect(QRectF(x - half, top, 2 * half, max(bottom - top, 2.0)))

    def _line(self, painter: QPainter) -> None:
        ink = theme.applied().colour("accent")
        points = [QPointF(x, self._y(one.mean)) for x, one in self._coming()]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink, 2.4))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(ink)
        for point in points:
            painter.drawEllipse(point, 3.4, 3.4)

    def _roster(self, painter: QPainter) -> None:
        """Dashes where they have room; a roster far above all else is told of in words."""
        ink = theme.applied().colour("text")
        half = self._slot() / 2
        painter.setPen(QPen(ink, 1.8, Qt.PenStyle.DashLine))
        for place, one in enumerate(self._rolls):
            if one.can is not None and one.can <= self._top:
                x, y = self._x(place), self._y(one.can)
                painter.drawLine(QPointF(x - half, y), QPointF(x + half, y))
        if words := self.beyond:
            ground, high = self._ground(), self._letters().height()
            painter.setPen(ink)
            box = QRectF(0, ground.top() - high * 1.15, ground.right(), high)
            shown = self._letters().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignRight, shown)

    @property
    def beyond(self) -> str:
        """How many orders a roster can do that would press the rest of the picture down."""
        cans = [one.can for one in self._rolls if one.can is not None and one.can > self._top]
        if not cans:
            return ""
        low, high = f"{min(cans):.0f}", f"{max(cans):.0f}"
        return _("↑ fuller rosters can do {count} a day, more than the picture shows").format(
            count=low if low == high else f"{low}–{high}"
        )
