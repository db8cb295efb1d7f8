"""The board of a week: who is on which shift, how many are needed, and what that costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.staff import Permission
from pmdesk.domain.staffing import (
    MOST_DAYS,
    MOST_HOURS,
    Cell,
    Crew,
    Hand,
    Roster,
    Strain,
    days_of,
    monday,
    strains,
    uncovered,
)
from pmdesk.errors import RefusedError
from pmdesk.i18n import told
from pmdesk.services import forecast_words, forecasting
from pmdesk.services.forecasting import LONGEST
from pmdesk.services.session import Session
from pmdesk.services.staffing import needs, plans
from pmdesk.services.staffing.needs import Tasks, Tradeoff
from pmdesk.services.staffing.plans import Edition

_REST = 8  # hours between two shifts

Wanted = Mapping[Cell, Mapping[Service, int]]  # people by shift and service


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Everything that the page shows of a week."""

    week: date
    today: date
    crew: Crew
    crew_edition: Edition
    roster: Roster
    edition: Edition
    tasks: Tasks
    tradeoffs: tuple[Tradeoff, ...]
    is_timed: bool  # whether the hours of orders are known
    why_none: str  # why nothing is suggested; empty when something is
    warnings: tuple[str, ...]

    def wanted(self, careful: int) -> Wanted:
        """How many people are needed when the office is that careful."""
        return {
            cell: {
                service: people
                for service, task in found.items()
                if (people := task.suggested(careful).people)
            }
            for cell, found in self.tasks.items()
        }

    def hands(self, roster: Roster, cell: Cell) -> tuple[Hand, ...]:
        """Who is on that shift; who is gone is left out."""
        found = (self.crew.hand(code) for code in roster.of(*cell))
        return tuple(one for one in found if one is not None)

    def lacking(self, roster: Roster, wanted: Wanted) -> Mapping[Cell, Mapping[Service, int]]:
        """How many people each shift lacks, by what they would have to be able to do."""
        return {
            cell: uncovered(people, self.hands(roster, cell)) for cell, people in wanted.items()
        }

    def strains(self, roster: Roster) -> tuple[Strain, ...]:
        """Whose week has too much in it."""
        return strains(self.crew, roster)


def board(session: Session, week: date) -> Board:
    """The board of the week of that day."""
    week = monday(week)
    today = session.clock.today()
    with session.reading(Permission.SEE_ORDERS) as work:
        crew, crew_edition = plans.crew_in(work)
        roster, edition = plans.roster_in(work, week)
        try:
            seen = forecasting.gathered(work, today, hours=True)
        except RefusedError as error:
            seen, why = None, told(error)
        else:
            why = ""
    horizon = today + timedelta(days=LONGEST)
    found = needs.tasks(seen, crew, week) if seen and week < horizon else {}
    return Board(
        week=week,
        today=today,
        crew=crew,
        crew_edition=crew_edition,
        roster=roster,
        edition=edition,
        tasks=found,
        tradeoffs=needs.tradeoffs(found),
        is_timed=bool(seen and seen.hourly),
        why_none=why,
        warnings=forecast_words.warnings(seen) if seen else (),
    )


def filled(shown: Board, wanted: Wanted) -> Roster:
    """The roster with colleagues on every seat that is still free, as far as they go round.

    Who is on already stays. Nobody gets two shifts a day, a week without a day off or more hours
    than the labour law allows; who worked least comes first, and who can do most comes last.
    """
    roster = shown.roster
    cells = sorted(wanted, key=lambda cell: (cell[0], _place(shown.crew, cell[1])))
    for _pass in range(max((sum(people.values()) for people in wanted.values()), default=0)):
        for cell in cells:  # one for each shift, then a second: no day is left for last
            lacking = uncovered(wanted[cell], shown.hands(roster, cell))
            hand = _next(shown, roster, cell, lacking) if lacking else None
            if hand is not None:
                roster = roster.with_cell(*cell, (*roster.of(*cell), hand.code))
    return roster


def _next(shown: Board, roster: Roster, cell: Cell, lacking: Mapping[Service, int]) -> Hand | None:
    free = [
        hand
        for hand in shown.crew.hands
        if hand.skills & set(lacking) and _may(shown.crew, roster, hand, cell)
    ]
    return min(
        free,
        key=lambda hand: (_hours(shown.crew, roster, hand), len(hand.skills), hand.name),
        default=None,
    )


def _may(crew: Crew, roster: Roster, hand: Hand, cell: Cell) -> bool:
    days = {day for (day, _shift), who in roster.cells.items() if hand.code in who}
    length = next(shift.length for shift in crew.shifts if shift.code == cell[1])
    rested = not _is_after_night(crew, roster, hand, cell)
    return (
        cell[0] not in days
        and len(days) < MOST_DAYS
        and rested
        and _hours(crew, roster, hand) + length <= MOST_HOURS
    )


def _is_after_night(crew: Crew, roster: Roster, hand: Hand, cell: Cell) -> bool:
    """Whether the shift begins sooner than eight hours after one of the day before ends."""
    shifts = {shift.code: shift for shift in crew.shifts}
    day, code = cell
    for step in (-1, 1):
        for other in crew.shifts:
            if hand.code in roster.of(day + timedelta(days=step), other.code):
                first, last = (other, shifts[code]) if step < 0 else (shifts[code], other)
                if last.start + 24 - (first.start + first.length) < _REST:
                    return True
    return False


def _hours(crew: Crew, roster: Roster, hand: Hand) -> int:
    lengths = {shift.code: shift.length for shift in crew.shifts}
    return sum(
        lengths.get(shift, 0) for (_day, shift), who in roster.cells.items() if hand.code in who
    )


def _place(crew: Crew, code: str) -> int:
    return next(place for place, shift in enumerate(crew.shifts) if shift.code == code)


def capacity(crew: Crew, roster: Roster, services: frozenset[Service]) -> Mapping[date, float]:
    """How many orders of these services the people on each day can do, if they do nothing else."""
    minutes = [crew.minutes[one] for one in services if crew.minutes.get(one)]
    if not minutes:
        return {}
    usual = sum(minutes) / len(minutes)
    lengths = {shift.code: crew.productive(shift) for shift in crew.shifts}
    told = dict.fromkeys(days_of(roster.week), 0.0)
    for (day, shift), who in roster.cells.items():
        able = [code for code in who if (hand := crew.hand(code)) and hand.skills & services]
        told[day] += len(able) * lengths.get(shift, 0.0) / usual
    return told


def capacities(
    session: Session, first: date, last: date, services: frozenset[Service]
) -> Mapping[date, float]:
    """As `capacity`, of each day from `first` to before `last` that has a roster."""
    told: dict[date, float] = {}
    with session.reading(Permission.SEE_ORDERS) as work:
        crew, _edition = plans.crew_in(work)
        week = monday(first)
        while week < last:
            roster, _edition = plans.roster_in(work, week)
            if roster.cells:
                told.update(capacity(crew, roster, services))
            week += timedelta(weeks=1)
    return {day: count for day, count in told.items() if first <= day < last}
