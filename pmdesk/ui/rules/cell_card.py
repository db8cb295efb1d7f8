"""The card below the grid: the chosen cell in words, its picker, and a line to type into."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.errors import EntryError, PmdeskError
from pmdesk.i18n import _, told
from pmdesk.ui import theme
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.rules import edits
from pmdesk.ui.rules.edits import Output
from pmdesk.ui.rules.model import RulesModel
from pmdesk.ui.rules.pickers import Picker, picker
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label

_EXAMPLES = {
    "number": lambda: _("Examples: >= 6, 2..5, 3, 4, unknown."),
    "date": lambda: _("Examples: >= 2026-01-31, 2026-01-01..2026-12-31, unknown."),
    "flag": lambda: _("Write yes, no, unknown, or - for any."),
}


class CellCard(Card):
    """Edits the cell that is current in the grid; both always say the same."""

    def __init__(self, model: RulesModel) -> None:
        super().__init__(margin=14)
        self._model = model
        self._index = QModelIndex()
        self._shown: object = None
        self._is_own = False
        self.picker: Picker | None = None
        self.title = label("", "heading")
        self.sentence = label("", "muted", wrap=True)
        self.line = PinyinEdit()
        self.problem = label("", "problem", wrap=True)
        self._typing = self._typing_row()
        self._host = QVBoxLayout()
        self.body.setSpacing(8)
        self.add(self.title)
        self.add(self.sentence)
        self.body.addLayout(self._host)
        self.add(self._typing)
        self.add(self.problem)
        self.body.addStretch(1)
        self.line.returnPressed.connect(self._enter)
        self.line.left.connect(self._enter)
        model.changed.connect(lambda _table: self.refresh())
        model.dataChanged.connect(lambda *_where: self._show_text())

    def show_index(self, index: QModelIndex) -> None:
        """The card is about this cell."""
        self._index = index
        self.refresh()

    def refresh(self) -> None:
        """The card says what the table says."""
        if not self._index.isValid() or self._index.row() >= self._model.rowCount():
            self._index = QModelIndex()
        key = self._key()
        if key != self._shown:
            self._shown = key
            self._show_words()
            self._show_text()
            if not self._is_own:
                self._show_picker()

    def _key(self) -> object:
        if not self._index.isValid():
            return None
        row, column = self._index.row(), self._index.column()
        return row, column, self._model.rule_at(row), self._model.may_edit(self._index)

    def _typing_row(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        self._caption = label(_("Or type it"), "label")
        row.addWidget(self._caption)
        row.addWidget(self.line, 1)
        return made

    def _show_words(self) -> None:
        index = self._index
        if not index.isValid():
            self.title.setText(_("Choose a cell of the grid."))
            self.sentence.setText("")
            return
        table, row = self._model.table, index.row()
        title = edits.title_of(table, index.column())
        self.title.setText(_("Row {row} · {column}").format(row=row + 1, column=title))
        rule = table.rules[row]
        words = _("If {conditions}, then {tier}.")
        if rule.fits_everyone:
            words = _("For {conditions}: {tier}.")
        self.sentence.setText(
            words.format(
                conditions=edits.rule_words(table, rule),
                tier=edits.shown(table, row, edits.column_of(table, Output.TIER)),
            )
        )

    def _show_text(self) -> None:
        may = self._index.isValid() and self._model.may_edit(self._index)
        self._typing.setVisible(may)
        refused = None
        if self._index.isValid():
            place = self._model.place(self._index.row(), self._index.column())
            refused = self._model.refusals.get(place)
            self._show_line(str(self._index.data(Qt.ItemDataRole.EditRole)))
        self._show_problem(refused[1] if refused else "")

    def _show_line(self, text: str) -> None:
        fact = self._model.fact_at(self._index.column())
        example = _EXAMPLES.get(fact.type.value) if fact else None
        self.line.setPlaceholderText(example() if example else "")
        self.line.setAccessibleName(edits.title_of(self._model.table, self._index.column()))
        if self.line.text() != text and not self.line.is_composing:
            self.line.setText(text)

    def _show_problem(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        theme.look(self.line, state="problem" if words else "")

    def _show_picker(self) -> None:
        if self.picker is not None:
            self._host.removeWidget(self.picker)
            self.picker.hide()
            self.picker.deleteLater()
            self.picker = None
        if not self._index.isValid() or not self._model.may_edit(self._index):
            return
        self.picker = picker(self._model.table, self._index.row(), self._index.column())
        has_line_only = self.picker is None
        self._caption.setVisible(not has_line_only)
        if self.picker is not None:
            self.picker.picked.connect(self._pick)
            self._host.addWidget(self.picker)

    def _pick(self, text: str) -> None:
        self._is_own = True  # the picker shows it already, and keeps the cursor
        self._model.attempt(self._index.row(), self._index.column(), text)
        self._is_own = False

    def _enter(self) -> None:
        index = self._index
        if not index.isValid() or not self._model.may_edit(index):
            return
        text = self.line.text()
        if text == str(index.data(Qt.ItemDataRole.EditRole)):
            return
        problem = self._model.problem(index.row(), index.column(), text)
        self._model.attempt(index.row(), index.column(), text)
        if problem is not None:
            self._stay(problem)

    def _stay(self, problem: PmdeskError) -> None:
        """What was typed stays, with the cursor where it cannot be read."""
        self._show_problem(self.problem.text() or told(problem))
        if isinstance(problem, EntryError):
            self.line.setCursorPosition(problem.position)
