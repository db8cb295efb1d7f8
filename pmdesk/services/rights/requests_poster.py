"""The poster for the wall: the rights in plain words, free of charge, and where to ask."""

from pmdesk.domain.rights import RIGHTS, RightCode
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _, said
from pmdesk.services import calendars
from pmdesk.services.paper.letter_text import complaint_bodies
from pmdesk.services.session import Session

SPOKEN_FOR = frozenset({RightCode.AGENT})  # not a right of its own: how it may be asked for


def plain_rights() -> tuple[str, ...]:
    """What residents may ask for, in their own words."""
    return tuple(said(right.plain) for right in RIGHTS.values() if right.code not in SPOKEN_FOR)


def poster_pdf(session: Session) -> bytes:
    """One page in large print."""
    from pmdesk.services.paper.sheet import paragraph, pdf  # noqa: PLC0415  # reportlab is slow

    with session.reading(Permission.RECEIVE_REQUESTS) as work:
        office = work.office.get()
        city = calendars.city(work.requests.settings().city)
    title = _("Your information, your rights")
    lines = [f"• {words}" for words in plain_rights()]
    closing = [
        _("One sentence is enough: at the counter, on paper, by phone or by letter."),
        _("It is free of charge. We copy no identity card."),
        _("You get a receipt the same day and an answer within 15 working days."),
        _("Whatever you ask for, the contract services stay exactly the same."),
        *(f"{said(duty.says)}（{duty.article}）" for duty in city.duties),
        f"{office.contact_phone}　{office.address}",
        complaint_bodies(office),
    ]
    parts = [
        paragraph(title, 26),
        paragraph(_("You may at any time:"), 16),
        *(paragraph(line, 14) for line in lines),
        *(paragraph(line, 12) for line in closing),
    ]
    return pdf(parts, title, office.name)
