"""A window over the page for one change of an account: title, parts, message, two buttons."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.ui import theme
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label

_WIDTH = 600
_LEFT, _WHOLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag(0)


class SmallDialog(QDialog):
    """Closes once the change is in force; as high as its wrapped sentences need."""

    def __init__(self, title: str, parent: QWidget | None, go: QPushButton) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.go = go
        self._is_warned = False
        self.message = Banner()
        self.cancel = button(_("Cancel"), self.leave)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(10)
        self.column.addWidget(label(title, "title", wrap=True))

    def arrange(self, *parts: QWidget) -> None:
        """The parts stand one below the other, then the message and the buttons."""
        for part in parts:
            self.column.addWidget(part, 0, _LEFT if isinstance(part, QPushButton) else _WHOLE)
        self.column.addWidget(self.message)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        self.column.addLayout(row)
        self.fit()

    def fit(self) -> None:
        """As high as the wrapped sentences need: a window of its own is not asked for that."""
        width = max(theme.length(_WIDTH), self.sizeHint().width())
        self.setMinimumWidth(width)
        self.setMinimumHeight(self.column.totalMinimumHeightForWidth(max(width, self.width())))

    def fit_soon(self) -> None:
        """As `fit`, once what was put in or taken out has found its size."""
        QTimer.singleShot(0, self, self.fit)

    @property
    def is_edited(self) -> bool:
        """Whether something is written here that would be lost."""
        return False

    def leave(self) -> None:
        """What Esc, “Cancel” and the cross of its window do; written words are asked about."""
        if self.is_edited and not self._is_warned:
            self._is_warned = True
            self.warn(_("This is not saved yet. Once more, and what you wrote is given up."))
        else:
            self.reject()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.leave()
        event.setAccepted(not self.isVisible())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.leave()
        else:
            super().keyPressEvent(event)

    def warn(self, sentence: str) -> None:
        """The dialog says what is missing."""
        self.message.show_sentence(sentence, Tone.WARN)
        self.fit()

    def do(
        self, tasks: Tasks, work: Callable[[], object], done: Callable[[], None] | None = None
    ) -> None:
        """The work is done in the background; then the dialog closes, or says why not."""
        self.go.setEnabled(False)
        tasks.command(
            work,
            owner=self,
            done=lambda _changes: (done or self.accept)(),
            failed=self._failed,
            broken=lambda: self.go.setEnabled(True),
        )

    def _failed(self, error: PmdeskError) -> None:
        self.go.setEnabled(True)
        self.message.show_sentence(told(error), Tone.PROBLEM)
        self.fit()
