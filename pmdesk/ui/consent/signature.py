"""The signature field: drawn strokes, undo, and proof that it is neither blank nor a mere dot."""

import json
from itertools import pairwise
from math import dist

from PySide6.QtCore import QBuffer, QElapsedTimer, QIODevice, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from pmdesk.i18n import _

SHORTEST = 60.0  # of all strokes together, in pixels of the field
PEN = 2.4
INK = QColor("#16233a")
PAPER = QColor("#ffffff")  # white in both themes: it is a picture of paper

Stroke = list[tuple[float, float, int]]  # x, y, milliseconds since the first touch


class SignaturePad(QWidget):
    """A white field to sign in with mouse, pen or finger."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._strokes: list[Stroke] = []
        self._since = QElapsedTimer()
        self.setObjectName("signature")
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(self.sizeHint().height())
        self.setAccessibleName(_("Signature field"))

    @property
    def is_blank(self) -> bool:
        """Nothing was drawn."""
        return not self._strokes

    @property
    def is_too_short(self) -> bool:
        """What was drawn is a dot or a slip, not a signature."""
        length = sum(
            dist(first[:2], second[:2])
            for stroke in self._strokes
            for first, second in pairwise(stroke)
        )
        return length < SHORTEST

    def undo(self) -> None:
        """The last stroke is gone."""
        if self._strokes:
            self._strokes.pop()
            self._touched()

    def clear(self) -> None:
        """The field is empty."""
        self._strokes.clear()
        self._touched()

    def strokes(self) -> str:
        """The strokes with their times, as JSON."""
        return json.dumps(self._strokes, separators=(",", ":"))

    def png(self) -> bytes:
        """The picture of the signature on white."""
        image = QImage(self.size(), QImage.Format.Format_RGB32)
        image.fill(PAPER)
        painter = QPainter(image)
        self._draw(painter)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes
        return bytes(buffer.data().data())

    @override
    def sizeHint(self) -> QSize:
        return QSize(480, self.fontMetrics().height() * 9)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._since.isValid():
            self._since.start()
        self._strokes.append([self._point(event)])
        self._touched()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._strokes and event.buttons() & Qt.MouseButton.LeftButton:
            self._strokes[-1].append(self._point(event))
            self._touched()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(PAPER)
        painter.setPen(QPen(QColor("#c6ccd6"), 1))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 8, 8)
        line = self.height() * 0.78
        painter.setPen(QPen(QColor("#d9dee6"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(24, line), QPointF(self.width() - 24, line))
        if self.is_blank:
            painter.setPen(QColor("#6b7484"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, _("Please sign here"))
        self._draw(painter)

    def _draw(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(
            QPen(
                INK, PEN, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
            )
        )
        for stroke in self._strokes:
            painter.drawPolyline([QPointF(x, y) for x, y, _ms in stroke])

    def _point(self, event: QMouseEvent) -> tuple[float, float, int]:
        place = event.position()
        return (round(place.x(), 1), round(place.y(), 1), int(self._since.elapsed()))

    def _touched(self) -> None:
        self.changed.emit()
        self.update()
