"""Rows and columns for Qt: short lists held whole, and very long ones fetched page by page."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from math import ceil
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from pmdesk.ui.widgets.pill import Badge

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
PAGE = 256
PAGES = 24  # kept; some 6,000 rows
MISSING = "—"
PILL = 5  # digits that the picture and the ends of a pill take
_CHINESE, _LATIN = 1.75, 0x2E80  # width in digits, and from where on characters are that wide

_Role = Qt.ItemDataRole
BADGE_ROLE = _Role.UserRole + 1


def digits(texts: Iterable[str]) -> int:
    """How many digits are as wide as the widest text; a Chinese character is almost two."""
    return max(ceil(sum(_CHINESE if ord(one) > _LATIN else 1 for one in text)) for text in texts)


class Align(Enum):
    """Where a column's text stands."""

    START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    MIDDLE = Qt.AlignmentFlag.AlignCenter
    END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[T]):
    """What a column shows of a row; `title` and the words of `cell` are in the user's language.

    `width` counts characters, 0 takes its share of what is left. `sort` is a key for short lists.
    A `spare` column makes room where the others would be cut, the last of them first; its row
    tells it when opened.
    """

    key: str
    title: str
    cell: Callable[[T], str]
    align: Align = Align.START
    width: int = 0
    badge: Callable[[T], Badge | None] | None = None
    tip: Callable[[T], str] | None = None
    sort: Callable[[T], Any] | None = None
    spare: bool = False


class _Table(QAbstractTableModel, Generic[T]):
    """What both models share: columns, and a row's cells."""

    def __init__(self, columns: Sequence[Column[T]]) -> None:
        super().__init__()
        self.columns = tuple(columns)

    def row(self, number: int) -> T | None:
        """The value in row `number`; None where it is gone meanwhile."""
        raise NotImplementedError

    def row_at(self, index: Index) -> T | None:
        """The value behind a cell."""
        return self.row(index.row()) if index.isValid() else None

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == _Role.DisplayRole:
            return self.columns[section].title
        if role == _Role.TextAlignmentRole:
            return self.columns[section].align.value
        return None

    @override
    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        ask = _ASK.get(role)
        if ask is None or not index.isValid():
            return None
        value = self.row(index.row())
        column = self.columns[index.column()]
        if value is None:
            return MISSING if role == _Role.DisplayRole else None
        if role == _Role.AccessibleTextRole and index.column() == 0:
            return self.summary(value)
        return ask(column, value)

    def summary(self, value: T) -> str:
        """The whole row in one sentence, for those who hear the table."""
        parts = ((column.title, column.cell(value)) for column in self.columns)
        return ", ".join(f"{title} {text}".strip() for title, text in parts if text)


_ASK: dict[int, Callable[[Column[Any], Any], object]] = {
    _Role.DisplayRole: lambda column, row: column.cell(row),
    _Role.AccessibleTextRole: lambda column, row: column.cell(row),
    _Role.TextAlignmentRole: lambda column, _row: column.align.value,
    _Role.ToolTipRole: lambda column, row: column.tip(row) if column.tip else None,
    BADGE_ROLE: lambda column, row: column.badge(row) if column.badge else None,
}


class RowsModel(_Table[T]):
    """A short list, held whole and sorted here."""

    def __init__(self, columns: Sequence[Column[T]], rows: Iterable[T] = ()) -> None:
        super().__init__(columns)
        self.rows = tuple(rows)
        self._order: tuple[int, Qt.SortOrder] | None = None

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    @override
    def row(self, number: int) -> T | None:
        return self.rows[number] if 0 <= number < len(self.rows) else None

    def set_rows(self, rows: Iterable[T]) -> None:
        """The list shows these rows, in the order the user chose."""
        self.beginResetModel()
        self.rows = self._sorted(tuple(rows))
        self.endResetModel()

    def replace(self, number: int, value: T) -> None:
        """Row `number` shows `value`."""
        self.rows = (*self.rows[:number], value, *self.rows[number + 1 :])
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(self.columns) - 1))

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._order = (column, order) if column >= 0 else None
        self.set_rows(self.rows)

    def _sorted(self, rows: tuple[T, ...]) -> tuple[T, ...]:
        if self._order is None:
            return rows
        column = self.columns[self._order[0]]
        falling = self._order[1] is Qt.SortOrder.DescendingOrder
        return tuple(sorted(rows, key=column.sort or column.cell, reverse=falling))


class PagedModel(_Table[T]):
    """A list of any length: a vector of ids, and the pages of rows that were looked at.

    `fetch` gets the ids of a page and answers with their rows in any order; `key` is a row's id.
    """

    sort_requested = Signal(str, bool)  # the column's key, descending

    def __init__(
        self,
        columns: Sequence[Column[T]],
        fetch: Callable[[Sequence[int]], Iterable[T]],
        key: Callable[[T], int],
    ) -> None:
        super().__init__(columns)
        self.ids = array("q")
        self._fetch = fetch
        self._key = key
        self._pages: OrderedDict[int, tuple[T | None, ...]] = OrderedDict()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.ids)

    def set_ids(self, ids: "array[int]") -> None:
        """The list shows these, in this order."""
        self.beginResetModel()
        self.ids = ids
        self._pages.clear()
        self.endResetModel()

    def reload(self) -> None:
        """Rows are read again when they are looked at; length and order stay."""
        self._pages.clear()
        if self.ids:
            last = self.index(len(self.ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    @override
    def row(self, number: int) -> T | None:
        if not 0 <= number < len(self.ids):
            return None
        page, at = divmod(number, PAGE)
        return self._page(page)[at]

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self.columns):
            falling = order is Qt.SortOrder.DescendingOrder
            self.sort_requested.emit(self.columns[column].key, falling)

    def _page(self, number: int) -> tuple[T | None, ...]:
        if number in self._pages:
            self._pages.move_to_end(number)
            return self._pages[number]
        ids = self.ids[number * PAGE : (number + 1) * PAGE]
        found = {self._key(row): row for row in self._fetch(ids)}
        self._pages[number] = tuple(found.get(one) for one in ids)
        if len(self._pages) > PAGES:
            self._pages.popitem(last=False)
        return self._pages[number]
