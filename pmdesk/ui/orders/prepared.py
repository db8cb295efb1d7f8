"""A card that stands open while something is prepared: Enter does it, Esc leaves it."""

import json
from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from pmdesk.domain.orders.order import OrderId
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.services.session import Session
from pmdesk.ui.autosave import Autosave
from pmdesk.ui.draft_banner import DraftBanner
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card

DRAFT = "order"  # the page that drafts of orders are kept under
Kept = Mapping[str, str | int | None]


class Prepared(Card):
    """Hidden until it is started; `confirm` rests while the act is under way.

    What was typed is kept as a draft, encrypted, and offered when the same is prepared again.
    """

    left = Signal()
    confirm: QPushButton

    def __init__(self, session: Session, tasks: Tasks, title: str = "") -> None:
        super().__init__(title)
        self.note = Banner()
        self.autosave = Autosave(session, tasks, DRAFT, self._document, self)
        self.draft = DraftBanner(session, self.autosave)
        self.draft.restored.connect(lambda document: self.restore(json.loads(document)))

    def do(self) -> None:
        """What is prepared is done, or the card says why not."""
        raise NotImplementedError

    def typed(self) -> Kept:
        """What a draft keeps; empty where nothing was typed."""
        raise NotImplementedError

    def restore(self, kept: Kept) -> None:
        """What a draft kept stands here again."""
        raise NotImplementedError

    def keep_draft(self) -> None:
        """What was typed is in the encrypted draft: the office locks."""
        self.autosave.keep_now()

    def leave(self) -> None:
        """Nothing is prepared any more."""
        self.hide()
        self.left.emit()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.autosave.hurry()
        super().hideEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does it, or presses the button that has the cursor: that may be the way back."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            held = QApplication.focusWidget()
            if isinstance(held, QPushButton) and not held.isCheckable():
                held.click()
            else:
                self.do()
        else:
            super().keyPressEvent(event)

    def _watch(self, order: OrderId, task: str) -> None:
        """A draft of this task is offered, and what is typed from now on is kept for it."""
        self.draft.show_sentence("")
        self.autosave.watch(_subject(order, task))

    def _over(self, order: OrderId, task: str) -> None:
        """This was done: its draft is gone, and the card is hidden unless it is about another."""
        subject = _subject(order, task)
        if subject == self.autosave.subject:
            self.autosave.discard()
            self.hide()
        else:
            self.autosave.discard_other(subject)

    def _touch(self) -> None:
        """Something was typed; nothing is kept of what is empty again."""
        if self.typed():
            self.autosave.touch()
        else:
            self.autosave.discard()

    def _document(self) -> str:
        return json.dumps(self.typed(), ensure_ascii=False)

    def _buttons(self) -> QWidget:
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.confirm)
        row.addWidget(button(_("Back"), self.leave, tip="Esc"))  # “Cancel” is a step of orders
        row.addStretch(1)
        return buttons

    def _broken(self) -> None:
        """After a fault of the program it can be tried again."""
        self.confirm.setEnabled(True)

    def _failed(self, error: PmdeskError) -> None:
        self.confirm.setEnabled(True)
        self.note.show_sentence(told(error), Tone.WARN)


def _subject(order: OrderId, task: str) -> str:
    return f"{task}:{order}"
