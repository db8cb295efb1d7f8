"""From which day on an approved version holds."""

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.ui import theme
from pmdesk.ui.forms.dates import DateLine
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label

_WIDTH = 480


class ScheduleDialog(QDialog):
    """Asks for the day; what speaks against it is said here, and the day can be changed."""

    wanted = Signal(object)  # date

    def __init__(self, version: int, today: date, day: date | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._today = today
        self.setModal(True)
        title = _("From when on shall version {version} hold?").format(version=version)
        self.setWindowTitle(title)
        self.day = DateLine(_("Day on which the version comes into force"))
        self.day.show_value(day or _first_of_next_month(today))
        self.banner = Banner()
        self.done_button = button(_("Set this day"), self._choose, look="primary")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("Cancel"), self.reject))
        row.addWidget(self.done_button)
        explained = _(
            "It comes into force when the office is first opened on that day or later. The"
            " impact assessment and the legality review are checked again then; if one of them has"
            " lapsed, nothing happens and the start page says so."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        for part in (
            label(title, "title", wrap=True),
            self.day,
            label(explained, "muted", wrap=True),
        ):
            column.addWidget(part)
        column.addWidget(self.banner)
        column.addLayout(row)
        self.setMinimumWidth(theme.length(_WIDTH))

    def show_refusal(self, error: PmdeskError) -> None:
        """The dialog says why the day was not taken."""
        self.banner.show_sentence(told(error), Tone.PROBLEM)
        self.done_button.setEnabled(True)

    def _choose(self) -> None:
        day = self.day.value
        if not isinstance(day, date) or day <= self._today:
            self.banner.show_sentence(_("Please type a day after today."), Tone.PROBLEM)
            self.day.setFocus()
            return
        self.done_button.setEnabled(False)
        self.wanted.emit(day)


def _first_of_next_month(today: date) -> date:
    return (today.replace(day=28) + timedelta(days=4)).replace(day=1)
