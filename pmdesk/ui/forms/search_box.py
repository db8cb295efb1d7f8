"""The search box: it asks while the user types, also while a word is being composed."""

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QToolButton
from typing_extensions import override

from pmdesk.i18n import _
from pmdesk.ui import theme
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.icons import Ink, icon

_PAUSE_MS = 150
_SIDE, _EDGE = 16, 11  # pixels: of the lens, and from the frame to it


class SearchBox(PinyinEdit):
    """Emits `searched` shortly after the last letter, at once on Enter, and empties on Esc.

    Lens and cross are its own: those that Qt puts into a line do not grow with the text.
    """

    searched = Signal(str)

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder)
        self.setAccessibleName(placeholder)
        self.setProperty("look", "search")
        self._clear = QToolButton(self)
        self._clear.setProperty("look", "clear")
        self._clear.setIcon(icon("x", Ink.MUTED))
        self._clear.setToolTip(_("Clear"))
        self._clear.setAccessibleName(_("Clear"))
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Esc does the same
        self._clear.hide()
        self._clear.clicked.connect(self.clear_search)
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

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme.length(_SIDE)
        painter = QPainter(self)
        place = QRect(theme.length(_EDGE), (self.height() - side) // 2, side, side)
        icon("search", Ink.MUTED).paint(painter, place)
        painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self.height()
        self._clear.setGeometry(self.width() - side, 0, side, side)

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
