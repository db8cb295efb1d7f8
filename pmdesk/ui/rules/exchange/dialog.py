"""What a file of rules holds: how it was understood, what is to be decided, what must be mended."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, ngettext, said, told
from pmdesk.services.rule_exchange.incoming import GIVES, Column, Fault, Incoming, Question
from pmdesk.ui import theme
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.label import label, rule

_WIDTH, _HEIGHT = 760, 620


class ImportDialog(QDialog):
    """Nothing of the file is kept before the user says so, and then all of it or nothing."""

    wanted = Signal(object)  # frozenset of the keys of facts whose unknown is kept
    again = Signal()  # another file

    def __init__(self, incoming: Incoming, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.incoming = incoming
        self.setWindowTitle(_("Import rules"))
        self.setModal(True)
        self.banner = Banner(*_verdict(incoming))
        self.answers: dict[str, Segmented] = {}
        self.again_button = button(_("Another file…"), self._again, picture="folder-open")
        self.import_button = button(_("Import as a draft"), self._import, look="primary")
        self.import_button.setVisible(incoming.is_usable)
        self._arrange(name)
        self._fit(parent)

    def show_refusal(self, error: PmdeskError) -> None:
        """The banner says why the draft was not taken."""
        self.banner.show_sentence(told(error), Tone.PROBLEM)
        self.import_button.setEnabled(True)

    @property
    def keep(self) -> frozenset[str]:
        """The facts of which “not” shall go on fitting unknown."""
        return frozenset(key for key, choice in self.answers.items() if choice.value is True)

    def _arrange(self, name: str) -> None:
        inner = QWidget()
        inner.setProperty("look", "clear")
        parts = QVBoxLayout(inner)
        parts.setContentsMargins(0, 0, theme.length(10), 0)
        parts.setSpacing(14)
        for card in self._cards():
            parts.addWidget(card)
        parts.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(_("Import rules"), "title"))
        column.addWidget(label(name, "muted", wrap=True))
        column.addWidget(self.banner)
        self.examples = label(_carried(self.incoming.examples), "muted", wrap=True)
        self.examples.setVisible(self.incoming.is_usable)
        column.addWidget(self.examples)
        column.addWidget(area, 1)
        column.addLayout(self._foot())

    def _cards(self) -> list[Card]:
        made: list[Card] = []
        if self.incoming.faults:
            made.append(_faults(self.incoming.faults))
        if self.incoming.questions and self.incoming.is_usable:
            made.append(self._questions(self.incoming.questions))
        if self.incoming.remarks:
            made.append(_sentences(_("Worth a look"), self.incoming.remarks))
        if self.incoming.columns:
            made.append(_columns(self.incoming.columns))
        return made

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.again_button)
        row.addStretch(1)
        row.addWidget(button(_("Cancel"), self.reject))
        row.addWidget(self.import_button)
        return row

    def _questions(self, questions: Sequence[Question]) -> Card:
        card = Card(_("To decide"), margin=16)
        for question in questions:
            choice = Segmented(
                ((False, _("No, only people of whom it is known")), (True, _("Yes, keep it")))
            )
            choice.show_value(value=False)
            choice.setAccessibleName(question.words)
            self.answers[question.fact.key] = choice
            card.add(label(question.words, wrap=True))
            card.add(choice)
        return card

    def _fit(self, parent: QWidget) -> None:
        """As large as its content needs, and never larger than the window below it."""
        room = parent.size()
        width = min(theme.length(_WIDTH), max(room.width() - 40, 320))
        height = min(theme.length(_HEIGHT), max(room.height() - 40, 320))
        self.resize(width, height)

    def _again(self) -> None:
        self.reject()
        self.again.emit()

    def _import(self) -> None:
        self.import_button.setEnabled(False)
        self.wanted.emit(self.keep)


def _verdict(incoming: Incoming) -> tuple[str, Tone]:
    if not incoming.is_usable:
        count = len(incoming.faults)
        words = ngettext(
            "Nothing is imported: {count} place must be mended in the file first.",
            "Nothing is imported: {count} places must be mended in the file first.",
            count,
        )
        return words.format(count=count), Tone.PROBLEM
    words = ngettext(
        "{count} row was understood. It becomes a new draft; no version in force changes.",
        "{count} rows were understood. They become a new draft; no version in force changes.",
        incoming.rows,
    )
    return words.format(count=incoming.rows), Tone.GOOD


def _carried(count: int) -> str:
    """What becomes of the examples, which no file holds."""
    if not count:
        return _("Examples: none can be kept; add them on the tab “Examples”.")
    words = ngettext(
        "Examples: {count} is kept; add the others on the tab “Examples”.",
        "Examples: {count} are kept; add the others on the tab “Examples”.",
        count,
    )
    return words.format(count=count)


def _faults(faults: Sequence[Fault]) -> Card:
    card = Card(_("To mend in the file"), margin=16)
    for fault in faults:
        if fault.place:
            card.add(label(fault.place, "label", wrap=True))
        card.add(label(fault.words, wrap=True, select=True))
        card.add(rule())
    return card


def _sentences(title: str, sentences: Sequence[str]) -> Card:
    card = Card(title, margin=16)
    for sentence in sentences:
        card.add(label(sentence, wrap=True))
    return card


def _columns(columns: Sequence[Column]) -> Card:
    card = Card(_("Columns as they were understood"), margin=16)
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    grid.addWidget(label(_("In the file"), "label"), 0, 0)
    grid.addWidget(label(_("Here"), "label"), 0, 1)
    for line, column in enumerate(columns, start=1):
        here = said(column.fact.label) if column.fact else said(GIVES[column.gives])
        grid.addWidget(label(column.title, wrap=True), line, 0)
        grid.addWidget(label(here, wrap=True), line, 1)
    grid.setColumnMinimumWidth(0, theme.length(240))
    card.body.addLayout(grid)
    return card
