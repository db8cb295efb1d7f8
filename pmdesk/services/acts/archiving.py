"""People who leave: what consent allowed is erased at once, the contract's data are sealed away."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from pmdesk.domain.acts import (
    EVERYTHING,
    ArchivedPerson,
    ArchiveEntry,
    ArchiveReason,
    EraseReason,
    Erasure,
    Method,
    Scope,
    archive_info,
)
from pmdesk.domain.consents import Decision
from pmdesk.domain.people import Occupancy, Person, PersonId, UnitId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import CONTRACT, Retention
from pmdesk.domain.reask import months_after
from pmdesk.domain.staff import Permission
from pmdesk.errors import DeniedError, NotFoundError, RefusedError
from pmdesk.i18n import N_
from pmdesk.services.acts import recalling
from pmdesk.services.session import Session, about

_JOURNAL = {
    ArchiveReason.MOVED_OUT: EraseReason.PURPOSE_DONE,
    ArchiveReason.CONTRACT_ENDED: EraseReason.PERIOD_OVER,
    ArchiveReason.DECEASED: EraseReason.DECEASED,
    ArchiveReason.ERASURE: EraseReason.OTHER_LAW,
}


def archive(session: Session, work: UnitOfWork, person: PersonId, reason: ArchiveReason) -> Erasure:
    """P2 to P8 are erased, P1 is sealed until its legal end, the person is in no list any more."""
    _require(session, reason)
    who = work.people.get(person)
    if reason is ArchiveReason.ERASURE and contract_runs(who, session.clock.today()):
        raise still_needed()
    today, now = session.clock.today(), session.clock.now()
    if reason is not ArchiveReason.ERASURE:
        _end_all(session, work, who)
    done = Erasure(
        at=now,
        by=session.staff.uid,
        person=person,
        scope=EVERYTHING,
        reason=_JOURNAL[reason],
        method=Method.BLOCKED,
        keep_until=months_after(today, contract_line(work).months or 0),
        certificate=work.erasures.next_certificate(today),
    )
    recalling.recall(session, work, person)
    for purpose in work.consents.live(person):
        work.consent_ends.end(person, purpose, Decision.EXPIRED, at=now, today=today)
        work.erasures.write(
            replace(done, scope=Scope(purpose=purpose), method=Method.ERASED, keep_until=None)
        )
    _drop_waiting(work, done)
    entry = ArchiveEntry(
        person=person,
        reason=reason,
        archived_on=today,
        keep_until=done.keep_until or today,
        blob=session.accounts.seal(archive_info(person), work.archive.content(person)),
    )
    work.archive.put(entry)
    work.erasures.write(done)
    session.log(work, f"person.{reason.value}", about(person))
    return done


def end_occupancy(
    session: Session, work: UnitOfWork, person: PersonId, unit: UnitId, reason: ArchiveReason
) -> Erasure | None:
    """The person has left that unit; without another one the person is archived."""
    _require(session, reason)
    who = work.people.get(person)
    today = session.clock.today()
    if all(one.unit.id != unit for one in _running(who, today)):
        raise NotFoundError(
            N_("The person does not live in this unit any more."),
            N_("Reload the page to see the present units."),
        )
    left = [one for one in _running(who, today) if one.unit.id != unit]
    if not left:
        return archive(session, work, person, reason)
    ended = [
        replace(one, until=min(one.until or today, today)) if one.unit.id == unit else one
        for one in who.occupancies
    ]
    _save(session, work, who, tuple(sorted(ended, key=lambda one: one not in left)))
    session.log(work, "occupancy.ended", about(person), fields=["unit_ref"])
    return None


def contract_runs(who: Person, today: date) -> bool:
    """Whether the person still is owner, tenant or user of a unit here."""
    return any(True for _one in _running(who, today))


def archived(session: Session) -> tuple[ArchiveEntry, ...]:
    """Numbers, reasons and days of everybody in the archive; names are sealed."""
    with session.reading(Permission.OPEN_ARCHIVE) as work:
        return work.archive.all()


def opened(session: Session, person: PersonId, reason: str) -> ArchivedPerson:
    """What the archive keeps of the person, for a stated reason; logged before it is shown."""
    _require_opener(session)
    _require_reason(reason)
    with session.writing(Permission.OPEN_ARCHIVE) as work:
        entry = work.archive.get(person)
        found = _read(session, entry)
        session.log(work, "archive.open", about(person), row={"reason": reason.strip()})
        work.commit()
    return found


def searched(session: Session, text: str, reason: str) -> tuple[ArchivedPerson, ...]:
    """The people of the archive with this text in name, number or unit; logged for each shown."""
    _require_opener(session)
    _require_reason(reason)
    wanted = text.strip().casefold()
    with session.writing(Permission.OPEN_ARCHIVE) as work:
        everybody = (_read(session, entry) for entry in work.archive.all())
        found = tuple(one for one in everybody if wanted and wanted in _words(one))
        for one in found:
            row: dict[str, object] = {"reason": reason.strip()}
            session.log(work, "archive.open", about(one.entry.person), row=row)
        work.commit()
    return found


def contract_line(work: UnitOfWork) -> Retention:
    """How long the law wants the contract's data kept after its end, and why."""
    catalogue = work.catalogue.live()
    line = catalogue.kept(catalogue.purpose(CONTRACT))
    if line.months is None:
        raise RefusedError(
            N_("The catalogue does not say how long the contract's data are kept."),
            N_("An administrator has to enter the period first."),
        ).coded("E_RETENTION_MISSING")
    return line


def still_needed() -> RefusedError:
    """The error of whoever wants contract data erased while the contract runs."""
    return RefusedError(
        N_("The contract still needs these entries, so they cannot be erased now."),
        N_("Restrict their use, or erase them when the person has moved out (PIPL 47)."),
    )


def _running(who: Person, today: date) -> Iterator[Occupancy]:
    return (one for one in who.occupancies if one.until is None or one.until > today)


def _end_all(session: Session, work: UnitOfWork, who: Person) -> None:
    """The archive tells until when the person was where."""
    today = session.clock.today()
    if contract_runs(who, today):
        ended = (replace(one, until=min(one.until or today, today)) for one in who.occupancies)
        _save(session, work, who, tuple(ended))


def _save(
    session: Session, work: UnitOfWork, who: Person, occupancies: tuple[Occupancy, ...]
) -> None:
    work.people.save(
        who.id,
        who.name,
        who.mobile,
        occupancies,
        revision=who.revision,
        at=session.clock.now(),
    )


def _drop_waiting(work: UnitOfWork, done: Erasure) -> None:
    """What waits in quarantine goes with the person, and the journal knows of it."""
    for waiting in work.quarantine.of(done.person):
        work.quarantine.drop(waiting.id)
        work.erasures.write(waiting.erasure(by=done.by, at=done.at, certificate=done.certificate))


def _require(session: Session, reason: ArchiveReason) -> None:
    """Who keeps the register may say that somebody left; an erasure goes over the rights desk."""
    asked = reason is ArchiveReason.ERASURE
    if asked or not session.staff.may(Permission.EDIT_RESIDENTS):
        session.staff.require(Permission.HANDLE_REQUESTS)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise RefusedError(
            N_("A reason is needed to open the archive."), N_("Write why you need it now.")
        )


def _require_opener(session: Session) -> None:
    try:
        session.require(Permission.OPEN_ARCHIVE)
    except DeniedError as error:
        raise error.coded(error.code or "E_BLOCKED_VALUE") from error


def _read(session: Session, entry: ArchiveEntry) -> ArchivedPerson:
    clear = session.accounts.open_sealed(archive_info(entry.person), entry.blob)
    document = json.loads(clear)
    return ArchivedPerson(
        entry=entry,
        name=document["name"],
        mobile=document["mobile"],
        units=tuple(document["units"]),
        answers=document["answers"],
    )


def _words(one: ArchivedPerson) -> str:
    units = " ".join(unit["unit"] for unit in one.units)
    return f"{one.name} {one.mobile} {units}".casefold()
