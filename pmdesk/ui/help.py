"""The list of keys, laid over the window."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget
from typing_extensions import override

from pmdesk.i18n import _
from pmdesk.ui import theme
from pmdesk.ui.commands import COMMANDS, FURTHER_KEYS, keys_of
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import scrolled

_ENDS = {Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_Return, Qt.Key.Key_Enter}


class HelpOverlay(QFrame):
    """All keys in two columns; Esc, F1, Enter or a click beside it closes it."""

    def __init__(self, window: QWidget, manual: Callable[[], object] | None = None) -> None:
        super().__init__(window)
        self.setProperty("look", "veil")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        card = Card(_("Keys"))
        card.setMaximumWidth(theme.length(860))
        keys = _keys()
        card.add(scrolled(keys), 1)
        card.setMaximumHeight(keys.sizeHint().height() + theme.length(150))
        self._manual = manual
        acts = QHBoxLayout()
        if manual is not None:
            acts.addWidget(button(_("Manual…"), self._open_manual, picture="book-open"))
        acts.addStretch(1)
        acts.addWidget(button(_("Close"), self.close))
        card.body.addLayout(acts)
        column = QHBoxLayout(self)
        column.setContentsMargins(40, 40, 40, 40)
        column.addWidget(card, 1)
        window.installEventFilter(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setGeometry(window.rect())

    def _open_manual(self) -> None:
        self.close()
        if self._manual is not None:
            self._manual()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENDS:
            self.close()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.childAt(event.position().toPoint()) is None:
            self.close()


def _keys() -> QWidget:
    lines = [(keys_of(spec), _(spec.text)) for spec in COMMANDS]
    lines += [(keys, _(text)) for keys, text in FURTHER_KEYS]
    page = QWidget()
    grid = QGridLayout(page)
    grid.setContentsMargins(0, 0, 12, 0)
    grid.setHorizontalSpacing(16)
    half = (len(lines) + 1) // 2
    for index, (keys, text) in enumerate(lines):
        line, side = index % half, index // half * 2
        grid.addWidget(label(keys, "muted"), line, side)
        grid.addWidget(label(text, wrap=True), line, side + 1)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(3, 1)
    grid.setRowStretch(half, 1)
    return page
