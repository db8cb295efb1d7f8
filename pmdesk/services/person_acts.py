"""The acts on a person's data as their page does them: one act, one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from pmdesk.domain import office
from pmdesk.domain.acts import ArchiveReason, Erasure
from pmdesk.domain.fields import FieldKey
from pmdesk.domain.office import Changes
from pmdesk.domain.people import PersonId, UnitId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import PurposeCode, Retention
from pmdesk.domain.reask import months_after
from pmdesk.domain.staff import Permission
from pmdesk.services import acts
from pmdesk.services.acts.archiving import contract_line
from pmdesk.services.session import Session

T = TypeVar("T")

TOUCHED = (office.RESIDENTS, office.CONSENTS, office.CLASSIFICATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What of somebody who leaves stays: the line of the schedule and the last day."""

    line: Retention
    until: date


def kept(session: Session) -> Kept:
    """Until when and why the contract's data of somebody who leaves today are kept."""
    with session.reading(Permission.SEE_RESIDENTS) as work:
        line = contract_line(work)
        return Kept(line=line, until=months_after(session.clock.today(), line.months or 0))


def leave(
    session: Session, person: PersonId, reason: ArchiveReason, unit: UnitId | None = None
) -> Erasure | None:
    """The person has left that unit (none named: every one); the line of the journal if all."""

    def act(work: UnitOfWork) -> Erasure | None:
        if unit is None:
            return acts.archive(session, work, person, reason)
        return acts.end_occupancy(session, work, person, unit, reason)

    return _done(session, act)


def restrict(session: Session, person: PersonId, purpose: PurposeCode) -> Changes:
    """The purpose is frozen."""
    return _changed(session, person, lambda work: acts.restrict(session, work, person, purpose))


def lift(session: Session, person: PersonId, purpose: PurposeCode) -> Changes:
    """The purpose is used again."""
    return _changed(session, person, lambda work: acts.lift(session, work, person, purpose))


def dispute(session: Session, person: PersonId, purpose: PurposeCode, field: FieldKey) -> Changes:
    """The value is marked, and unknown to rules."""
    return _changed(
        session, person, lambda work: acts.dispute(session, work, person, purpose, field)
    )


def settle(session: Session, person: PersonId, field: FieldKey) -> Changes:
    """Nothing is disputed about the value any more."""
    return _changed(
        session,
        person,
        lambda work: acts.settle(session, work, person, field),
        Permission.HANDLE_REQUESTS,
    )


def keep_with_statement(
    session: Session, person: PersonId, field: FieldKey, statement: str
) -> Changes:
    """The value stays, with what the person says about it sealed beside it."""
    return _changed(
        session,
        person,
        lambda work: acts.keep_with_statement(session, work, person, field, statement),
        Permission.HANDLE_REQUESTS,
    )


def object_to_tier(session: Session, person: PersonId) -> Changes:
    """The standard holds until a person decides."""
    return _changed(session, person, lambda work: acts.object_to_tier(session, work, person))


def decide_tier(
    session: Session, person: PersonId, tier: str | None, tags: Sequence[str], reason: str
) -> Changes:
    """What the present user decided stands, with the reason; no tier: the rules decide again."""
    return _changed(
        session,
        person,
        lambda work: acts.decide_tier(session, work, person, tier, tags, reason),
        Permission.HANDLE_REQUESTS,
    )


def delete_tag(session: Session, person: PersonId, tag: str) -> Changes:
    """The person has no such tag before there are new answers."""
    return _changed(session, person, lambda work: acts.delete_tag(session, work, person, tag))


def _changed(
    session: Session,
    person: PersonId,
    act: Callable[[UnitOfWork], object],
    permission: Permission = Permission.RECEIVE_REQUESTS,
) -> Changes:
    _done(session, act, permission)
    return Changes.of(*TOUCHED, people=[person])


def _done(
    session: Session,
    act: Callable[[UnitOfWork], T],
    permission: Permission = Permission.RECEIVE_REQUESTS,
) -> T:
    with session.writing(permission) as work:
        result = act(work)
        work.commit()
    return result
