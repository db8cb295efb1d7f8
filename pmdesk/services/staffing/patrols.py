"""Rounds of a week: past places and at times where much was reported; the manager decides."""

from dataclasses import dataclass
from datetime import date, timedelta

from pmdesk.analytics import peaks
from pmdesk.analytics.peaks import Peak, Seen
from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.ports.orders import PlaceCounted
from pmdesk.domain.ports.staffing import PlanKind
from pmdesk.domain.screening import Use
from pmdesk.domain.staff import Permission
from pmdesk.domain.staffing import (
    Crew,
    Patrol,
    Round,
    days_of,
    monday,
    names_somebody,
    round_problem,
)
from pmdesk.domain.staffing_form import patrol_document
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_, Words
from pmdesk.services.refusal import screen
from pmdesk.services.session import Session
from pmdesk.services.staffing import plans
from pmdesk.services.staffing.plans import Edition

WEEKS = 26  # that are looked at
HOURS = 2  # of a round's time
# translated when shown: who reads a plan may use another language than who took it over
WHY, WHY_THEN = N_("more reports than usual"), N_("more reports than usual at this time")
_PLACE, _WHY = Words("地点", "Place"), Words("原因", "Why")
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


def save(session: Session, made: Patrol, shown: Edition) -> Changes:
    """These are the rounds of that week; `shown` is the version that was edited.

    RefusedError when a round that was not there before leads to no shared place, has no time of
    day, or is about a person, a home or a group.
    """
    session.require(Permission.PLAN_SERVICE)
    days = frozenset(days_of(monday(made.week)))
    if any(one.day not in days for one in made.rounds):
        raise RefusedError(N_("A day is not of this week."), N_("Reload the page."))
    with session.writing(Permission.PLAN_SERVICE) as work:
        crew, _edition = plans.crew_in(work)
        kept, _edition = plans.patrol_in(work, made.week)
        new = [one for one in made.rounds if one not in kept.rounds]
        if new:
            counted = _counted(work, crew, session.clock.today())
            places = frozenset(_places(work.premises.buildings(), counted))
            for one in new:
                _require_sound(session, work, one, places)
        document = patrol_document(made)
        plans.save_in(session, work, PlanKind.PATROL, made.week, document, shown)
        work.commit()
    return Changes.of(office.STAFFING)


def _require_sound(session: Session, work: UnitOfWork, one: Round, places: frozenset[str]) -> None:
    problem = round_problem(one, places)
    if problem:
        raise RefusedError(problem, N_("Change the round."))
    screen.require_clean(session, work, {_PLACE: one.place, _WHY: one.why}, Use.PROSE)


def _counted(work: UnitOfWork, crew: Crew, today: date) -> tuple[PlaceCounted, ...]:
    if not crew.patrolled:
        return ()
    since = today - timedelta(weeks=WEEKS)
    found = work.order_counts.by_place(sorted(crew.patrolled), since=since, until=today)
    return tuple(one for one in found if not names_somebody(one.area))  # as somebody wrote it


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
    parts = {place_name(one.building, one.area) for one in counted if one.building or one.area}
    return (*buildings, *sorted(parts - set(buildings)))
