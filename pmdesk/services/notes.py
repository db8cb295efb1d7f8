"""Service notes: a few words on a repair, screened before they are kept, gone after a year."""

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.people import PersonId
from pmdesk.domain.screening import Use
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_, Words
from pmdesk.services.refusal import screen
from pmdesk.services.session import Session, about

LONGEST = 100
FIELD = "note_service"
PLACE = Words("服务备注", "Service note")


def add(session: Session, person: PersonId, text: str) -> Changes:
    """The note is kept for a year; a word or number that is not collected stops it."""
    session.require(Permission.EDIT_RESIDENTS)
    words = " ".join(text.split())
    if not words or len(words) > LONGEST:
        raise RefusedError(
            N_("A service note has 1 to {count} characters."),
            N_("Only the repair, not the person."),
            count=LONGEST,
        )
    with session.writing(Permission.EDIT_RESIDENTS) as work:
        work.people.get(person)
        screen.require_clean(session, work, {PLACE: words}, Use.PROSE)
        work.service_notes.add(person, words, at=session.clock.now())
        session.log(work, "note.add", about(person), fields=[FIELD])
        work.commit()
    return Changes.of(office.RESIDENTS, people=[person])
