"""Two versions side by side: each row beside its match, what differs marked by sign and colour."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from pmdesk.i18n import N_, _
from pmdesk.rules.diff import NOTHING, Difference, Part, RowChange, RowDifference
from pmdesk.ui import theme
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.label import label

_Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex
_WIDEST, _HIGHEST = 220, 420
_EXTRA = 14  # rounding and the frame
_SIDE = 12  # from a cell's edge to its text, as the style sheet has it
SIGNS: Mapping[RowChange, tuple[str, str, Tone]] = {
    RowChange.SAME: ("", N_("unchanged"), Tone.NEUTRAL),
    RowChange.CHANGED: ("~", N_("changed"), Tone.WARN),
    RowChange.ADDED: ("+", N_("added"), Tone.GOOD),
    RowChange.REMOVED: ("−", N_("gone"), Tone.PROBLEM),
}
MOVED = "↕"
ANY = "–"  # the cell asks for nothing
TONE_ROLE = _Role.UserRole + 1


class ToneDelegate(QStyledItemDelegate):
    """Paints the colour of a cell between the ground of the style sheet and the text."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tone = index.data(TONE_ROLE)
        if not tone:  # Qt hands a word of an enumeration back as plain text
            super().paint(painter, option, index)
            return
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        text, bare.text = bare.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, option.widget)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if not chosen:
            painter.fillRect(option.rect, theme.applied().ground(Tone(tone)))
        side = theme.length(_SIDE)
        place = option.rect.adjusted(side, 0, -side, 0)
        words = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.setPen(theme.applied().colour("on_accent" if chosen else "text"))
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, int(middle), words)


class SideModel(QAbstractTableModel):
    """One side: the version before, or the one after."""

    def __init__(self, *, is_after: bool) -> None:
        super().__init__()
        self._is_after = is_after
        self._rows: tuple[RowDifference, ...] = ()
        self._shown: tuple[int, ...] = ()  # which parts have a column

    def show_rows(self, rows: Sequence[RowDifference]) -> None:
        """The side shows these rows; a column about which none of them asks is left out."""
        self.beginResetModel()
        self._rows = tuple(rows)
        parts = rows[0].parts if rows else ()
        nothing = {_("any"), NOTHING, ""}
        self._shown = tuple(
            at
            for at in range(len(parts))
            if any({row.parts[at].before, row.parts[at].after} - nothing for row in rows)
        )
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._shown) + 1

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        told = role in {_Role.DisplayRole, _Role.ToolTipRole}
        if orientation is not Qt.Orientation.Horizontal or not told:
            return None
        return "#" if section == 0 else self._rows[0].parts[self._shown[section - 1]].label

    @override
    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        row = self._rows[index.row()]
        part = row.parts[self._shown[index.column() - 1]] if index.column() else None
        if role in {_Role.DisplayRole, _Role.ToolTipRole}:
            return self._text(row, part) or None
        if role == _Role.AccessibleTextRole:
            return f"{self._text(row, part)} {_marked_words(row, part)}".strip()
        if role == TONE_ROLE:
            own = row.after if self._is_after else row.before
            return None if own is None else _tone(row, part)
        return None

    def _text(self, row: RowDifference, part: Part | None) -> str:
        own = row.after if self._is_after else row.before
        if own is None:
            return ""
        if part is None:
            sign = SIGNS[row.change][0] + (MOVED if row.moved else "")
            return f"{sign} {own + 1}".strip()
        text = part.after if self._is_after else part.before
        text = ANY if text == _("any") else text
        return f"~ {text}" if part.changed else text


class SideBySide(QWidget):
    """Both sides scroll together."""

    def __init__(self) -> None:
        super().__init__()
        self.before, self.after = SideModel(is_after=False), SideModel(is_after=True)
        self.views = _view(self.before), _view(self.after)
        self.titles = label("", "label"), label("", "label")
        self._rows: tuple[RowDifference, ...] = ()
        self.all = QCheckBox(_("Rows that stayed as they were too"))
        self.all.toggled.connect(lambda _on: self._show())
        row = QHBoxLayout()
        row.setSpacing(12)
        for title, view in zip(self.titles, self.views, strict=True):
            column = QVBoxLayout()
            column.setSpacing(6)
            column.addWidget(title)
            column.addWidget(view)
            row.addLayout(column, 1)
        left, right = self.views
        for one, other in ((left, right), (right, left)):
            one.verticalScrollBar().valueChanged.connect(other.verticalScrollBar().setValue)
            one.horizontalScrollBar().valueChanged.connect(other.horizontalScrollBar().setValue)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        outer.addLayout(row)
        outer.addWidget(self.all)

    def show_difference(self, found: Difference, titles: Sequence[str]) -> None:
        """These two versions are shown, each under its title."""
        self._rows = found.rows
        for view, title, words in zip(self.views, self.titles, titles, strict=True):
            title.setText(words)
            view.setAccessibleName(words)
        self._show()

    def _show(self) -> None:
        every = self.all.isChecked()
        rows = [row for row in self._rows if every or row.moved or row.change is not RowChange.SAME]
        for model in (self.before, self.after):
            model.show_rows(rows)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._fit()

    def _fit(self) -> None:
        """Equal columns and rows on both sides, no column wider than can be read at a glance."""
        left, right = self.views
        for view in self.views:
            view.resizeColumnsToContents()
        for column in range(self.before.columnCount()):
            wide = max(left.columnWidth(column), right.columnWidth(column))
            for view in self.views:
                view.setColumnWidth(column, min(wide, theme.length(_WIDEST)))
        head = left.horizontalHeader().sizeHint().height()
        rows = left.verticalHeader().defaultSectionSize() * self.before.rowCount()
        bar = left.horizontalScrollBar().sizeHint().height()
        high = min(head + rows + bar + theme.length(_EXTRA), theme.length(_HIGHEST))
        for view in self.views:
            view.setFixedHeight(high)


def _view(model: SideModel) -> QTableView:
    view = QTableView()
    view.setModel(model)
    view.setItemDelegate(ToneDelegate(view))
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
    return view


def _tone(row: RowDifference, part: Part | None) -> Tone | None:
    """The colour of a cell; unchanged cells of a changed row have none."""
    if row.change is RowChange.SAME:
        return Tone.INFO if row.moved and part is None else None
    if row.change is RowChange.CHANGED and part is not None and not part.changed:
        return None
    return SIGNS[row.change][2]


def _marked_words(row: RowDifference, part: Part | None) -> str:
    if part is None or row.change is not RowChange.CHANGED:
        return _(SIGNS[row.change][1])
    return _(SIGNS[RowChange.CHANGED][1]) if part.changed else ""
