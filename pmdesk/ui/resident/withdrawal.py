"""Withdrawing a consent: what is erased, what is kept, one button; no reason is asked."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pmdesk.domain.fields import Field
from pmdesk.domain.office import Changes
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import CLASSIFICATION, PurposeCode
from pmdesk.domain.reask import PROOF_MONTHS, months_after
from pmdesk.i18n import _, said
from pmdesk.services.consent import consents
from pmdesk.services.consent.consents import Receipt
from pmdesk.services.resident_page import PurposeGroup
from pmdesk.services.session import Session
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.ground import Ground
from pmdesk.ui.widgets.label import label


class WithdrawalPanel(Ground):
    """Says beforehand what cannot be undone."""

    confirmed = Signal()
    left = Signal()

    def __init__(self, group: PurposeGroup, today: date, item: int | None = None) -> None:
        super().__init__(Tone.WARN)
        self.confirm = button(
            _("Confirm the withdrawal"), self._confirm, look="danger", picture="rotate-ccw"
        )
        self.back = button(_("Back"), self.left.emit)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.confirm)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(label(_title(group, item), "heading", wrap=True))
        for text in sentences(group, today, item):
            column.addWidget(label(text, wrap=True))
        column.addLayout(buttons)

    def _confirm(self) -> None:
        self.confirm.setEnabled(False)
        self.confirmed.emit()


def sentences(group: PurposeGroup, today: date, item: int | None = None) -> tuple[str, ...]:
    """What happens, in the order in which a person wants to know it."""
    until = months_after(today, PROOF_MONTHS)
    return (
        _erased(group, item),
        _(
            "Kept as proof until {date}: that and when you agreed and withdrew, without any values"
            " (PIPL 69, Civil Code 188)."
        ).format(date=until.isoformat()),
        _("What is erased cannot be brought back. If it is needed later, consent is asked anew."),
        _("The contract services stay exactly the same. No reason is asked."),
    )


def _title(group: PurposeGroup, item: int | None) -> str:
    name = said(group.purpose.name)
    if item is None:
        return _("Withdraw the consent to “{purpose}”").format(purpose=name)
    return _("Withdraw item {number} of “{purpose}”").format(number=item, purpose=name)


def _erased(group: PurposeGroup, item: int | None) -> str:
    if item is not None:
        words = _("Erased at once: item {number}; the help it stands for is not given any more")
        return words.format(number=item)
    names = [said(field.label) for field in _recorded(group)]
    if group.purpose.code == CLASSIFICATION:
        names.append(_("the tier and tags that follow"))
    if not names:
        return _("Nothing is recorded for this purpose yet; from now on nothing may be.")
    return _("Erased at once: {fields}").format(fields=_(", ").join(names))


def _recorded(group: PurposeGroup) -> Sequence[Field]:
    """The fields that hold something."""
    values = group.answers.values if group.answers else {}
    return (
        *(field for field in group.fields if values.get(field.key) is not None),
        *(field for field in group.sealed if field.key in group.sealed_present or group.takes_part),
        *(field for field in group.asked_by_item if group.items),
    )


def withdrawn(
    session: Session, person: PersonId, purpose: PurposeCode, item: int | None
) -> tuple[Receipt, Changes]:
    """The consent is withdrawn; its receipt, and what every page has to read anew."""
    receipt = consents.withdraw(session, person, purpose, item=item)
    return receipt, consents.changed(person)
