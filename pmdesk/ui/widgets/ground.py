"""A soft coloured ground under something that needs more than a sentence."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from pmdesk.ui import theme
from pmdesk.ui.theme import Tone

_RADIUS = 8


class Ground(QFrame):
    """A frame on the ground of a tone; what stands on it has its own words and icons."""

    def __init__(self, tone: Tone) -> None:
        super().__init__()
        self._tone = tone

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.applied().ground(self._tone))
        painter.drawRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
