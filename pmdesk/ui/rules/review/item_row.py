"""One item of the legality review: how it stands, what it asks, and where a reviewer answers."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pmdesk.domain.reviews import Answer, Detail, Line, Spot, Verdict
from pmdesk.i18n import _, said
from pmdesk.ui import theme
from pmdesk.ui.icons import Ink, icon
from pmdesk.ui.rules.review.answer_box import AnswerBox
from pmdesk.ui.rules.review.looks import badge
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.pill import Badge, Pill
from pmdesk.ui.widgets.visibility import set_shown

_INDENT = 26  # what stands below a title begins where its words begin


class ItemRow(QWidget):
    """The title opens the question, the law and the remedy; `place_chosen` leads to the cell."""

    place_chosen = Signal(object)  # Spot
    answered = Signal(str, object, str, object)  # item, Verdict, reason, Detail

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.line = line
        self.box: AnswerBox | None = None
        self.pill = Pill(Badge(words=""))
        self.title = button(
            f"{line.item.code} {said(line.item.title)}", self._turn, look="link", picture=""
        )
        self.title.setObjectName(line.item.code)
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.found = label("", "muted", wrap=True)
        self.where = button(_("Show the place"), self._go, look="link", picture="arrow-right")
        self.more = self._more()
        self.answers = label("", "muted", wrap=True, select=True)
        self._lay_out()
        self.open(shown=False)

    def show_line(self, line: Line, names: Mapping[str, str], *, editable: bool) -> None:
        """The item stands like this; what is being typed stays."""
        self.line = line
        state = badge(line)
        self.pill.show_badge(state)
        self.found.setText(line.result.words() if line.result else "")
        set_shown(self.found, bool(self.found.text()))
        set_shown(self.where, bool(line.result and line.result.places))
        self.answers.setText("\n".join(_words(one, line, names) for one in line.answers[:3]))
        set_shown(self.answers, bool(line.answers))
        self.title.setAccessibleName(
            f"{line.item.code} {said(line.item.title)}: {state.words}. {self.found.text()}"
        )
        self._offer(line, editable=editable)

    def open(self, *, shown: bool) -> None:
        """The question, the law, the remedy and the answer are to be seen, or folded away."""
        self._is_open = shown
        set_shown(self.more, shown)
        if self.box is not None:
            set_shown(self.box, shown)
        self.title.setIcon(icon("chevron-down" if shown else "chevron-right", Ink.ACCENT))

    @property
    def is_open(self) -> bool:
        """Whether it is unfolded."""
        return self._is_open

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.where)
        head.addWidget(self.pill)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 2, 0, 6)
        self._column.setSpacing(4)
        self._column.addLayout(head)
        below = self._below = QVBoxLayout()
        below.setContentsMargins(theme.length(_INDENT), 0, 0, 0)
        below.setSpacing(4)
        for part in (self.found, self.answers, self.more):
            below.addWidget(part)
        self._column.addLayout(below)

    def _more(self) -> QWidget:
        item = self.line.item
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(label(said(item.question), wrap=True))
        remedy = _("If not: {remedy}").format(remedy=said(item.remedy))
        source = _("Source: {law}").format(law=item.law)
        for text in (remedy, source):
            column.addWidget(label(text, "muted", wrap=True))
        return made

    def _offer(self, line: Line, *, editable: bool) -> None:
        if self.box is None and editable:
            self.box = AnswerBox(line)
            self.box.given.connect(self._tell)
            self._below.addWidget(self.box)
            set_shown(self.box, self._is_open)
        if self.box is not None:
            self.box.show_rows(line.rows)
            self.box.setEnabled(editable)
            set_shown(self.box, editable and self._is_open)

    def _tell(self, verdict: Verdict, reason: str, detail: Detail) -> None:
        self.answered.emit(self.line.item.code, verdict, reason, detail)

    def _turn(self) -> None:
        self.open(shown=not self._is_open)

    def _go(self) -> None:
        if self.line.result and self.line.result.places:
            spot: Spot = self.line.result.places[0]
            self.place_chosen.emit(spot)


def _words(answer: Answer, line: Line, names: Mapping[str, str]) -> str:
    """One answer in a line: who, when, which rows, why, on which condition."""
    day = answer.at.astimezone().date().isoformat()
    name = names.get(answer.by, _("a former colleague"))
    verdict = badge(Line(item=line.item, answers=(answer,))).words
    rows = ", ".join(str(line.rows.index(r) + 1) for r in answer.detail.rules if r in line.rows)
    parts = [f"{day} {name}", verdict]
    parts += [_("rows {rows}").format(rows=rows)] if rows else []
    parts.append(answer.reason)
    if answer.detail.condition:
        parts.append(_("Condition: {condition}").format(condition=answer.detail.condition))
    return " · ".join(parts)
