"""The board of a week: who is on which shift, how many are needed, and what that costs."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain, combinations

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.domain.staffing import (
    MOST_DAYS,
    MOST_HOURS,
    Cell,
    Crew,
    Hand,
    Need,
    Roster,
    Strain,
    days_of,
    lacking,
    monday,
    strains,
)
from pmdesk.errors import RefusedError
from pmdesk.i18n import told
from pmdesk.services import forecast_words, forecasting
from pmdesk.services.forecasting import LONGEST
from pmdesk.services.session import Session
from pmdesk.services.staffing import needs, plans
from pmdesk.services.staffing.needs import Tradeoff, Workloads
from pmdesk.services.staffing.plans import Edition

_REST = 8  # hours between two shifts
_WEEK = timedelta(weeks=1)

MIX_DAYS = 56  # of which the mix of orders is told
Wanted = Mapping[Cell, Need]
Skills = frozenset[Service]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Everything that the page shows of a week."""

    week: date
    today: date
    crew: Crew
    crew_edition: Edition
    roster: Roster
    edition: Edition
    around: Mapping[Cell, tuple[str, ...]]  # who is on in the weeks before and after
    workloads: Workloads
    tradeoffs: tuple[Tradeoff, ...]
    is_timed: bool  # whether the hours of orders are known
    why_none: str  # why nothing is suggested; empty when something is
    warnings: tuple[str, ...]

    def wanted(self, careful: int) -> Wanted:
        """Who is needed when the office is that careful."""
        return {cell: load.need(careful) for cell, load in self.workloads.items()}

    def hands(self, roster: Roster, cell: Cell) -> tuple[Hand, ...]:
        """Who is on that shift; who is gone is left out."""
        found = (self.crew.hand(code) for code in roster.of(*cell))
        return tuple(one for one in found if one is not None)

    def lacking(self, roster: Roster, wanted: Wanted) -> Wanted:
        """Who each shift lacks."""
        return {cell: lacking(need, self.hands(roster, cell)) for cell, need in wanted.items()}

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
        around = (plans.roster_in(work, week + step)[0] for step in (-_WEEK, _WEEK))
        beside = {cell: who for one in around for cell, who in one.cells.items()}
        try:
            seen = forecasting.gathered(work, today, hours=True)
        except RefusedError as error:
            seen, why = None, told(error)
        else:
            why = ""
    horizon = today + timedelta(days=LONGEST)
    found = needs.workloads(seen, crew, week) if seen and week < horizon else {}
    return Board(
        week=week,
        today=today,
        crew=crew,
        crew_edition=crew_edition,
        roster=roster,
        edition=edition,
        around=beside,
        workloads=found,
        tradeoffs=needs.tradeoffs(found, crew),
        is_timed=bool(seen and seen.hourly),
        why_none=why,
        warnings=forecast_words.warnings(seen) if seen else (),
    )


def filled(shown: Board, wanted: Wanted) -> Roster:
    """The roster with colleagues where somebody is lacking, as far as they go round.

    Who is on already stays. Nobody gets two shifts a day, a week without a day off or more hours
    than the labour law allows; who can do most of what is lacking comes first, then who worked
    least.
    """
    roster, before = shown.roster, None
    cells = sorted(wanted, key=lambda cell: (cell[0], _place(shown.crew, cell[1])))
    while roster != before:
        before = roster
        for cell in cells:  # one for each shift, then a second: no day is left for last
            hand = _next(shown, roster, cell, wanted[cell])
            if hand is not None:
                roster = roster.with_cell(*cell, (*roster.of(*cell), hand.code))
    return roster


def cleared(shown: Board) -> Roster:
    """The roster without anybody from today on; what was stays."""
    gone = {day: who for day, who in shown.roster.cells.items() if day[0] < shown.today}
    return replace(shown.roster, cells=gone)


def _next(shown: Board, roster: Roster, cell: Cell, need: Need) -> Hand | None:
    gap = lacking(need, shown.hands(roster, cell))
    useful = frozenset(need.able if gap.people else gap.able)
    free = [
        hand
        for hand in shown.crew.hands
        if hand.skills & useful and _may(shown, roster, hand, cell)
    ]
    return min(
        free,
        key=lambda hand: (
            -len(hand.skills & set(gap.able)),
            _hours(shown.crew, roster, hand),
            len(hand.skills),
            hand.name,
        ),
        default=None,
    )


def _may(shown: Board, roster: Roster, hand: Hand, cell: Cell) -> bool:
    crew = shown.crew
    days = {day for (day, _shift), who in roster.cells.items() if hand.code in who}
    length = next(shift.length for shift in crew.shifts if shift.code == cell[1])
    rested = not _is_too_soon(shown, roster, hand, cell)
    return (
        cell[0] not in days
        and len(days) < MOST_DAYS
        and rested
        and _hours(crew, roster, hand) + length <= MOST_HOURS
    )


def _is_too_soon(shown: Board, roster: Roster, hand: Hand, cell: Cell) -> bool:
    """Whether there are fewer than eight hours to a shift of the day before or the day after."""
    shifts = {shift.code: shift for shift in shown.crew.shifts}
    cells = {**shown.around, **roster.cells}  # a Sunday night bars the Monday of the next week
    day, code = cell
    for step in (-1, 1):
        for other in shown.crew.shifts:
            if hand.code in cells.get((day + timedelta(days=step), other.code), ()):
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


def mix(work: UnitOfWork, today: date, services: Iterable[Service]) -> Mapping[Service, float]:
    """Which share each of these services has of their orders, as it was in the last weeks."""
    from pmdesk.analytics.dashboard import marks  # noqa: PLC0415  # numpy takes its time

    packed = work.order_marks.within(today - timedelta(days=MIX_DAYS), today)
    came = Counter(marks.Marks.unpacked(packed).service.tolist())
    chosen = {one: came[place] for place, one in enumerate(marks.SERVICES) if one in set(services)}
    total = sum(chosen.values())
    return {one: count / total if total else 1 / len(chosen) for one, count in chosen.items()}


def capacity(crew: Crew, roster: Roster, shares: Mapping[Service, float]) -> Mapping[date, float]:
    """How many orders of that mix the people on each day can do, if they do nothing else.

    Everybody does only what they can, and only what their shift does; what nobody on that day can
    do is left out.
    """
    minutes = {
        one: share * crew.minutes[one]
        for one, share in shares.items()
        if share and crew.minutes.get(one)
    }
    if not minutes:
        return {}
    shifts = {shift.code: shift for shift in crew.shifts}
    time: dict[date, dict[Skills, float]] = {day: {} for day in days_of(roster.week)}
    for (day, code), who in roster.cells.items():
        shift = shifts.get(code)
        for hand in map(crew.hand, who):
            if shift and hand and (skills := hand.skills & shift.services & set(minutes)):
                time[day][skills] = time[day].get(skills, 0.0) + crew.productive(shift)
    return {day: _doable(of_day, minutes, shares) for day, of_day in time.items()}


def _doable(
    time: Mapping[Skills, float],
    minutes: Mapping[Service, float],
    shares: Mapping[Service, float],
) -> float:
    """Orders for which there is time, however it is shared out among those who can do them.

    Of any services, no more can be done than those who can do one of them have time for; and when
    that holds for all sets of services, there is a way to share the time out.
    """
    able = sorted(frozenset[Service]().union(*time))
    sets = chain.from_iterable(combinations(able, size) for size in range(1, len(able) + 1))
    orders = min(
        (
            sum(free for skills, free in time.items() if skills & set(chosen))
            / sum(minutes[one] for one in chosen)
            for chosen in sets
        ),
        default=0.0,
    )
    return orders * sum(share for one, share in shares.items() if one in able or one not in minutes)


def capacities(
    session: Session, first: date, last: date, services: frozenset[Service]
) -> Mapping[date, float]:
    """As `capacity`, of each day from `first` to before `last` that has a roster."""
    told: dict[date, float] = {}
    with session.reading(Permission.SEE_ORDERS) as work:
        crew, _edition = plans.crew_in(work)
        shares = mix(work, session.clock.today(), services)
        week = monday(first)
        while week < last:
            roster, _edition = plans.roster_in(work, week)
            if roster.cells:
                told.update(capacity(crew, roster, shares))
            week += timedelta(weeks=1)
    return {day: count for day, count in told.items() if first <= day < last}
