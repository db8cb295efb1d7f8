"""Who can be given an order: colleagues, the crew of the rosters, and who had one lately."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum

from pmdesk.domain import staffing
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.domain.staffing import HOURS, Crew, monday
from pmdesk.services.session import Session
from pmdesk.services.staffing import plans

_DAY = timedelta(days=1)


class Duty(IntEnum):
    """Whether somebody is at work; smaller comes first."""

    NOW = 0
    LATER = 1  # on a shift of today that is still to come
    OFF = 2  # or in no roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Somebody who can be given an order."""

    code: str  # uid, or the name of a worker or a firm
    name: str
    is_staff: bool
    duty: Duty = Duty.OFF
    skills: frozenset[Service] = frozenset()  # none: not known


def hands(session: Session, service: Service | None = None) -> tuple[Hand, ...]:
    """Who is on duty and can do that comes first, then who can do it, then everybody else."""
    with session.reading(Permission.SEE_ORDERS) as work:
        staff = work.staff.all()
        lately = work.orders.assignees(session.clock.today())
        crew, _edition = plans.crew_in(work)
        duties = _duties(work, crew, session.clock.local())
    planned = {one.name: one for one in crew.hands}
    own = [Hand(code=one.uid, name=one.name, is_staff=True) for one in staff if one.enabled]
    taken = {one.uid for one in staff} | {one.name for one in own}
    named = dict.fromkeys(one for one in (*planned, *lately) if one not in taken)
    everybody = (*own, *(Hand(code=one, name=one, is_staff=False) for one in named))
    made = [_planned(one, planned.get(one.name), duties) for one in everybody]
    return tuple(sorted(made, key=lambda one: _place(one, service)))


def _planned(hand: Hand, planned: staffing.Hand | None, duties: Mapping[str, Duty]) -> Hand:
    """With what the rosters know of somebody of that name."""
    if planned is None:
        return hand
    return replace(hand, duty=duties.get(planned.code, Duty.OFF), skills=planned.skills)


def _place(hand: Hand, service: Service | None) -> tuple[bool, bool, Duty]:
    is_able = service in hand.skills
    return not (is_able and hand.duty is Duty.NOW), not is_able, hand.duty


def _duties(work: UnitOfWork, crew: Crew, now: datetime) -> Mapping[str, Duty]:
    """By the code of the hand; who is not there has none now."""
    today = now.date()
    weeks = {monday(day) for day in (today - _DAY, today)}
    cells = {
        cell: who for week in weeks for cell, who in plans.roster_in(work, week)[0].cells.items()
    }
    on: dict[str, Duty] = {}
    for shift in crew.shifts:
        begins = {today: shift.start, today - _DAY: shift.start - HOURS}
        for day, start in begins.items():
            duty = _duty(now.hour, start, start + shift.length)
            for code in cells.get((day, shift.code), ()):
                on[code] = min(on.get(code, Duty.OFF), duty)
    return on


def _duty(hour: int, start: int, end: int) -> Duty:
    if start <= hour < end:
        return Duty.NOW
    return Duty.LATER if hour < start else Duty.OFF
