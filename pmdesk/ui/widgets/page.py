"""The frame of a page: its head, and below it a body that scrolls when the window is small."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QMargins, QTimer
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from pmdesk.ui.widgets.header import PageHeader

_MARGIN = 16
_BAR = 10  # width of a scroll bar in the style sheet


class Page(QWidget):
    """Head and body; `add` fills the body from top to bottom."""

    def __init__(self, title: str, subtitle: str = "", actions: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.header = PageHeader(title, subtitle, actions)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(28, 0, 28, 24)
        self.body.setSpacing(16)
        self.header.setContentsMargins(28, 22, 28, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.header)
        column.addWidget(scrolled(self.body), 1)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """The widget stands below what the body holds; with `stretch` it takes the free room."""
        self.body.addWidget(widget, stretch)


def bring_into_sight(widget: QWidget) -> None:
    """The whole widget can be seen once it has found its place on the page that scrolls."""
    QTimer.singleShot(0, widget, lambda: _scroll_to(widget))


def _scroll_to(widget: QWidget) -> None:
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget, 0, _MARGIN)
        around = around.parentWidget()


def scrolled(content: QLayout | QWidget) -> QScrollArea:
    """The content, as wide as its place, with a scroll bar when it is too high.

    The bar stands in the right margin of a layout, so that its right edge stays below the head's.
    A layout is put in last: an area shows what it is given, and whatever was styled while it was
    shown is styled once more with each place that it is put into.
    """
    inner = QWidget() if isinstance(content, QLayout) else content
    inner.setProperty("look", "clear")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inner)
    if isinstance(content, QLayout):
        inner.setLayout(content)
        area.verticalScrollBar().rangeChanged.connect(
            partial(_align, content, content.contentsMargins())
        )
    return area


def _align(body: QLayout, margins: QMargins, _low: int, high: int) -> None:
    right = margins.right() - (min(_BAR, margins.right()) if high else 0)
    body.setContentsMargins(margins.left(), margins.top(), right, margins.bottom())
