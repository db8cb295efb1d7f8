"""The records desk, as pages see it: lists, one record with its history, and the acts upon it."""

from collections.abc import Mapping
from dataclasses import dataclass

from pmdesk.domain import office
from pmdesk.domain.fields import Problem, Value
from pmdesk.domain.office import Changes, OfficeProfile
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.records import (
    Difference,
    Document,
    Record,
    RecordDecision,
    RecordId,
    RecordKind,
    RecordStatus,
    RecordVersion,
    differences,
    read,
)
from pmdesk.domain.staff import Permission
from pmdesk.i18n import N_
from pmdesk.services.records import record_checks, records
from pmdesk.services.records.record_kinds import kind
from pmdesk.services.session import Session

CHANGED = Changes.of(office.RECORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A record in a list."""

    record: Record
    headline: str  # the answer that names it
    author: str  # name of who wrote the present version


@dataclass(frozen=True, slots=True, kw_only=True)
class Powers:
    """What may be done now; where not, the message id that says why. Empty: it may."""

    edit: str
    submit: str
    decide: str
    close: str
    erase: str = N_("Only a closed or rejected record can be erased, when its period is over.")


NEW = Powers(
    edit="",
    submit="",
    decide=N_("This record does not wait for a decision."),
    close=N_("This record is not saved yet."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRecord:
    """One record with everything its page shows."""

    kind: RecordKind
    record: Record
    document: dict[str, Value]
    versions: tuple[RecordVersion, ...]  # newest first
    decisions: tuple[RecordDecision, ...]  # newest first
    names: Mapping[str, str]  # by uid
    office: OfficeProfile
    powers: Powers

    def name(self, uid: str) -> str:
        """The name of that account; the id of one that the register does not know."""
        return self.names.get(uid, uid)

    def document_at(self, number: int) -> dict[str, Value]:
        """What a version says; nothing for a number before the first."""
        found = next((one for one in self.versions if one.number == number), None)
        return read(self.kind, found.document) if found else {}

    def changed_in(self, number: int) -> tuple[Difference, ...]:
        """What a version changed of the one before it."""
        return differences(self.kind, self.document_at(number - 1), self.document_at(number))


def lines(session: Session, code: str) -> tuple[Line, ...]:
    """The records of a kind, newest first."""
    with session.reading(Permission.SEE_RECORDS) as work:
        names = _names(work)
        return tuple(_line(work, record, names) for record in work.records.all(code))


def opened(session: Session, record: RecordId) -> OpenRecord:
    """The record with its history, and what this user may do with it."""
    with session.reading(Permission.SEE_RECORDS) as work:
        present = work.records.get(record)
        return OpenRecord(
            kind=kind(present.kind),
            record=present,
            document=records.document_of(work, present),
            versions=work.records.versions(record),
            decisions=work.records.decisions(record),
            names=_names(work),
            office=work.office.get(),
            powers=_powers(session, work, present),
        )


def problems(session: Session, made_of: RecordKind, document: Document) -> tuple[Problem, ...]:
    """What must be mended before the document can be submitted today."""
    with session.reading(Permission.KEEP_RECORDS) as work:
        return record_checks.problems(work, made_of, document, session.clock.today())


def save(
    session: Session,
    code: str,
    subject: str,
    document: Document,
    *,
    record: RecordId | None = None,
    over: int | None = None,
) -> tuple[RecordId, Changes]:
    """The record, a new one if none is named, says this."""
    with session.writing(Permission.KEEP_RECORDS) as work:
        if record is None:
            record = records.create(session, work, code, subject, document)
        else:
            records.rewrite(session, work, record, document, over=over)
        work.commit()
    return record, CHANGED


def put_forward(
    session: Session,
    code: str,
    subject: str,
    document: Document,
    *,
    record: RecordId | None = None,
    over: int | None = None,
) -> tuple[RecordId, Changes]:
    """The record says this and waits for a second person, or stands where it needs none."""
    with session.writing(Permission.KEEP_RECORDS) as work:
        if record is None:
            record = records.create(session, work, code, subject, document)
        else:
            records.rewrite(session, work, record, document, over=over)
        records.submit(session, work, record)
        work.commit()
    return record, CHANGED


def approve(session: Session, record: RecordId, words: str) -> Changes:
    """A second person stands for the record."""
    return _decide(session, record, words, approve=True)


def reject(session: Session, record: RecordId, words: str) -> Changes:
    """The record goes back to its author, with the reason."""
    return _decide(session, record, words, approve=False)


def close(session: Session, record: RecordId, words: str) -> Changes:
    """The record has ended."""
    with session.writing(Permission.APPROVE_RECORDS) as work:
        records.close(session, work, record, words)
        work.commit()
    return CHANGED


def delete(session: Session, record: RecordId) -> Changes:
    """The record is gone; refused before its minimum period is over."""
    with session.writing(Permission.APPROVE_RECORDS) as work:
        number = work.records.get(record).number
        work.records.delete(record)
        session.log(work, "record.delete", records.target(record), row={"number": number})
        work.commit()
    return CHANGED


def is_decidable(session: Session, work: UnitOfWork, record: Record) -> bool:
    """Whether this user may decide on the record now."""
    return not _powers(session, work, record).decide


def _decide(session: Session, record: RecordId, words: str, *, approve: bool) -> Changes:
    with session.writing(Permission.APPROVE_RECORDS) as work:
        records.decide(session, work, record, approve=approve, words=words)
        work.commit()
    return CHANGED


def _powers(session: Session, work: UnitOfWork, record: Record) -> Powers:
    may = session.staff.may
    keeps = "" if may(Permission.KEEP_RECORDS) else N_("Your role does not cover this.")
    decides = "" if may(Permission.APPROVE_RECORDS) else N_("Your role does not cover this.")
    closed = record.status is RecordStatus.CLOSED
    ended = N_("This record is closed and cannot be changed.") if closed else ""
    return Powers(
        edit=keeps or ended,
        submit=keeps or ended or _not_submittable(record),
        decide=decides or _not_decidable(session, work, record),
        close=decides or ended,
        erase=decides or _not_erasable(session, record),
    )


def _not_erasable(session: Session, record: Record) -> str:
    if record.status not in {RecordStatus.CLOSED, RecordStatus.REJECTED}:
        return N_("Only a closed or rejected record can be erased, when its period is over.")
    over = record.keep_until <= session.clock.today()
    return "" if over else N_("This record is kept for its period; it can be erased afterwards.")


def _not_submittable(record: Record) -> str:
    if record.status is RecordStatus.SUBMITTED:
        return N_("It already waits for a second person.")
    return N_("It is approved; change something first.") if _stands(record) else ""


def _stands(record: Record) -> bool:
    return record.status is RecordStatus.APPROVED


def _not_decidable(session: Session, work: UnitOfWork, record: Record) -> str:
    if record.status is not RecordStatus.SUBMITTED:
        return N_("This record does not wait for a decision.")
    if record.author != session.staff.uid:
        return ""
    if not records.alone(work):
        return N_("You wrote this version: a second person decides on it.")
    cooled = records.cooled_at(work, record)
    if cooled is None or session.clock.now() < cooled:
        return N_("In an office of one person a decision waits 24 hours after it was submitted.")
    return ""


def _line(work: UnitOfWork, record: Record, names: Mapping[str, str]) -> Line:
    headline = records.document_of(work, record).get(kind(record.kind).headline)
    return Line(
        record=record,
        headline="" if headline is None else str(headline),
        author=names.get(record.author, record.author),
    )


def _names(work: UnitOfWork) -> dict[str, str]:
    return {one.uid: one.name for one in work.staff.all()}
