"""Compliance records inside a unit of work: written, submitted, decided on by a second person.

These are parts of a use-case: the caller has opened the unit of work with the permission its act
needs, and commits. Pages use `pmdesk.services.records.record_desk`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pmdesk.domain.fields import Problem, Value
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.records import (
    COOLING_OFF,
    Document,
    Record,
    RecordDecision,
    RecordId,
    RecordKind,
    RecordStatus,
    RecordVersion,
    digest,
    read,
    written,
)
from pmdesk.domain.staff import OWN, Permission
from pmdesk.errors import ConflictError, DeniedError, PmdeskError, RefusedError
from pmdesk.i18n import N_, Words
from pmdesk.services.records import record_checks
from pmdesk.services.records.record_kinds import kind
from pmdesk.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The newest version that a second person approved, of a record that was not closed since."""

    record: Record
    version: RecordVersion
    approval: RecordDecision

    @property
    def document(self) -> dict[str, Value]:
        """What that version says."""
        return read(kind(self.record.kind), self.version.document)


def create(
    session: Session, work: UnitOfWork, code: str, subject: str, document: Document
) -> RecordId:
    """A new draft of that kind about `subject`; missing entries may follow, wrong ones may not."""
    made_of = kind(code)
    _refuse(made_of, made_of.malformed(document))
    now = session.clock.now()
    record = work.records.add(
        made_of,
        subject,
        written(document),
        author=session.staff.uid,
        at=now,
        year=session.clock.today().year,
    )
    session.log(work, "record.create", target(record), fields=[code])
    return record


def rewrite(
    session: Session,
    work: UnitOfWork,
    record: RecordId,
    document: Document,
    *,
    over: int | None = None,
) -> int:
    """The number of the version that says this; the same words make no new version.

    `over` is the version the writer had before him: ConflictError when there is a newer one.
    """
    present = work.records.get(record)
    made_of = kind(present.kind)
    _refuse_closed(present)
    if over is not None and over != present.version:
        raise ConflictError(
            N_("A colleague changed this record meanwhile."),
            N_("Reload it; what you typed stays on the screen until then."),
        )
    _refuse(made_of, made_of.malformed(document))
    text = written(document)
    if work.records.version(record, present.version).digest == digest(text):
        return present.version
    number = work.records.write(record, text, author=session.staff.uid, at=session.clock.now())
    session.log(work, "record.rewrite", target(record), row={"version": number})
    return number


def submit(session: Session, work: UnitOfWork, record: RecordId) -> None:
    """The present version waits for a second person; kinds that need none stand at once."""
    present = work.records.get(record)
    made_of = kind(present.kind)
    if present.status not in {RecordStatus.DRAFT, RecordStatus.REJECTED}:
        raise ConflictError(N_("This record is no draft."), N_("Reload the page."))
    document, today = document_of(work, present), session.clock.today()
    _refuse(made_of, record_checks.problems(work, made_of, document, today))
    _step(session, work, record, RecordStatus.SUBMITTED)
    if not made_of.second_person:
        _step(session, work, record, RecordStatus.APPROVED)


def decide(
    session: Session, work: UnitOfWork, record: RecordId, *, approve: bool, words: str
) -> None:
    """The submitted version is approved or sent back, by a second person and with a reason."""
    present = work.records.get(record)
    if present.status is not RecordStatus.SUBMITTED:
        raise ConflictError(N_("This record does not wait for a decision."), N_("Reload the page."))
    if not words.strip():
        raise RefusedError(
            N_("A decision needs a reason."), N_("Write one sentence why you decide so.")
        )
    alone = _refuse_own(session, work, present)
    if approve and (refuse := record_checks.APPROVALS.get(present.kind)):
        refuse(document_of(work, present), session.staff)
    status = RecordStatus.APPROVED if approve else RecordStatus.REJECTED
    _step(session, work, record, status, words.strip(), alone=alone)


def close(session: Session, work: UnitOfWork, record: RecordId, words: str) -> None:
    """The record has ended, with a reason; it is kept for its minimum period from today."""
    present = work.records.get(record)
    _refuse_closed(present)
    if refuse := record_checks.ENDINGS.get(present.kind):
        refuse(document_of(work, present))
    if not words.strip():
        raise RefusedError(
            N_("Closing a record needs a reason."), N_("Write one sentence why it ends.")
        )
    _step(session, work, record, RecordStatus.CLOSED, words.strip())


def latest(work: UnitOfWork, code: str, subject: str) -> Record | None:
    """The newest record of that kind about `subject` that was not closed."""
    found = work.records.all(code, subject)
    return next((one for one in found if one.status is not RecordStatus.CLOSED), None)


def standing(work: UnitOfWork, code: str, subject: str) -> Standing | None:
    """What is approved about `subject` now; a draft of a newer version takes nothing away."""
    for record in work.records.all(code, subject):
        if record.status is not RecordStatus.CLOSED and (found := stands(work, record)):
            return found
    return None


def stands(work: UnitOfWork, record: Record) -> Standing | None:
    """The newest approved version of the record; None without one."""
    steps = work.records.decisions(record.id)
    approval = next((one for one in steps if one.step is RecordStatus.APPROVED), None)
    if approval is None or record.status is RecordStatus.CLOSED:
        return None
    version = work.records.version(record.id, approval.version)
    return Standing(record=record, version=version, approval=approval)


def document_of(work: UnitOfWork, record: Record) -> dict[str, Value]:
    """What the present version says."""
    version = work.records.version(record.id, record.version)
    return read(kind(record.kind), version.document)


def alone(work: UnitOfWork) -> bool:
    """Whether the office has one person only."""
    return sum(one.enabled for one in work.staff.all()) == 1


def cooled_at(work: UnitOfWork, record: Record) -> datetime | None:
    """From when on a single person may decide on what he submitted."""
    steps = work.records.decisions(record.id)
    asked = next((one for one in steps if one.step is RecordStatus.SUBMITTED), None)
    return None if asked is None else asked.at + COOLING_OFF


def target(record: RecordId) -> str:
    """The audit target of a record."""
    return f"record:{record}"


def _step(
    session: Session,
    work: UnitOfWork,
    record: RecordId,
    status: RecordStatus,
    words: str = "",
    *,
    alone: bool = False,
) -> None:
    work.records.step(
        record,
        status,
        by=session.staff.uid,
        at=session.clock.now(),
        words=words,
        alone=alone,
    )
    session.log(work, f"record.{status.value}", target(record), row={"words": words})


def _refuse_own(session: Session, work: UnitOfWork, record: Record) -> bool:
    """False for a second person; True for the only person, who may decide on the next day."""
    if record.author != session.staff.uid or not kind(record.kind).second_person:
        return False
    if not alone(work):
        raise DeniedError(
            N_("Nobody decides on a record of his own."),
            N_("Ask a colleague: a reviewer, another manager or an administrator."),
            act=Permission.APPROVE_RECORDS,
            why=OWN,
        )
    cooled = cooled_at(work, record)
    if cooled is None or session.clock.now() < cooled:
        raise RefusedError(
            N_("In an office of one person a decision waits 24 hours after it was submitted."),
            N_("Look at it again tomorrow, and decide then."),
        )
    return True


def _refuse_closed(record: Record) -> None:
    if record.status is RecordStatus.CLOSED:
        raise RefusedError(
            N_("This record is closed and cannot be changed."), N_("Begin a new one.")
        )


def _refuse(made_of: RecordKind, problems: tuple[Problem, ...]) -> None:
    if problems:
        raise _unfinished(made_of, problems)


def _unfinished(made_of: RecordKind, problems: tuple[Problem, ...]) -> PmdeskError:
    first = made_of.field(problems[0].key)
    places: Mapping[str, Words | int] = {"place": first.label, "count": len(problems)}
    return RefusedError(
        N_("{count} entries are missing or cannot be kept, the first is “{place}”."),
        N_("They are marked in the form."),
        **places,
    )
