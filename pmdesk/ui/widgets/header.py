"""The head of a page, and what a list says while it is empty."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.ui.icons import Ink
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import Picture, label
from pmdesk.ui.widgets.visibility import set_shown


class PageHeader(QWidget):
    """Title and subtitle at the left; filters and at most one primary button at the right.

    With a `mark`, which stands beside the title, the subtitle has the whole width below.
    """

    def __init__(
        self,
        title: str,
        subtitle: str = "",
        actions: Sequence[QWidget] = (),
        *,
        mark: QWidget | None = None,
    ) -> None:
        super().__init__()
        self._title = label(title, "title")
        self._subtitle = label(subtitle, "muted", wrap=True)
        set_shown(self._subtitle, bool(subtitle))
        words = QVBoxLayout()
        words.setSpacing(4)
        head = self._head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        words.addLayout(head)
        self._actions = QWidget()
        flow = FlowLayout(12)
        for action in actions:
            flow.addWidget(action)
        self._actions.setLayout(flow)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self._grid.setColumnStretch(0, 1)
        self._grid.addLayout(words, 0, 0)
        self._grid.addWidget(self._actions, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        if mark is not None:
            head.addWidget(mark)
            head.addStretch(1)
            self._grid.setVerticalSpacing(4)
            self._grid.addWidget(self._subtitle, 2, 0, 1, 2)
        else:
            words.addWidget(self._subtitle)

    def show_title(self, title: str) -> None:
        """Another title."""
        self._title.setText(title)

    def show_subtitle(self, subtitle: str) -> None:
        """Another subtitle."""
        self._subtitle.setText(subtitle)
        set_shown(self._subtitle, bool(subtitle))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._actions.minimumSizeHint().width(), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a narrow window the actions stand below the title."""
        edges = self.contentsMargins()
        room = self.width() - edges.left() - edges.right() - self._grid.spacing()
        beside = self._head.sizeHint().width() + self._actions.sizeHint().width() <= room
        where = (0, 1) if beside else (1, 0)
        if self._grid.itemAtPosition(*where) is None:
            self._grid.addWidget(self._actions, *where, Qt.AlignmentFlag.AlignVCenter)


class EmptyState(QWidget):
    """What will appear here, why there is nothing yet, and the one button that changes it."""

    def __init__(
        self,
        sentence: str,
        *,
        picture: str = "info",
        action: str = "",
        pressed: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._sentence = label(sentence, "muted", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture = Picture(picture, Ink.MUTED, 36)
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(1)
        column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._sentence)
        if action:
            column.addWidget(button(action, pressed), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def show_sentence(self, sentence: str) -> None:
        """Another sentence, for instance because a filter and not the office is empty."""
        self._sentence.setText(sentence)
