"""Moving an order on: only what is legal, each time with a line in its history and in the log."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pmdesk.domain import office
from pmdesk.domain.masks import mask_phone
from pmdesk.domain.office import Changes
from pmdesk.domain.orders import amending
from pmdesk.domain.orders.first_answer import standing
from pmdesk.domain.orders.kinds import Urgency
from pmdesk.domain.orders.moving import Terms, moved, taken_back
from pmdesk.domain.orders.order import Deed, Move, Order, OrderId, OrderState, OrderStep
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.screening import Use
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_, Words
from pmdesk.services.order_kinds import shipped
from pmdesk.services.orders import floor, intake, merging, reading
from pmdesk.services.refusal import screen
from pmdesk.services.session import Session

LONGEST_REASON = 100
LONGEST_NAME = 40
_REASON = Words("文字说明", "In words")  # as the field is called
_WHO = Words("处理人", "Who does it")
_NOTHING = Terms()
TAKEN_BACK_WITHIN = timedelta(minutes=30)  # later, reports may have counted the step


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """What of an open order is put right; what is None stays."""

    kind: str | None = None  # of the same service
    urgency: Urgency | None = None
    words: str | None = None
    appointment: datetime | None = None
    drops_appointment: bool = False  # there is none any more


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneStep:
    """A step that was just done, and how the order stood before it: the way back."""

    move: Move
    at: datetime
    state: OrderState  # that it led to
    before: Order  # without its words and whose it is
    steps: int  # in the history, this one with them
    had_number: bool  # to call back; it went when the order was closed
    gave: tuple[Order, Order] | None = None  # the order that goes on, before and after


def move(session: Session, order: OrderId, way: Move, terms: Terms = _NOTHING) -> Changes:
    """As `step_on`, for who never takes it back."""
    return step_on(session, order, way, terms)[1]


def step_on(
    session: Session, order: OrderId, way: Move, terms: Terms = _NOTHING
) -> tuple[DoneStep, Changes]:
    """The order has moved on; RefusedError with the way out where the move is not legal now."""
    with session.writing(Permission.HANDLE_ORDERS) as work:
        before = work.orders.get(order)
        _require_terms(session, work, before, terms)
        if way is Move.REOPEN:
            _require_counts(work, order)
        now = max(session.clock.now(), before.received_at)  # a clock set back closes nothing early
        has_number = bool(work.orders.callback(order))
        after = moved(before, way, now, terms, has_number=has_number)
        if way is Move.REOPEN:
            after = _with_new_clock(session, work, after, now)
        gave = _goes_on(session, work, before, after, now)
        work.orders.save(after, was=before.state)
        said = terms.assignee if way is Move.ASSIGN else terms.reason
        _enter(session, work, order, way.value, said)
        session.log(work, f"order.{way.value}", f"order:{order}")
        made = DoneStep(
            move=way,
            at=session.clock.now(),
            state=after.state,
            before=replace(before, words="", person=None),
            steps=len(work.orders.steps(order)),
            had_number=has_number and not after.is_open,
            gave=gave,
        )
        work.commit()
    return made, _changed(before)


def take_back(session: Session, done: DoneStep) -> Changes:
    """The order stands and its clock runs as if the step had not been done; both are logged.

    Only for who did it, while nothing else was done to the order, and not for long.
    """
    with session.writing(Permission.HANDLE_ORDERS) as work:
        order = done.before.id
        now = work.orders.get(order)
        if done.before.is_open and not now.is_open:
            _require_counts(work, order)
        _require_last(session, work, done)
        work.orders.save(taken_back(now, done.before), was=now.state)
        if done.gave is not None:
            _give_back(session, work, done.at, *done.gave)
        _enter(session, work, order, Deed.TAKEN_BACK.value, done.move.value)
        session.log(work, "order.taken_back", f"order:{order}")
        work.commit()
    return _changed(now)


def urge(session: Session, order: OrderId, words: str = "") -> Changes:
    """Somebody asked again: it is counted and seen, and the queue stays as it is."""
    with session.writing(Permission.HANDLE_ORDERS) as work:
        before = _open(work, order)
        _require_words(session, work, before, words)
        work.orders.save(replace(before, urged=before.urged + 1), was=before.state)
        _enter(session, work, order, Deed.URGED.value, words)
        session.log(work, "order.urged", f"order:{order}")
        work.commit()
    return _changed(before)


def call_back(session: Session, order: OrderId, words: str) -> Changes:
    """That somebody was called back, and what was said, is in the history."""
    with session.writing(Permission.HANDLE_ORDERS) as work:
        before = _open(work, order)
        if not words.strip():
            raise RefusedError(N_("A few words are missing."), N_("Write what was done or said."))
        _require_words(session, work, before, words)
        _enter(session, work, order, Deed.CALLED_BACK.value, words)
        session.log(work, "order.called_back", f"order:{order}")
        work.commit()
    return _changed(before)


def amend(session: Session, order: OrderId, amended: Amended) -> Changes:
    """Kind, urgency, words or appointment are put right; the due time follows the urgency.

    What is as it was leaves no line in the history.
    """
    with session.writing(Permission.HANDLE_ORDERS) as work:
        before = _open(work, order)
        after = _amended(session, work, before, amended)
        changed = amending.changed(before, after)
        if not changed:
            return Changes.of()
        work.orders.save(after, was=before.state)
        _enter(session, work, order, Deed.CHANGED.value, amending.noted(before, after))
        session.log(work, "order.changed", f"order:{order}", fields=changed)
        work.commit()
    return _changed(before)


def callback_number(session: Session, order: OrderId, *, whole: bool = False) -> str:
    """The number to call back, masked; `whole` for who may reveal numbers, which is logged."""
    if not whole:
        with session.reading(Permission.HANDLE_ORDERS) as work:
            return mask_phone(work.orders.callback(order))
    with session.writing(Permission.HANDLE_ORDERS) as work:
        session.staff.require(Permission.REVEAL)
        reading.require(session, work.orders.get(order))  # it tells who complains
        number = work.orders.callback(order)
        session.log(work, "order.callback_shown", f"order:{order}")
        work.commit()
    return number


def _amended(session: Session, work: UnitOfWork, before: Order, amended: Amended) -> Order:
    after = replace(
        before,
        kind=before.kind if amended.kind is None else amended.kind,
        urgency=before.urgency if amended.urgency is None else amended.urgency,
        appointment=_appointment(session, before, amended),
    )
    if amended.words is not None:
        reading.require(session, before)
        after = replace(after, words=" ".join(amended.words.split()))
        intake.require_sound(intake.words_problems(work, after.service, after.words))
    kind = shipped().of(after.kind)
    if after.kind != before.kind and (kind is None or kind.service is not after.service):
        raise RefusedError(N_("This service has no such kind."), N_("Choose one of the list."))
    if after.urgency != before.urgency:
        promised = floor.in_force(work, session.clock.today()).floor
        due = _begun(work, before) + promised.due(after.service, after.urgency)
        if before.due_at is not None and after.urgency < before.urgency:
            due = min(due, before.due_at)  # it may be of an order that was merged into this one
        after = replace(after, due_at=due)
    return after


def _appointment(session: Session, before: Order, amended: Amended) -> datetime | None:
    if amended.drops_appointment:
        return None
    wanted = amended.appointment or before.appointment
    if wanted != before.appointment and wanted is not None and wanted < session.clock.now():
        raise RefusedError(
            N_("The time of the appointment is over."),
            N_("Enter a time to come, or clear day and time if there is no appointment."),
        )
    return wanted


def _goes_on(
    session: Session, work: UnitOfWork, before: Order, after: Order, now: datetime
) -> tuple[Order, Order] | None:
    """The order that goes on has taken over what presses; both states of it, None if as it was."""
    if after.parent is None or after.state is not OrderState.MERGED:
        return None
    parent, other = merging.goes_on(work, before, after.parent, now)
    if other == parent:
        return None
    _take_over(session, work, parent, other)
    return replace(parent, words="", person=None), replace(other, words="", person=None)


def _give_back(
    session: Session, work: UnitOfWork, at: datetime, before: Order, after: Order
) -> None:
    found = merging.given_back(work, before, after, at)
    if found is not None:
        _take_over(session, work, work.orders.get(found.id), found)


def _take_over(session: Session, work: UnitOfWork, before: Order, order: Order) -> None:
    """The order stands with the urgency and the due time that it has from another one."""
    work.orders.save(order, was=order.state)
    _enter(session, work, order.id, Deed.CHANGED.value, amending.noted(before, order))
    session.log(work, "order.changed", f"order:{order.id}", fields=["urgency", "due_at"])


def _begun(work: UnitOfWork, order: Order) -> datetime:
    """When its clock began: as it was reopened last, else as it came."""
    steps = work.orders.steps(order.id) if order.reopened else ()
    again = (step.at for step in standing(steps) if step.act == Move.REOPEN.value)
    return max(again, default=order.received_at)


def _with_new_clock(session: Session, work: UnitOfWork, order: Order, now: datetime) -> Order:
    """What is asked for anew is promised anew; its place in the queue is the old one."""
    promised = floor.in_force(work, session.clock.today()).floor
    due = now + promised.due(order.service, order.urgency)
    return replace(order, due_at=due, paused=timedelta(0))


def _open(work: UnitOfWork, order: OrderId) -> Order:
    found = work.orders.get(order)
    if not found.is_open:
        raise RefusedError(
            N_("This order is not open any more."), N_("Reopen it first; it keeps its number.")
        )
    return found


def _enter(session: Session, work: UnitOfWork, order: OrderId, act: str, words: str) -> None:
    said = " ".join(words.split())
    step = OrderStep(at=session.clock.now(), by=session.staff.uid, act=act, words=said)
    work.orders.step(order, step)


def _changed(order: Order) -> Changes:
    return Changes.of(office.ORDERS, people=[order.person] if order.person else ())


def _require_terms(session: Session, work: UnitOfWork, order: Order, terms: Terms) -> None:
    _require_words(session, work, order, terms.reason)
    who = terms.assignee.strip()
    if len(who) > LONGEST_NAME:
        raise RefusedError(
            N_("A name has at most {count} characters."),
            N_("Write the name of the firm or of the worker."),
            count=LONGEST_NAME,
        )
    account = next((one for one in work.staff.all() if one.uid == who), None)
    if account is None:
        screen.require_no_number({_WHO: who})
    elif not account.enabled:
        raise RefusedError(N_("This account is disabled."), N_("Choose somebody else."))


def _require_words(session: Session, work: UnitOfWork, order: Order, words: str) -> None:
    if len(words) > LONGEST_REASON:
        raise RefusedError(
            N_("A reason has at most {count} characters."),
            N_("A few words are enough."),
            count=LONGEST_REASON,
        )
    if order.is_complaint:
        screen.require_no_number({_REASON: words})
    else:
        screen.require_clean(session, work, {_REASON: words}, Use.PROSE)


def _require_last(session: Session, work: UnitOfWork, done: DoneStep) -> None:
    """Nobody builds on the step yet, and it is of this user."""
    steps = work.orders.steps(done.before.id)
    if len(steps) != done.steps or steps[-1].by != session.staff.uid:
        raise RefusedError(
            N_("Something was done to this order since, so the step stands."),
            N_("Look at it anew, then decide again."),
        )
    if session.clock.now() - done.at > TAKEN_BACK_WITHIN:
        raise RefusedError(
            N_("The step is older than half an hour, so it stands."),
            N_("Choose the step that leads back: send back, do it again, or reopen."),
        )


def _require_counts(work: UnitOfWork, order: OrderId) -> None:
    """An order of a withdrawn import would wait in the queue and count nowhere."""
    if work.orders.is_withdrawn(order):
        raise RefusedError(
            N_("The import that brought this order was withdrawn, so it cannot be reopened."),
            N_("Register it as a new order."),
        )
