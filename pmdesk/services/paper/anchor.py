"""The certificate of the log on one page: its count, its code, and how to compare it later."""

from pmdesk.i18n import _
from pmdesk.services.log_anchors import Certificate
from pmdesk.services.paper.sheet import paragraph, pdf, qr, table


def anchor_pdf(made: Certificate) -> bytes:
    """One page to be kept outside the office."""
    title = _("Certificate of the log")
    one = made.anchor
    rows = (
        (_("Office"), made.office),
        (_("Entries"), f"{one.count:,}"),
        (_("Time"), made.at.strftime("%Y-%m-%d %H:%M")),
        (_("Printed by"), made.by),
        (_("Imprint of the last entry"), one.head),
        (_("Imprint of the accounts"), one.roster),
    )
    parts = [
        paragraph(title, 18),
        paragraph(made.office, 12),
        table(rows, (46, 124)),
        paragraph(_("Code"), 10.5, grey=True),
        paragraph(one.code, 22),
        qr(made.qr, 40),
        paragraph(
            _(
                "Keep this sheet outside the office. Whoever checks the log later types the code on"
                " the log page of pmdesk. If the log has the code, no entry up to this one was"
                " changed or taken out since; if not, something was."
            )
        ),
        paragraph(
            _("What was cut off after the newest certificate cannot be noticed by it."),
            9,
            grey=True,
        ),
        paragraph(_("Signature: ____________    Date: ____________")),
    ]
    return pdf(parts, title, f"{made.office} · {one.code}")
