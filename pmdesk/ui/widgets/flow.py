"""A layout that breaks its row of widgets like words of a text."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem
from typing_extensions import override

_Align = Qt.AlignmentFlag


class FlowLayout(QHBoxLayout):
    """From left to right, and on in the next line; in a line the middles are level.

    Entries below their names are level at the top; so are, at the bottom, buttons beside them.
    Qt keeps the items: Python's names for them end with whatever lay at their address before.
    """

    def __init__(self, spacing: int = 8, level: _Align = _Align.AlignVCenter) -> None:
        super().__init__()
        self._level = level
        self._asked: list[QSize | None] | None = None  # what each wants; none: it is hidden
        self._heights: dict[int, int] = {}  # by width: a page asks for each many times
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def invalidate(self) -> None:
        self._asked = None
        self._heights.clear()
        super().invalidate()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    @override
    def minimumHeightForWidth(self, width: int) -> int:
        return self.heightForWidth(width)

    @override
    def setGeometry(self, rect: QRect) -> None:
        QLayout.setGeometry(self, rect)  # past the box, which would make one line of it
        self._arrange(rect, move=True)

    @override
    def sizeHint(self) -> QSize:
        hints = [hint for _item, hint in self._shown()]
        width = max(sum(hint.width() + self.spacing() for hint in hints) - self.spacing(), 0)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    @override
    def minimumSize(self) -> QSize:
        size = QSize()
        for item, _hint in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    @override
    def maximumSize(self) -> QSize:
        return QLayout.maximumSize(self)

    def _shown(self) -> list[tuple[QLayoutItem, QSize]]:
        """How large each wants to be; hidden widgets leave no gap."""
        items = [item for at in range(self.count()) if (item := self.itemAt(at)) is not None]
        if self._asked is None or len(self._asked) != len(items):
            self._asked = [None if one.isEmpty() else one.sizeHint() for one in items]
        pairs = zip(items, self._asked, strict=True)
        return [(item, hint) for item, hint in pairs if hint is not None]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for line in self._lines(rect.width()):
            x, high = rect.x(), max(size.height() for _item, size in line)
            for item, size in line if move else ():
                item.setGeometry(QRect(QPoint(x, y + self._above(high - size.height())), size))
                x += size.width() + self.spacing()
            y += high + self.spacing()
        return max(y - self.spacing() - rect.y(), 0)

    def _above(self, free: int) -> int:
        """Of the free height of an item in its line, how much is above it."""
        if self._level is _Align.AlignTop:
            return 0
        return free if self._level is _Align.AlignBottom else free // 2

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        x = 0
        for item, hint in self._shown():
            size = _narrowed(item, hint, max(width, 1))
            if not lines or x + size.width() > width:
                lines.append([])
                x = 0
            lines[-1].append((item, size))
            x += size.width() + self.spacing()
        return lines


def _narrowed(item: QLayoutItem, hint: QSize, width: int) -> QSize:
    """No wider than there is room; what breaks into lines for that is as high as they are."""
    if hint.width() <= width:
        return hint
    return QSize(width, item.heightForWidth(width) if item.hasHeightForWidth() else hint.height())
