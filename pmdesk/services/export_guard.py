"""The export guard: a large list leaves once a second person agreed and an hour has passed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pmdesk.domain import office
from pmdesk.domain.acts import ListKind
from pmdesk.domain.export_guard import (
    LASTS,
    SHORTEST_REASON,
    TOGETHER,
    Errand,
    ExportRequest,
    ExportRequestId,
    Load,
    Stage,
    Wish,
    is_back,
    stamped,
    together,
)
from pmdesk.domain.office import Changes
from pmdesk.domain.points import Point, Weight
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import OWN, Permission, Staff
from pmdesk.errors import ConflictError, DeniedError, RefusedError
from pmdesk.i18n import N_, _
from pmdesk.services.export_words import described
from pmdesk.services.session import Session

CHANGED = Changes.of(office.RECORDS)
CODE = "E_EXPORT_APPROVAL"
TAB = "exports"  # of the records page, where requests are decided


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizing:
    """What a list would hold, and whether it has to wait for a second person."""

    people: int
    economic: int
    earlier: int  # people on the lists of this operator in the last 24 hours
    is_large: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A request as a page shows it."""

    request: ExportRequest
    what: str  # the list and its filters, in words
    stage: Stage
    asker: str
    decider: str
    decidable: bool = False  # by the present user, now
    waits_until: datetime | None = None  # 24 hours of a single-person office, or the hour


def sized(session: Session, work: UnitOfWork, load: Load) -> Sizing:
    """The list with what the same operator took out within 24 hours."""
    earlier = _earlier(session, work)
    return Sizing(
        people=len(load.people),
        economic=len(load.economic),
        earlier=len(earlier.people),
        is_large=load.with_more(earlier).is_large,
    )


def require_errand(errand: Errand) -> None:
    """RefusedError unless it says who gets the list."""
    if not errand.is_complete:
        raise RefusedError(
            N_("Say by name who gets the list."),
            N_("Only a list that stays in the office needs no name."),
        ).coded("E_EXPORT_RECIPIENT")


def moment(session: Session, work: UnitOfWork) -> datetime:
    """The moment for what is stamped now; refused while the clock stands behind the log."""
    last, now = _last(work), session.clock.now()
    if is_back(now, last):
        raise RefusedError(
            N_("The clock of this computer stands behind the log: no list can leave."),
            N_("Put date and time right first, then try again."),
        ).coded("E_CLOCK")
    return stamped(now, last)


def stamp(session: Session, number: str, at: datetime) -> str:
    """Who makes the list, when, and its number: what stands across its pages."""
    return _("{number} · {name} · {at}").format(
        name=session.staff.name, at=f"{at.astimezone():%Y-%m-%d %H:%M}", number=number
    )


def ask(
    session: Session, work: UnitOfWork, wish: Wish, errand: Errand, reason: str, load: Load
) -> ExportRequestId:
    """A second person is asked for exactly this list; in the transaction of the caller."""
    require_errand(errand)
    if len(reason.strip()) < SHORTEST_REASON:
        raise RefusedError(
            N_("The request needs a reason of at least {count} characters."),
            N_("Write what the list is needed for and why a smaller one will not do."),
            count=SHORTEST_REASON,
        )
    now = moment(session, work)
    made = work.export_requests.add(
        wish, errand, reason.strip(), load, by=session.staff.uid, at=now
    )
    row: dict[str, object] = {"people": len(load.people), "economic": len(load.economic)}
    session.log(work, "export.asked", _target(made), fields=[wish.kind, wish.fingerprint], row=row)
    return made


def approve(session: Session, request: ExportRequestId, words: str) -> Changes:
    """A second person agreed; a single person may after 24 hours, and it is marked."""
    return _decide(session, request, words, approved=True)


def refuse(session: Session, request: ExportRequestId, words: str) -> Changes:
    """A second person did not agree: the request leads nowhere."""
    return _decide(session, request, words, approved=False)


def _decide(session: Session, request: ExportRequestId, words: str, *, approved: bool) -> Changes:
    with session.writing(Permission.APPROVE_RECORDS) as work:
        present, now = work.export_requests.get(request), moment(session, work)
        if present.stage(now) is not Stage.WAITING:
            raise ConflictError(
                N_("This request does not wait for a decision."), N_("Reload the page.")
            )
        if not words.strip():
            raise RefusedError(
                N_("A decision needs a reason."), N_("Write one sentence why you decide so.")
            )
        if (refusal := _refusal(session, work, present)) is not None:
            raise refusal
        alone = present.asked_by == session.staff.uid
        work.export_requests.decide(
            request,
            approved=approved,
            by=session.staff.uid,
            at=now,
            words=words.strip(),
            alone=alone,
        )
        action = "export.approved" if approved else "export.refused"
        session.log(work, action, _target(request), fields=[present.fingerprint])
        work.commit()
    return CHANGED


def withdraw(session: Session, request: ExportRequestId) -> Changes:
    """Whoever asked does not want the list any more."""
    with session.writing(Permission.EXPORT) as work:
        present = work.export_requests.get(request)
        if present.asked_by != session.staff.uid:
            raise RefusedError(
                N_("Only who asked for the list takes the request back."),
                N_("Not to agree to it is always possible."),
            )
        work.export_requests.withdraw(request, at=moment(session, work))
        session.log(work, "export.withdrawn", _target(request))
        work.commit()
    return CHANGED


def passed(session: Session, work: UnitOfWork, wish: Wish, load: Load) -> None:
    """A small list may leave; a large one is refused, and the attempt logged.

    Nothing else may have been written in the transaction before: what is held back is committed.
    """
    moment(session, work)
    if sized(session, work, load).is_large:
        refusal = RefusedError(
            N_("A list of {count} people needs a second person, and an hour of waiting."),
            N_("Ask for it under “Print / export”; lists of 24 hours count together."),
            count=len(load.people),
        )
        raise _held(session, work, wish, load, wish.kind.value, refusal)


def allowed(
    session: Session, work: UnitOfWork, request: ExportRequestId, wish: Wish, load: Load
) -> ExportRequest:
    """The approval under which exactly this list leaves now; refused and logged otherwise."""
    moment(session, work)
    found = work.export_requests.get(request)
    refusal = _unusable(session, work, found, wish, load)
    if refusal is not None:
        raise _held(session, work, wish, load, _target(request), refusal)
    return found


def used(session: Session, work: UnitOfWork, approval: ExportRequest, number: str) -> None:
    """The one file that the approval allowed has this number."""
    work.export_requests.fetched(approval.id, number, at=moment(session, work))
    session.log(work, "export.fetched", _target(approval.id), fields=[number])


def own(session: Session) -> tuple[Shown, ...]:
    """The requests of the present user that are open, or ended within the last seven days."""
    with session.reading(Permission.EXPORT) as work:
        mine = (one for one in work.export_requests.all() if one.asked_by == session.staff.uid)
        return tuple(_shown(session, work, _recent(session, mine)))


def everybody(session: Session) -> tuple[Shown, ...]:
    """All requests that are open or ended within the last seven days, for who may decide."""
    with session.reading(Permission.SEE_RECORDS) as work:
        return tuple(_shown(session, work, _recent(session, work.export_requests.all())))


def last_errand(session: Session) -> Errand | None:
    """What the present user chose last: the next small list is as quick as before."""
    with session.reading(Permission.EXPORT) as work:
        mine = (one for one in work.export_lists.all() if one.by == session.staff.uid)
        return next((one.errand for one in mine if one.what is ListKind.CLASSIFICATION), None)


def points(session: Session, work: UnitOfWork) -> Iterable[Point]:
    """Requests that this user may decide on now, and lists that wait to be fetched by him."""
    now = session.clock.now()
    names = {one.uid: one.name for one in work.staff.all() if one.uid != session.staff.uid}
    for one in work.export_requests.all():
        if one.stage(now) is Stage.WAITING and _refusal(session, work, one) is None:
            name = names.get(one.asked_by, "")
            yield Point(
                weight=Weight.ASKED,
                sentence=_COLLEAGUE_WAITS if name else _OWN_WAITS,
                places={"count": one.people, "name": name},
                tab=TAB,
            )
        elif one.stage(now) is Stage.READY and one.asked_by == session.staff.uid:
            until = one.ends_at.astimezone(session.clock.local().tzinfo)
            yield Point(
                weight=Weight.ASKED,
                sentence=_FETCHABLE,
                places={"count": one.people, "until": f"{until:%Y-%m-%d %H:%M}"},
                tab=TAB,
            )


def kept_back(session: Session, rows: int) -> None:
    """Somebody tried to copy many residents out of a table: nothing was copied, it is logged."""
    with session.writing(Permission.SEE_RESIDENTS) as work:
        session.log(work, "export.held", "clipboard", row={"people": rows})
        work.commit()


def _held(
    session: Session, work: UnitOfWork, wish: Wish, load: Load, target: str, refusal: RefusedError
) -> RefusedError:
    """The attempt is in the log, whatever becomes of the transaction."""
    row: dict[str, object] = {"people": len(load.people), "economic": len(load.economic)}
    session.log(work, "export.held", target, fields=[wish.fingerprint], row=row)
    work.commit()
    return refusal.coded(CODE)


def _earlier(session: Session, work: UnitOfWork) -> Load:
    now = session.clock.now()
    left = work.export_requests.unapproved(session.staff.uid, since=now - TOGETHER)
    return together(left, now)


def _unusable(
    session: Session, work: UnitOfWork, request: ExportRequest, wish: Wish, load: Load
) -> RefusedError | None:
    """Why the request does not let this list out; None when it does."""
    fits = request.fingerprint == wish.fingerprint == request.wish.fingerprint
    if request.asked_by != session.staff.uid or not fits:
        return RefusedError(
            N_("Somebody agreed to another list than this one."), N_("Ask for this list anew.")
        )
    stage = request.stage(session.clock.now())
    if stage is not Stage.READY:
        sentence, remedy = _NOT_READY[stage]
        return RefusedError(sentence, remedy)
    if not _stands(work, request.decided_by):
        return RefusedError(
            N_("Who agreed to this list may not decide any more."), N_("Ask for the list anew.")
        )
    if not request.covers(load):
        return RefusedError(
            N_("The list has grown: {count} people were agreed to, now there are {more}."),
            N_("Ask for the list anew."),
            count=request.people,
            more=len(load.people),
        )
    return None


def _refusal(session: Session, work: UnitOfWork, request: ExportRequest) -> RefusedError | None:
    """Why the present user does not decide on this request; None when he may."""
    if not _stands(work, session.staff.uid):
        return DeniedError(
            N_("Your account does not cover this any more."),
            N_("Ask an administrator."),
            act=Permission.APPROVE_RECORDS,
        )
    if request.asked_by != session.staff.uid:
        return None
    if not _is_alone(work, request.asked_by):
        return DeniedError(
            N_("Nobody decides on a list that he asked for himself."),
            N_("Ask a colleague: a reviewer, another manager or an administrator."),
            act=Permission.APPROVE_RECORDS,
            why=OWN,
        ).coded(CODE)
    if session.clock.now() < request.decidable_alone_at():
        return DeniedError(
            N_("In an office of one person a decision waits 24 hours after it was asked for."),
            N_("Look at it again tomorrow, and decide then."),
            act=Permission.APPROVE_RECORDS,
            why=OWN,
        ).coded(CODE)
    return None


def _deciders(work: UnitOfWork) -> Iterable[Staff]:
    return (one for one in work.staff.all() if one.may(Permission.APPROVE_RECORDS))


def _stands(work: UnitOfWork, uid: str) -> bool:
    """Whether that account may decide as the register of the staff is now."""
    return any(one.uid == uid for one in _deciders(work))


def _is_alone(work: UnitOfWork, uid: str) -> bool:
    return {one.uid for one in _deciders(work)} == {uid}


def _last(work: UnitOfWork) -> datetime | None:
    newest = work.audit.recent(1)
    return newest[0].at if newest else None


def _recent(session: Session, requests: Iterable[ExportRequest]) -> Iterable[ExportRequest]:
    now = session.clock.now()
    return (one for one in requests if one.ended_at > now - LASTS)


def _shown(
    session: Session, work: UnitOfWork, requests: Iterable[ExportRequest]
) -> Iterable[Shown]:
    names = {one.uid: one.name for one in work.staff.all()}
    now = session.clock.now()
    for one in requests:
        stage = one.stage(now)
        waiting = stage is Stage.WAITING
        alone = one.asked_by == session.staff.uid and _is_alone(work, one.asked_by)
        yield Shown(
            request=one,
            what=described(work, one.wish),
            stage=stage,
            asker=names.get(one.asked_by, ""),
            decider=names.get(one.decided_by, ""),
            decidable=waiting and _refusal(session, work, one) is None,
            waits_until=one.decidable_alone_at() if waiting and alone else one.ready_at,
        )


_COLLEAGUE_WAITS = N_("{name} is waiting for you: agree to a list of {count} people, or refuse")
_OWN_WAITS = N_("A list of {count} people waits for your decision")
_FETCHABLE = N_(
    "The list of {count} people that you asked for can be fetched until {until}: open"
    " “Classification”, then “Print or export”"
)
_AGAIN = N_("Ask for the list anew.")
_NOT_READY: Mapping[Stage, tuple[str, str]] = {
    Stage.WAITING: (
        N_("Nobody has agreed to this list yet."),
        N_("Ask a colleague to look at it."),
    ),
    Stage.COOLING: (
        N_("The hour of waiting after the approval is not over."),
        N_("Fetch the list when the hour is over."),
    ),
    Stage.FETCHED: (N_("This list was fetched already: once for each approval."), _AGAIN),
    Stage.REFUSED: (N_("A second person did not agree to this list."), _AGAIN),
    Stage.WITHDRAWN: (N_("This request was taken back."), _AGAIN),
    Stage.EXPIRED: (N_("This request has run out: it holds for seven days."), _AGAIN),
}


def _target(request: ExportRequestId) -> str:
    return f"export:{request}"
