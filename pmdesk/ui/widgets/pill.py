"""A state as icon, word and colour: as a widget, and painted into table cells."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from pmdesk.ui import theme
from pmdesk.ui.icons import icon
from pmdesk.ui.theme import Tone

_SMALL = 0.93


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """What a pill says: a word in the user's language, its tone, and an icon's name."""

    words: str
    tone: Tone = Tone.NEUTRAL
    icon: str = ""


def pill_font(font: QFont) -> QFont:
    """The font of a pill beside text of `font`."""
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * _SMALL)
    return made


def pill_size(badge: Badge, font: QFont) -> QSize:
    """How much room the pill takes beside text of `font`."""
    metrics = QFontMetrics(pill_font(font))
    high = metrics.height() + theme.length(6)
    side = metrics.height() if badge.icon else 0
    width = metrics.horizontalAdvance(badge.words) + side + theme.length(20)
    return QSize(width, high)


def paint_pill(painter: QPainter, rect: QRect, badge: Badge, font: QFont) -> None:
    """The pill stands at the left of `rect`, in its middle; its word is elided if need be."""
    size = pill_size(badge, font)
    width = min(size.width(), rect.width())
    top = rect.top() + (rect.height() - size.height()) // 2
    area = QRect(rect.left(), top, width, size.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.applied().ground(badge.tone))
    painter.drawRoundedRect(QRectF(area), area.height() / 2, area.height() / 2)
    _paint_words(painter, area, badge, font)
    painter.restore()


def _paint_words(painter: QPainter, area: QRect, badge: Badge, font: QFont) -> None:
    painter.setFont(pill_font(font))
    painter.setPen(theme.applied().ink(badge.tone))
    metrics = painter.fontMetrics()
    edge = theme.length(9)
    inner = area.adjusted(edge, 0, -edge, 0)
    if badge.icon:
        side = round(metrics.height() * 0.75)
        spot = QRect(inner.left(), area.center().y() - side // 2, side, side)
        icon(badge.icon, badge.tone).paint(painter, spot)
        inner.setLeft(inner.left() + metrics.height())
    words = metrics.elidedText(badge.words, Qt.TextElideMode.ElideRight, inner.width() + 2)
    painter.drawText(inner.adjusted(0, 0, 2, 0), Qt.AlignmentFlag.AlignVCenter, words)


class Pill(QWidget):
    """A badge that stands by itself."""

    def __init__(self, badge: Badge) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_badge(badge)

    def show_badge(self, badge: Badge) -> None:
        """Another state is shown."""
        self.badge = badge
        self.setAccessibleName(badge.words)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return pill_size(self.badge, self.font())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_pill(QPainter(self), self.rect(), self.badge, self.font())

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.updateGeometry()
        super().changeEvent(event)
