"""The window before the office is open: sign-in, wizard or recovery, one at a time."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.ui import theme
from pmdesk.ui.commands import Command, build_actions
from pmdesk.ui.text_keys import TextKeys
from pmdesk.ui.widgets.page import scrolled
from pmdesk.ui.widgets.stack import PageStack, fit_to_screen

_WIDTH, _HEIGHT = 900, 580


class Shell(QWidget):
    """Shows one page; `painted` tells once that the user sees something."""

    painted = Signal()
    text_scale_requested = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.setWindowTitle("pmdesk")
        self._stack = PageStack()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(self._stack))
        self.was_painted = False
        self.may_close: Callable[[], bool] = lambda: True
        self.fit()
        self.text_keys = TextKeys(self)
        self.text_keys.requested.connect(self.text_scale_requested)
        build_actions(
            self,
            {
                Command.TEXT_LARGER: lambda: self._scale(theme.STEP),
                Command.TEXT_SMALLER: lambda: self._scale(-theme.STEP),
                Command.TEXT_NORMAL: lambda: self.text_scale_requested.emit(1.0),
            },
        )

    def fit(self) -> None:
        """As large as the text asks for and the screen allows."""
        fit_to_screen(self, QSize(theme.length(_WIDTH), theme.length(_HEIGHT)))

    @property
    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self._stack.currentWidget()

    def show_page(self, page: QWidget, may_close: Callable[[], bool] = lambda: True) -> None:
        """The window shows this page; the one before is gone."""
        before = self._stack.currentWidget()
        self.may_close = may_close
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()  # it keeps its parent: it may be the one that asked

    def _scale(self, step: float) -> None:
        self.text_scale_requested.emit(round(theme.applied().scale + step, 2))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.was_painted:
            self.was_painted = True
            self.painted.emit()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self.may_close():
            super().closeEvent(event)
        else:
            event.ignore()
