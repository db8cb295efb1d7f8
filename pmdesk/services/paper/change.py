"""Change notices on paper: a sheet to hand over, and the poster for the notice board."""

from reportlab.platypus import Flowable

from pmdesk.domain.purpose_plans import Alteration, Aspect
from pmdesk.i18n import _, said
from pmdesk.services.notices.change_words import aspect_words, headline, what_to_do
from pmdesk.services.notices.notice_changes import ChangeSheet
from pmdesk.services.paper.sheet import paragraph, pdf, table

BODY, LARGE, POSTER = 12.0, 16.0, 20.0
_WIDTHS = (34.0, 67.0, 67.0)  # millimetres


def change_pdf(sheet: ChangeSheet, *, poster: bool = False) -> bytes:
    """What changed, from what to what, and what people can do; large for the notice board."""
    size = POSTER if poster else BODY
    title = headline(sheet)
    made: list[Flowable] = [
        paragraph(title, size + 6),
        paragraph(said(sheet.change.text.summary), size),
    ]
    if rows := [
        _row(one) for one in sheet.change.text.alterations if one.aspect is not Aspect.TEXT
    ]:
        head = [_("What"), _("Until now"), _("From now on")]
        made.append(table([head, *rows], _WIDTHS, size - 2))
    made += [paragraph(sentence, size) for sentence in what_to_do(sheet)]
    version = sheet.change.version or "—"
    footer = _("{office} · version {version} · {day}").format(
        office=sheet.office.name,
        version=version,
        day=f"{sheet.change.made_at.astimezone():%Y-%m-%d}",
    )
    return pdf(made, title, footer)


def _row(one: Alteration) -> list[str]:
    return [aspect_words(one.aspect), said(one.old) or "—", said(one.new) or "—"]
