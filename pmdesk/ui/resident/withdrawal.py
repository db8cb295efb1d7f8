"""Withdrawing a consent: what is erased, what is kept, one button; no reason is asked."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pmdesk.domain.purposes import CLASSIFICATION
from pmdesk.i18n import _, said
from pmdesk.services.residents import PurposeGroup
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.ground import Ground
from pmdesk.ui.widgets.label import label


class WithdrawalPanel(Ground):
    """Says beforehand what cannot be undone."""

    confirmed = Signal()
    left = Signal()

    def __init__(self, group: PurposeGroup) -> None:
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
        title = _("Withdraw the consent to “{purpose}”").format(purpose=said(group.purpose.name))
        column.addWidget(label(title, "heading", wrap=True))
        for text in sentences(group):
            column.addWidget(label(text, wrap=True))
        column.addLayout(buttons)

    def _confirm(self) -> None:
        self.confirm.setEnabled(False)
        self.confirmed.emit()


def sentences(group: PurposeGroup) -> tuple[str, ...]:
    """What happens, in the order in which a person wants to know it."""
    fields = (*group.fields, *group.sealed)
    names = _(", ").join(said(field.label) for field in fields)
    erased = _("Erased at once: {fields}").format(fields=names)
    if group.purpose.code == CLASSIFICATION:
        erased += _(", and the tier and tags that follow from them")
    return (
        erased,
        _("Kept for 3 years as proof: that and when you agreed and withdrew, without any values."),
        _("What is erased cannot be brought back. If it is needed later, consent is asked anew."),
        _("The contract services stay exactly the same. No reason is asked."),
    )
