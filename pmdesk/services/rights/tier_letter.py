"""A letter that says why a person has this tier, without a case: for whoever asks."""

from pmdesk.domain.people import PersonId
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _
from pmdesk.services.paper.letter_text import Letter, complaint_bodies
from pmdesk.services.rights.request_explain import explained
from pmdesk.services.session import Session, about


def tier_letter(session: Session, person: PersonId) -> Letter:
    """The letter in plain words; that it was made is logged (PIPL 24(3), 48)."""
    with session.writing(Permission.SEE_CLASSIFICATION) as work:
        office = work.office.get()
        name = work.people.get(person).name
        rows = ((_("What"), _("Value")), *explained(session, work, person))
        session.log(work, "classification.letter", about(person))
        work.commit()
    day = session.clock.now().astimezone().date().isoformat()
    return Letter(
        title=_("How your service tier comes about"),
        number=day,
        opening=_(
            "{name}: this is what the rules of this office look at, and what came of it."
        ).format(name=name),
        rows=rows,
        closing=(
            _("You may have wrong values corrected, and ask for help in reading this letter."),
            _("You may object at any time: the standard holds at once, and a person decides."),
            complaint_bodies(office),
        ),
        footer=_("{office} · {day} · made by {name}").format(
            office=office.name, day=day, name=session.staff.name
        ),
    )
