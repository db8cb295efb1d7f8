"""The search box: it asks while the user types, also while a word is being composed."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from pmdesk.i18n import _
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.icons import Ink, icon

_PAUSE_MS = 150


class SearchBox(PinyinEdit):
    """Emits `searched` shortly after the last letter, at once on Enter, and empties on Esc."""

    searched = Signal(str)

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder)
        self.setAccessibleName(placeholder)
        self.setProperty("look", "search")
        self.addAction(icon("search", Ink.MUTED), QLineEdit.ActionPosition.LeadingPosition)
        self._clear = self.addAction(
            icon("x", Ink.MUTED), QLineEdit.ActionPosition.TrailingPosition
        )
        self._clear.setToolTip(_("Clear"))
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.clear_search)
        self._asked = ""
        self._wanted = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._ask)
        self.query.connect(self._later)
        self.returnPressed.connect(self._now)

    def show_search(self, text: str) -> None:
        """The box shows this search, without asking."""
        self.setText(text)
        self._asked = self._wanted = text.strip()
        self._clear.setVisible(bool(text))

    def clear_search(self) -> None:
        """Everything is shown again."""
        self.clear()
        self._later("")
        self._now()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() and not self.is_composing:
            self.clear_search()
            return
        super().keyPressEvent(event)

    def _later(self, text: str) -> None:
        self._wanted = text.strip()
        self._clear.setVisible(bool(text))
        self._timer.start()

    def _now(self) -> None:
        self._timer.stop()
        self._asked = self._wanted
        self.searched.emit(self._wanted)

    def _ask(self) -> None:
        if self._wanted != self._asked:
            self._now()
