"""Sealed values: written and replaced by those who may edit, opened by few and for a reason."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain.fields import Field, Kind, Value
from pmdesk.i18n import _, said
from pmdesk.ui.forms.form import Form
from pmdesk.ui.resident.sealing import sealing_area
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.pill import Badge, Pill
from pmdesk.ui.widgets.visibility import set_shown

SECONDS = 60  # an opened value is on the screen


class SealedField(QWidget):
    """Whether a value is there; typing a new one; and the value itself once it was opened."""

    written = Signal(object, str)  # FieldKey, text; an empty text removes the value
    open_requested = Signal(object)  # FieldKey

    def __init__(self, field: Field, *, present: bool, may_write: bool, may_open: bool) -> None:
        super().__init__()
        self.field = field
        self._value: Value = None
        self.pill = Pill(_badge(present))
        self.open = button(
            _("Open…"), lambda: self.open_requested.emit(field.key), look="link", picture="eye"
        )
        set_shown(self.open, present and may_open)
        words = _("Write again") if present else _("Fill in")
        self.write = button(words, self._start, look="link", picture="pencil")
        set_shown(self.write, may_write)
        self.clear_text = label("", wrap=True, select=True)
        self.clear_text.hide()
        self.form = Form([replace(field, required=False)])
        self.form.changed.connect(self._take)
        self.seal = button(_("Seal and save"), self._seal, picture="lock")
        self.editing = sealing_area(self.form, self.seal, self._leave)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide_clear)
        self._arrange()

    def show_clear(self, text: str) -> None:
        """The opened value is on the screen for a minute, until `hide_clear` at the latest."""
        self.clear_text.setText(clear_words(self.field, text))
        self.clear_text.show()
        self._timer.start(SECONDS * 1000)

    def hide_clear(self) -> None:
        """The opened value is not on the screen any more."""
        self.clear_text.setText("")
        self.clear_text.hide()

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(label(said(self.field.label)))
        line.addWidget(self.pill)
        line.addStretch(1)
        line.addWidget(self.open)
        line.addWidget(self.write)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self.clear_text)
        column.addWidget(self.editing)

    def _leave(self) -> None:
        self.editing.hide()

    def _start(self) -> None:
        self.hide_clear()
        self._value = None
        self.form.show_values({})
        self.editing.show()
        self.form.focus_first()

    def _take(self, _key: str, value: Value) -> None:
        self._value = value

    def _seal(self) -> None:
        found = self.field.problems(self._value)
        self.form.show_problems(found)
        if not found:
            self.editing.hide()
            self.written.emit(self.field.key, sealed_text(self._value))


def sealed_text(value: Value) -> str:
    """The text that is sealed: codes of several options are joined by commas."""
    if isinstance(value, tuple):
        return ",".join(str(part) for part in value)
    return "" if value is None else str(value)


def clear_words(field: Field, text: str) -> str:
    """An opened value in words."""
    if field.kind is Kind.CHOICES:
        return _(", ").join(said(field.option(code)) for code in text.split(","))
    return said(field.option(text)) if field.kind is Kind.CHOICE else text


_STATES: Mapping[bool, tuple[Tone, str]] = {
    True: (Tone.PLUM, "lock"),
    False: (Tone.NEUTRAL, "circle"),
}


def _badge(present: bool) -> Badge:
    tone, icon = _STATES[present]
    return Badge(words=_("Sealed") if present else _("Not filled in"), tone=tone, icon=icon)
