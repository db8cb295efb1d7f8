"""The card below the grid: the chosen cell in words, its picker, and a line to type into."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pmdesk.errors import EntryError, PmdeskError
from pmdesk.i18n import _, told
from pmdesk.rules.table import LONGEST_REASON
from pmdesk.ui import theme
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.forms.prose import ProseEdit
from pmdesk.ui.rules import edits
from pmdesk.ui.rules.edits import Output
from pmdesk.ui.rules.flowing import Flowing
from pmdesk.ui.rules.model import RulesModel
from pmdesk.ui.rules.pickers import Picker, picker
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import scrolled

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
        self.prose = ProseEdit()
        self.count = label("", "muted")
        self.problem = label("", "problem", wrap=True)
        self._typing = self._typing_row()
        self._host = QVBoxLayout()
        self.body.setSpacing(8)
        self.add(self.title)
        self.add(self._scrolling(), 1)
        self.line.returnPressed.connect(self._enter)
        self.line.left.connect(self._enter)
        self.prose.left.connect(self._enter)
        self.prose.textChanged.connect(self._show_count)
        model.changed.connect(lambda _table: self.refresh())
        model.dataChanged.connect(lambda *_where: self._show_text())

    def _scrolling(self) -> QScrollArea:
        """A low card scrolls: nothing that can be chosen is cut."""
        flowing = Flowing(spacing=8)
        column = flowing.column
        column.addWidget(self.sentence)
        column.addLayout(self._host)
        for part in (self._typing, self.prose, self.count, self.problem):
            column.addWidget(part)
        column.addStretch(1)
        area = scrolled(flowing)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def show_index(self, index: QModelIndex) -> None:
        """The card is about this cell."""
        self._index = index
        self.refresh()

    def settle(self) -> None:
        """What is typed in the card stands in the table."""
        self._enter()

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
        rule, may_edit = self._model.rule_at(row), self._model.may_edit(self._index)
        return row, column, rule, may_edit, self._model.is_expert

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
        self._typing.setVisible(may and not self._is_prose)
        self.prose.setVisible(may and self._is_prose)
        refused = None
        if self._index.isValid():
            place = self._model.place(self._index.row(), self._index.column())
            refused = self._model.refusals.get(place)
            self._show_line(str(self._index.data(Qt.ItemDataRole.EditRole)))
        self._show_problem(refused[1] if refused else "")
        self._show_count()

    def _show_line(self, text: str) -> None:
        fact = self._model.fact_at(self._index.column())
        example = _EXAMPLES.get(fact.type.value) if fact else None
        title = edits.title_of(self._model.table, self._index.column())
        self.line.setPlaceholderText(example() if example else "")
        self.line.setAccessibleName(title)
        self.prose.setAccessibleName(title)
        if self.line.text() != text and not self.line.is_composing:
            self.line.setText(text)
        if self._is_prose and self._typed != " ".join(text.split()):
            self.prose.setPlainText(text)

    def _show_count(self) -> None:
        is_reason = self._is_prose and self._output is Output.REASON
        self.count.setVisible(is_reason and self.prose.isVisibleTo(self))
        count = len(self._typed)
        words = _("{count} of {most} characters").format(count=count, most=LONGEST_REASON)
        self.count.setText(words)
        theme.look(self.count, look="problem" if count > LONGEST_REASON else "muted")

    @property
    def _output(self) -> Output | None:
        return self._model.output_at(self._index.column()) if self._index.isValid() else None

    @property
    def _is_prose(self) -> bool:
        return self._output in edits.PROSE

    @property
    def _typed(self) -> str:
        """What is typed, as it would stand."""
        return " ".join(self.prose.toPlainText().split()) if self._is_prose else self.line.text()

    def _show_problem(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        for entry in (self.line, self.prose):
            theme.look(entry, state="problem" if words else "")

    def _show_picker(self) -> None:
        if self.picker is not None:
            self._host.removeWidget(self.picker)
            self.picker.hide()
            self.picker.deleteLater()
            self.picker = None
        if not self._index.isValid() or not self._model.may_edit(self._index):
            return
        self.picker = picker(self._model.table, self._index.row(), self._index.column())
        self._caption.setVisible(self.picker is not None)
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
        text = self._typed
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
