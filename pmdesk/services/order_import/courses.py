"""How far a past order had come, and when: from the days and the state that a list tells."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from pmdesk.domain.orders.order import OrderState
from pmdesk.services.order_import.meanings import Outcome
from pmdesk.services.order_import.moments import Moment
from pmdesk.services.order_import.planned import Note, ReadOrder
from pmdesk.services.order_import.reading import Wall

OLD = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How far an order has come, and when it got there; `is_due` while it is owed in time."""

    state: OrderState
    received: datetime
    started: datetime | None = None
    finished: datetime | None = None
    closed: datetime | None = None
    is_due: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Courses:
    """What decides on the course of every row of a list."""

    wall: Wall
    now: datetime
    tells_closing: bool  # whether any column says that an order was done
    keeps_old_open: bool
    notes: Counter[Note]

    @property
    def today(self) -> date:
        """The day on the wall."""
        return self.wall.now.date()

    def of(self, row: ReadOrder, hand: str) -> Course:
        """The course of the order; closed with a day, without one, or not at all.

        `hand` is who does it.
        """
        received, end = self._utc(row.received), row.closed or row.finished
        if end is not None:
            return self._ended(row, received, end)
        if row.outcome is Outcome.CANCELLED:
            return Course(state=OrderState.CANCELLED, received=received, closed=received)
        if row.outcome is Outcome.DONE or not self.tells_closing:
            self.notes[Note.NO_CLOSING] += 1
            return Course(state=OrderState.CLOSED, received=received, closed=received)
        return self._open(row, received, hand)

    def _ended(self, row: ReadOrder, received: datetime, end: Moment) -> Course:
        closed = max(received, self._utc(_at_hour_of(end, row.received)))
        told = [
            max(received, self._utc(_at_hour_of(one, row.received))) if one else None
            for one in (row.started, row.finished)
        ]
        started, finished = (one if one and one <= closed else None for one in told)
        if [started, finished] != told:
            self.notes[Note.TIME_ODD] += 1
        if started and finished and started > finished:
            started = None
        is_void = row.outcome is Outcome.CANCELLED
        return Course(
            state=OrderState.CANCELLED if is_void else OrderState.CLOSED,
            received=received,
            started=started,
            finished=finished,
            closed=closed,
        )

    def _open(self, row: ReadOrder, received: datetime, hand: str) -> Course:
        """Still owed since it came, by the promise of today: what is old is overdue."""
        if row.received.day < self.today - OLD:
            self.notes[Note.OLD_OPEN] += 1
            if not self.keeps_old_open:
                return Course(state=OrderState.CANCELLED, received=received, closed=self.now)
        started = self._utc(row.started) if row.started else None
        is_working = bool(started) or row.outcome is Outcome.WORKING
        state = OrderState.WORKING if is_working else OrderState.ASSIGNED
        if not hand:
            state = OrderState.NEW
            self.notes[Note.NO_HAND] += is_working
        return Course(state=state, received=received, started=started, is_due=True)

    def _utc(self, moment: Moment) -> datetime:
        return moment.wall.replace(tzinfo=self.wall.zone).astimezone(UTC)


def _at_hour_of(end: Moment, received: Moment) -> Moment:
    """A day without a time, at the hour the order came: so spans are whole days."""
    if end.has_time:
        return end
    return Moment(datetime.combine(end.day, received.wall.time()), False)
