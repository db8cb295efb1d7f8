"""What a list is for and who gets it: two choices and, outside the office, a name."""

from collections.abc import Mapping
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from pmdesk.domain.export_guard import Errand, ExportPurpose, Recipient
from pmdesk.i18n import _
from pmdesk.services.wording import EXPORT_PURPOSES, RECIPIENTS
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown

_Code = TypeVar("_Code", ExportPurpose, Recipient)


class ErrandForm(QWidget):
    """Nothing is chosen at first; afterwards what was chosen last."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.purpose = _box(_("What for"), EXPORT_PURPOSES)
        self.recipient = _box(_("Who gets it"), RECIPIENTS)
        self.to = PinyinEdit()
        self.to.setAccessibleName(_("Name of who gets it"))
        row, boxes = QWidget(), FlowLayout(16)
        row.setLayout(boxes)
        for name, box in ((_("What for"), self.purpose), (_("Who gets it"), self.recipient)):
            boxes.addWidget(named(name, box))
        self._outside = named(_("Name of who gets it"), self.to)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(row)
        column.addWidget(self._outside)
        self.purpose.activated.connect(lambda _at: self.changed.emit())
        self.recipient.activated.connect(lambda _at: self._choose())
        self.to.textChanged.connect(lambda _text: self.changed.emit())
        self._choose()

    @property
    def errand(self) -> Errand | None:
        """What was chosen; None while something is missing."""
        purpose, recipient = self.purpose.currentData(), self.recipient.currentData()
        if purpose is None or recipient is None:
            return None
        to = "" if recipient == Recipient.OFFICE else self.to.text().strip()
        made = Errand(purpose=ExportPurpose(purpose), recipient=Recipient(recipient), to=to)
        return made if made.is_complete else None

    def show_errand(self, errand: Errand | None) -> None:
        """This is chosen; the name too, for lists often go to the same place again."""
        if errand is not None:
            self.purpose.setCurrentIndex(self.purpose.findData(errand.purpose.value))
            self.recipient.setCurrentIndex(self.recipient.findData(errand.recipient.value))
            self.to.setText("" if errand.recipient is Recipient.OFFICE else errand.to)
        self._choose()

    def _choose(self) -> None:
        outside = self.recipient.currentData() not in {None, Recipient.OFFICE.value}
        set_shown(self._outside, outside)
        self.changed.emit()


def _box(name: str, words: Mapping[_Code, str]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setPlaceholderText(_("Please choose"))
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    for code, text in words.items():
        if code is not ExportPurpose.PERSON:  # what one person asks for is no list
            made.addItem(_(text), code.value)
    made.setCurrentIndex(-1)
    return made


def named(name: str, part: QWidget) -> QWidget:
    """The part below its name."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    title = label(name, "label")
    title.setBuddy(part)
    column.addWidget(title)
    column.addWidget(part)
    return made
