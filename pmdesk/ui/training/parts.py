"""What an own course is made of: sections and questions, each edited in a card of its own."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QWidget

from pmdesk.domain.training import Question, QuestionId, Section
from pmdesk.i18n import Words, _, said
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.forms.prose import ProseEdit
from pmdesk.ui.training.quiz import LETTERS
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label

_LEAST = 2  # answers of a question


class Part(Card):
    """A card that can be taken away again."""

    removed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__(title, margin=16)
        self.remove = button(_("Remove"), self.removed.emit, look="quiet", picture="trash-2")
        self.remove.setAccessibleName(f"{title}: {self.remove.text()}")
        self.aside.addWidget(self.remove)


class SectionPart(Part):
    """A title and a few sentences."""

    def __init__(self, section: Section | None = None) -> None:
        super().__init__(_("Section to read"))
        self.title = PinyinEdit(_("Title of the section"))
        self.title.setAccessibleName(_("Title of the section"))
        self.text = ProseEdit()
        self.text.setAccessibleName(_("Text of the section"))
        self.text.setPlaceholderText(_("A few plain sentences"))
        self.add(self.title)
        self.add(self.text)
        if section is not None:
            self.title.setText(said(section.title))
            self.text.setPlainText(said(section.text))

    @property
    def section(self) -> Section | None:
        """What was written; None while it is empty."""
        title, text = self.title.text().strip(), self.text.toPlainText().strip()
        if not text:
            return None
        return Section(title=_both(title or text.splitlines()[0][:20]), text=_both(text))


class QuestionPart(Part):
    """A question, up to four answers with the right one ticked, and the reason."""

    def __init__(self, question: Question | None = None) -> None:
        super().__init__(_("Question"))
        self.text = _line(_("The question"))
        self.answers = tuple(_line(_("Answer {letter}").format(letter=one)) for one in LETTERS)
        self.right = tuple(QRadioButton(one) for one in LETTERS)
        self.reason = _line(_("Why this is right"))
        self.article = _line(_("Article or house rule (may stay empty)"))
        self._group = QButtonGroup(self)
        self.add(self.text)
        self.body.addLayout(self._grid())
        self.add(self.reason)
        self.add(self.article)
        self.right[0].setChecked(True)
        if question is not None:
            self._fill(question)

    def question(self, number: int) -> Question | None:
        """What was written, as question number `number`; None while something is missing."""
        texts = [line.text().strip() for line in self.answers]
        given = [text for text in texts if text]
        right = next(n for n, made in enumerate(self.right) if made.isChecked())
        text, reason = self.text.text().strip(), self.reason.text().strip()
        if not text or not reason or not texts[right] or len(set(given)) < max(_LEAST, len(given)):
            return None
        return Question(
            id=QuestionId(f"q{number}"),
            text=_both(text),
            answers=tuple(_both(one) for one in given),
            right=given.index(texts[right]),
            reason=_both(reason),
            article=_both(self.article.text().strip()),
        )

    def _fill(self, question: Question) -> None:
        self.text.setText(said(question.text))
        for line, words in zip(self.answers, question.answers, strict=False):
            line.setText(said(words))
        self.right[question.right].setChecked(True)
        self.reason.setText(said(question.reason))
        self.article.setText(said(question.article))

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.addWidget(label(_("Tick the right answer"), "muted"), 0, 0, 1, 2)
        for row, (tick, line) in enumerate(zip(self.right, self.answers, strict=True), start=1):
            tick.setAccessibleName(_("{letter} is right").format(letter=tick.text()))
            self._group.addButton(tick)
            grid.addWidget(tick, row, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(line, row, 1)
        grid.setColumnStretch(1, 1)
        return grid


def row(*widgets: QWidget) -> QHBoxLayout:
    """The widgets side by side, from the left."""
    made = QHBoxLayout()
    made.setSpacing(12)
    for widget in widgets:
        made.addWidget(widget)
    made.addStretch(1)
    return made


def _line(words: str) -> PinyinEdit:
    made = PinyinEdit(words)
    made.setAccessibleName(words)
    return made


def _both(text: str) -> Words:
    return Words(text, text)
