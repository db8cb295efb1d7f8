"""Why a masked value is needed now: one key for each usual reason, and own words."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid
from typing_extensions import override

from pmdesk.domain.reveals import CHOICES, REASONS, Reason, Why
from pmdesk.i18n import _, said
from pmdesk.ui import theme
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.late import join_order

_KEYS = {Qt.Key(Qt.Key.Key_1 + at): one for at, one in enumerate(CHOICES)}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_WIDEST = 460  # pixels: a list to be read, not a wall of buttons
KEPT_MS = 5 * 60 * 1000  # a reason holds so long for the page of one person


class ReasonPanel(QWidget):
    """Asks once in a while: `ask` answers at once while an earlier reason still holds.

    It is built when it asks for the first time: a page has a dozen, and most are never needed.
    """

    left = Signal()  # without a reason

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self._then: Callable[[Why], object] | None = None
        self._held: Why | None = None
        self._asker: QWidget | None = None  # had the cursor before
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEPT_MS)
        self._timer.timeout.connect(self.forget)
        self._sentence = sentence
        self.choices: tuple[QPushButton, ...] = ()  # until it asks
        self.hide()

    def ask(self, then: Callable[[Why], object], sentence: str = "") -> None:
        """`then` is called with a reason: the one that still holds, or the one chosen now."""
        if self._held is not None:
            then(self._held)
            return
        if not self.choices:
            self._build()
        self.question.setText(sentence or self._sentence)
        self._then = then
        self._asker = QApplication.focusWidget()
        self._show_own(shown=False)
        self.show()
        self.choices[0].setFocus()

    def forget(self) -> None:
        """No reason holds any more, and nothing is asked."""
        self._held, self._then = None, None
        self._timer.stop()
        self.hide()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = self.focusWidget()
        key = Qt.Key(event.key())
        if key in _KEYS:
            self._choose(_KEYS[key])
        elif key in _ENTER and isinstance(focus, QPushButton):
            focus.click()
        elif key is Qt.Key.Key_Down:
            self.focusNextChild()
        elif key is Qt.Key.Key_Up:
            self.focusPreviousChild()
        elif key is Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _choice(self, at: int, reason: Reason) -> QPushButton:
        made = button(f"{at}  {said(REASONS[reason])}", lambda: self._choose(reason), look="choice")
        made.setAccessibleName(said(REASONS[reason]))
        return made

    def _build(self) -> None:
        self.question = label("", "label", wrap=True)
        self.choices = tuple(self._choice(at, one) for at, one in enumerate(CHOICES, 1))
        self.own = PinyinEdit()
        self.own.setAccessibleName(said(REASONS[Reason.OTHER]))
        self.own.setPlaceholderText(_("A few words (logged)"))
        self.own.returnPressed.connect(self._take_own)
        self.fine = button(_("Show it"), self._take_own)
        self.setMaximumWidth(theme.length(_WIDEST))
        self._arrange()
        join_order(self)

    def _arrange(self) -> None:
        self._words = QWidget()
        line = QHBoxLayout(self._words)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.own, 1)
        line.addWidget(self.fine)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        column.addWidget(self.question)
        for made in self.choices:
            column.addWidget(made)
        column.addWidget(self._words)
        end = QHBoxLayout()
        end.addStretch(1)
        end.addWidget(button(_("Cancel"), self._leave, look="link"))
        column.addLayout(end)

    def _choose(self, reason: Reason) -> None:
        if reason is Reason.OTHER:
            self._show_own(shown=True)
            self.own.setFocus()
        else:
            self._answer(Why(reason=reason))

    def _show_own(self, *, shown: bool) -> None:
        self.own.clear()
        self._words.setVisible(shown)

    def _take_own(self) -> None:
        why = Why(reason=Reason.OTHER, words=" ".join(self.own.text().split()))
        if why.is_told and not _composes(self.own):
            self._answer(why)

    def _answer(self, why: Why) -> None:
        then, self._then = self._then, None
        self._held = why
        self._timer.start()
        self._close()
        if then is not None:
            then(why)

    def _leave(self) -> None:
        self._then = None
        self._close()
        self.left.emit()

    def _close(self) -> None:
        """The cursor is back where it was, or the page would move away under the eyes."""
        asker, self._asker = self._asker, None
        if asker is not None and isValid(asker) and asker.isVisible():
            asker.setFocus()
        self.hide()


def _composes(line: QLineEdit) -> bool:
    """An input method holds letters that are not yet text."""
    return isinstance(line, PinyinEdit) and line.is_composing
