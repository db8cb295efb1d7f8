"""The grid's model: one frozen decision table; every edit is one undo step."""

from collections.abc import Collection, Sequence
from types import MappingProxyType

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QUndoStack
from typing_extensions import override

from pmdesk.errors import EntryError, PmdeskError
from pmdesk.i18n import _
from pmdesk.rules.table import DecisionTable
from pmdesk.ui.rules import edits
from pmdesk.ui.rules.edits import Output
from pmdesk.ui.rules.pasting import Pasted
from pmdesk.ui.rules.places import Marks, Place, marks_of, parts_of, place_at, sentence_for
from pmdesk.ui.rules.table_model import Index, TableModel
from pmdesk.ui.rules.table_step import TableStep

_Role = Qt.ItemDataRole
_NONE: Marks = MappingProxyType({})


class RulesModel(TableModel):
    """Edits go through the undo stack.

    An entry that cannot be read stays in its cell, marked, until it is mended or taken back; the
    table itself keeps its last good value there.
    """

    changed = Signal(object)  # the DecisionTable
    refused = Signal(str)  # the sentence: what was typed cannot stand
    taken_back = Signal()  # an entry that could not be read is gone, the table is as it was

    def __init__(self, table: DecisionTable, undo: QUndoStack) -> None:
        super().__init__(table)
        self._undo = undo

    def start(self, table: DecisionTable, *, editable: bool) -> None:
        """Another version is shown; there is nothing to undo and nothing is marked."""
        self.editable = editable
        self._refused.clear()
        self._texts.clear()
        self._findings, self._counts, self._errors = {}, {}, False
        self._undo.clear()
        self._reset(table)

    def show(self, table: DecisionTable, *, without: Marks = _NONE, marks: Marks = _NONE) -> None:
        """Shows `table`, keeping the view where it is; these marks go and those come."""
        before = self._table
        kept = {place: mark for place, mark in self._refused.items() if place not in without}
        self._refused = {**kept, **marks}
        if [rule.id for rule in table.rules] == [rule.id for rule in before.rules] and (
            table.facts == before.facts
        ):
            self._table = table
            self._repaint_changed(before, {*without, *marks})
            self.changed.emit(table)
        elif parts_of(table) == parts_of(before):
            self._rearrange(table)
        else:
            self._reset(table)

    def edit(
        self,
        after: DecisionTable,
        words: str,
        *,
        taken_back: Collection[Place] = (),
        refused: Marks = _NONE,
    ) -> None:
        """`after` stands, as one undo step that the menu calls `words`.

        Entries that cannot be read go where they are taken back or where their cell goes; undoing
        brings back only those whose cell comes back.
        """
        rows = {rule.id for rule in after.rules}
        keys = {fact.key for fact in after.facts} | set(Output.__members__)
        marks = self._refused.items()
        lost = {p: mark for p, mark in marks if p[0] not in rows or p[1] not in keys}
        mended = {p: mark for p, mark in marks if p in {*taken_back, *refused}}
        if after == self._table and not refused:
            self._forget(mended)
            return
        step = TableStep(self, (self._table, after), words)
        step.mended, step.lost, step.come = mended, lost, refused
        self._undo.push(step)

    def paste(self, done: Pasted, words: str) -> None:
        """The pasted table stands; entries of it that cannot be read are marked."""
        table = done.table
        over = {place_at(table, row, column) for row in done.rows for column in done.columns}
        self.edit(table, words, taken_back=over, refused=marks_of(done))

    def attempt(self, row: int, column: int, text: str) -> bool:
        """What was typed stands in the cell, or stays there marked as refused."""
        place = self.place(row, column)
        try:
            after = edits.entered(self._table, row, column, text)
        except PmdeskError as error:
            sentence = sentence_for(self._table, row, column, error)
            self._refused[place] = (text, sentence)
            self.refused.emit(sentence)
            self._repaint_cell(row, column)
            return False
        title = edits.title_of(self._table, column)
        self.edit(after, _("change {column}").format(column=title), taken_back={place})
        return True

    def problem(self, row: int, column: int, text: str) -> EntryError | PmdeskError | None:
        """Why `text` cannot stand in the cell; None when it can."""
        try:
            edits.entered(self._table, row, column, text)
        except PmdeskError as error:
            return error
        return None

    def take_back(self, row: int, column: int) -> None:
        """The cell shows its last good value again."""
        place = self.place(row, column)
        self._forget([place] if place in self._refused else [])

    @override
    def setData(self, index: Index, value: object, role: int = _Role.EditRole) -> bool:
        if role != _Role.EditRole or not self.may_edit(index):
            return False
        return self.attempt(index.row(), index.column(), str(value))

    def _forget(self, places: Collection[Place]) -> None:
        for place in places:
            del self._refused[place]
            index = self.index_of(place)
            self._repaint_cell(index.row(), index.column())
        if places:
            self.taken_back.emit()

    def _reset(self, table: DecisionTable) -> None:
        self.beginResetModel()
        self._table = table
        self.endResetModel()
        self.changed.emit(table)

    def _rearrange(self, table: DecisionTable) -> None:
        """The same rows and columns in another order; what is chosen goes with them."""
        self.layoutAboutToBeChanged.emit()
        chosen = self.persistentIndexList()
        places = [self.place(index.row(), index.column()) for index in chosen]
        self._table = table
        self.changePersistentIndexList(chosen, self._indexes(places))
        self.layoutChanged.emit()
        self.changed.emit(table)

    def _indexes(self, places: Sequence[Place]) -> list[QModelIndex]:
        rows = {rule.id: row for row, rule in enumerate(self._table.rules)}
        keys = [fact.key for fact in self._table.facts] + [output.name for output in Output]
        columns = {key: column for column, key in enumerate(keys)}
        return [self.index(rows[rule], columns[key]) for rule, key in places]

    def _repaint_changed(self, before: DecisionTable, places: Collection[Place]) -> None:
        marked = {rule for rule, _key in places}
        pairs = enumerate(zip(before.rules, self._table.rules, strict=True))
        rows = [row for row, (old, new) in pairs if old is not new or new.id in marked]
        if rows:
            last = self.columnCount() - 1
            self.dataChanged.emit(self.index(rows[0], 0), self.index(rows[-1], last))
