"""A line to type in and the hits below it: Enter takes the first one, the arrow keys another."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.ui.forms.search_box import SearchBox
from pmdesk.ui.widgets.visibility import set_shown

_HIGH = 2  # pixels around all lines


class _Hits(QListWidget):
    taken = Signal()
    left = Signal()

    @property
    def first(self) -> int:
        """The first line that can be taken; -1 where all lines only tell."""
        rows = range(self.count())
        enabled = Qt.ItemFlag.ItemIsEnabled
        return next((row for row in rows if self.item(row).flags() & enabled), -1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.taken.emit()
            event.accept()
        elif event.key() == Qt.Key.Key_Up and self.currentRow() <= self.first:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Finder(QWidget):
    """What is searched, and what is done with the hit that was taken, a subclass says."""

    def __init__(self, hint: str, name: str) -> None:
        super().__init__()
        self._hurried = False  # Enter came before the answer
        self.box = SearchBox(hint)
        self.hits = _Hits()
        self.hits.setAccessibleName(name)
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.box)
        column.addWidget(self.hits)
        self.box.searched.connect(self._search)
        self.box.returnPressed.connect(self._enter)
        self.hits.taken.connect(self._take)
        self.hits.left.connect(self.box.setFocus)
        self.hits.itemClicked.connect(self._click)
        self.setFocusProxy(self.box)
        set_shown(self.hits, shown=False)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self.hits.isHidden() and self.hits.first >= 0:
            self.hits.setCurrentRow(max(self.hits.currentRow(), self.hits.first))
            self.hits.setFocus()
            return
        super().keyPressEvent(event)

    # ---- what a subclass says ---------------------------------------------------------------

    def _search(self, text: str) -> None:
        raise NotImplementedError

    def _enter(self) -> None:
        raise NotImplementedError

    def _taken(self, at: int) -> None:
        raise NotImplementedError

    # ---- the hits ---------------------------------------------------------------------------

    def _show_words(self, words: str) -> None:
        self.box.show_search(words)
        set_shown(self.hits, shown=False)

    def _show_items(self, items: Sequence[QListWidgetItem], at: int = 0) -> None:
        """These lines, with the one that Enter takes; -1: none of them."""
        self.hits.clear()
        for item in items:
            self.hits.addItem(item)
        self.hits.setCurrentRow(at)
        line = self.hits.sizeHintForRow(0) if items else 0
        self.hits.setFixedHeight(max(line, 1) * len(items) + 2 * self.hits.frameWidth() + _HIGH)
        set_shown(self.hits, shown=bool(items))
        if self._hurried:
            self._take()

    def _click(self, item: QListWidgetItem) -> None:
        if item.flags() & Qt.ItemFlag.ItemIsEnabled:  # a line that only tells is not taken
            self._take()

    def _take(self) -> None:
        self._hurried = False
        at = self.hits.currentRow()
        if at >= 0:
            self._taken(at)
