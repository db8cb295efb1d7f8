"""What a handler decides before a right is carried out; which entries show depends on the right."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from pmdesk.domain.acts import EVERYTHING, EraseReason, Scope
from pmdesk.domain.purposes import PurposeCode
from pmdesk.domain.requests import Request
from pmdesk.domain.rights import RightCode
from pmdesk.i18n import _, said
from pmdesk.services.paper.letter_text import ERASE_REASONS
from pmdesk.services.rights.request_acts import Order
from pmdesk.services.rights.request_choices import Choices
from pmdesk.ui.forms.cell import cell, choice_box, fill
from pmdesk.ui.forms.editors import EDITORS, Editor
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.orders.words import leaving_words
from pmdesk.ui.widgets.choice import Chips, Segmented
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown


class OrderForm(QWidget):
    """Made anew for each case; `order` is what was entered."""

    def __init__(self, request: Request, choices: Choices) -> None:
        super().__init__()
        self._request = request
        self._choices = choices
        self.note, self.recipient, self.statement = PinyinEdit(), PinyinEdit(), PinyinEdit()
        self.interest = PinyinEdit()
        self.wishes = QCheckBox(_("The deceased has not arranged otherwise"))
        self.scope, self.reason, self.tier = choice_box(), choice_box(), choice_box()
        self.purposes: Chips = Chips(())
        self.tags: Chips = Chips(())
        self.verdict = Segmented(((True, _("Correct it")), (False, _("The value is right"))))
        self.value: Editor | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._add(label(said(request.right.done), wrap=True))
        self._builders().get(request.asked, self._noted)()

    def order(self) -> Order:
        """What the handler decided."""
        correcting = self.verdict.value is not False
        return Order(
            note=self.note.text().strip(),
            purposes=tuple(PurposeCode(str(one)) for one in self.purposes.value),
            scope=self._scope(),
            erase_reason=EraseReason(self.reason.currentData())
            if self.reason.currentData()
            else None,
            value=self.value.value if self.value is not None else None,
            statement="" if correcting else self.statement.text().strip(),
            tier=self.tier.currentData() or None,
            tags=tuple(str(one) for one in self.tags.value),
            recipient=self.recipient.text().strip(),
            interest=self.interest.text().strip(),
            wishes_checked=self.wishes.isChecked(),
        )

    def _scope(self) -> Scope | None:
        code = self.scope.currentData()
        if code is None:
            return None
        return Scope(purpose=PurposeCode(code)) if code else EVERYTHING

    def _add(self, *parts: QWidget) -> None:
        for part in parts:
            self._column.addWidget(part)

    def _builders(self) -> Mapping[RightCode, Callable[[], None]]:
        return {
            RightCode.ACCESS: self._nothing,
            RightCode.COPY: self._nothing,
            RightCode.TRANSFER: self._transfer,
            RightCode.CORRECTION: self._correction,
            RightCode.ERASURE: self._erasure,
            RightCode.RESTRICTION: self._restriction,
            RightCode.WITHDRAWAL: self._nothing,
            RightCode.OBJECTION: self._decision,
            RightCode.MARKETING: self._nothing,
            RightCode.DEACTIVATION: self._nothing,
            RightCode.DECEASED: self._kin,
        }

    # ---- one right each --------------------------------------------------------------------

    def _correction(self) -> None:
        known = [one for one in self._choices.stored if one.field.key == self._request.field]
        if not known:
            self._add(label(_("First note which entry is wrong: find the person."), "warning"))
            return
        stored = known[0]
        self.value = EDITORS[stored.field.kind](stored.field)
        if not stored.is_masked:
            self.value.show_value(stored.value)
        self.verdict.show_value(value=True)
        now = _(" (now {value})").format(value=stored.value) if stored.is_masked else ""
        value_cell = cell(said(stored.field.label) + now, self.value)
        words_cell = cell(_("The person's own words"), self.statement)
        self.verdict.chosen.connect(lambda right: set_shown(value_cell, bool(right)))
        self.verdict.chosen.connect(lambda right: set_shown(words_cell, not right))
        set_shown(words_cell, shown=False)
        self._add(self.verdict, value_cell, words_cell)

    def _erasure(self) -> None:
        names = [
            (said(one.name), str(one.code)) for one in self._choices.purposes if one.needs_consent
        ]
        fill(self.scope, [*names, (_("everything but what the law makes us keep"), "")])
        fill(self.reason, [(said(words), code) for code, words in ERASE_REASONS.items()])
        self._add(cell(_("What is erased"), self.scope), cell(_("Legal reason"), self.reason))
        if self._choices.orders:
            self._add(label(leaving_words(self._choices.orders), "warning", wrap=True))
        self._add(label(_erasing(), "muted", wrap=True))

    def _restriction(self) -> None:
        self.purposes = Chips([(str(one.code), said(one.name)) for one in self._choices.purposes])
        self.purposes.show_value([str(code) for code in self._request.purposes])
        self._add(cell(_("Which purposes"), self.purposes))

    def _decision(self) -> None:
        tiers = [(said(one.name), one.code) for one in self._choices.tiers]
        fill(self.tier, [*tiers, (_("The result of the rules stands"), "")])
        self.tags = Chips([(one.code, said(one.name)) for one in self._choices.tags])
        self._add(
            cell(_("Tier decided"), self.tier),
            cell(_("Tags"), self.tags),
            cell(_("Reason, at least 10 characters; the person reads it"), self.note),
        )

    def _transfer(self) -> None:
        self._add(cell(_("Recipient named by the person"), self.recipient))

    def _kin(self) -> None:
        self._add(cell(_("Own lawful interest of the kin"), self.interest), self.wishes)

    def _nothing(self) -> None:
        """Nothing is left to decide."""

    def _noted(self) -> None:
        self._add(cell(_("What was done"), self.note))


def _erasing() -> str:
    return _(
        "Erased are the values, drafts, search entries and log rows. What is erased cannot be"
        " brought back. While the contract runs its own data stay; that is told in the certificate."
    )
