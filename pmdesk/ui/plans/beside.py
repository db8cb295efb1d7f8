"""Two parts side by side, or one below the other where there is no room."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from pmdesk.ui import theme

_Way = QBoxLayout.Direction


class Beside(QWidget):
    """The first part has the larger share; `least` pixels, growing with the text, are room."""

    def __init__(
        self, first: QWidget, second: QWidget, shares: tuple[int, int], least: int
    ) -> None:
        super().__init__()
        self._shares, self._least = shares, least
        self._box = QBoxLayout(_Way.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(14)
        for part, share in zip((first, second), shares, strict=True):
            self._box.addWidget(part, share)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def _fit(self) -> None:
        beside = self.width() >= theme.length(self._least)
        self._box.setDirection(_Way.LeftToRight if beside else _Way.TopToBottom)
        for at, share in enumerate(self._shares):
            self._box.setStretch(at, share if beside else 1 - at)
