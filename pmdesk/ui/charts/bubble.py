"""The tip beside a mark of a chart: a small frame over the page that lets clicks through."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from pmdesk.ui import theme
from pmdesk.ui.charts.marks import Tip
from pmdesk.ui.widgets.label import label

_WIDEST = 300
_APART = 8  # from the mark
_TALL = 3  # parts of the chart's height, of which a column takes one or more


class Bubble(QFrame):
    """Shown beside a place of its owner, within what can be seen of the page."""

    def __init__(self, owner: QWidget) -> None:
        self._page = _page_of(owner)
        super().__init__(self._page)
        self._owner = owner
        owner.destroyed.connect(self.deleteLater)
        self.setProperty("look", "tip")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.length(side) for side in (6, 4, 6, 4)))
        column.setSpacing(2)
        self._parts = (label("", "strong"), label(""), label("", "muted"))
        for part in self._parts:
            column.addWidget(part)
        self.hide()

    def show_tip(self, tip: Tip, beside: QRect, at: QPoint) -> None:
        """The words stand off the area: beside a column, else above or below."""
        most = theme.length(_WIDEST)
        told = (tip.head, "\n".join(tip.lines), tip.foot)
        for part, words in zip(self._parts, told, strict=True):
            part.ensurePolished()
            part.setText(words)
            part.setVisible(bool(words))
            part.setWordWrap(False)
            part.setMinimumWidth(0)  # that of the words before would count
            wide = part.sizeHint().width()
            part.setWordWrap(wide > most)
            part.setFixedWidth(min(wide, most))
        self.adjustSize()
        self.move(self._corner(beside, at))
        self.raise_()
        self.show()

    def reveal(self, area: QRect) -> None:
        """The page is scrolled so far that this part of the owner is seen."""
        viewport = self._page.parentWidget()
        around = viewport.parentWidget() if viewport is not None else None
        if isinstance(around, QScrollArea):
            middle = self._owner.mapTo(self._page, area.center())
            around.ensureVisible(middle.x(), middle.y(), area.width() // 2, area.height() // 2)

    def _corner(self, beside: QRect, at: QPoint) -> QPoint:
        page = self._page
        area = QRect(self._owner.mapTo(page, beside.topLeft()), beside.size())
        seen = page.visibleRegion().boundingRect()
        if not seen.intersects(area):
            seen = page.rect()
        point = self._owner.mapTo(page, at)
        gap = theme.length(_APART)
        places = [
            QPoint(point.x() - self.width() // 2, area.top() - gap - self.height()),
            QPoint(point.x() - self.width() // 2, area.bottom() + gap),
            QPoint(area.right() + gap, point.y() - self.height() // 2),
            QPoint(area.left() - gap - self.width(), point.y() - self.height() // 2),
        ]
        if area.height() * _TALL > self._owner.height():
            places = [*places[2:], *places[:2]]
        held = [self._held(place, seen) for place in places]
        free = (one for one in held if not QRect(one, self.size()).intersects(area))
        return next(free, held[0])

    def _held(self, place: QPoint, seen: QRect) -> QPoint:
        """The place, or as near to it as can be seen whole."""
        right, bottom = seen.right() - self.width(), seen.bottom() - self.height()
        return QPoint(
            max(seen.left(), min(place.x(), right)),
            max(seen.top(), min(place.y(), bottom)),
        )


def _page_of(owner: QWidget) -> QWidget:
    """What scrolls with the chart, or the window."""
    found = owner
    while (parent := found.parentWidget()) is not None and not found.isWindow():
        if isinstance(parent.parentWidget(), QScrollArea):
            return found
        found = parent
    return found
