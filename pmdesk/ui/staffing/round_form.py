"""One round to be entered or changed: when, where, and why."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget

from pmdesk.domain.staffing import HOURS, Round, why_problem
from pmdesk.i18n import _, capitalised
from pmdesk.ui import theme
from pmdesk.ui.forms.cell import Entry, cell, choice_box, fill
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.staffing.words import day_words
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.spin import indented
from pmdesk.ui.widgets.visibility import set_shown

_WHY = 220  # pixels


class RoundForm(Card):
    """Below the table: one more round, or the one that was opened there."""

    sent = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.edited: Round | None = None  # none: one more is entered
        self._kept = ""  # why it is walked, as the program says it in every language
        self.title = label("", "heading")
        self.day, self.place, self.why = choice_box(), choice_box(), PinyinEdit()
        self.start, self.until = _hour(0, HOURS - 1, 20), _hour(1, HOURS, 22)
        self.problem = label("", "problem", wrap=True)
        self.go = button("", self.sent.emit)
        self.cancel = button(_("Cancel"), lambda: self.show_round(None), look="quiet")
        self.why.setMinimumWidth(theme.length(_WHY))
        self.why.left.connect(self._check)
        self._arrange()
        self.show_round(None)

    @property
    def value(self) -> Round | None:
        """As it is entered; none while there is no day or no place."""
        day, place, why = self.day.currentData(), self.place.currentData(), self.why.text().strip()
        if not isinstance(day, date) or not isinstance(place, str):
            return None
        return Round(
            day=day,
            start=self.start.value(),
            end=self.until.value(),
            place=place,
            why=self._kept if self._kept and why == _(self._kept) else why,
        )

    def show_week(self, days: Sequence[date], places: Sequence[Entry]) -> None:
        """These can be chosen; what was chosen before stays where it is one of them."""
        for box, entries in (
            (self.day, [(day_words(day), day) for day in days]),
            (self.place, list(places)),
        ):
            before = box.currentData()
            fill(box, entries)
            _choose(box, before)
        self.setEnabled(bool(places))

    def show_round(self, one: Round | None) -> None:
        """That round can be changed; none: one more can be entered, the next like the last."""
        self.edited, self._kept = one, one.why if one else ""
        self.title.setText(_("Change the round") if one else _("One more round"))
        self.go.setText(_("Save the round") if one else _("Add the round"))
        set_shown(self.cancel, one is not None)
        self.show_problem("")
        self.why.setText(_(one.why) if one and one.why else "")
        self.why.setCursorPosition(0)
        if one is not None:
            _choose(self.day, one.day)
            _choose(self.place, one.place)
            self.start.setValue(one.start)
            self.until.setValue(one.end)
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, sentence: str) -> None:
        """The form says what must be mended; nothing when all is well."""
        self.problem.setText(sentence)
        set_shown(self.problem, bool(sentence))

    def _check(self) -> None:
        problem = why_problem(self.why.text().strip())
        self.show_problem(_(problem) if problem else "")

    def _arrange(self) -> None:
        row = QWidget()
        flow = FlowLayout(14, Qt.AlignmentFlag.AlignBottom)
        for part in (
            cell(_("Day"), self.day),
            cell(capitalised(_("from")), self.start),
            cell(capitalised(_("to")), self.until),
            cell(_("Place"), self.place),
            cell(_("Why (if you like)"), self.why),
            self.go,
            self.cancel,
        ):
            flow.addWidget(part)
        row.setLayout(flow)
        for line in (self.title, row, self.problem):
            self.add(line)


def _choose(box: QComboBox, wanted: object) -> None:
    """Qt's own search compares what Python made, not what it means."""
    places = [place for place in range(box.count()) if box.itemData(place) == wanted]
    box.setCurrentIndex(places[0] if places else 0)


def _hour(low: int, high: int, value: int) -> QSpinBox:
    box = indented(QSpinBox())
    box.setRange(low, high)
    box.setSuffix(":00")
    box.setValue(value)
    return box
