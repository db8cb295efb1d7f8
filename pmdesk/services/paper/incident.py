"""Papers of an incident: the letter to the people (PIPL 57(1)) and the report to the authority."""

from collections.abc import Iterable

from reportlab.platypus import Flowable

from pmdesk.domain import incidents
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_, Words, _, said
from pmdesk.services.paper.record_text import footer
from pmdesk.services.paper.sheet import paragraph, pdf, table
from pmdesk.services.records.record_desk import OpenRecord
from pmdesk.services.value_words import value_words

_TIMES = ("occurred_at", "discovered_at", "contained_at", "people_told_at", "police_told_at")
_EXTENT = ("what", "kinds", "people", "special", "severity", "assets")


def letter_pdf(shown: OpenRecord) -> bytes:
    """The letter to the people concerned; RefusedError while it lacks what the law wants."""
    _refuse_incomplete(shown)
    title = _("Notice of a personal information incident")
    parts = [
        *_heading(shown, title),
        paragraph(_("Dear resident,"), 12),
        paragraph(
            _("information about you that we keep may be affected by the following incident:"), 12
        ),
    ]
    for name, words in incidents.letter_items(shown.document):
        parts += [paragraph(said(name), 12, grey=True), paragraph(words, 12)]
    parts += [
        paragraph(_("We apologise. Ask us anything; it costs nothing."), 12),
        paragraph(shown.office.name, 12),
    ]
    return pdf(parts, title, _footer(shown))


def report_pdf(shown: OpenRecord) -> bytes:
    """The report form for the authority, with all items of the law; RefusedError without them."""
    _refuse_incomplete(shown)
    title = _("Report of a personal information incident")
    rows = [(_("Item"), _("Content"))]
    rows += [(_("Reporting office"), _office(shown)), (_("Number"), shown.record.number)]
    rows += [_row(shown, key) for key in (*_TIMES, *_EXTENT)]
    rows += [(said(name), words) for name, words in incidents.letter_items(shown.document)[1:]]
    rows += [_row(shown, key) for key in ("notify", "not_notify_reason", "recovery")]
    sign = paragraph(_("Person responsible (signature): ____________    Date: ____________"))
    parts = [*_heading(shown, title), table(rows, (48, 122)), paragraph(" "), sign]
    return pdf(parts, title, _footer(shown))


def _refuse_incomplete(shown: OpenRecord) -> None:
    missing = incidents.missing_of_letter(shown.document)
    if missing:
        raise RefusedError(
            N_("The letter would lack what the law wants in it: {missing}."),
            N_("Fill this in and save, then print again (PIPL 57)."),
            missing=_joined(missing),
        )


def _joined(words: Iterable[Words]) -> Words:
    known = tuple(words)
    return Words("、".join(one.zh for one in known), ", ".join(one.en for one in known))


def _heading(shown: OpenRecord, title: str) -> list[Flowable]:
    drill = [paragraph(DRILL, 20)] if incidents.is_drill(shown.document) else []
    return [*drill, paragraph(title, 18)]


def _footer(shown: OpenRecord) -> str:
    words = footer(shown)
    return f"{DRILL} · {words}" if incidents.is_drill(shown.document) else words


def _office(shown: OpenRecord) -> str:
    office = shown.office
    return f"{office.name}, {office.address}, {office.responsible} {office.contact_phone}"


def _row(shown: OpenRecord, key: str) -> tuple[str, str]:
    field = shown.kind.field(key)
    return said(field.label), value_words(field, shown.document.get(key))


DRILL = "演练 DRILL"
