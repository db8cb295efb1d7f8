"""A card that stands open while something is prepared: Enter does it, Esc leaves it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card


class Prepared(Card):
    """Hidden until it is started; `confirm` rests while the act is under way."""

    left = Signal()
    confirm: QPushButton

    def __init__(self, title: str = "") -> None:
        super().__init__(title)
        self.note = Banner()

    def do(self) -> None:
        """What is prepared is done, or the card says why not."""
        raise NotImplementedError

    def leave(self) -> None:
        """Nothing is prepared any more."""
        self.hide()
        self.left.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.do()
        else:
            super().keyPressEvent(event)

    def _buttons(self) -> QWidget:
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.confirm)
        row.addWidget(button(_("Cancel"), self.leave, tip="Esc"))
        row.addStretch(1)
        return buttons

    def _failed(self, error: PmdeskError) -> None:
        self.confirm.setEnabled(True)
        self.note.show_sentence(told(error), Tone.WARN)
