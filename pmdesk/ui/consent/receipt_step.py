"""Step 4: what was decided, its number as a QR code, on paper or as a file."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.i18n import _
from pmdesk.services.consent.consents import Receipt
from pmdesk.services.paper.receipt_text import ReceiptText, receipt_text
from pmdesk.ui import printing, theme
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label, rule

_SIDE = 148
_QUIET = 4  # modules of white around the code


class QrCode(QWidget):
    """The receipt's number, and nothing else, as a QR code."""

    def __init__(self, text: str) -> None:
        super().__init__()
        import segno  # noqa: PLC0415  # only receipts need it

        made = segno.make(text, error="m", micro=False)
        self._rows = [[bool(cell) for cell in row] for row in made.matrix_iter(border=_QUIET)]
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("QR code with the receipt number {number}").format(number=text))

    @override
    def sizeHint(self) -> QSize:
        side = theme.length(_SIDE)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(Qt.GlobalColor.white))  # readable in the dark too
        side = self.width() // len(self._rows)
        left = (self.width() - side * len(self._rows)) // 2
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(
                        left + x * side, left + y * side, side, side, QColor(Qt.GlobalColor.black)
                    )


class ReceiptStep(QWidget):
    """The receipt on the screen; it can be saved, printed and left."""

    save_requested = Signal(object)  # Receipt
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.receipt: Receipt | None = None
        self.note = Banner()
        self.save = button(_("Save as PDF…"), self._save, picture="download")
        self.print = button(_("Print…"), self.print_receipt, picture="printer", tip="Ctrl+P")
        self.back = button(_("Back to the resident"), self.left.emit, look="primary")
        self._sheet = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch(1)
        for made in (self.save, self.print, self.back):
            buttons.addWidget(made)
        self._column.addWidget(self.note)
        self._column.addWidget(self._sheet)
        self._column.addLayout(buttons)
        self._column.addStretch(1)

    def show_receipt(self, receipt: Receipt) -> None:
        """The decisions are recorded; this is their receipt."""
        self.receipt = receipt
        sheet = _sheet(receipt_text(receipt), receipt.number)
        self._column.replaceWidget(self._sheet, sheet)
        self._sheet.hide()
        self._sheet.deleteLater()
        self._sheet = sheet
        self.note.show_sentence(_("Recorded. Please hand out the receipt."), Tone.GOOD)
        self.back.setFocus()

    def show_saved(self, name: str) -> None:
        """The file is there."""
        self.note.show_sentence(_("The receipt was saved as {file}.").format(file=name), Tone.GOOD)

    def print_receipt(self) -> None:
        """The receipt is seen as it will be printed."""
        if self.receipt is None:
            return
        text = receipt_text(self.receipt)
        parts = [printing.heading(text.title), printing.paragraph(text.number)]
        parts += [printing.paragraph(text.opening), printing.table(text.rows)]
        parts += [printing.paragraph(sentence) for sentence in (*text.closing, text.footer)]
        printing.preview(printing.document(parts), text.title, self)

    def _save(self) -> None:
        if self.receipt is not None:
            self.save_requested.emit(self.receipt)


def _sheet(text: ReceiptText, number: str) -> Card:
    card = Card(margin=24)
    words = QVBoxLayout()
    words.setSpacing(8)
    words.addWidget(label(text.title, "heading", wrap=True))
    words.addWidget(label(text.number, "muted", select=True))
    words.addWidget(label(text.opening, wrap=True))
    words.addStretch(1)
    top = QHBoxLayout()
    top.setSpacing(16)
    top.addLayout(words, 1)
    top.addWidget(QrCode(number), 0, Qt.AlignmentFlag.AlignTop)
    card.body.addLayout(top)
    for index, row in enumerate(text.rows):
        line = QHBoxLayout()
        line.setSpacing(12)
        for column, cell in enumerate(row):
            line.addWidget(label(cell, "" if index else "muted", wrap=True), 3 - bool(column))
        card.body.addLayout(line)
        card.add(rule())
    for sentence in text.closing:
        card.add(label(sentence, wrap=True))
    card.add(label(text.footer, "muted", wrap=True))
    return card
