"""An order after a move: its state, its clock, and what it remembers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pmdesk.domain.orders.order import MOVES, STARS, Move, Order, OrderId, OrderState
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_

_ADVICE = {
    OrderState.NEW: N_("Assign it first."),
    OrderState.ASSIGNED: N_("Start it first."),
    OrderState.WORKING: N_("Finish it first."),
    OrderState.WAITING: N_("Resume it first."),
    OrderState.CALLBACK: N_("Close it, or have it done again."),
    OrderState.CLOSED: N_("Reopen it first; it keeps its number."),
    OrderState.CANCELLED: N_("Reopen it first; it keeps its number."),
    OrderState.MERGED: N_("Go on with the order it was merged into."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What comes with a move: why, by whom, how it was found, and which order goes on."""

    reason: str = ""
    assignee: str = ""
    rating: int | None = None
    parent: OrderId | None = None


def moved(
    order: Order, move: Move, now: datetime, terms: Terms = Terms(), *, has_number: bool = False
) -> Order:
    """The order after the move; RefusedError with the way out where it is not legal.

    With `has_number` somebody left one to be called back at.
    """
    if not order.may(move):
        raise RefusedError(N_("This cannot be done to the order now."), _ADVICE[order.state])
    for refusal in _missing(order, move, terms):
        raise refusal
    end = _end(order, move, has_number=has_number)
    made = replace(_with_clock(order, end, now), state=end)
    return _EFFECTS[move](made, now, terms)


def taken_back(order: Order, before: Order) -> Order:
    """The order as it stood before its last move; its words and whose it is stay as they are."""
    return replace(
        order,
        state=before.state,
        assignee=before.assignee,
        due_at=before.due_at,
        started_at=before.started_at,
        finished_at=before.finished_at,
        closed_at=before.closed_at,
        paused_since=before.paused_since,
        paused=before.paused,
        appointment=before.appointment,
        reopened=before.reopened,
        rating=before.rating,
        parent=before.parent,
    )


def going_on(order: Order, merged: Order, now: datetime) -> Order:
    """The order that goes on with the merged one: the higher urgency and the earlier end hold."""
    urgency, left, other = min(order.urgency, merged.urgency), order.left(now), merged.left(now)
    due = order.due_at
    if other is not None and (left is None or other < left):
        due = now + other - order.stood(now)
    return replace(order, urgency=urgency, due_at=due)


def advice(state: OrderState) -> str:
    """What has to be done before other moves are legal, as a message id."""
    return _ADVICE[state]


def _missing(order: Order, move: Move, terms: Terms) -> Iterator[RefusedError]:
    if MOVES[move].reason and not terms.reason.strip():
        yield RefusedError(N_("This needs a reason."), N_("Write it in a few words."))
    if move is Move.ASSIGN and not terms.assignee.strip():
        yield RefusedError(N_("Nobody was chosen."), N_("Choose who does it."))
    if terms.rating is not None and terms.rating not in STARS:
        yield RefusedError(N_("A rating has one to five stars."), N_("Choose one of them."))
    if move is Move.MERGE and terms.parent in {None, order.id}:
        yield RefusedError(
            N_("An order is merged into another one."), N_("Choose the order that goes on.")
        )


def _end(order: Order, move: Move, *, has_number: bool) -> OrderState:
    """Where nobody asked, nobody has to be called back."""
    if move is Move.FINISH and order.person is None and not has_number:
        return OrderState.CLOSED
    return MOVES[move].end


def _with_clock(order: Order, end: OrderState, now: datetime) -> Order:
    """The clock stands while the order waits for the resident, and only then.

    Of a complaint it never stands: the last day that a city sets waits for nobody.
    """
    if end is OrderState.WAITING:
        return replace(order, paused_since=now)
    if order.paused_since is None:
        return order
    stood = max(order.stood(now), order.paused)  # a clock set back adds nothing
    return replace(order, paused_since=None, paused=stood)


def _started(order: Order, now: datetime, _terms: Terms) -> Order:
    return replace(order, started_at=order.started_at or now)


def _finished(order: Order, now: datetime, _terms: Terms) -> Order:
    closed = now if order.state is OrderState.CLOSED else None
    return replace(order, finished_at=now, closed_at=closed)


def _reopened(order: Order, now: datetime, _terms: Terms) -> Order:
    """It begins anew; an appointment that is over was one of its earlier life."""
    still = order.appointment is not None and order.appointment >= now
    return replace(
        order,
        assignee="",
        started_at=None,
        finished_at=None,
        closed_at=None,
        rating=None,
        parent=None,
        appointment=order.appointment if still else None,
        reopened=order.reopened + 1,
    )


_EFFECTS: Mapping[Move, Callable[[Order, datetime, Terms], Order]] = {
    Move.ASSIGN: lambda order, _now, terms: replace(order, assignee=terms.assignee.strip()),
    Move.SEND_BACK: lambda order, _now, _terms: replace(order, assignee="", started_at=None),
    Move.START: _started,
    Move.WAIT: lambda order, _now, _terms: order,
    Move.RESUME: _started,
    Move.FINISH: _finished,
    Move.REDO: lambda order, _now, _terms: replace(order, finished_at=None),
    Move.CLOSE: lambda order, now, terms: replace(order, closed_at=now, rating=terms.rating),
    Move.CANCEL: lambda order, now, _terms: replace(order, closed_at=now),
    Move.MERGE: lambda order, now, terms: replace(order, closed_at=now, parent=terms.parent),
    Move.REOPEN: _reopened,
}
