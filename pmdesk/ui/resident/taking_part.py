"""The fairness check on a person's page: that the person takes part, and never with what answer."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.domain.fields import Field, FieldKey, Value
from pmdesk.i18n import _
from pmdesk.ui.forms.form import Form
from pmdesk.ui.resident.sealing import sealing_area
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.pill import Badge, Pill
from pmdesk.ui.widgets.visibility import set_shown


class TakingPart(QWidget):
    """The questions are asked and answered together; nothing here can be opened again."""

    answered = Signal(object)  # the answers by FieldKey

    def __init__(self, fields: "tuple[Field, ...]", since: date | None, *, may_write: bool) -> None:
        super().__init__()
        self._values: dict[FieldKey, Value] = {}
        self.pill = Pill(_badge(since))
        words = _("Answer again") if since else _("Fill in")
        self.write = button(words, self._start, look="link", picture="pencil")
        set_shown(self.write, may_write)
        self.form = Form([replace(field, required=False) for field in fields])
        self.form.changed.connect(self._take)
        self.seal = button(_("Seal and save"), self._seal, picture="lock")
        self.editing = sealing_area(self.form, self.seal, self._leave)
        self._arrange()

    def _arrange(self) -> None:
        line = QWidget()
        flow = FlowLayout(12)
        for widget in (label(_("Fairness check")), self.pill, self.write):
            flow.addWidget(widget)
        line.setLayout(flow)
        hint = _(
            "The answers are kept apart from the name. They are counted in groups of at least 10"
            " people; nobody can open the answers of one person, and no service depends on them."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(line)
        column.addWidget(label(hint, "muted", wrap=True))
        column.addWidget(self.editing)

    def _start(self) -> None:
        self._values.clear()
        self.form.show_values({})
        self.seal.setEnabled(False)
        self.editing.show()
        self.form.focus_first()

    def _leave(self) -> None:
        """What was chosen is not on the screen any more."""
        self._values.clear()
        self.form.show_values({})
        self.editing.hide()

    def _take(self, key: str, value: Value) -> None:
        self._values[FieldKey(key)] = value
        self.seal.setEnabled(any(told not in {None, ""} for told in self._values.values()))

    def _seal(self) -> None:
        told = {key: value for key, value in self._values.items() if value not in {None, ""}}
        self._leave()
        self.answered.emit(told)


def _badge(since: date | None) -> Badge:
    if since is None:
        return Badge(words=_("Not filled in"), tone=Tone.NEUTRAL, icon="circle")
    words = _("Takes part since {day}").format(day=since.isoformat())
    return Badge(words=words, tone=Tone.GOOD, icon="check")
