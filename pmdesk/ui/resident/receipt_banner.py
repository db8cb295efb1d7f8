"""After a withdrawal: that it happened, its number, and the receipt as a file."""

from PySide6.QtCore import Signal

from pmdesk.i18n import _, said
from pmdesk.services.consent.consents import Receipt
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner


class ReceiptBanner(Banner):
    """Hidden until a receipt is there."""

    save_requested = Signal(object)  # Receipt

    def __init__(self) -> None:
        super().__init__(action=_("Save receipt as PDF…"), pressed=self._save)
        self._receipt: Receipt | None = None

    def show_receipt(self, receipt: Receipt) -> None:
        """The withdrawal took effect; the receipt may be saved."""
        self._receipt = receipt
        line = receipt.lines[0]
        words = _("The consent to “{purpose}” was withdrawn and its entries are erased.")
        if line.event.item is not None:
            words = _("Of “{purpose}” one item was withdrawn and is erased.")
        number = _("Receipt {number}").format(number=receipt.number)
        sentence = words.format(purpose=said(line.purpose.name))
        self.show_sentence(f"{sentence}  {number}", Tone.GOOD)

    def show_saved(self, name: str) -> None:
        """The file is there."""
        self.show_sentence(_("The receipt was saved as {file}.").format(file=name), Tone.GOOD)

    def _save(self) -> None:
        if self._receipt is not None:
            self.save_requested.emit(self._receipt)
