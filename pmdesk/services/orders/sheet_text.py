"""The words of the contractor sheet, the same on screen and in the PDF."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from pmdesk.domain.orders.names import URGENCIES
from pmdesk.i18n import Words, _, said
from pmdesk.services.orders.sheet import Sheet
from pmdesk.services.paper.letter_text import Letter
from pmdesk.services.session import Session

_BLANK = "\u3000\n\u3000\n\u3000"  # room to write by hand


def sheet_letter(session: Session, made: Sheet) -> Letter:
    """One page: where, what and when, and room for what was done."""
    zone = session.clock.local().tzinfo
    rows = (
        (_("Entry"), _("Content")),
        *_ended(made.ended, made.ended_at, zone),
        (_("Where"), made.where),
        (_("Subject"), said(made.kind)),
        (_("Urgency"), said(URGENCIES[made.urgency])),
        (_("Description"), made.words),
        (_("Appointment"), _moment(made.appointment, zone)),
        (_("To be done by"), _moment(made.due_at, zone)),
        (_("Done by"), made.assignee or "—"),
        (_("What was done"), _BLANK),
        (_("Done on, signature"), _BLANK),
    )
    office = made.contact or _("the service desk")
    return Letter(
        title=_title(made.ended),
        number=made.number,
        opening=_("Questions and appointments through the office: {contact}").format(
            contact=office
        ),
        rows=rows,
        closing=(
            _("This sheet names no resident and no phone number: the office calls the resident."),
            *(() if made.ended else (_("Give it back when the work is done."),)),
            *(() if made.ended or made.assignee else (_unassigned(),)),
        ),
        footer=" · ".join(
            (made.number, session.staff.name, f"{session.clock.local():%Y-%m-%d %H:%M}")
        ),
    )


def _unassigned() -> str:
    return _(
        "Nobody has this order yet: give it to own people, or to a firm in the register of"
        " processors, alone."
    )


def _title(ended: Words | None) -> str:
    name = _("Work sheet")
    return _("{name} ({state})").format(name=name, state=said(ended)) if ended else name


def _ended(
    ended: Words | None, at: datetime | None, zone: tzinfo | None
) -> Iterator[tuple[str, str]]:
    """That nobody has to go there any more, before everything else."""
    if ended is not None:
        yield _("State"), " · ".join((said(ended), _moment(at, zone)))


def _moment(at: datetime | None, zone: tzinfo | None) -> str:
    return "—" if at is None else f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
