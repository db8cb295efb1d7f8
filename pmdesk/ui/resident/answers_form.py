"""The fields of one purpose, one form for each dimension, over one frozen set of values."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pmdesk.domain.fields import Dimension, Field, FieldKey, Problem, Value
from pmdesk.i18n import Words, _, said
from pmdesk.services.wording import DIMENSIONS
from pmdesk.ui.forms.editors import EDITORS
from pmdesk.ui.forms.form import Form
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.resident.history import History
from pmdesk.ui.resident.values import Values, with_value
from pmdesk.ui.widgets.keys import Keys
from pmdesk.ui.widgets.label import label


class AnswersForm(QWidget):
    """Shows values, keeps undo steps, says what has to be mended; it saves nothing."""

    changed = Signal()
    completed = Signal()

    def __init__(self, fields: Sequence[Field]) -> None:
        super().__init__()
        self.fields: Mapping[FieldKey, Field] = {
            field.key: field for field in fields if field.kind in EDITORS
        }
        self.history: History[Values] = History({}, self)
        self.forms = self._forms()
        self.history.changed.connect(self._show)
        undo = {
            "Ctrl+Z": self.history.stack.undo,
            "Ctrl+Y": self.history.stack.redo,
            "Ctrl+Shift+Z": self.history.stack.redo,
        }
        Keys(self, undo).watch(*self.findChildren(QLineEdit))

    @property
    def values(self) -> Values:
        """What the forms show; nothing entered is not there."""
        return self.history.value

    @property
    def is_composing(self) -> bool:
        """An input method holds letters that are not yet text: nothing may be saved now."""
        return any(line.is_composing for line in self.findChildren(PinyinEdit))

    def start(self, values: Mapping[FieldKey, Value]) -> None:
        """The forms show `values`, which are saved; nothing can be undone."""
        self.history.start(self._known(values))

    def restore(self, values: Mapping[FieldKey, Value]) -> None:
        """The forms show the values of a draft."""
        self.history.restore(self._known(values))

    def problems(self) -> tuple[Problem, ...]:
        """What has to be mended before saving."""
        found = (field.problems(self.values.get(key)) for key, field in self.fields.items())
        return tuple(problem for problems in found for problem in problems)

    def check(self) -> bool:
        """Whether the values can be saved; if not, the cursor stands in the first problem."""
        found = self.problems()
        for form in self.forms:
            form.show_problems(found)
        return not any(form.focus_first_problem() for form in self.forms)

    def lock(self, reason: str) -> None:
        """Nothing can be edited, for the reason given."""
        for index, form in enumerate(self.forms):
            form.lock(reason if index == 0 else "")

    def _known(self, values: Mapping[FieldKey, Value]) -> Values:
        filled: Values = {}
        for key in self.fields:
            filled = with_value(filled, key, values.get(key))
        return filled

    def _forms(self) -> tuple[Form, ...]:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        parts = _by_dimension(tuple(self.fields.values()))
        forms = tuple(Form([_hinted(field) for field in part]) for part in parts.values())
        for dimension, form in zip(parts, forms, strict=True):
            if len(parts) > 1:
                column.addWidget(label(_(DIMENSIONS[dimension]), "heading"))
            column.addWidget(form)
            form.changed.connect(self._put)
        for form, after in itertools.pairwise(forms):
            form.completed.connect(after.focus_first)
        if forms:
            forms[-1].completed.connect(self.completed)
        return forms

    def _put(self, key: str, value: Value) -> None:
        name = _("Change “{field}”").format(field=said(self.fields[FieldKey(key)].label))
        self.history.put(with_value(self.values, key, value), name, key)

    def _show(self) -> None:
        for form in self.forms:
            shown = {key: value for key, value in form.values().items() if value is not None}
            wanted = {key: self.values[FieldKey(key)] for key in form.rows if key in self.values}
            if shown != wanted:
                form.show_values(wanted)
        self.changed.emit()


def _by_dimension(fields: Sequence[Field]) -> Mapping[Dimension, Sequence[Field]]:
    found: dict[Dimension, list[Field]] = {}
    for field in fields:
        found.setdefault(field.dimension, []).append(field)
    return found


def _hinted(field: Field) -> Field:
    """The field; one that lists never show says so."""
    if not field.restricted:
        return field
    own = said(field.hint) + " " if field.hint else ""
    hint = own + _("Not shown in lists or exports, to protect the person.")
    return replace(field, hint=Words(hint, hint))
