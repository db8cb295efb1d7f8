"""The recovery sheet straight to the printer, without a file on the way."""

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QWidget

from pmdesk.i18n import _
from pmdesk.ui.printing import document, heading, paragraph, preview
from pmdesk.ui.wizard.setup import Keyed

_POINTS = 14.0


def print_recovery(parent: QWidget, office: str, made: Keyed) -> bool:
    """Whether the sheet went to a printer."""
    return preview(recovery_text(office, made), _("Recovery sheet"), parent)


def recovery_text(office: str, made: Keyed) -> QTextDocument:
    """Office, key in groups, fingerprint, and what the sheet is for."""
    groups = made.recovery_key.split("-")
    half = len(groups) // 2
    parts = (
        heading(_("Recovery sheet")),
        paragraph(office),
        heading("    ".join(groups[:half])),
        heading("    ".join(groups[half:])),
        paragraph(_("Fingerprint: {fingerprint}").format(fingerprint=made.fingerprint)),
        paragraph(
            _(
                "If every administrator has lost the passphrase, press “Forgotten the passphrase?”"
                " in the sign-in window and type this key. It sets a new passphrase for one"
                " administrator; after that this sheet is void and a new one has to be printed."
            )
        ),
    )
    return document(parts, points=_POINTS)
