"""Papers about the office's own order: an internal rule, and the reminder for somebody leaving."""

from pmdesk.domain.records import RecordStatus
from pmdesk.i18n import _, said
from pmdesk.services import undertakings
from pmdesk.services.paper.record_text import footer
from pmdesk.services.paper.sheet import paragraph, pdf
from pmdesk.services.records.record_desk import OpenRecord


def rule_pdf(shown: OpenRecord) -> bytes:
    """The rule to be posted or filed; one that nobody adopted says so."""
    title = _text(shown, "name")
    lines = [line for line in _text(shown, "text").splitlines() if line.strip()]
    signed = _("{office}, adopted on {day}, signed by {name}").format(
        office=shown.office.name,
        day=_text(shown, "adopted_on"),
        name=_text(shown, "signatory"),
    )
    adopted = shown.record.status is RecordStatus.APPROVED
    parts = [
        paragraph(title, 20),
        *(paragraph(line, 12) for line in lines),
        paragraph(" "),
        paragraph(signed if adopted else _("Draft: not adopted yet."), 12),
    ]
    return pdf(parts, title, footer(shown))


def poster_pdf(shown: OpenRecord) -> bytes:
    """The notice or letter in large print, to be posted or sent."""
    title = _text(shown, "name")
    lines = [line for line in _text(shown, "text").splitlines() if line.strip()]
    parts = [paragraph(title, 24), *(paragraph(line, 16) for line in lines)]
    return pdf(parts, title, footer(shown))


def reminder_pdf(shown: OpenRecord) -> bytes:
    """The letter that reminds somebody leaving of what goes on holding."""
    title = _("Reminder of the confidentiality undertaking")
    text = undertakings.text()
    opening = _("{name}: your last day at {office} is {day}. What you undertook goes on holding:")
    parts = [
        paragraph(title, 18),
        paragraph(
            opening.format(
                name=_text(shown, "name"), office=shown.office.name, day=_text(shown, "left_on")
            ),
            12,
        ),
        *(paragraph(f"{number}. {said(point)}", 11) for number, point in enumerate(text.points, 1)),
        paragraph(_("Received (signature): ____________    Date: ____________"), 12),
    ]
    return pdf(parts, title, footer(shown))


def _text(shown: OpenRecord, key: str) -> str:
    return str(shown.document.get(key) or "")
