"""The book of requests: its lines with days left, one case whole, and what waits at home."""

from collections.abc import Iterable
from dataclasses import dataclass

from pmdesk.domain.deadlines import STOP, Alarm, Deadlines
from pmdesk.domain.masks import mask_name
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.requests import (
    Case,
    Request,
    RequestId,
)
from pmdesk.domain.staff import Permission, Staff
from pmdesk.domain.working_days import WorkingCalendar
from pmdesk.services import calendars
from pmdesk.services.rights.request_steps import may_handle
from pmdesk.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the book, masked."""

    request: Request
    said: str  # room and masked name; empty once the person is erased
    alarm: Alarm
    days: int  # working days left; negative when over
    handler: str
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """Everything that the page of one case shows."""

    case: Case
    row: Row
    colleagues: tuple[Staff, ...]  # who may handle it
    names: dict[str, str]  # of staff, by uid
    unknown_years: tuple[int, ...]  # whose holidays the calendar does not know
    is_held: bool  # whether the person is in the register


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What the home page says of the desk."""

    open: int
    overdue: int
    soon: int
    nearest: Row | None


def book(session: Session) -> tuple[Row, ...]:
    """All requests: open ones first, minors before the others, then by their last day."""
    with session.reading(Permission.RECEIVE_REQUESTS) as work:
        return _rows(session, work, work.requests.all())


def of_person(session: Session, person: PersonId) -> tuple[Row, ...]:
    """The requests of one person, newest first."""
    with session.reading(Permission.RECEIVE_REQUESTS) as work:
        return _rows(session, work, work.requests.of(person))


def waiting_now(session: Session) -> Waiting:
    """What the desk owes at this moment."""
    with session.reading(Permission.RECEIVE_REQUESTS) as work:
        return waiting(session, work)


def waiting(session: Session, work: UnitOfWork) -> Waiting:
    """How many requests are open and late, and the one that is due first."""
    rows = _rows(session, work, work.requests.open())
    late = [row for row in rows if row.alarm in {Alarm.OVERDUE, Alarm.STOPPED}]
    return Waiting(
        open=len(rows),
        overdue=len(late),
        soon=sum(row.alarm is Alarm.SOON for row in rows),
        nearest=min(rows, key=lambda row: row.request.due, default=None),
    )


def case(session: Session, request: RequestId) -> CaseView:
    """One case with its timeline."""
    with session.reading(Permission.RECEIVE_REQUESTS) as work:
        found = work.requests.get(request)
        staff = work.staff.all()
        row = _rows(session, work, (found,))[0]
        return CaseView(
            case=Case(request=found, steps=work.requests.steps(request), said=row.said),
            row=row,
            colleagues=tuple(one for one in staff if may_handle(one, found)),
            names={one.uid: one.name for one in staff},
            unknown_years=calendars.calendar(work).unknown_years(found.stop - STOP, found.stop),
            is_held=bool(_people(session, work, (found,))),
        )


def _rows(session: Session, work: UnitOfWork, found: Iterable[Request]) -> tuple[Row, ...]:
    requests = tuple(found)
    calendar = calendars.calendar(work)
    names = {one.uid: one.name for one in work.staff.all()}
    people = _people(session, work, requests)
    return tuple(_row(session, one, calendar, names, people) for one in requests)


def _row(
    session: Session,
    one: Request,
    calendar: WorkingCalendar,
    names: dict[str, str],
    people: dict[PersonId, str],
) -> Row:
    today = session.clock.today()
    days = Deadlines(warn=one.warn, due=one.due, stop=one.stop)
    given = f"{one.unit} {mask_name(one.who)}".strip()
    return Row(
        request=one,
        said=given if one.person is None else people.get(one.person, given),
        alarm=days.alarm(today) if one.is_open else Alarm.ON_TIME,
        days=calendar.between(today, one.due),
        handler=names.get(one.handler, ""),
        mine=one.handler == session.staff.uid,
    )


def _people(session: Session, work: UnitOfWork, requests: Iterable[Request]) -> dict[PersonId, str]:
    ids = sorted({one.person for one in requests if one.person is not None})
    rows = work.people.rows(ids, today=session.clock.today())
    return {row.id: f"{row.room} {mask_name(row.name)}".strip() for row in rows}
