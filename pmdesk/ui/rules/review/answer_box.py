"""Where a reviewer answers an item: three choices, a reason with its counter, a condition."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain.reviews import (
    EXPLAINED_BY_RULE,
    GROUPS,
    SHORTEST_NOTE,
    SHORTEST_REASON,
    Detail,
    Line,
    Verdict,
    length,
)
from pmdesk.i18n import _, said
from pmdesk.services.review.declared import groups
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.forms.prose import ProseEdit
from pmdesk.ui.rules.review.looks import VERDICT_WORDS
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown


class AnswerBox(QWidget):
    """`given` tells verdict, reason and detail once they say enough; what is typed stays."""

    given = Signal(object, str, object)  # Verdict, reason, Detail

    def __init__(self, line: Line) -> None:
        super().__init__()
        self._item = line.item
        choices = [(verdict, _(words)) for verdict, words in VERDICT_WORDS.items()]
        self.verdict = Segmented(choices)
        self.reason = ProseEdit()
        self.reason.setAccessibleName(_("Reason of the answer"))
        self.reason.setPlaceholderText(
            _("What you looked at and why you decide so (at least {count} characters)").format(
                count=SHORTEST_REASON
            )
        )
        self.counter = label("", "muted")
        self.condition = PinyinEdit(_("The condition: what has to be done, by whom, until when"))
        self.condition.setAccessibleName(_("Condition"))
        self.about = QComboBox()
        self.about.setAccessibleName(_("Which rows the answer is about"))
        self.notes: Mapping[str, PinyinEdit] = self._note_lines()
        self.save = button(_("Save the answer"), self._save, picture="check")
        self._name_parts()
        self._lay_out()
        self.verdict.chosen.connect(lambda _value: self._refresh())
        for line_edit in (self.condition, *self.notes.values()):
            line_edit.textChanged.connect(lambda _text: self._refresh())
        self.reason.textChanged.connect(self._refresh)
        self.show_rows(line.rows)
        self._refresh()

    def show_rows(self, rows: Sequence[str]) -> None:
        """The answer may be about all rows, or about one of these."""
        if self.about.count() == len(rows) + 1:
            return
        self.about.clear()
        self.about.addItem(_("About all rows"), ())
        for number, rule in enumerate(rows, 1):
            self.about.addItem(_("Only about row {row}").format(row=number), (rule,))

    def clear(self) -> None:
        """The answer was saved: the box waits for another one."""
        self.reason.clear()
        self.condition.clear()
        self.verdict.show_value(None)
        self._refresh()

    @property
    def detail(self) -> Detail:
        """What belongs to the answer beside its reason."""
        return Detail(
            condition=self.condition.text().strip() if self._is_conditional else "",
            rules=tuple(self.about.currentData() or ()),
            notes={code: line.text().strip() for code, line in self.notes.items()},
        )

    @property
    def missing(self) -> str:
        """What still has to be entered, in words; empty when the answer can be saved."""
        if self.verdict.value is None:
            return _("Choose one of the three.")
        short = SHORTEST_REASON - length(self.reason.toPlainText())
        if short > 0:
            return _("{count} more characters").format(count=short)
        if self._is_conditional and not self.detail.condition:
            return _("Write the condition.")
        thin = [line for line in self.notes.values() if length(line.text()) < SHORTEST_NOTE]
        if thin and self.verdict.value is not Verdict.FAIL:
            return _("Write a few words for each group; {count} are missing.").format(
                count=len(thin)
            )
        return ""

    @property
    def _is_conditional(self) -> bool:
        return self.verdict.value is Verdict.CONDITION

    def _note_lines(self) -> Mapping[str, PinyinEdit]:
        if self._item.code != GROUPS:
            return {}
        made = {}
        for group in groups():
            made[group.code] = PinyinEdit(_("What the rules mean for them"))
            made[group.code].setAccessibleName(said(group.name))
        return made

    def _name_parts(self) -> None:
        """Every part can be found by the code of the item."""
        code = self._item.code
        for verdict, made in zip(VERDICT_WORDS, self.verdict.buttons(), strict=True):
            made.setObjectName(f"{code}.{verdict.value}")
        for group, line in self.notes.items():
            line.setObjectName(f"{code}.{group}")
        self.reason.setObjectName(f"{code}.reason")
        self.save.setObjectName(f"{code}.save")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(8)
        column.addWidget(self.verdict)
        if self.notes:
            column.addLayout(self._note_grid())
        column.addWidget(self.reason)
        column.addWidget(self.condition)
        last = QHBoxLayout()
        last.addWidget(self.about)
        last.addWidget(self.counter, 1)
        last.addWidget(self.save)
        column.addLayout(last)
        set_shown(self.about, self._item.code == EXPLAINED_BY_RULE)

    def _note_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        for row, group in enumerate(groups()):
            grid.addWidget(label(said(group.name), "label"), row, 0)
            grid.addWidget(self.notes[group.code], row, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _refresh(self) -> None:
        missing = self.missing
        self.counter.setText(missing)
        self.save.setEnabled(not missing)
        set_shown(self.condition, self._is_conditional)

    def _save(self) -> None:
        self.given.emit(self.verdict.value, self.reason.toPlainText().strip(), self.detail)
