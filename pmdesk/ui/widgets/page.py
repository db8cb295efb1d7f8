"""The frame of a page: its head, and below it a body that scrolls when the window is small."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from pmdesk.ui.widgets.header import PageHeader

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
        area = scrolled(self.body)
        area.verticalScrollBar().rangeChanged.connect(self._align)
        column.addWidget(area, 1)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """The widget stands below what the body holds; with `stretch` it takes the free room."""
        self.body.addWidget(widget, stretch)

    def _align(self, _low: int, high: int) -> None:
        """The body's right edge stays below the head's, with a scroll bar or without."""
        self.body.setContentsMargins(28, 0, 28 - (_BAR if high else 0), 24)


def scrolled(content: QLayout | QWidget) -> QScrollArea:
    """The content, as wide as its place, with a scroll bar when it is too high."""
    if isinstance(content, QLayout):
        inner = QWidget()
        inner.setLayout(content)
    else:
        inner = content
    inner.setProperty("look", "clear")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inner)
    return area
