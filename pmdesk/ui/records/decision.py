"""The line in which a second person decides on a record, with the words it needs."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.i18n import _
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label


class DecisionLine(QWidget):
    """Words, and two buttons; where this user may not decide it says why."""

    decided = Signal(bool, str)  # approve, words

    def __init__(self) -> None:
        super().__init__()
        self.words = PinyinEdit(_("One sentence: why do you approve it or send it back?"))
        self.words.setAccessibleName(_("Reason of the decision"))
        self.words.setObjectName("record.words")
        self.reject = button(_("Send back"), lambda: self._tell(approve=False))
        self.reject.setObjectName("record.reject")
        self.approve = button(_("Approve"), lambda: self._tell(approve=True), look="primary")
        self.approve.setObjectName("record.approve")
        self._why = label("", "muted", wrap=True)
        buttons = QWidget()
        flow = FlowLayout(8)
        for part in (self.reject, self.approve):
            flow.addWidget(part)
        buttons.setLayout(flow)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(_("Your decision"), "label"))
        column.addLayout(row)
        column.addWidget(self._why)

    def show_reason(self, why: str) -> None:
        """Why this user may not decide; with an empty reason the line is open."""
        for part in (self.words, self.reject, self.approve):
            part.setEnabled(not why)
            part.setToolTip(why)
            part.setAccessibleDescription(why)
        self._why.setText(why)
        self._why.setVisible(bool(why))

    def _tell(self, *, approve: bool) -> None:
        self.decided.emit(approve, self.words.text().strip())
