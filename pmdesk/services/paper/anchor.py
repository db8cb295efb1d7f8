"""The certificate of the log on one page: its count, its code, and how to compare it later."""

from pmdesk.i18n import _
from pmdesk.services.log_anchors import Certificate, certificate_advice, certificate_rows
from pmdesk.services.paper.sheet import paragraph, pdf, qr, table


def anchor_pdf(made: Certificate) -> bytes:
    """One page to be kept outside the office."""
    title = _("Certificate of the log")
    advice, limit = certificate_advice()
    parts = [
        paragraph(title, 18),
        paragraph(made.office, 12),
        table(certificate_rows(made), (46, 124)),
        paragraph(_("Code"), 10.5, grey=True),
        paragraph(made.anchor.code, 22),
        qr(made.qr, 40),
        paragraph(advice),
        paragraph(limit, 9, grey=True),
        paragraph(_("Signature: ____________    Date: ____________")),
    ]
    return pdf(parts, title, f"{made.office} · {made.anchor.code}")
