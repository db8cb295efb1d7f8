"""A form from fields: labels above, problems below, two columns where there is room."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.domain.fields import Field, Problem, Value
from pmdesk.i18n import Words, _, said
from pmdesk.ui import theme
from pmdesk.ui.forms.editors import EDITORS, Editor
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.label import Picture, label

_COLUMN = 36  # digits that a column needs room for
MakeEditor = Callable[[Field], Editor]


class Form(QWidget):
    """Shows values and tells edits; it holds no record and saves nothing."""

    changed = Signal(str, object)  # key, value: at each edit
    completed = Signal()  # Enter in the last field
    unlock_requested = Signal()

    def __init__(
        self, fields: Sequence[Field], editors: Mapping[str, MakeEditor] | None = None
    ) -> None:
        """`editors` gives makers by key for fields that need one of their own."""
        super().__init__()
        own = editors or {}
        self.rows: dict[str, _Row] = {
            f.key: _Row(f, own.get(f.key) or EDITORS[f.kind]) for f in fields
        }
        self._lock = Banner(picture="lock", action=_("Unlock…"), pressed=self.unlock_requested.emit)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(14)
        self._columns = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._lock)
        column.addLayout(self._grid)
        for row in self.rows.values():
            self._watch(row)
        self._arrange(2)

    def editor(self, key: str) -> Editor:
        """The editor of a field."""
        return self.rows[key].editor

    def values(self) -> dict[str, Value]:
        """What the form shows, by key."""
        return {key: row.editor.value for key, row in self.rows.items()}

    def show_values(self, values: Mapping[str, Value]) -> None:
        """The form shows these values; fields without one are empty; no signal, no problem."""
        for key, row in self.rows.items():
            row.editor.show_value(values.get(key))
            row.show_problem(None)

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Each problem stands below its field; fields without one show none."""
        found = {problem.key: problem for problem in problems}
        for key, row in self.rows.items():
            row.show_problem(found.get(key))

    def focus_first_problem(self) -> bool:
        """The cursor stands in the first field with a problem; False when there is none."""
        for row in self.rows.values():
            if row.problem is not None and not row.problem.warning:
                row.editor.setFocus()
                return True
        return False

    def focus_first(self) -> None:
        """The cursor stands in the first field."""
        next(iter(self.rows.values())).editor.setFocus()

    def lock(self, reason: str, *, action: str = "") -> None:
        """Nothing can be edited; the reason stands above, with a button if `action` names one."""
        self._lock.show_sentence(reason, Tone.NEUTRAL)
        self._lock.action.setText(action)
        self._lock.action.setVisible(bool(action))
        for row in self.rows.values():
            row.lock(reason)

    def unlock(self) -> None:
        """Everything can be edited."""
        self._lock.show_sentence("")
        for row in self.rows.values():
            row.unlock()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        if plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._next()
            event.accept()
            return
        super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = 2 * _COLUMN * self.fontMetrics().horizontalAdvance("0")
        self._arrange(2 if event.size().width() >= needed else 1)

    def _watch(self, row: "_Row") -> None:
        key = row.editor.field.key
        row.editor.edited.connect(lambda value: self.changed.emit(key, value))
        row.editor.left.connect(row.check)

    def _next(self) -> None:
        here = QApplication.focusWidget()
        rows = [row for row in self.rows.values() if row.editor.isEnabled()]
        inside = (i for i, row in enumerate(rows) if here and row.editor.isAncestorOf(here))
        at = next(inside, None)
        if at is None or at + 1 == len(rows):
            self.completed.emit()
        else:
            rows[at + 1].editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        line = column = 0
        for row in self.rows.values():
            wide = row.editor.wide or columns == 1
            if wide and column:
                line, column = line + 1, 0
            self._grid.addWidget(row, line, column, 1, columns if wide else 1)
            if wide or column + 1 == columns:
                line, column = line + 1, 0
            else:
                column += 1
        for index in range(2):
            self._grid.setColumnStretch(index, 1 if index < columns else 0)


class _Row(QWidget):
    """Label, editor, and below it the problem or the hint."""

    def __init__(self, field: Field, make: MakeEditor) -> None:
        super().__init__()
        self.problem: Problem | None = None
        self.editor = make(field)
        self._hint = said(field.hint) if field.hint else ""
        name = label(_label(field), "label")
        name.setBuddy(self.editor)
        self._sign = Picture("circle-alert", Tone.PROBLEM, 15)
        self._words = label("", "muted", wrap=True)
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(name)
        column.addWidget(self.editor)
        column.addLayout(below)
        column.addStretch(1)
        self._show("", self._hint, "muted")

    def check(self) -> None:
        """The field's own problem is shown, as the user leaves the field."""
        found = self.editor.field.problems(self.editor.value)
        empty = self.editor.value is None
        self.show_problem(None if empty or not found else found[0])

    def show_problem(self, problem: Problem | None) -> None:
        """The problem stands below the editor; the hint when there is none."""
        self.problem = problem
        self.editor.mark(wrong=problem is not None and not problem.warning)
        if problem is None:
            self._show("", self._hint, "muted")
            return
        look = "warning" if problem.warning else "problem"
        self._sign.show_icon(
            "triangle-alert" if problem.warning else "circle-alert",
            Tone.WARN if problem.warning else Tone.PROBLEM,
        )
        self._show(look, sentence(problem), look)

    def lock(self, reason: str) -> None:
        """The editor cannot be used, and says why."""
        self.editor.setEnabled(False)
        self.editor.setToolTip(reason)
        self.editor.setAccessibleDescription(reason)

    def unlock(self) -> None:
        """The editor can be used."""
        self.editor.setEnabled(True)
        self.editor.setToolTip("")
        self.editor.setAccessibleDescription(self._words.text())

    def _show(self, sign: str, words: str, look: str) -> None:
        self._sign.setVisible(bool(sign))
        self._words.setVisible(bool(words))
        self._words.setText(words)
        self.editor.setAccessibleDescription(words)
        theme.look(self._words, look=look)


def sentence(problem: Problem) -> str:
    """What a problem says in the user's language."""
    places = {
        name: said(value) if isinstance(value, Words) else value
        for name, value in problem.places.items()
    }
    return _(problem.sentence).format_map(places)


def _label(field: Field) -> str:
    return f"{said(field.label)} *" if field.required else said(field.label)
