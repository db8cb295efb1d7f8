"""Step 2: agree or not, purpose by purpose; nothing is preselected, both are of one size."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.domain.purposes import PurposeCode
from pmdesk.i18n import _
from pmdesk.services.consent.consents import Choice
from pmdesk.ui.consent.choice_line import ChoiceLine
from pmdesk.ui.consent.decider import DeciderCard
from pmdesk.ui.consent.decisions import Decisions, is_separate
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import rule
from pmdesk.ui.widgets.visibility import set_shown


class ChoicesStep(QWidget):
    """One line for each purpose; those that need separate consent stand apart."""

    decided = Signal(object, object)  # PurposeCode, bool or None
    item_decided = Signal(object, str, bool)  # PurposeCode, code of the item
    rest_refused = Signal(object)  # Choice: no to its items without an answer
    own_ticked = Signal(object, bool)  # PurposeCode
    notice_requested = Signal(object)  # PurposeCode

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[PurposeCode, ChoiceLine] = {}
        self.decider = DeciderCard()
        self.adult = self.decider.adult
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
        parts = {
            False: Card(_("Consent")),
            True: Card(_("Separate consent, each with a signature of its own")),
        }
        for choice in choices:
            line = self._line(choice)
            card = parts[is_separate(choice)]
            if card.body.count() > 1:
                card.add(rule())
            card.add(line)
        self._column.addWidget(self.decider)  # first: nothing can be agreed to without it
        for card in parts.values():
            set_shown(card, card.body.count() > 1)
            self._column.addWidget(card)
        self._column.addStretch(1)

    def show_decisions(self, decisions: Decisions) -> None:
        """The lines show what was decided; without its notice a purpose cannot be decided."""
        for line in self.lines.values():
            line.show_decisions(decisions)
        self.decider.show_decisions(decisions)

    def _line(self, choice: Choice) -> ChoiceLine:
        line = ChoiceLine(choice)
        code = choice.purpose.code
        line.decided.connect(lambda agreed: self.decided.emit(code, agreed))
        line.item_decided.connect(lambda item, yes: self.item_decided.emit(code, item, yes))
        line.rest_refused.connect(lambda: self.rest_refused.emit(choice))
        line.own_ticked.connect(lambda on: self.own_ticked.emit(code, on))
        line.notice_requested.connect(lambda: self.notice_requested.emit(code))
        self.lines[code] = line
        return line
