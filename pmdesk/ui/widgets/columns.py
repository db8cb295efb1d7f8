"""Parts side by side as far as the width allows: equal columns, or two of unequal shares."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget
from typing_extensions import override

from pmdesk.ui import theme

_Way = QBoxLayout.Direction


class _Fitting(QWidget):
    """Arranges itself anew when its width or the size of the text changes."""

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
        raise NotImplementedError


class Columns(_Fitting):
    """Widgets of equal width, each at least `least` pixels that grow with the text."""

    def __init__(self, widgets: Iterable[QWidget], *, least: int = 200) -> None:
        super().__init__()
        self._widgets = tuple(widgets)
        self._least = least
        self._count = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)
        self._arrange(len(self._widgets))

    @override
    def minimumSizeHint(self) -> QSize:
        widest = max((one.minimumSizeHint().width() for one in self._widgets), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    @override
    def _fit(self) -> None:
        room = self.width() // (theme.length(self._least) + self._grid.spacing())
        self._arrange(max(1, min(room, len(self._widgets))))

    def _arrange(self, count: int) -> None:
        if count == self._count:
            return
        for index, widget in enumerate(self._widgets):
            self._grid.addWidget(widget, index // count, index % count)
        for index in range(len(self._widgets)):
            self._grid.setColumnStretch(index, 1 if index < count else 0)
        self._count = count


class Beside(_Fitting):
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
    def _fit(self) -> None:
        beside = self.width() >= theme.length(self._least)
        self._box.setDirection(_Way.LeftToRight if beside else _Way.TopToBottom)
        for at, share in enumerate(self._shares):
            self._box.setStretch(at, share if beside else 1 - at)
