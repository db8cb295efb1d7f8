"""The particulars of the office, as every notice has to say them."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pmdesk.domain.office import CITIZEN_LINE, REPORT_LINE, OfficeProfile
from pmdesk.i18n import N_, _
from pmdesk.ui import theme
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.widgets.label import label

_LABELS: Mapping[str, str] = {
    "name": N_("Name of the office *"),
    "address": N_("Address *"),
    "responsible": N_("Person responsible for personal information *"),
    "contact_phone": N_("Phone *"),
    "contact_email": N_("E-mail"),
    "place": N_("Where this computer stands"),
    "regulator_phone": N_("Phone of the data protection authority *"),
    "housing_phone": N_("Phone of the housing authority *"),
}
_BLANK = OfficeProfile(name="", address="", responsible="", contact_phone="")


class ParticularsForm(QWidget):
    """Two columns of lines; `check` shows below each what is to be mended."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, PinyinEdit] = {}
        self.problems = {key: label("", "problem", wrap=True) for key in _LABELS}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(12)
        for index, (key, name) in enumerate(_LABELS.items()):
            grid.addWidget(self._cell(key, _(name)), index // 2, index % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.lines["regulator_phone"].setText(REPORT_LINE)
        self.lines["housing_phone"].setText(CITIZEN_LINE)
        self.setFocusProxy(self.lines["name"])

    def show_profile(self, profile: OfficeProfile) -> None:
        """The lines hold these particulars."""
        for key, line in self.lines.items():
            line.setText(str(getattr(profile, key)))
            self.problems[key].hide()

    def profile(self, before: OfficeProfile = _BLANK) -> OfficeProfile:
        """What the lines hold; anything else stays as it was `before`."""
        typed = {key: line.text().strip() for key, line in self.lines.items()}
        return replace(
            before,
            name=typed["name"],
            address=typed["address"],
            responsible=typed["responsible"],
            contact_phone=typed["contact_phone"],
            contact_email=typed["contact_email"],
            place=typed["place"],
            regulator_phone=typed["regulator_phone"],
            housing_phone=typed["housing_phone"],
        )

    def check(self) -> bool:
        """Whether all is well; if not, each problem stands below its line, the first has focus."""
        found = {problem.key: problem for problem in self.profile().problems()}
        for key, words in self.problems.items():
            words.setText(_(found[key].sentence) if key in found else "")
            words.setVisible(key in found)
            theme.look(self.lines[key], state="problem" if key in found else "")
        first = next((key for key in self.lines if key in found), None)
        if first is not None:
            self.lines[first].setFocus()
        return first is None

    def _cell(self, key: str, name: str) -> QWidget:
        line = PinyinEdit()
        line.setAccessibleName(name)
        line.setObjectName(key)
        line.query.connect(lambda _text: self.changed.emit())
        self.lines[key] = line
        title = label(name, "label", wrap=True)
        title.setBuddy(line)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (title, line, self.problems[key]):
            column.addWidget(part)
        column.addStretch(1)
        self.problems[key].hide()
        return holder
