"""The test of a course: one question at a time, answered by mouse or by one key."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.domain.training import QuestionId
from pmdesk.i18n import _, said
from pmdesk.services.training import Exam
from pmdesk.ui.training.sheet import lay_out
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.keys import Keys
from pmdesk.ui.widgets.label import label

LETTERS = "ABCD"


class Quiz(QWidget):
    """A to D or 1 to 4 choose, Enter leads on; after the last question all is handed in."""

    handed_in = Signal(object, object)  # Exam, answers by question
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.exam: Exam | None = None
        self.at = 0
        self.answers: dict[QuestionId, int] = {}
        self.rows: tuple[AnswerRow, ...] = ()
        self._group = QButtonGroup(self)
        self.place = label("", "muted")
        self.text = label("", "heading", wrap=True)
        self.hint = label(_("Keys: A to D choose, Enter leads on."), "muted", wrap=True)
        self.leaver = button(_("All courses"), self.left.emit, look="quiet", tip="Esc")
        self.back = button(_("Previous question"), self.turn_back, picture="chevron-left", tip="←")
        self.on = button(_("Next question"), self.turn_on, look="primary", tip="Enter")
        self._arrange()
        keys = {letter: partial(self.choose, n) for n, letter in enumerate(LETTERS)}
        keys |= {str(n + 1): partial(self.choose, n) for n in range(len(LETTERS))}
        Keys(
            self,
            {
                **keys,
                "Return": self.turn_on,
                "Right": self.turn_on,
                "Left": self.turn_back,
                "Esc": self.left.emit,
            },
        )

    def start(self, exam: Exam) -> None:
        """The first question is shown; nothing is answered yet."""
        self.exam, self.at, self.answers = exam, 0, {}
        self.setEnabled(True)
        self._show()

    def choose(self, number: int) -> None:
        """This is the answer to the question that is shown."""
        if self.exam is None or number >= len(self.rows):
            return
        self.answers[self.exam.questions[self.at].id] = number
        self.rows[number].radio.setChecked(True)
        self.on.setEnabled(True)

    def turn_on(self) -> None:
        """The next question, once this one is answered; after the last all is handed in."""
        if self.exam is None or not self.on.isEnabled() or not self.isEnabled():
            return
        if self.at + 1 < len(self.exam.questions):
            self.at += 1
            self._show()
            return
        self.setEnabled(False)  # handed in once
        self.handed_in.emit(self.exam, dict(self.answers))

    def turn_back(self) -> None:
        """The question before, with its answer."""
        if self.at:
            self.at -= 1
            self._show()

    def _arrange(self) -> None:
        card = Card()
        for widget in (self.place, self.text):
            card.add(widget)
        self._answers = QVBoxLayout()
        self._answers.setSpacing(4)
        card.body.addLayout(self._answers)
        card.add(self.hint)
        lay_out(self, card, self.leaver, self.back, self.on)

    def _show(self) -> None:
        if self.exam is None:
            return
        question, count = self.exam.questions[self.at], len(self.exam.questions)
        self.place.setText(
            _("{course} · question {number} of {count}").format(
                course=said(self.exam.course.title), number=self.at + 1, count=count
            )
        )
        self.text.setText(said(question.text))
        self._show_answers(tuple(said(one) for one in question.answers))
        chosen = self.answers.get(question.id)
        if chosen is not None:
            self.rows[chosen].radio.setChecked(True)
        self.on.setEnabled(chosen is not None)
        self.on.setText(_("Hand in") if self.at + 1 == count else _("Next question"))
        self.back.setEnabled(self.at > 0)
        self.setAccessibleName(f"{self.place.text()} {self.text.text()}")
        self.setFocus()

    def _show_answers(self, words: tuple[str, ...]) -> None:
        for row in self.rows:
            self._group.removeButton(row.radio)
            self._answers.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = tuple(AnswerRow(LETTERS[n], text) for n, text in enumerate(words))
        for number, row in enumerate(self.rows):
            self._group.addButton(row.radio)
            self._answers.addWidget(row)
            row.chosen.connect(partial(self.choose, number))


class AnswerRow(QFrame):
    """A letter to tick and the answer beside it, which may be long."""

    chosen = Signal()

    def __init__(self, letter: str, words: str) -> None:
        super().__init__()
        self.words = words
        self.radio = QRadioButton(letter)
        self.radio.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.radio.setAccessibleName(f"{letter}. {words}")
        self.radio.clicked.connect(lambda _on: self.chosen.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 6, 4, 6)
        row.setSpacing(10)
        row.addWidget(self.radio, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(words, wrap=True), 1)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The whole line answers, not only its circle."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit()
