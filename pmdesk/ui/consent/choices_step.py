"""Step 2: agree or not, purpose by purpose; nothing is preselected, both are of one size."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QGridLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from pmdesk.domain.purposes import LegalBasis, PurposeCode
from pmdesk.i18n import _, said
from pmdesk.services.consents import Choice
from pmdesk.ui.consent.decisions import Decisions
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label, rule
from pmdesk.ui.widgets.visibility import set_shown


class ChoicesStep(QWidget):
    """One line for each purpose; those that need separate consent stand apart."""

    decided = Signal(object, object)  # PurposeCode, bool or None
    adult_confirmed = Signal(bool)
    notice_requested = Signal(object)  # PurposeCode

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[PurposeCode, ChoiceLine] = {}
        self.adult = QCheckBox(_("The person is of age and decides for themselves"))
        self._minors = label(
            _("Information on minors is not collected by this program."), "muted", wrap=True
        )
        self.adult.clicked.connect(lambda on: self.adult_confirmed.emit(on))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self._column.addWidget(
            Banner(
                _(
                    "Whatever is chosen, the contract services stay the same. A purpose may also"
                    " be left undecided."
                )
            )
        )

    def start(self, choices: Sequence[Choice]) -> None:
        """One line for each of these purposes, none decided."""
        parts = {False: Card(_("Consent")), True: Card(_("Separate consent, one by one"))}
        for choice in choices:
            line = ChoiceLine(choice)
            code = choice.purpose.code
            line.decided.connect(lambda agreed, code=code: self.decided.emit(code, agreed))
            line.notice_requested.connect(lambda code=code: self.notice_requested.emit(code))
            self.lines[code] = line
            card = parts[choice.purpose.basis is LegalBasis.SEPARATE_CONSENT]
            if card.body.count() > 1:
                card.add(rule())
            card.add(line)
        self._column.addWidget(self.adult)  # first: nothing can be agreed to without it
        self._column.addWidget(self._minors)
        for card in parts.values():
            set_shown(card, card.body.count() > 1)
            self._column.addWidget(card)
        self._column.addStretch(1)

    def show_decisions(self, decisions: Decisions) -> None:
        """The lines show what was decided; without its notice a purpose cannot be decided."""
        for code, line in self.lines.items():
            line.show_agreed(decisions.agreed.get(code), readable=code in decisions.read)
        self.adult.setChecked(decisions.adult)


class ChoiceLine(QFrame):
    """Name, sentence, how long it is kept, and two equal buttons."""

    decided = Signal(object)  # bool, or None: undecided again
    notice_requested = Signal()

    def __init__(self, choice: Choice) -> None:
        super().__init__()
        name = said(choice.purpose.name)
        self.agree, self.refuse = QRadioButton(_("Agree")), QRadioButton(_("Disagree"))
        self._group = QButtonGroup(self)
        for made in (self.agree, self.refuse):
            self._group.addButton(made)
            made.setAccessibleName(f"{name}: {made.text()}")
        self.undo = button(_("Leave open"), lambda: self.decided.emit(None), look="link")
        self.undo.setAccessibleName(f"{name}: {self.undo.text()}")
        self.notice = button(_("Show its notice first"), self.notice_requested.emit, look="link")
        self.agree.clicked.connect(lambda _on: self.decided.emit(True))
        self.refuse.clicked.connect(lambda _on: self.decided.emit(False))
        kept = _("Kept: {period}").format(period=said(choice.retention.period))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.addWidget(label(name, "heading", wrap=True), 0, 0)
        grid.addWidget(label(said(choice.purpose.summary), wrap=True), 1, 0)
        grid.addWidget(label(kept, "muted", wrap=True), 2, 0)
        for column, part in enumerate((self.agree, self.refuse, self.undo, self.notice), start=1):
            grid.addWidget(part, 0, column, 3, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(0, 1)
        width = max(self.agree.sizeHint().width(), self.refuse.sizeHint().width())
        for made in (self.agree, self.refuse):
            made.setMinimumWidth(width)

    def show_agreed(self, agreed: bool | None, *, readable: bool) -> None:
        """What was decided: yes, no, or nothing yet."""
        self._group.setExclusive(False)
        self.agree.setChecked(agreed is True)
        self.refuse.setChecked(agreed is False)
        self._group.setExclusive(True)
        for made in (self.agree, self.refuse):
            made.setEnabled(readable)
            made.setVisible(readable)
        self.undo.setVisible(readable)
        self.undo.setEnabled(agreed is not None)
        self.notice.setVisible(not readable)
