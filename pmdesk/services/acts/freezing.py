"""Purposes frozen and values disputed: kept, and not used meanwhile."""

from dataclasses import replace

from pmdesk.domain.acts import Dispute, Restriction, statement_info
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.classification import Cause
from pmdesk.domain.fields import FieldKey, Home
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import CONTRACT, PurposeCode
from pmdesk.domain.staff import Permission
from pmdesk.errors import NotFoundError, RefusedError
from pmdesk.i18n import N_
from pmdesk.services.classification import reclassify
from pmdesk.services.session import Session, about


def restrict(
    session: Session,
    work: UnitOfWork,
    person: PersonId,
    purpose: PurposeCode,
    request: int | None = None,
) -> None:
    """The purpose is frozen: its values stay, and no page, list, rule or chart uses them."""
    session.staff.require(Permission.RECEIVE_REQUESTS)
    work.people.get(person)
    _require_in_force(work, person, purpose)
    frozen = Restriction(purpose=purpose, since=session.clock.today(), request=request)
    work.acts.restrict(person, frozen)
    session.log(work, "purpose.restricted", about(person), fields=[purpose])
    _follow(session, work, person, purpose)


def lift(session: Session, work: UnitOfWork, person: PersonId, purpose: PurposeCode) -> None:
    """The purpose is used again, and the person's tier follows."""
    session.staff.require(Permission.RECEIVE_REQUESTS)
    if not work.acts.lift(person, purpose):
        raise NotFoundError(
            N_("The use of these entries is not restricted."),
            N_("Reload the page to see the state."),
        )
    session.log(work, "purpose.lifted", about(person), fields=[purpose])
    _follow(session, work, person, purpose)


def dispute(
    session: Session,
    work: UnitOfWork,
    person: PersonId,
    purpose: PurposeCode,
    field: FieldKey,
    request: int | None = None,
) -> None:
    """The value is marked and rules read it as unknown until it is settled."""
    session.staff.require(Permission.RECEIVE_REQUESTS)
    work.people.get(person)
    _require_of(work.catalogue.live(), purpose, field)
    disputed = Dispute(field=field, purpose=purpose, since=session.clock.today(), request=request)
    work.acts.dispute(person, disputed)
    session.log(work, "value.disputed", about(person), fields=[field])
    _follow(session, work, person, purpose)


def settle(session: Session, work: UnitOfWork, person: PersonId, field: FieldKey) -> None:
    """The value was corrected, or the person agrees with it: nothing is disputed any more."""
    session.staff.require(Permission.HANDLE_REQUESTS)
    found = _disputed(work, person, field)
    work.acts.settle(person, field)
    session.log(work, "value.settled", about(person), fields=[field])
    _follow(session, work, person, found.purpose)


def keep_with_statement(
    session: Session, work: UnitOfWork, person: PersonId, field: FieldKey, statement: str
) -> None:
    """The value stays as it is, with the person's own words sealed beside it."""
    session.staff.require(Permission.HANDLE_REQUESTS)
    if not statement.strip():
        raise RefusedError(
            N_("The person's own words are missing."),
            N_("Write down what the person says about the value."),
        )
    found = _disputed(work, person, field)
    sealed = session.accounts.seal(statement_info(person, field), statement.strip().encode())
    settled = replace(found, settled_on=session.clock.today(), statement=sealed)
    work.acts.dispute(person, settled)
    session.log(work, "value.kept", about(person), fields=[field])
    _follow(session, work, person, found.purpose)


def _disputed(work: UnitOfWork, person: PersonId, field: FieldKey) -> Dispute:
    found = work.acts.disputes(person).get(field)
    if found is None or not found.is_open:
        raise NotFoundError(
            N_("Nothing is disputed about this value."), N_("Reload the page to see the state.")
        )
    return found


def _require_in_force(work: UnitOfWork, person: PersonId, code: PurposeCode) -> None:
    found = (one for one in work.catalogue.live().purposes if one.code == code)
    purpose = next(found, None)
    if purpose is None:
        raise NotFoundError(
            N_("The catalogue has no such purpose."), N_("Reload the page and choose again.")
        ).coded("E_NO_PURPOSE")
    if purpose.needs_consent and code not in work.consents.live(person):
        raise RefusedError(
            N_("Without a consent nothing is used for “{purpose}”, so there is nothing to stop."),
            N_("Reload the page to see the state."),
            purpose=purpose.name,
        ).coded("E_NO_CONSENT")


def _require_of(catalogue: Catalogue, purpose: PurposeCode, field: FieldKey) -> None:
    kept = {Home.ANSWERS, Home.SEALED, Home.REGISTER}
    if not any(
        one.key == field and one.purpose == purpose and one.home in kept for one in catalogue.fields
    ):
        raise NotFoundError(
            N_("The catalogue has no such field for this purpose."),
            N_("Reload the page and choose again."),
        )


def _follow(session: Session, work: UnitOfWork, person: PersonId, purpose: PurposeCode) -> None:
    if purpose == CONTRACT or work.catalogue.live().purpose(purpose).may_classify:
        reclassify(session, work, person, Cause.USE)
