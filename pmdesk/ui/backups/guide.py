"""What is needed for a restore, on paper: where the backups lie and how; nothing secret."""

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QWidget

from pmdesk.i18n import _
from pmdesk.services.backup_sheet import Sheet
from pmdesk.ui.printing import document, heading, paragraph, preview

_POINTS = 12.0


def print_guide(parent: QWidget, sheet: Sheet) -> bool:
    """Whether the sheet went to a printer."""
    return preview(guide_text(sheet), _("How to restore"), parent)


def guide_text(sheet: Sheet) -> QTextDocument:
    """The office, its backups, what opens them, and the five steps."""
    return document(
        (
            heading(_("How to restore the office from a backup")),
            paragraph(sheet.office),
            paragraph(_("Printed on {date}").format(date=f"{sheet.on:%Y-%m-%d}")),
            heading(_("Where the backups lie")),
            *(paragraph(place) for place in sheet.places),
            paragraph(_("Their names contain: {mark}").format(mark=sheet.mark)),
            heading(_("What opens them")),
            paragraph(
                _(
                    "The backup passphrase, or the recovery key on the recovery sheet. Neither is"
                    " on this paper: do not write them here. Recovery key with fingerprint"
                    " {fingerprint}."
                ).format(fingerprint=sheet.fingerprint)
            ),
            heading(_("What to do")),
            *(paragraph(f"{number}. {step}") for number, step in enumerate(_steps(), 1)),
        ),
        points=_POINTS,
    )


def _steps() -> tuple[str, ...]:
    return (
        _("Install pmdesk on a computer and start it."),
        _("Press “Restore from a backup…” in the sign-in window or in the first window."),
        _("Choose the newest file that ends in .pmbak and type what opens it."),
        _("Read what would be missing, choose a folder, and set the administrator's passphrase."),
        _("Print the new recovery sheet and type it back; the old one no longer fits this office."),
        _("Sign in and give the others new passphrases on the page “Staff”."),
    )
