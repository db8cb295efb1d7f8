"""Labels and small pictures that follow the theme."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from pmdesk.ui import theme
from pmdesk.ui.icons import Ink, icon
from pmdesk.ui.theme import Tone


def label(text: str = "", look: str = "", *, wrap: bool = False, select: bool = False) -> QLabel:
    """A plain-text label; `look` is one of title, heading, figure, muted, label, problem, warning.

    Plain text, because what a user typed must never be read as markup.
    """
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if look:
        made.setProperty("look", look)
    if select:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def rule() -> QFrame:
    """A hairline."""
    made = QFrame()
    made.setProperty("look", "rule")
    return made


class Picture(QWidget):
    """An icon as high as a line of text, or `side` pixels that grow with the text."""

    def __init__(self, name: str, ink: Ink | Tone = Ink.TEXT, side: int = 18) -> None:
        super().__init__()
        self._icon = icon(name, ink)
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, ink: Ink | Tone = Ink.TEXT) -> None:
        """Another icon is shown."""
        self._icon = icon(name, ink)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        side = theme.length(self._side)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._icon.paint(QPainter(self), self.rect())

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.updateGeometry()
        super().changeEvent(event)
