"""An entry with its name above, and a grid of such entries that closes its gaps."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.ui import theme
from pmdesk.ui.widgets.label import label

Entry = tuple[str, object]  # words in the user's language, and what they stand for
_SHORTEST = 8  # characters that a closed list shows at least
_LEAST = 330  # pixels that a column wants
_PASSING = frozenset({
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    Qt.Key.Key_Home, Qt.Key.Key_End,
})  # fmt: skip


def cell(title: str, part: QWidget) -> QWidget:
    """The part with its name above; hiding the cell hides both."""
    part.setAccessibleName(title)
    name = label(title, "label")
    name.setBuddy(part)
    holder = QWidget()
    # as high as its parts want to be: a short window scrolls, it does not squeeze
    holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(name)
    column.addWidget(part)
    return holder


class CarefulBox(QComboBox):
    """Keys open the list: an entry at which something is done is not chosen in passing."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _PASSING or event.text().isalnum():
            self.showPopup()
        else:
            super().keyPressEvent(event)


def choice_box(*, careful: bool = False) -> QComboBox:
    """A closed list that gets along with a narrow window."""
    box = CarefulBox() if careful else QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_SHORTEST)
    return box


def fill(box: QComboBox, entries: Sequence[Entry]) -> None:
    """The list offers exactly these and keeps what was chosen, where it still can."""
    chosen = box.currentData()
    box.clear()
    for words, value in entries:
        box.addItem(words, value)
    at = next((index for index, (_words, value) in enumerate(entries) if value == chosen), 0)
    box.setCurrentIndex(at if entries else -1)


class EntryGrid(QWidget):
    """The cells that are wanted, side by side in two columns or one below the other."""

    def __init__(self, cells: Mapping[str, QWidget]) -> None:
        super().__init__()
        self._cells = cells
        self._wanted = tuple(cells)
        self._columns = 2
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(12)
        self._arrange()

    def show_only(self, keys: Sequence[str]) -> None:
        """Exactly these cells are to be seen, in the order of the form."""
        self._wanted = tuple(key for key in self._cells if key in keys)
        self._arrange()

    @override
    def minimumSizeHint(self) -> QSize:
        widest = max(
            (self._cells[key].minimumSizeHint().width() for key in self._wanted), default=0
        )
        return QSize(widest, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = 2 if event.size().width() >= 2 * theme.length(_LEAST) else 1
        if columns != self._columns:
            self._columns = columns
            self._arrange()

    def _arrange(self) -> None:
        for key, part in self._cells.items():
            self._grid.removeWidget(part)
            if key not in self._wanted:
                part.hide()
        for index, key in enumerate(self._wanted):
            place = divmod(index, self._columns)
            self._grid.addWidget(self._cells[key], *place, Qt.AlignmentFlag.AlignTop)
            if self._cells[key].isHidden():
                self._cells[key].show()
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)
