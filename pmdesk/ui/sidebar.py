"""The pages of the window, one below the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from pmdesk.domain.staff import Permission
from pmdesk.i18n import _
from pmdesk.ui.icons import Ink, nav_icon
from pmdesk.ui.places import Part
from pmdesk.ui.widgets.label import Picture, label
from pmdesk.ui.widgets.page import scrolled

_WIDTH = 208
_EDGE = 14
_BOLD = 1.08  # how much wider the open page's title is
_KEYS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpec:
    """A page: `title` is a message id, `build` is called when the page is first opened."""

    key: str
    title: str
    icon: str
    build: Callable[[], QWidget]
    permission: Permission | None = None
    below: bool = False  # at the foot of the sidebar
    words: str = ""  # message id: what else people call it, with commas between
    parts: Callable[[], Sequence[Part]] = tuple


class Sidebar(QFrame):
    """Brand and pages; the first nine answer to Ctrl+1 … 9."""

    chosen = Signal(str)

    def __init__(self, pages: Sequence[PageSpec], brand: str) -> None:
        super().__init__()
        self.setProperty("look", "sidebar")
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        column = QVBoxLayout()
        column.setContentsMargins(_EDGE, 10, _EDGE, 10)
        column.setSpacing(4)
        for page in (one for one in pages if not one.below):
            column.addWidget(self._button(page))
        column.addStretch(1)
        for page in (one for one in pages if one.below):
            column.addWidget(self._button(page))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._brand = _brand(brand)
        outer.addLayout(self._brand)
        outer.addWidget(_scrolled(column), 1)

    def mark(self, key: str) -> None:
        """The page is marked as the open one."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    @override
    def sizeHint(self) -> QSize:
        widest = max((one.sizeHint().width() for one in self._buttons.values()), default=0)
        room = max(round(widest * _BOLD) + 2 * _EDGE, self._brand.sizeHint().width(), _WIDTH)
        return QSize(room, super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), 0)

    def _button(self, page: PageSpec) -> QPushButton:
        made = QPushButton(nav_icon(page.icon), f" {_(page.title)}")
        made.setProperty("look", "nav")
        made.setObjectName(f"nav.{page.key}")
        made.setAccessibleName(_(page.title))
        made.setCheckable(True)
        made.clicked.connect(lambda _checked=False: self.chosen.emit(page.key))
        self._group.addButton(made)
        self._buttons[page.key] = made
        if len(self._buttons) <= _KEYS:
            self._shortcut(made, page, len(self._buttons))
        return made

    def _shortcut(self, made: QPushButton, page: PageSpec, number: int) -> None:
        action = QAction(_(page.title), self)
        action.setShortcut(QKeySequence(f"Ctrl+{number}"))
        action.triggered.connect(lambda _checked=False: self.chosen.emit(page.key))
        self.addAction(action)
        made.setToolTip(action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))


def _brand(brand: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(16, 18, 12, 8)
    row.setSpacing(8)
    row.addWidget(Picture("building-2", Ink.ACCENT, 26))
    row.addWidget(label(brand, "brand"), 1)
    return row


def _scrolled(column: QVBoxLayout) -> QScrollArea:
    area = scrolled(column)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
