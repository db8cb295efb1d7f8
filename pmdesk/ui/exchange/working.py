"""Long work on the page: how far it is, and the button that stops it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout

from pmdesk.i18n import _, ngettext
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label


class WorkingBar(Card):
    """Hidden while nothing runs."""

    cancelled = Signal()

    def __init__(self, counted: Callable[[int], str] | None = None) -> None:
        super().__init__(margin=16)
        self._counted = counted or _rows
        self._words = label()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.cancel = button(_("Cancel"), self._cancel, picture="x")
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(self._words)
        words.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(words, 1)
        row.addWidget(self.cancel)
        self.body.addLayout(row)
        self._what = ""
        self.hide()

    def start(self, what: str) -> None:
        """`what` has begun."""
        self._what = what
        self.cancel.setEnabled(True)
        self.show_progress(0, 0)
        self.show()

    def show_progress(self, done: int, total: int) -> None:
        """So far it is; a total of 0 means that nobody knows it."""
        self.bar.setRange(0, total)
        self.bar.setValue(min(done, total))
        words = f"{self._what} · {self._counted(done)}" if done else self._what
        self._words.setText(words)
        self.bar.setAccessibleName(words)

    def stop(self) -> None:
        """Nothing runs any more."""
        self.hide()

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self._words.setText(_("Stopping…"))
        self.cancelled.emit()


def _rows(done: int) -> str:
    return ngettext("{count} row", "{count} rows", done).format(count=f"{done:,}")
