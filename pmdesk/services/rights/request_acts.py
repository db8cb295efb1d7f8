"""What the rights desk does for each right: at once when it comes in, and by its handler."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from pmdesk.domain import office
from pmdesk.domain.acts import EVERYTHING, EraseReason, Erasure, Scope
from pmdesk.domain.consents import Act, Channel, Evidence
from pmdesk.domain.fields import Value
from pmdesk.domain.office import Changes
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import CLASSIFICATION, PurposeCode
from pmdesk.domain.requests import Request, RequestChannel, Requester, RequestId, StepCode, Todo
from pmdesk.domain.rights import RightCode
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_, _, said
from pmdesk.services import acts
from pmdesk.services.acts.recalling import OFFERS, stop_offers
from pmdesk.services.consent import consents
from pmdesk.services.refusal import screen
from pmdesk.services.rights.request_fields import correct, current, require_field
from pmdesk.services.rights.request_intake import Intake
from pmdesk.services.rights.request_steps import (
    INTEREST,
    NOTE,
    RECIPIENT,
    STATEMENT,
    mine,
    person_of,
    require_words,
    stepped,
    target,
)
from pmdesk.services.rights.requests import enter
from pmdesk.services.session import Session

_ALL = (office.REQUESTS, office.RESIDENTS, office.CONSENTS, office.CLASSIFICATION)
_CHANNELS: Mapping[RequestChannel, Channel] = {
    RequestChannel.ORAL: Channel.COUNTER,
    RequestChannel.PAPER: Channel.PAPER,
    RequestChannel.PHONE: Channel.PHONE,
    RequestChannel.MAIL: Channel.PAPER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the handler decided to do; which parts are needed depends on the right."""

    note: str = ""
    purposes: tuple[PurposeCode, ...] = ()
    scope: Scope | None = None  # of an erasure
    erase_reason: EraseReason | None = None
    value: Value = None  # of a correction
    statement: str = ""  # the value stays, with these words beside it
    tier: str | None = None
    tags: tuple[str, ...] = ()
    recipient: str = ""
    interest: str = ""  # of kin: what they need it for
    wishes_checked: bool = False  # of the deceased


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A request that came in: its id and number, and what took effect at once."""

    id: RequestId
    number: str
    changes: Changes
    done: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """What was done, for the letter; the values in it are stored nowhere else."""

    changes: Changes
    erasures: tuple[Erasure, ...] = ()
    field: str = ""
    before: str = ""
    after: str = ""


def receive(session: Session, intake: Intake) -> Received:
    """The request is in the book; what works at once worked in the same transaction."""
    with session.writing(Permission.RECEIVE_REQUESTS) as work:
        request = enter(session, work, intake)
        done = _at_once(session, work, request)
        if done:
            stepped(session, work, request, StepCode.NOTED, note=_(", ").join(done))
        work.commit()
    kinds = _ALL if done else (office.REQUESTS,)
    people = [] if request.person is None else [request.person]
    return Received(
        id=request.id,
        number=request.number,
        changes=Changes.of(*kinds, people=people),
        done=done,
    )


def act(session: Session, request: RequestId, order: Order) -> Acted:
    """What was asked for is done; the case goes on with its answer."""
    with session.writing(Permission.HANDLE_REQUESTS) as work:
        found = mine(session, work, request)
        if found.todo is not Todo.ACT:
            raise RefusedError(
                N_("The request does not wait for this step."), N_("Reload the case and look.")
            )
        effect = _EFFECTS.get(found.asked, _told)
        acted = effect(session, work, found, order)
        counts = Counter(line.certificate for line in acted.erasures)
        note = order.note or order.interest or order.recipient
        stepped(session, work, found, StepCode.ACTED, note=note, counts=counts)
        work.requests.save(replace(work.requests.get(request), acted_by=session.staff.uid))
        session.log(work, "request.act", target(request), fields=[found.asked])
        work.commit()
    return acted


# ---- at once ---------------------------------------------------------------------------------


def _at_once(session: Session, work: UnitOfWork, request: Request) -> tuple[str, ...]:
    """What needs no look first: it takes nothing from the person, or is known to be wanted."""
    person = request.person
    if person is None:
        return ()
    match request.asked:
        case RightCode.OBJECTION:
            return _objected(session, work, request, person)
        case RightCode.CORRECTION if request.field:
            field = require_field(work, request.field)
            acts.dispute(session, work, person, PurposeCode(field.purpose), field.key, request.id)
            return (_("“{field}” is marked as disputed").format(field=said(field.label)),)
        case RightCode.MARKETING:
            return _unoffered(session, work, request, person)
        case RightCode.WITHDRAWAL if request.identity is not None:
            return _withdrawn(session, work, request, person, request.purposes)
    return ()


def _objected(
    session: Session, work: UnitOfWork, request: Request, person: PersonId
) -> tuple[str, ...]:
    """Without a live consent no rule looks at the person: the standard holds already."""
    if CLASSIFICATION in work.consents.live(person):
        acts.object_to_tier(session, work, person, request.id)
    return (_("served as standard from now on"),)


def _unoffered(
    session: Session, work: UnitOfWork, request: Request, person: PersonId
) -> tuple[str, ...]:
    """A consent to offers ends with them."""
    done = _withdrawn(session, work, request, person, (OFFERS,))
    if not done:
        stop_offers(session, work, person)
    return (*done, _("no offers from now on"))


def _withdrawn(
    session: Session,
    work: UnitOfWork,
    request: Request,
    person: PersonId,
    purposes: tuple[PurposeCode, ...],
) -> tuple[str, ...]:
    catalogue = work.catalogue.live()
    live = work.consents.live(person)
    told = Evidence(channel=_CHANNELS[request.channel], act=Act.ORAL)
    done = []
    for code in purposes:
        if code in live:
            consents.ended(session, work, person, code, evidence=told)
            name = said(catalogue.purpose(code).name)
            done.append(_("consent to “{purpose}” withdrawn, values erased").format(purpose=name))
    return tuple(done)


# ---- by the handler --------------------------------------------------------------------------

Effect = Callable[[Session, UnitOfWork, Request, Order], Acted]


def _told(session: Session, work: UnitOfWork, request: Request, order: Order) -> Acted:
    """Nothing changes in the data: something is made, explained or looked into."""
    del session, work
    require_words(NOTE, order.note)
    return Acted(changes=_changes(request, office.REQUESTS))


def _handed(session: Session, work: UnitOfWork, request: Request, order: Order) -> Acted:
    """The files were made; a second person looks at them next."""
    del session, order
    if all(step.code is not StepCode.HANDED for step in work.requests.steps(request.id)):
        raise RefusedError(
            N_("The files are not made yet."), N_("Make them, then go on with the case.")
        )
    return Acted(changes=_changes(request, office.REQUESTS))


def _correction(session: Session, work: UnitOfWork, request: Request, order: Order) -> Acted:
    person = person_of(request)
    field = require_field(work, request.field)
    before = current(work, person, field)
    if order.statement.strip():
        screen.require_no_number({STATEMENT: order.statement})
        _disputed_before(session, work, request, person)
        acts.keep_with_statement(session, work, person, field.key, order.statement)
        after = before
    else:
        after = correct(session, work, person, field, order.value)
        if field.key in work.acts.disputes(person):
            acts.settle(session, work, person, field.key)
    return Acted(
        changes=_changes(request, *_ALL), field=said(field.label), before=before, after=after
    )


def _disputed_before(
    session: Session, work: UnitOfWork, request: Request, person: PersonId
) -> None:
    """A claim that came in before the person was found is marked now."""
    if request.field not in work.acts.disputes(person):
        field = require_field(work, request.field)
        acts.dispute(session, work, person, PurposeCode(field.purpose), field.key, request.id)


def _erasure(session: Session, work: UnitOfWork, request: Request, order: Order) -> Acted:
    if order.scope is None or order.erase_reason is None:
        raise RefusedError(
            N_("What is erased, and for which legal reason?"),
            N_("Choose the scope and one of the reasons of article 47."),
        )
    person = person_of(request)
    if order.scope.is_everything:
        return _everything(session, work, request, person, order.erase_reason)
    made = acts.erase(session, work, person, order.scope, order.erase_reason)
    return Acted(changes=_changes(request, *_ALL), erasures=(made,))


def _everything(
    session: Session, work: UnitOfWork, request: Request, person: PersonId, reason: EraseReason
) -> Acted:
    """While the contract runs its data stay; else they are sealed away until their legal end."""
    before = {line.certificate for line in work.erasures.of(person)}
    if acts.contract_runs(work.people.get(person), session.clock.today()):
        lines = acts.deactivate(session, work, person)
    else:
        acts.erase(session, work, person, EVERYTHING, reason)
        found = work.erasures.of(person)
        lines = tuple(line for line in found if line.certificate not in before)
    return Acted(changes=_changes(request, *_ALL), erasures=lines)


def _restriction(session: Session, work: UnitOfWork, request: Request, order: Order) -> Acted:
    purposes = order.purposes or request.purposes
    if not purposes:
        raise RefusedError(N_("Which purpose is to be frozen?"), N_("Choose at least one purpose."))
    for code in purposes:
        acts.restrict(session, work, person_of(request), code, request.id)
    work.requests.save(replace(request, purposes=purposes))
    return Acted(changes=_changes(request, *_ALL))


def _withdrawal(session: Session, work: UnitOfWork, request: Request, order: Order) -> Acted:
    del order
    _withdrawn(session, work, request, person_of(request), request.purposes)
    return Acted(changes=_changes(request, *_ALL))


def _decision(session: Session, work: UnitOfWork, request: Request, order: Order) -> Acted:
    person = person_of(request)
    if CLASSIFICATION not in work.consents.live(person):
        return _told(session, work, request, order)  # nothing decides about the person any more
    if work.acts.human_route(person) is None:  # the person was found after the request came in
        acts.object_to_tier(session, work, person, request.id)
    acts.decide_tier(session, work, person, order.tier, order.tags, order.note)
    return Acted(changes=_changes(request, *_ALL))


def _no_marketing(session: Session, work: UnitOfWork, request: Request, order: Order) -> Acted:
    del order
    _unoffered(session, work, request, person_of(request))
    return Acted(changes=_changes(request, *_ALL))


def _deactivation(session: Session, work: UnitOfWork, request: Request, order: Order) -> Acted:
    del order
    person = person_of(request)
    lines = acts.deactivate(session, work, person)
    return Acted(changes=_changes(request, *_ALL), erasures=lines)


def _of_deceased(session: Session, work: UnitOfWork, request: Request, order: Order) -> Acted:
    if request.requester is not Requester.KIN or not order.wishes_checked:
        raise RefusedError(
            N_("Has the deceased arranged otherwise?"),
            N_("Check what the deceased wished before anything is handed to the kin."),
        )
    require_words(INTEREST, order.interest)
    return _handed(session, work, request, order)


def _transfer(session: Session, work: UnitOfWork, request: Request, order: Order) -> Acted:
    require_words(RECIPIENT, order.recipient)
    return _handed(session, work, request, order)


_EFFECTS: Mapping[RightCode, Effect] = {
    RightCode.ACCESS: _handed,
    RightCode.COPY: _handed,
    RightCode.TRANSFER: _transfer,
    RightCode.CORRECTION: _correction,
    RightCode.ERASURE: _erasure,
    RightCode.RESTRICTION: _restriction,
    RightCode.WITHDRAWAL: _withdrawal,
    RightCode.OBJECTION: _decision,
    RightCode.MARKETING: _no_marketing,
    RightCode.DEACTIVATION: _deactivation,
    RightCode.DECEASED: _of_deceased,
}


def _changes(request: Request, *kinds: str) -> Changes:
    people = [] if request.person is None else [request.person]
    return Changes.of(*kinds, people=people)
