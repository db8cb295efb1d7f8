"""Erasure: one function, one line of the journal for each thing that went, one certificate."""

from dataclasses import replace

from pmdesk.domain.acts import (
    REQUEST_WORDS,
    ArchiveReason,
    EraseReason,
    Erasure,
    Method,
    Scope,
)
from pmdesk.domain.consents import Decision
from pmdesk.domain.fields import FieldKey, Home
from pmdesk.domain.orders.order import COMPLAINTS, OPEN, ORDERS
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.domain.purposes import CONTRACT, PurposeCode
from pmdesk.domain.quarantine import MOBILE, NAME
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_
from pmdesk.services.acts import recalling
from pmdesk.services.acts.archiving import archive, contract_runs, still_needed
from pmdesk.services.classification import reclassify
from pmdesk.services.quarantine_content import particular
from pmdesk.services.session import Session, about


def erase(
    session: Session, work: UnitOfWork, person: PersonId, scope: Scope, reason: EraseReason
) -> Erasure:
    """What the scope says is gone everywhere, drafts, held values and log rows included.

    Of the contract's data only single entries go while it runs; when it is over, they are blocked
    until the legal end, and the result says until when.
    """
    session.staff.require(Permission.HANDLE_REQUESTS)
    who = work.people.get(person)
    whole = scope.is_everything or (scope.purpose == CONTRACT and not scope.field)
    needed = whole or (scope.purpose == CONTRACT and _is_needed(work, scope.field))
    if needed and contract_runs(who, session.clock.today()):
        raise still_needed()
    if whole:
        work.requests.forget(person)
        return archive(session, work, person, ArchiveReason.ERASURE)
    done = _line(session, work, person, scope, reason)
    _erase(session, work, done)
    work.erasures.write(done)
    session.log(work, "person.erased", about(person), fields=[scope.field or scope.purpose])
    return done


def deactivate(session: Session, work: UnitOfWork, person: PersonId) -> tuple[Erasure, ...]:
    """Everything that rested on consent is gone; what the contract needs stays (条例 21, 24)."""
    session.staff.require(Permission.HANDLE_REQUESTS)
    purposes = [
        *work.consents.live(person),
        *(one.purpose for one in work.consent_ends.held(person)),
    ]
    first = _line(session, work, person, Scope(), EraseReason.WITHDRAWN)
    lines = tuple(replace(first, scope=Scope(purpose=purpose)) for purpose in sorted(set(purposes)))
    for line in lines:
        _erase(session, work, line)
        work.erasures.write(line)
    session.log(
        work, "person.deactivated", about(person), fields=[one.scope.purpose for one in lines]
    )
    if work.requests.forget(person):
        words = replace(first, scope=Scope(purpose=CONTRACT, field=REQUEST_WORDS))
        work.erasures.write(words)
        lines = (*lines, words)
    return lines


def withdrawn(
    session: Session,
    work: UnitOfWork,
    person: PersonId,
    purpose: PurposeCode,
    *,
    given: str = "",
) -> Erasure:
    """The journal knows of the withdrawal, lists with the person are to be fetched back.

    The database erased the values when the decision was recorded. `given` is the receipt of the
    one item that was withdrawn, while others go on.
    """
    one_item = given and purpose in work.consents.live(person)
    scope = Scope(purpose=purpose, field=FieldKey(given if one_item else ""))
    line = _line(session, work, person, scope, EraseReason.WITHDRAWN)
    work.consent_ends.drop_held(person, purpose)
    work.erasures.write(line)
    recalling.after(session, work, person, purpose)
    return line


def _line(
    session: Session, work: UnitOfWork, person: PersonId, scope: Scope, reason: EraseReason
) -> Erasure:
    return Erasure(
        at=session.clock.now(),
        by=session.staff.uid,
        person=person,
        scope=scope,
        reason=reason,
        method=Method.ERASED,
        certificate=work.erasures.next_certificate(session.clock.today()),
    )


def _is_needed(work: UnitOfWork, key: FieldKey) -> bool:
    """Whether there is no contract party without the field: a name, a unit, a role."""
    found = next((one for one in work.catalogue.live().fields if one.key == key), None)
    return found is not None and found.home is Home.REGISTER and found.required


def _erase(session: Session, work: UnitOfWork, line: Erasure) -> None:
    person, purpose = line.person, line.scope.purpose
    catalogue = work.catalogue.live()
    known = next((one for one in catalogue.purposes if one.code == purpose), None)
    if known is None:
        raise RefusedError(
            N_("The catalogue has no such purpose."), N_("Reload the page and choose again.")
        ).coded("E_NO_PURPOSE")
    if known.needs_consent and not line.scope.field:
        withdraws = line.reason is EraseReason.WITHDRAWN
        decision = Decision.WITHDRAWN if withdraws else Decision.EXPIRED
        today = session.clock.today()
        recalling.after(session, work, person, purpose)
        work.consent_ends.end(person, purpose, decision, at=line.at, today=today)
    if line.scope.field in {ORDERS, COMPLAINTS}:
        _require_done(work, line)
    if line.scope.field in {NAME, MOBILE}:
        particular(session, work, person, line.scope.field)
    for waiting in work.quarantine.of(person):
        if waiting.is_within(line.scope):
            work.quarantine.drop(waiting.id)
    work.erasures.erase_values(person, purpose, line.scope.field)
    if purpose == CONTRACT or known.may_classify:
        reclassify(session, work, person)


def _require_done(work: UnitOfWork, line: Erasure) -> None:
    """RefusedError while an order is open: the office still needs to know whose it is."""
    complaints = line.scope.field == COMPLAINTS
    found = work.orders.rows(work.orders.ids(OrderQuery(states=OPEN, person=line.person)))
    if any(one.is_complaint is complaints for one in found):
        raise RefusedError(
            N_("The person still has an open order."), N_("Finish or cancel it first.")
        )
