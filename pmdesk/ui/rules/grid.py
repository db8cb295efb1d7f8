"""The grid: what rules ask at the left, what they give pinned at the right, one selection."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)

from pmdesk.ui.rules import motion
from pmdesk.ui.rules.halves import Halves
from pmdesk.ui.rules.model import RulesModel
from pmdesk.ui.rules.motion import Sheet, Spot
from pmdesk.ui.rules.places import Place

_Flag = QItemSelectionModel.SelectionFlag


class RulesGrid(Halves):
    """Both halves: they scroll, select and mark the current cell together."""

    current_changed = Signal(object)  # QModelIndex
    menu_wanted = Signal(int, object)  # fact column, place on the screen
    cell_menu_wanted = Signal(QPoint)  # place on the screen
    left = Signal(int)  # Tab leads on beyond the last cell, or back beyond the first
    rows_dropped = Signal(object, int)  # the rows, and above which one
    columns_dropped = Signal(object, int)  # the columns, and left of which one

    def __init__(self, model: RulesModel) -> None:
        super().__init__(model)
        self._place: Place | None = None
        self._join()
        model.modelReset.connect(self._restore)
        model.layoutChanged.connect(self._follow)
        self._arrange()

    @property
    def current(self) -> QModelIndex:
        """The current cell."""
        return self.asked.currentIndex()

    @property
    def has_focus(self) -> bool:
        """Whether keys go to the cells."""
        return self.asked.hasFocus() or self.given.hasFocus()

    @property
    def _spans(self) -> Sequence[QItemSelectionRange]:
        return self.asked.selectionModel().selection().toList()

    @property
    def rows(self) -> tuple[int, ...]:
        """The chosen rows, or the current one."""
        chosen = {row for span in self._spans for row in range(span.top(), span.bottom() + 1)}
        return tuple(sorted(chosen or {self.current.row()} - {-1}))

    @property
    def columns(self) -> tuple[int, ...]:
        """The chosen columns that are seen, or the current one."""
        chosen = {column for span in self._spans for column in range(span.left(), span.right() + 1)}
        chosen = chosen or {self.current.column()}
        return tuple(column for column in self.visible_columns if column in chosen)

    def lead(self, place: Place | None) -> None:
        """That cell is the current one, and keys go to it."""
        if place is not None:
            self.go(place)
            self._part(self.current.column()).setFocus(Qt.FocusReason.OtherFocusReason)

    def columns_from(self, column: int) -> tuple[int, ...]:
        """The columns that are seen from `column` on, where a pasted block goes."""
        return tuple(c for c in self.visible_columns if c >= column)

    def settle(self) -> None:
        """An entry that is being typed stands, or stays marked."""
        for part in (self.asked, self.given):
            part.settle()

    def go(self, place: Place | None) -> None:
        """That cell is the current one and is seen."""
        index = self._model.index_of(place) if place else QModelIndex()
        if index.isValid():
            fact = self._model.fact_at(index.column())
            if fact is not None and self.asked.isColumnHidden(index.column()):
                self.keep(fact)
            self._set_current(index)

    def step(self, rows: int) -> None:
        """The current cell is that many rows further on."""
        if (now := self._spot) is not None:
            self._move(self._sheet.inside(Spot(now.row + rows, now.at)))

    def tab(self, by: int) -> None:
        """The next or previous cell is current; beyond the last one the keys go elsewhere."""
        if (now := self._spot) is None:
            return
        spot = motion.tabbed(now, by, self._sheet)
        if spot is not None:
            self._move(spot)
        else:
            self.given.setFocus() if by > 0 else self.asked.setFocus()
            self.left.emit(by)

    def choose(self, rows: Sequence[int], columns: Sequence[int]) -> None:
        """These rows and columns are chosen, the first of them current."""
        if rows and columns:
            order = self.visible_columns
            first = Spot(rows[0], order.index(columns[0]))
            self._move(first)
            self._extend(Spot(rows[-1], order.index(columns[-1])), first, current=first)

    def choose_all(self) -> None:
        """Every cell that is seen is chosen."""
        self.choose(range(self._model.rowCount()), self.visible_columns)

    def whole_rows(self) -> bool:
        """Whether the rows that are chosen are chosen from end to end."""
        return self.columns == self.visible_columns

    def _join(self) -> None:
        for part in (self.asked, self.given):
            part.stepped.connect(self.step)
            part.tabbed.connect(self.tab)
            part.moved.connect(self._on_moved)
            part.extended.connect(self._on_extended)
            part.menu_wanted.connect(self.cell_menu_wanted)
        self.asked.selectionModel().currentChanged.connect(self._on_current)
        head = self.asked.heading
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._ask_menu)
        self._join_drags()

    def _join_drags(self) -> None:
        head, numbers = self.asked.heading, self.asked.numbers
        numbers.keeps = lambda row: self.whole_rows() and len(self.rows) > 1 and row in self.rows
        numbers.dropped.connect(self._drop_row)
        head.dropped.connect(self._drop_column)

    def _follow(self) -> None:
        """Rows or columns stand in another order; what was chosen went along."""
        self._arrange()
        now = self.current
        self._mark(now)
        if now.isValid():
            self._reveal(now)
        self.current_changed.emit(now)

    def _restore(self) -> None:
        place = self._place
        self._arrange()
        index = self._model.index_of(place) if place else QModelIndex()
        if not index.isValid() and self._model.rowCount():
            order = self.visible_columns
            index = self._model.index(0, order[0] if order else 0)
        if index.isValid():
            self._set_current(index)

    def _set_current(self, index: QModelIndex) -> None:
        self.asked.selectionModel().setCurrentIndex(index, _Flag.ClearAndSelect)
        self._reveal(index)

    def _reveal(self, index: QModelIndex) -> None:
        part = self._part(index.column())
        had_focus = self.has_focus
        part.scrollTo(index)
        if had_focus:
            part.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_current(self, now: QModelIndex, before: QModelIndex) -> None:
        self._mark(now)
        if now.isValid():
            self._place = self._model.place(now.row(), now.column())
            if now.row() != before.row() and self._model.fact_at(now.column()) is None:
                self._show_what_it_asks(now.row())
        self.current_changed.emit(now)

    def _mark(self, now: QModelIndex) -> None:
        """The row of the current cell stands out; only that and the one before are painted."""
        for part in (self.asked, self.given):
            rows = {part.cells.current_row, now.row()} - {-1}
            part.cells.current_row = now.row()
            for row in rows:
                view, high = part.viewport(), part.rowHeight(row)
                view.update(0, part.rowViewportPosition(row), view.width(), high)

    # ---- keys ------------------------------------------------------------------------------

    @property
    def _sheet(self) -> Sheet:
        order, model = self.visible_columns, self._model
        page = self.asked.viewport().height() // max(self.asked.rowHeight(0), 1) - 1
        return Sheet(
            rows=model.rowCount(),
            columns=len(order),
            page=max(page, 1),
            is_filled=lambda spot: model.is_filled(spot.row, order[spot.at]),
        )

    @property
    def _spot(self) -> Spot | None:
        now, order = self.current, self.visible_columns
        if not now.isValid() or not order:
            return None
        return Spot(now.row(), order.index(now.column()) if now.column() in order else 0)

    def _move(self, spot: Spot) -> None:
        self._set_current(self._index(spot))

    def _index(self, spot: Spot) -> QModelIndex:
        return self._model.index(spot.row, self.visible_columns[spot.at])

    def _on_moved(self, key: int, ctrl: bool, shift: bool) -> None:
        now = self._spot
        spot = motion.target(Qt.Key(key), now, self._sheet, ctrl=ctrl) if now else None
        if now is None or spot is None:
            return
        if shift:
            self._extend(spot, self._anchor(now), current=spot)
        else:
            self._move(spot)

    def _on_extended(self, index: QModelIndex) -> None:
        now, order = self._spot, self.visible_columns
        if now is not None and index.column() in order:
            spot = Spot(index.row(), order.index(index.column()))
            self._extend(spot, self._anchor(now), current=spot)

    def _anchor(self, now: Spot) -> Spot:
        """The corner of what is chosen that lies across from the current cell."""
        rows, columns, order = self.rows, self.columns, self.visible_columns
        first, last = order.index(columns[0]), order.index(columns[-1])
        return Spot(rows[0] if now.row == rows[-1] else rows[-1], first if now.at == last else last)

    def _extend(self, to: Spot, anchor: Spot, *, current: Spot) -> None:
        corners = zip(to, anchor, strict=True)
        (top, bottom), (left, right) = (sorted(pair) for pair in corners)
        chosen = QItemSelection(self._index(Spot(top, left)), self._index(Spot(bottom, right)))
        selection = self.asked.selectionModel()
        selection.setCurrentIndex(self._index(current), _Flag.NoUpdate)
        selection.select(chosen, _Flag.ClearAndSelect)
        self._reveal(self._index(current))

    # ---- dragging --------------------------------------------------------------------------

    def _drop_row(self, row: int, gap: int) -> None:
        chosen = self.rows if self.whole_rows() and row in self.rows else (row,)
        self.rows_dropped.emit(chosen, gap)

    def _drop_column(self, column: int, gap: int) -> None:
        self.columns_dropped.emit((column,), min(gap, len(self._model.table.facts)))

    def _show_what_it_asks(self, row: int) -> None:
        """A rule chosen by what it gives shows what it asks."""
        cells = self._model.rule_at(row).cells
        asked = [column for column, cell in enumerate(cells) if not cell.is_any]
        for column in reversed(asked):
            self.asked.scrollTo(self._model.index(row, column))

    def _ask_menu(self, at: QPoint) -> None:
        head = self.asked.horizontalHeader()
        column = head.logicalIndexAt(at)
        if column >= 0:
            self.menu_wanted.emit(column, head.viewport().mapToGlobal(at))
