"""The certificate of a course, with lines for the signatures an inspector asks for."""

from pmdesk.domain.training import PASS_PERCENT
from pmdesk.i18n import _, said
from pmdesk.services.paper.sheet import paragraph, pdf, table
from pmdesk.services.training import Paper


def certificate_pdf(paper: Paper) -> bytes:
    """One page: who passed which course, from when until when, and who stands for it."""
    title = _("Certificate of training")
    parts = [
        paragraph(title, 22),
        paragraph(paper.office.name, 14),
        paragraph(_sentence(paper), 12),
        table(_rows(paper), (50, 118), 11),
        *(paragraph(line, 11) for line in _lines()),
    ]
    return pdf(parts, title, f"{paper.office.name} · {title}")


def _sentence(paper: Paper) -> str:
    return _(
        "{name} has read the course “{course}” and passed its test: at least {percent} % of the"
        " answers right, and all of them on withdrawal, sensitive data and export."
    ).format(name=paper.name, course=said(paper.course.title), percent=PASS_PERCENT)


def _rows(paper: Paper) -> list[list[str]]:
    topics = _(", ").join(said(section.title) for section in paper.course.sections)
    held = paper.certificate
    return [
        [_("What"), _("Value")],
        [_("Name"), paper.name],
        [_("Course"), said(paper.course.title)],
        [_("Topics"), topics],
        [_("Version of the material"), held.version],
        [_("Length"), _("{count} minutes").format(count=paper.course.minutes)],
        [_("Passed on"), held.day.isoformat()],
        [_("Valid until"), held.until.isoformat()],
    ]


def _lines() -> tuple[str, ...]:
    texts = (
        _("I took part in this training.  Signature: {blank}  Date: {blank}"),
        _("For the office.  Signature: {blank}  Date: {blank}"),
    )
    return tuple("\n" + text.format(blank="＿" * 12) for text in texts)  # room for a pen
