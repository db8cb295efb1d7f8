"""The certificate of the log as a file, and as what a printer gets."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument

from pmdesk.i18n import _
from pmdesk.services import log_anchors
from pmdesk.services.files import write_whole
from pmdesk.services.log_anchors import Certificate
from pmdesk.services.session import Session
from pmdesk.ui.printing import document, heading, paragraph, table

_QR = "certificate-code"
_SIDE = 150  # of the code for a camera, in points
_POINTS = 11.0


def write_certificate(session: Session, path: Path) -> None:
    """The certificate lies at `path` as a PDF; its making is in the log."""
    from pmdesk.services.paper.anchor import anchor_pdf  # noqa: PLC0415  # reportlab is slow

    write_whole(path, anchor_pdf(log_anchors.certificate(session)))
    log_anchors.printed(session)


def certificate_text(made: Certificate) -> QTextDocument:
    """The same page, to be looked at and printed."""
    rows = ((_("What"), _("Value")), *log_anchors.certificate_rows(made))
    parts = (
        heading(_("Certificate of the log")),
        table(rows),
        paragraph(_("Code")),
        heading(made.anchor.code),
        f'<p><img src="{_QR}" width="{_SIDE}" height="{_SIDE}"></p>',
        *map(paragraph, log_anchors.certificate_advice()),
        paragraph(_("Signature: ____________    Date: ____________")),
    )
    page = document(parts, points=_POINTS)
    page.addResource(QTextDocument.ResourceType.ImageResource, QUrl(_QR), _camera_code(made.qr))
    page.setHtml(page.toHtml())  # laid out anew, now that the picture is there
    return page


def _camera_code(text: str) -> QImage:
    from io import BytesIO  # noqa: PLC0415  # goes with the next

    import segno  # noqa: PLC0415  # only papers need it

    picture = BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="png", scale=8, border=2)
    return QImage.fromData(picture.getvalue())
