"""The four entries of a registration as a form, with its undo steps and its inline problems."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.fields import Field, Kind
from pmdesk.i18n import Words, _, said
from pmdesk.ui.forms.form import Form
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.resident.entry import MOBILE, NAME, ROLE, ROOM, Entry
from pmdesk.ui.resident.history import History
from pmdesk.ui.widgets.keys import Keys
from pmdesk.ui.widgets.label import label

KEYS = (NAME, MOBILE, ROOM, ROLE)


class EntryForm(QWidget):
    """Shows an `Entry`, keeps its undo steps, and says what has to be mended."""

    changed = Signal(object)  # Entry
    completed = Signal()  # Enter in the last field

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self.fields: Mapping[str, Field] = {key: catalogue.field(key) for key in KEYS}
        self.form = Form([_shown(self.fields[key]) for key in KEYS])
        self.history: History[Entry] = History(Entry(), self)
        self._visited: set[str] = set()
        self._reading = label("", "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.form)
        column.addWidget(self._reading)
        self.form.changed.connect(self._put)
        self.form.completed.connect(self.completed)
        self.history.changed.connect(self._show)
        for key in KEYS:
            self.form.editor(key).left.connect(lambda key=key: self._leave(key))
        undo = {
            "Ctrl+Z": self.history.stack.undo,
            "Ctrl+Y": self.history.stack.redo,
            "Ctrl+Shift+Z": self.history.stack.redo,
        }
        Keys(self, undo).watch(*self.findChildren(QLineEdit))
        self._show()

    @property
    def entry(self) -> Entry:
        """What was typed so far."""
        return self.history.value

    @property
    def is_composing(self) -> bool:
        """An input method holds letters that are not yet text: nothing may be saved now."""
        return any(line.is_composing for line in self.findChildren(PinyinEdit))

    def start(self, entry: Entry) -> None:
        """The form shows `entry`, nothing can be undone, and no field is complained about."""
        self._visited.clear()
        self.history.start(entry)

    def restore(self, entry: Entry) -> None:
        """The form shows the entries of a draft."""
        self._visited.clear()
        self.history.restore(entry)

    def check(self) -> bool:
        """Whether `entry` can be saved; if not, problems are shown and the first has the cursor."""
        self._visited = set(KEYS)
        self._show_problems()
        return not self.form.focus_first_problem()

    def _put(self, key: str, value: object) -> None:
        after = self.entry.with_value(key, value)
        name = _("Change “{field}”").format(field=said(self.fields[key].label))
        self.history.put(after, name, key)

    def _leave(self, key: str) -> None:
        if self.entry.values[key]:
            self._visited.add(key)
        self._show_problems()

    def _show(self) -> None:
        if self.form.values() != {key: value or None for key, value in self.entry.values.items()}:
            self.form.show_values(dict(self.entry.values))
        place = self.entry.place
        self._reading.setText(_reading(*place) if place and self.entry.room else "")
        self._reading.setVisible(bool(self._reading.text()))
        self._show_problems()
        self.changed.emit(self.entry)

    def _show_problems(self) -> None:
        found = self.entry.problems(self.fields)
        self.form.show_problems(one for one in found if one.key in self._visited)


def _reading(building: str, entrance: str, room: str) -> str:
    if entrance:
        words = _("Read as: building {building}, entrance {entrance}, room {room}")
        return words.format(building=building, entrance=entrance, room=room)
    return _("Read as: building {building}, room {room}").format(building=building, room=room)


def _shown(field: Field) -> Field:
    """The field as it is typed: a unit of the register is typed as people write it."""
    if field.key != ROOM:
        return field
    hint = _("For example 3-1-502 or 3栋1单元502")
    return replace(field, kind=Kind.TEXT, hint=Words(hint, hint))
