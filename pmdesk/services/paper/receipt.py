"""The receipt of a consent, refusal or withdrawal that a person takes home."""

from pmdesk.services.consent.consents import Receipt
from pmdesk.services.paper.receipt_text import receipt_text
from pmdesk.services.paper.sheet import paragraph, pdf, qr, table


def receipt_pdf(receipt: Receipt) -> bytes:
    """One page: who decided what, until when, and how to withdraw; the QR code is the number."""
    text = receipt_text(receipt)
    parts = [
        paragraph(text.title, 16),
        paragraph(text.number, grey=True),
        paragraph(text.opening),
        table(text.rows, (62, 38, 30, 38)),
        *(paragraph(sentence) for sentence in text.closing),
        qr(receipt.number),
    ]
    return pdf(parts, text.title, text.footer)
