"""What came of a test: passed or not, and for each question what is right and why."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain.training import PASS_PERCENT
from pmdesk.i18n import _, said
from pmdesk.services.training import Graded, Result
from pmdesk.ui.theme import Tone
from pmdesk.ui.training.quiz import LETTERS
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.keys import Keys
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.pill import Badge, Pill
from pmdesk.ui.widgets.visibility import set_shown


class ResultView(QWidget):
    """Reasons stand with every question, also with those that were right."""

    again_requested = Signal(str)
    paper_requested = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.result: Result | None = None
        self.verdict = Banner()
        self.leaver = button(_("All courses"), self.left.emit, look="quiet", tip="Esc")
        self.again = button(_("Try again"), self._again, picture="rotate-ccw")
        self.paper = button(_("Save the certificate…"), self._paper, picture="download")
        self._cards = QVBoxLayout()
        self._cards.setSpacing(12)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.leaver)
        buttons.addStretch(1)
        buttons.addWidget(self.again)
        buttons.addWidget(self.paper)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.verdict)
        column.addLayout(buttons)
        column.addLayout(self._cards)
        column.addStretch(1)
        Keys(self, {"Esc": self.left.emit})

    def show_result(self, result: Result) -> None:
        """This test's outcome is shown."""
        self.result = result
        passed = result.certificate is not None
        self.verdict.show_sentence(_verdict(result), Tone.GOOD if passed else Tone.WARN)
        set_shown(self.paper, passed)
        set_shown(self.again, not passed)
        while (item := self._cards.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, one in enumerate(result.graded, start=1):
            self._cards.addWidget(_card(number, one))
        self.setFocusProxy(self.paper if passed else self.again)

    def _again(self) -> None:
        if self.result is not None:
            self.again_requested.emit(self.result.course.code)

    def _paper(self) -> None:
        if self.result is not None:
            self.paper_requested.emit(self.result.course.code)


def _verdict(result: Result) -> str:
    places = {"right": result.right, "count": len(result.graded)}
    if result.certificate is not None:
        return _("Passed: {right} of {count} right. The certificate counts until {date}.").format(
            **places, date=result.certificate.until.isoformat()
        )
    return _(
        "Not passed yet: {right} of {count} right. It takes {percent} %, and every question on"
        " withdrawal, sensitive data and export. Read the reasons, then try again."
    ).format(**places, percent=PASS_PERCENT)


def _card(number: int, one: Graded) -> Card:
    question = one.question
    badge = (
        Badge(words=_("Right"), tone=Tone.GOOD, icon="check")
        if one.is_right
        else Badge(words=_("Wrong"), tone=Tone.PROBLEM, icon="x")
    )
    card = Card(margin=16)
    head = QHBoxLayout()
    head.setSpacing(10)
    head.addWidget(label(f"{number}. {said(question.text)}", wrap=True), 1)
    head.addWidget(Pill(badge), 0, Qt.AlignmentFlag.AlignTop)
    card.body.addLayout(head)
    if not one.is_right:
        chosen = _("Your answer: {answer}").format(answer=_answer(one, one.chosen))
        card.add(label(chosen, "muted", wrap=True))
    right = _("Right is: {answer}").format(answer=_answer(one, question.right))
    card.add(label(right, wrap=True))
    card.add(label(said(question.reason), wrap=True))
    if said(question.article):
        card.add(label(said(question.article), "muted", wrap=True))
    return card


def _answer(one: Graded, number: int) -> str:
    if not 0 <= number < len(one.question.answers):
        return _("none")
    return f"{LETTERS[number]}. {said(one.question.answers[number])}"
