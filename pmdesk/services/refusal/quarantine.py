"""Quarantine (误收): taken away at once by anybody, erased or put back by somebody responsible."""

from dataclasses import dataclass

from pmdesk.domain import office
from pmdesk.domain.acts import Erasure, Method, Scope
from pmdesk.domain.consents import Decision
from pmdesk.domain.fields import FieldKey
from pmdesk.domain.office import Changes
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import CONTRACT, PurposeCode
from pmdesk.domain.quarantine import (
    ERASED_FOR,
    EVERYTHING,
    NOTE,
    Mistake,
    Quarantined,
    QuarantineId,
    seal_info,
    until,
)
from pmdesk.domain.staff import Permission
from pmdesk.errors import NotFoundError, RefusedError
from pmdesk.i18n import N_, Words
from pmdesk.services.acts import recalling
from pmdesk.services.classification import reclassify
from pmdesk.services.quarantine_content import bundle, opened, packed, put_back, removed
from pmdesk.services.session import Session, about

ALL_OF_IT = Words("全部信息", "Everything")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One entry of the list; nothing of the content."""

    entry: Quarantined
    room: str
    field: Words
    by: str  # name of the colleague


def take(
    session: Session,
    person: PersonId,
    purpose: PurposeCode,
    key: FieldKey,
    mistake: Mistake,
    *,
    note: int | None = None,
) -> Changes:
    """The value is out of its place, sealed; who took it away cannot read it any more."""
    with session.writing(Permission.EDIT_RESIDENTS) as work:
        content = removed(session, work, person, purpose, key, note)
        if content is None:
            raise NotFoundError(
                N_("Nothing is recorded in this field."), N_("Reload the page and choose again.")
            )
        _keep(
            session,
            work,
            _Place(person, purpose, key, note if key == NOTE else None),
            mistake,
            packed(content),
        )
        reclassify(session, work, person)
        work.commit()
    return changed(person)


def take_minor(session: Session, person: PersonId) -> Changes:
    """Nothing of a minor is left in any place: no name, number, answer, consent or tier (RL-08).

    The room stays, so that somebody responsible knows whose entry it was.
    """
    with session.writing(Permission.EDIT_RESIDENTS) as work:
        content = bundle(session, work, person)
        _end_consents(session, work, person)
        for waiting in work.quarantine.of(person):
            _erase(session, work, waiting)
        work.erasures.erase_values(person, CONTRACT, FieldKey(""))
        recalling.recall(session, work, person)
        everything = _Place(person, PurposeCode(""), EVERYTHING)
        _keep(session, work, everything, Mistake.MINOR, packed(content))
        work.commit()
    return changed(person)


def waiting(session: Session) -> tuple[Waiting, ...]:
    """What somebody responsible has to decide on, by the day it goes by itself."""
    with session.reading(Permission.RESOLVE_QUARANTINE) as work:
        names = {one.uid: one.name for one in work.staff.all()}
        return tuple(
            _shown(work, entry, names.get(entry.by, "")) for entry in work.quarantine.all()
        )


def count(session: Session) -> int:
    """How many entries wait; 0 for who need not care."""
    if not session.staff.may(Permission.RESOLVE_QUARANTINE):
        return 0
    with session.reading(Permission.RESOLVE_QUARANTINE) as work:
        return len(work.quarantine.all())


def erase(session: Session, entry: QuarantineId) -> Changes:
    """The content is gone for good; the journal tells field, reason and certificate."""
    with session.writing(Permission.RESOLVE_QUARANTINE) as work:
        found = work.quarantine.get(entry)
        _erase(session, work, found)
        work.commit()
    return changed(found.person)


def restore(session: Session, entry: QuarantineId, reason: str) -> Changes:
    """The value is back in its place; refused where its consent or its field is gone."""
    session.require(Permission.RESOLVE_QUARANTINE)
    if not reason.strip():
        raise RefusedError(
            N_("Putting back needs a reason."), N_("Write why this may be collected after all.")
        )
    with session.writing(Permission.RESOLVE_QUARANTINE) as work:
        found = work.quarantine.get(entry)
        content = opened(
            session.accounts.open_sealed(seal_info(found.person, found.field), found.blob)
        )
        put_back(session, work, found, content)
        work.quarantine.drop(found.id)
        reclassify(session, work, found.person)
        session.log(work, "quarantine.restore", about(found.person), fields=[found.field])
        work.commit()
    return changed(found.person)


def changed(person: PersonId) -> Changes:
    """What taking away, erasing and putting back change."""
    return Changes.of(
        office.RESIDENTS, office.CONSENTS, office.CLASSIFICATION, office.QUARANTINE, people=[person]
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something stood that should not have been collected."""

    person: PersonId
    purpose: PurposeCode
    key: FieldKey
    note: int | None = None


def _end_consents(session: Session, work: UnitOfWork, person: PersonId) -> None:
    """A minor's consent was none: what it let in is erased now, not after the days of waiting."""
    now, today = session.clock.now(), session.clock.today()
    held = {one.purpose for one in work.consent_ends.held(person)}
    for purpose in sorted({*work.consents.live(person), *held}):
        work.consent_ends.end(person, purpose, Decision.WITHDRAWN, at=now, today=today)
        line = Erasure(
            at=now,
            by=session.staff.uid,
            person=person,
            scope=Scope(purpose=purpose),
            reason=ERASED_FOR[Mistake.MINOR],
            method=Method.ERASED,
            certificate=work.erasures.next_certificate(today),
        )
        work.erasures.write(line)


def _keep(
    session: Session, work: UnitOfWork, place: _Place, mistake: Mistake, content: bytes
) -> None:
    work.quarantine.add(
        place.person,
        place.purpose,
        place.key,
        mistake,
        blob=session.accounts.seal(seal_info(place.person, place.key), content),
        at=session.clock.now(),
        until=until(session.clock.today()),
        note=place.note,
    )
    session.log(work, f"quarantine.{mistake.value}", about(place.person), fields=[place.key])


def _erase(session: Session, work: UnitOfWork, found: Quarantined) -> None:
    work.quarantine.drop(found.id)
    if found.is_everything:
        work.people.remove(found.person)
    work.erasures.write(
        found.erasure(
            by=session.staff.uid,
            at=session.clock.now(),
            certificate=work.erasures.next_certificate(session.clock.today()),
        )
    )
    session.log(work, "quarantine.erase", about(found.person), fields=[found.field])


def _shown(work: UnitOfWork, entry: Quarantined, by: str) -> Waiting:
    fields = {field.key: field.label for field in work.catalogue.live().fields}
    label = ALL_OF_IT if entry.is_everything else fields.get(entry.field, Words("—", "—"))
    return Waiting(entry=entry, room=work.people.get(entry.person).room, field=label, by=by)
