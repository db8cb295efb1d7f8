"""One purpose to decide on: its name, how long it is kept, and two equal buttons."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QGridLayout, QRadioButton, QWidget

from pmdesk.domain.consents import ConsentState
from pmdesk.domain.fields import Option
from pmdesk.i18n import _, said
from pmdesk.services.consent.consents import Choice
from pmdesk.ui.consent.decisions import Decisions
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown


class ChoiceLine(QFrame):
    """A yes or no to one purpose, or to each of its items; closed while a no before it rests."""

    decided = Signal(object)  # bool, or None: undecided again
    item_decided = Signal(str, bool)
    rest_refused = Signal()  # no to every item without an answer
    own_ticked = Signal(bool)  # the person asked for it without being asked
    notice_requested = Signal()

    def __init__(self, choice: Choice) -> None:
        super().__init__()
        self.choice = choice
        name = said(choice.purpose.name)
        refuse = _("None of these") if choice.items else _("Disagree")
        self.pair = Pair(name, self, refuse=refuse)
        self.agree, self.refuse = self.pair.agree, self.pair.refuse
        self.items: Mapping[str, Pair] = {
            option.code: self._item(option) for option in choice.items
        }
        self.undo = button(_("Leave open"), lambda: self.decided.emit(None), look="link")
        self.undo.setAccessibleName(f"{name}: {self.undo.text()}")
        self.rest = button(_("None of the others"), self.rest_refused.emit)
        self.rest.setAccessibleName(f"{name}: {self.rest.text()}")
        self.notice = button(_("Show its notice first"), self.notice_requested.emit, look="link")
        self.own = QCheckBox(_("The person asks for it without being asked"))
        self.own.setAccessibleName(f"{name}: {self.own.text()}")
        self._rest = label(_rest_words(choice), "muted", wrap=True)
        self.pair.decided.connect(lambda agreed: self.decided.emit(agreed))
        self.own.clicked.connect(lambda on: self.own_ticked.emit(on))
        self._arrange(name)

    def show_decisions(self, decisions: Decisions) -> None:
        """What was decided: yes, no, or nothing yet; first its notice has to be shown."""
        code = self.choice.purpose.code
        agreed, readable = decisions.agreed.get(code), code in decisions.read
        rests = self.choice.rests_until is not None
        is_open = readable and (not rests or code in decisions.own)
        by_item = decisions.items.get(code, {})
        self.own.setChecked(code in decisions.own)
        self.pair.show_answer(None if by_item else agreed, enabled=is_open)
        for item, pair in self.items.items():
            pair.show_answer(by_item.get(item), enabled=is_open)
        for made in (self.agree, self.refuse, self.undo):
            set_shown(made, readable)
        set_shown(self.agree, readable and not self.items)
        set_shown(self._items, readable and bool(self.items))
        set_shown(self.rest, is_open and 0 < len(by_item) < len(self.items))
        self.undo.setEnabled(agreed is not None)
        set_shown(self.notice, not readable)
        set_shown(self.own, rests and readable)

    def _item(self, option: Option) -> "Pair":
        pair = Pair(said(option.label), self, refuse=_("Disagree"))
        code = option.code
        pair.decided.connect(lambda agreed: self.item_decided.emit(code, agreed))
        return pair

    def _arrange(self, name: str) -> None:
        kept = _("Kept: {period}").format(period=said(self.choice.retention.period))
        words = [
            label(name, "heading", wrap=True),
            label(said(self.choice.purpose.summary), wrap=True),
            label(kept, "muted", wrap=True),
        ]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for row, line in enumerate(words):
            grid.addWidget(line, row, 0)
        parts = (self.agree, self.refuse, self.undo, self.notice)
        for column, part in enumerate(parts, start=1):
            grid.addWidget(part, 0, column, 3, 1, Qt.AlignmentFlag.AlignVCenter)
        self._items = self._items_area()
        for row, below in enumerate((self._rest, self.own, self._items), start=3):
            grid.addWidget(below, row, 0, 1, 5)
        grid.setColumnStretch(0, 1)
        set_shown(self._rest, bool(self._rest.text()))

    def _items_area(self) -> QWidget:
        area = QWidget()
        grid = QGridLayout(area)
        grid.setContentsMargins(18, 4, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for row, option in enumerate(self.choice.items):
            pair = self.items[option.code]
            grid.addWidget(label(said(option.label), wrap=True), row, 0)
            grid.addWidget(pair.agree, row, 1)
            grid.addWidget(pair.refuse, row, 2)
        row = len(self.choice.items)
        grid.addWidget(self.rest, row, 1, 1, 2, Qt.AlignmentFlag.AlignRight)
        return area


class Pair(QObject):
    """Agree and disagree, of one size; the parts are laid out by whoever owns the pair."""

    decided = Signal(bool)

    def __init__(self, name: str, parent: QObject, *, refuse: str) -> None:
        super().__init__(parent)
        self.agree, self.refuse = QRadioButton(_("Agree")), QRadioButton(refuse)
        self._group = QButtonGroup(self)
        for made in (self.agree, self.refuse):
            self._group.addButton(made)
            made.setAccessibleName(f"{name}: {made.text()}")
        self.agree.clicked.connect(lambda _on: self.decided.emit(True))
        self.refuse.clicked.connect(lambda _on: self.decided.emit(False))
        width = max(self.agree.sizeHint().width(), self.refuse.sizeHint().width())
        for made in (self.agree, self.refuse):
            made.setMinimumWidth(width)

    def show_answer(self, agreed: bool | None, *, enabled: bool) -> None:
        """This is the answer; None is undecided."""
        self._group.setExclusive(False)
        self.agree.setChecked(agreed is True)
        self.refuse.setChecked(agreed is False)
        self._group.setExclusive(True)
        for made in (self.agree, self.refuse):
            made.setEnabled(enabled)


def _rest_words(choice: Choice) -> str:
    if choice.rests_until is not None:
        words = _("The person said no on {day}. Not to be asked again before {until}.")
        day = choice.no_since.isoformat() if choice.no_since else ""
        return words.format(day=day, until=choice.rests_until.isoformat())
    if choice.items and choice.state in {ConsentState.LIVE, ConsentState.EXPIRING}:
        return _("This sheet takes the place of the one before: agree to all that is still needed.")
    return ""
