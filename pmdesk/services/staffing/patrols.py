"""Rounds of a week: past places and at times where much was reported; the manager decides."""

from dataclasses import dataclass
from datetime import date, timedelta

from pmdesk.analytics import peaks
from pmdesk.analytics.peaks import Peak, Seen
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.ports.orders import PlaceCounted
from pmdesk.domain.staff import Permission
from pmdesk.domain.staffing import Crew, Patrol, Round, days_of, monday
from pmdesk.i18n import N_
from pmdesk.services.session import Session
from pmdesk.services.staffing import plans
from pmdesk.services.staffing.plans import Edition

WEEKS = 26  # that are looked at
HOURS = 2  # of a round's time
# translated when shown: who reads a plan may use another language than who took it over
WHY, WHY_THEN = N_("more reports than usual"), N_("more reports than usual at this time")
_ALL_DAY = (8, 20)  # when a round is walked whose hour nobody knows


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolBoard:
    """The rounds of a week, what is suggested, and the places there are."""

    week: date
    crew: Crew
    patrol: Patrol
    edition: Edition
    suggested: Patrol
    places: tuple[str, ...]
    is_timed: bool  # whether the hours of what was reported are known


def board(session: Session, week: date) -> PatrolBoard:
    """The rounds of the week of that day."""
    week = monday(week)
    with session.reading(Permission.SEE_ORDERS) as work:
        crew, _crew_edition = plans.crew_in(work)
        patrol, edition = plans.patrol_in(work, week)
        counted = _counted(work, crew, session.clock.today())
        buildings = work.premises.buildings()
    is_timed = any(one.hour is not None for one in counted)
    return PatrolBoard(
        week=week,
        crew=crew,
        patrol=patrol,
        edition=edition,
        suggested=_suggested(counted, crew, week, is_timed=is_timed),
        places=_places(buildings, counted),
        is_timed=is_timed,
    )


def _counted(work: UnitOfWork, crew: Crew, today: date) -> tuple[PlaceCounted, ...]:
    if not crew.patrolled:
        return ()
    since = today - timedelta(weeks=WEEKS)
    return work.order_counts.by_place(sorted(crew.patrolled), since=since, until=today)


def _suggested(
    counted: tuple[PlaceCounted, ...], crew: Crew, week: date, *, is_timed: bool
) -> Patrol:
    seen = (
        Seen(
            place=place_name(one.building, one.area),
            weekday=one.weekday,
            part=one.hour // HOURS if one.hour is not None else 0,
            events=one.orders,
        )
        for one in counted
        if (one.hour is not None or not is_timed) and (one.building or one.area)
    )
    found = peaks.strongest(peaks.peaks(seen, WEEKS), crew.rounds)
    rounds = (
        _round(day, peak, is_timed=is_timed)
        for day in days_of(week)
        for peak in found.get(day.weekday(), ())
    )
    return Patrol(week=week, rounds=tuple(rounds))


def _round(day: date, peak: Peak, *, is_timed: bool) -> Round:
    start, end = (peak.part * HOURS, (peak.part + 1) * HOURS) if is_timed else _ALL_DAY
    why = WHY_THEN if is_timed else WHY
    return Round(day=day, start=start, end=end, place=peak.place, why=why)


def place_name(building: str, area: str) -> str:
    """A building, or a part that all share; as lists of orders show it."""
    return "-".join(part for part in (building, area) if part)


def _places(buildings: tuple[str, ...], counted: tuple[PlaceCounted, ...]) -> tuple[str, ...]:
    parts = {place_name(one.building, one.area) for one in counted if one.area}
    return (*buildings, *sorted(parts - set(buildings)))
