"""One finding in the list: its sign, its sentence, whom it is about, and the button that mends."""

import itertools
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout
from typing_extensions import override

from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import Picture, label
from pmdesk.ui.widgets.visibility import set_shown

_LONG = 160  # letters; a Chinese character is as wide as two
_WIDE = 0x2E80  # where such characters begin
SIGNS = {
    Tone.PROBLEM: "circle-alert",
    Tone.WARN: "triangle-alert",
    Tone.INFO: "info",
}


class FindingRow(QFrame):
    """A click, or Enter, leads to the cell; the button mends with one undo step."""

    chosen = Signal()

    def __init__(
        self,
        sentence: str,
        tone: Tone,
        *,
        example: str = "",
        mend: str = "",
        mended: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("look", "finding")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(" ".join(text for text in (sentence, example) if text))
        self._whole = sentence
        self.sentence, self.example = label("", wrap=True), label(example, "muted", wrap=True)
        self._show(_cut(sentence))
        self.mend = button(mend, mended, look="link")
        set_shown(self.mend, bool(mend))
        set_shown(self.example, bool(example))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.sentence)
        texts.addWidget(self.example)
        texts.addWidget(self.mend, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 4, 6, 4)
        row.setSpacing(8)
        row.addWidget(Picture(SIGNS[tone], tone, side=16), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)

    @property
    def text(self) -> str:
        """What it says."""
        return self._whole

    def _show(self, sentence: str) -> None:
        """A long sentence is cut until it is chosen."""
        self.sentence.setText(sentence)
        self.sentence.setToolTip(self._whole if sentence != self._whole else "")

    def _choose(self) -> None:
        self._show(self._whole)
        self.chosen.emit()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.rect().contains(event.position().toPoint()):
            self._choose()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._choose()
        else:
            super().keyPressEvent(event)


def _cut(sentence: str) -> str:
    """The sentence as far as it is not too long."""
    widths = itertools.accumulate(1 + (ord(letter) >= _WIDE) for letter in sentence)
    kept = sum(width <= _LONG for width in widths)
    return sentence if kept == len(sentence) else f"{sentence[:kept].rstrip()}…"
