"""The recovery sheet: the key that opens an office whose administrators lost their passphrases."""

from dataclasses import dataclass, field
from datetime import date

from pmdesk.i18n import _
from pmdesk.services.paper.sheet import paragraph, pdf, qr, table


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySheet:
    """What stands on the sheet."""

    office: str
    key: str = field(repr=False)  # 8 groups of 4 characters
    fingerprint: str
    made_on: date
    folder: str


def recovery_pdf(sheet: RecoverySheet) -> bytes:
    """One page to be locked away: the key, its QR code, its fingerprint and what it does."""
    title = _("Recovery sheet")
    groups = sheet.key.split("-")
    half = (len(groups) + 1) // 2
    parts = [
        paragraph(title, 20),
        paragraph(sheet.office, 14),
        paragraph(_("Recovery key"), grey=True),
        paragraph("    ".join(groups[:half]), 20),
        paragraph("    ".join(groups[half:]), 20),
        qr(sheet.key, 34),
        table(
            [
                [_("What"), _("Value")],
                [_("Fingerprint"), sheet.fingerprint],
                [_("Made on"), sheet.made_on.isoformat()],
                [_("Folder of the office"), sheet.folder],
            ],
            (50, 118),
        ),
        paragraph(_what_it_does()),
        paragraph(_where_to_keep(), 10.5),
    ]
    return pdf(parts, title, sheet.office)


def _what_it_does() -> str:
    return _(
        "If every administrator has lost the passphrase, press “Forgotten the passphrase?” in the"
        " sign-in window and type this key. It sets a new passphrase for one administrator; after"
        " that this sheet is void and a new one has to be printed."
    )


def _where_to_keep() -> str:
    return _(
        "Keep it on paper in a safe or a locked drawer, never as a photo or in a chat: whoever has"
        " this sheet and the folder can read everything. Without passphrase and without this sheet"
        " nobody can open the office, not even the makers of pmdesk."
    )
