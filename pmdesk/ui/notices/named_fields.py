"""Which shipped fields the notice names; what it does not name is not collected."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from pmdesk.domain.fields import Field
from pmdesk.i18n import _, said
from pmdesk.ui.widgets.label import label


class NamedFields(QWidget):
    """A box for each field, with why it is needed."""

    edited = Signal(object)  # tuple of the keys that are named

    def __init__(self, fields: Sequence[Field], named: Sequence[str]) -> None:
        super().__init__()
        self._order = [key for key in named if key in {field.key for field in fields}]
        self.boxes: dict[str, QCheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        if fields:
            column.addWidget(label(_says(), "muted", wrap=True))
        for field in fields:
            box = QCheckBox(said(field.label))
            box.setObjectName(f"named.{field.key}")
            box.setChecked(field.key in named)
            box.setEnabled(not field.required)
            box.clicked.connect(lambda _on: self._tell())
            self.boxes[field.key] = box
            why = label(said(field.necessity), "muted", wrap=True)
            why.setIndent(28)
            column.addWidget(box)
            column.addWidget(why)

    def lock(self, reason: str) -> None:
        """Nothing can be edited."""
        for box in self.boxes.values():
            box.setEnabled(False)
            box.setToolTip(reason)

    def _tell(self) -> None:
        named = {key for key, box in self.boxes.items() if box.isChecked()}
        kept = [key for key in self._order if key in named]
        self._order = [*kept, *(key for key in self.boxes if key in named and key not in kept)]
        self.edited.emit(tuple(self._order))


def _says() -> str:
    return _(
        "The notice names what is ticked. More fields make a major version: people are asked"
        " again. A field that is not ticked is not collected, and its values are erased when the"
        " new version comes into force."
    )
