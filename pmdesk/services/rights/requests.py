"""The rights desk: receive, verify, assign, answer, close; the effects are in `request_acts`."""

from dataclasses import replace
from datetime import date

from pmdesk.domain.deadlines import Deadlines, deadlines
from pmdesk.domain.office import Changes
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.requests import (
    PROOFS,
    Identity,
    Request,
    Requester,
    RequestId,
    RequestState,
    StepCode,
    Todo,
)
from pmdesk.domain.rights import RIGHTS, Pace, Reason, RightCode
from pmdesk.domain.staff import OWN, Permission
from pmdesk.errors import DeniedError, RefusedError
from pmdesk.i18n import N_, _
from pmdesk.services import calendars
from pmdesk.services.refusal import screen
from pmdesk.services.rights.request_intake import Intake, require_sound
from pmdesk.services.rights.request_steps import (
    ANSWER,
    DELIVERY,
    NOTE,
    REASON,
    changed,
    digest_of,
    may_handle,
    mine,
    moved,
    require_open,
    require_words,
    stepped,
    target,
)
from pmdesk.services.session import Session

_S = RequestState


# ---- the way of a request --------------------------------------------------------------------


def enter(session: Session, work: UnitOfWork, intake: Intake) -> Request:
    """The request is in the book with its number and its days; part of the caller's work."""
    require_sound(intake, tuple(one.uid for one in work.staff.all()))
    request = _new(session, work, intake)
    request = replace(request, id=work.requests.add(request))
    stepped(session, work, request, StepCode.RECEIVED)
    session.log(work, "request.receive", target(request.id), fields=[request.code])
    if intake.identity is not None:
        request = identified(session, work, request, intake.identity, "")
    return request


def _new(session: Session, work: UnitOfWork, intake: Intake) -> Request:
    """The name as given is kept only while nobody in the register is named."""
    today = session.clock.today()
    days = _days(work, intake.asked, today)
    named = intake.person is None
    return Request(
        id=RequestId(0),
        number=work.requests.next_number(today),
        code=intake.code,
        inner=intake.inner,
        channel=intake.channel,
        state=_S.RECEIVED,
        received_at=session.clock.now(),
        received_by=session.staff.uid,
        person=intake.person,
        who=intake.who.strip() if named else "",
        unit=intake.unit.strip() if named else "",
        requester=intake.requester,
        requester_name=intake.requester_name.strip(),
        relation=intake.relation.strip(),
        words=intake.words.strip(),
        purposes=intake.purposes,
        field=intake.field,
        target=intake.target,
        warn=days.warn,
        due=days.due,
        stop=days.stop,
    )


def identified(
    session: Session, work: UnitOfWork, request: Request, identity: Identity, note: str
) -> Request:
    """Who asks is known well enough; part of the caller's work."""
    if identity not in PROOFS[request.requester]:
        raise RefusedError(
            N_("This does not show who asks, or for whom."),
            N_("Kin and guardians show a proof of the relation, agents their letter."),
        )
    if request.requester is Requester.AGENT and not note.strip():
        raise RefusedError(
            N_("The person has to be called back about the agent."),
            N_("Call the stored number and note what the letter allows."),
        )
    request = moved(request, _S.IN_PROGRESS)
    request = replace(request, identity=identity)
    work.requests.save(request)
    stepped(session, work, request, StepCode.IDENTIFIED, identity.value, note)
    session.log(work, "request.identify", target(request.id), fields=[identity.value])
    return request


def verify(session: Session, request: RequestId, identity: Identity, note: str = "") -> Changes:
    """The identity is noted, never copied, and work can begin."""
    with session.writing(Permission.RECEIVE_REQUESTS) as work:
        found = identified(session, work, work.requests.get(request), identity, note)
        work.commit()
    return changed(found.person)


def ask_again(session: Session, request: RequestId, note: str) -> Changes:
    """The identity could not be confirmed yet: another way was asked for."""
    require_words(NOTE, note)
    with session.writing(Permission.RECEIVE_REQUESTS) as work:
        found = work.requests.get(request)
        if found.state is not _S.VERIFYING:
            found = moved(found, _S.VERIFYING)
            work.requests.save(found)
        stepped(session, work, found, StepCode.ASKED_AGAIN, note=note)
        session.log(work, "request.ask_again", target(request))
        work.commit()
    return changed(found.person)


def bind(session: Session, request: RequestId, person: PersonId) -> Changes:
    """The request is about this resident; the name as given is not kept beside the register."""
    with session.writing(Permission.RECEIVE_REQUESTS) as work:
        found = work.requests.get(request)
        require_open(found)
        work.people.get(person)
        work.requests.save(replace(found, person=person, who="", unit=""))
        session.log(work, "request.bind", target(request))
        work.commit()
    return changed(person)


def bind_archived(session: Session, request: RequestId, person: PersonId) -> Changes:
    """The request is about this person of the archive; only who opens the archive can tell.

    The name as given stays with the request: the one in the archive is sealed.
    """
    with session.writing(Permission.OPEN_ARCHIVE) as work:
        found = work.requests.get(request)
        require_open(found)
        work.archive.get(person)
        work.requests.save(replace(found, person=person))
        stepped(session, work, found, StepCode.NOTED, note=_("found in the archive"))
        session.log(work, "request.bind_archived", target(request))
        work.commit()
    return changed(person)


def assign(session: Session, request: RequestId, uid: str) -> Changes:
    """The case is this colleague's; never of the one complained about."""
    with session.writing(Permission.HANDLE_REQUESTS) as work:
        found = work.requests.get(request)
        require_open(found)
        _require_unconcerned(session, found)
        if not any(one.uid == uid and may_handle(one, found) for one in work.staff.all()):
            raise RefusedError(
                N_("This colleague may not handle the request."),
                N_("Choose somebody else: nobody answers a complaint about himself."),
            )
        work.requests.save(replace(found, handler=uid))
        stepped(session, work, found, StepCode.ASSIGNED, uid)
        session.log(work, "request.assign", target(request))
        work.commit()
    return changed(found.person)


def extend(session: Session, request: RequestId, due: date, reason: str) -> Changes:
    """The request is due later, with a reason; nothing goes past the hard stop."""
    session.require(Permission.HANDLE_REQUESTS)
    require_words(REASON, reason)
    with session.writing(Permission.HANDLE_REQUESTS) as work:
        found = mine(session, work, request)
        if RIGHTS[found.asked].pace is Pace.AT_ONCE or not found.due < due <= found.stop:
            raise RefusedError(
                N_("The request cannot be put off to that day."),
                N_("The last possible day is {day}; what is due at once stays due at once."),
                day=found.stop.isoformat(),
            )
        work.requests.save(replace(found, due=due, warn=min(found.warn, due)))
        stepped(session, work, found, StepCode.EXTENDED, due.isoformat(), reason)
        session.log(work, "request.extend", target(request), row={"due": due.isoformat()})
        work.commit()
    return changed(found.person)


def check(session: Session, request: RequestId) -> Changes:
    """A second person has looked at what will be handed over."""
    with session.writing(Permission.HANDLE_REQUESTS) as work:
        found = work.requests.get(request)
        require_open(found)
        if found.todo is not Todo.CHECK or found.acted_by == session.staff.uid:
            raise RefusedError(
                N_("A second person has to look at it."),
                N_("Ask a colleague who did not make it."),
            )
        work.requests.save(replace(found, checked_by=session.staff.uid))
        stepped(session, work, found, StepCode.CHECKED)
        session.log(work, "request.check", target(request))
        work.commit()
    return changed(found.person)


def answer(session: Session, request: RequestId, text: str, how: str) -> Changes:
    """The answer stands in words, and how it reached the person."""
    session.require(Permission.HANDLE_REQUESTS)
    require_words(ANSWER, text)
    require_words(DELIVERY, how)
    with session.writing(Permission.HANDLE_REQUESTS) as work:
        found = mine(session, work, request)
        if found.todo is not Todo.ANSWER:
            raise RefusedError(
                N_("There is nothing to answer yet."), N_("Do what was asked for first.")
            )
        work.requests.save(
            replace(
                found,
                answer=text.strip(),
                answered_by=session.staff.uid,
                delivered_how=how.strip(),
            )
        )
        stepped(session, work, found, StepCode.ANSWERED, note=how, digest=digest_of(text.encode()))
        session.log(work, "request.answer", target(request))
        work.commit()
    return changed(found.person)


def part(session: Session, request: RequestId, note: str) -> Changes:
    """A part is done and said so; the rest is still owed."""
    session.require(Permission.HANDLE_REQUESTS)
    require_words(NOTE, note)
    with session.writing(Permission.HANDLE_REQUESTS) as work:
        found = moved(mine(session, work, request), _S.PARTLY_DONE)
        work.requests.save(found)
        stepped(session, work, found, StepCode.NOTED, note=note)
        session.log(work, "request.part", target(request))
        work.commit()
    return changed(found.person)


def close(session: Session, request: RequestId) -> Changes:
    """The request is done: carried out, answered and delivered."""
    with session.writing(Permission.HANDLE_REQUESTS) as work:
        found = mine(session, work, request)
        if found.todo is not Todo.CLOSE:
            raise RefusedError(
                N_("The request cannot be closed yet."),
                N_("Carry it out and note how the answer was delivered."),
            )
        _end(session, work, found, _S.DONE, StepCode.CLOSED)
        work.commit()
    return changed(found.person)


def refuse(session: Session, request: RequestId, reason: Reason, text: str) -> Changes:
    """The request is refused with its legal reason in words; the letter can be printed."""
    with session.writing(Permission.HANDLE_REQUESTS) as work:
        found = mine(session, work, request)
        _require_refusable(work, found, reason, text)
        screen.require_no_number({REASON: text})
        found = replace(found, reason=reason, reason_text=text.strip())
        digest = digest_of(text.strip().encode())
        _end(session, work, found, _S.REFUSED, StepCode.REFUSED, digest)
        work.commit()
    return changed(found.person)


def withdraw(session: Session, request: RequestId, note: str = "") -> Changes:
    """The person took the request back."""
    with session.writing(Permission.RECEIVE_REQUESTS) as work:
        found = work.requests.get(request)
        stepped(session, work, found, StepCode.NOTED, note=note)
        _end(session, work, found, _S.WITHDRAWN_BY_PERSON, StepCode.WITHDRAWN)
        work.commit()
    return changed(found.person)


def expire(session: Session, work: UnitOfWork) -> int:
    """Requests closed three years ago are gone; part of the daily sweep."""
    return work.requests.expire(session.clock.today())


def _require_unconcerned(session: Session, request: Request) -> None:
    if not may_handle(session.staff, request):
        raise DeniedError(
            N_("The complaint is about you: somebody else decides who answers it."),
            N_("Tell another manager, reviewer or administrator of it."),
            act=Permission.HANDLE_REQUESTS,
            why=OWN,
        )


def _end(
    session: Session,
    work: UnitOfWork,
    request: Request,
    state: RequestState,
    code: StepCode,
    digest: str = "",
) -> None:
    ended = replace(moved(request, state), closed_on=session.clock.today())
    work.requests.save(ended)
    stepped(session, work, ended, code, digest=digest)
    session.log(work, f"request.{state.value}", target(request.id))


def _days(work: UnitOfWork, asked: RightCode, today: date) -> Deadlines:
    settings = work.requests.settings()
    calendar = calendars.calendar(work)
    return deadlines(
        RIGHTS[asked].pace, today, calendar, calendars.city(settings.city), settings.target
    )


def _require_refusable(work: UnitOfWork, request: Request, reason: Reason, text: str) -> None:
    """Without a reason that this right allows and words for the letter nothing is refused."""
    allowed = (*RIGHTS[request.code].reasons, *RIGHTS[request.asked].reasons)
    if reason not in allowed:
        raise RefusedError(
            N_("“{right}” cannot be refused for this reason."),
            N_("Carry it out, or choose a reason that the law names for it."),
            right=request.right.title,
        ).coded("E_REFUSAL_REASON")
    if not text.strip():
        raise RefusedError(
            N_("A refusal needs its reason in words."),
            N_("Write what is refused and what is done instead; it stands in the letter."),
        ).coded("E_REFUSAL_REASON")
    again = any(step.code is StepCode.ASKED_AGAIN for step in work.requests.steps(request.id))
    if reason is Reason.IDENTITY and not again:
        raise RefusedError(
            N_("Before that, ask for another way to confirm who it is."),
            N_("Note which other way was offered; then a refusal is possible."),
        ).coded("E_REFUSAL_REASON")
