"""Pages one above the other; the one on top scrolls when the window is too small for it."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override


class PageStack(QStackedWidget):
    """Needs no more room than the page that is shown: a hidden one must not enlarge the window."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _at: self.updateGeometry())

    @override
    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return QSize() if page is None else page.minimumSizeHint().expandedTo(page.minimumSize())

    @override
    def heightForWidth(self, width: int) -> int:
        page = self.currentWidget()
        arranged = None if page is None else page.layout()
        if arranged is None or not arranged.hasHeightForWidth():
            return self.minimumSizeHint().height()
        return arranged.minimumHeightForWidth(width)


def fit_to_screen(window: QWidget, wished: QSize) -> None:
    """The window has this size, or as much of it as its screen has free."""
    frame = window.frameGeometry().size() - window.size()
    window.resize(wished.boundedTo(window.screen().availableSize() - frame))
