"""How many people each shift needs, from what is expected of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.staffing import CAREFUL, HOURS, Cell, Crew, Hand, Need, Shift, days_of, lacking
from pmdesk.services.forecasting import Past

if TYPE_CHECKING:
    from pmdesk.analytics.demand.load import Load
    from pmdesk.analytics.demand.staffing import Suggestion, Work

STEP = 5  # per cent between two places of the slider
_DAYTIME = range(8, 20)  # when work is done whose hour nobody knows


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """The orders of one service that a shift has to reckon with."""

    mean: float
    variance: float
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """All that a shift has to reckon with: one person may do several things in it."""

    services: Mapping[Service, Task]
    posts: Mapping[Service, int]  # people who are there whatever comes
    productive: float  # minutes of one person

    def suggested(self, careful: int) -> "Suggestion":
        """The people for all the work as one, and what is to be expected of so many."""
        from pmdesk.analytics.demand import staffing  # noqa: PLC0415  # numpy takes its time

        found = self._of(self.services, careful)
        people = max(found.people, sum(self.posts.values()))
        if people == found.people:
            return found
        return staffing.judged(_works(self.services.values()), people, self.productive)

    def need(self, careful: int) -> Need:
        """Who that is: of each thing that may come, as many as can do it on their own.

        What hardly ever comes needs nobody of its own, but who can do it is of use.
        """
        able = {
            one: max(self._of([one], careful).people, self.posts.get(one, 0))
            for one in Service
            if one in self.posts or (one in self.services and self.services[one].mean)
        }
        people = max([self.suggested(careful).people, *able.values()])
        return Need(people=people, able=able, posts=self.posts)

    def delivered(self, hands: Sequence[Hand]) -> "Suggestion":
        """What is to be expected of these people, each of whom does only what they can."""
        from pmdesk.analytics.demand import staffing  # noqa: PLC0415  # numpy takes its time

        enough, left, idle = 1.0, 0.0, 0.0
        for part in _parts(self.services, hands):
            people = sum(bool(hand.skills & part) for hand in hands)
            works = _works(self.services[one] for one in Service if one in part)
            found = staffing.judged(works, people, self.productive)
            enough, left = enough * (1 - found.short), left + found.left
            idle += found.idle * people
        people = len(hands)
        return staffing.Suggestion(
            people=people, short=1 - enough, left=left, idle=idle / people if people else 0.0
        )

    def _of(self, services: Iterable[Service], careful: int) -> "Suggestion":
        from pmdesk.analytics.demand import staffing  # noqa: PLC0415  # numpy takes its time

        works = _works(self.services[one] for one in services if one in self.services)
        return staffing.suggested(works, careful / 100, self.productive)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tradeoff:
    """What one place of the slider means for the whole week."""

    careful: int  # per cent
    shifts: int  # of one person each
    pooled: int  # of one person each, could everybody do everything
    short: float  # share of shifts some of whose work is more than their people can do
    left: float  # orders that are not done in their shift
    idle: float  # share of the time for orders that is not needed


Workloads = Mapping[Cell, Workload]


def workloads(seen: Past, crew: Crew, week: date) -> Workloads:
    """Of each shift of the week that still can be planned."""
    days = [day for day in days_of(week) if day >= seen.end]
    if not days:
        return {}
    made: dict[Cell, dict[Service, Task]] = {
        (day, shift.code): {} for day in days for shift in crew.shifts
    }
    for service in crew.services:
        found = _loads(seen, service, days[-1])
        hours = _hours(seen, service, len(found))
        for load, of_day in zip(found, hours, strict=True):
            if load.day in days:
                for shift, share in _shares(of_day, crew.shifts, service):
                    made[(load.day, shift.code)][service] = _task(load, share, crew, service)
    shifts = {shift.code: shift for shift in crew.shifts}
    return {cell: _workload(tasks, crew, shifts[cell[1]]) for cell, tasks in made.items()}


def _workload(tasks: Mapping[Service, Task], crew: Crew, shift: Shift) -> Workload:
    return Workload(
        services=tasks,
        posts={one: crew.least[one] for one in tasks if crew.least.get(one)},
        productive=crew.productive(shift),
    )


def tradeoffs(found: Workloads, crew: Crew) -> tuple[Tradeoff, ...]:
    """Each place of the slider, from bold to careful, with people as skilled as these."""
    every = [
        one for one in found.values() if one.posts or any(t.mean for t in one.services.values())
    ]
    kinds = _kinds(crew)
    return tuple(
        _tradeoff(careful, [(one, team(one.need(careful), kinds)) for one in every])
        for careful in range(CAREFUL.start, CAREFUL.stop, STEP)
    )


def _tradeoff(careful: int, teams: Sequence[tuple[Workload, Sequence[Hand]]]) -> Tradeoff:
    told = [load.delivered(hands) for load, hands in teams]
    time = [len(hands) * load.productive for load, hands in teams]
    idle = sum(one.idle * minutes for one, minutes in zip(told, time, strict=True))
    return Tradeoff(
        careful=careful,
        shifts=sum(one.people for one in told),
        pooled=sum(load.suggested(careful).people for load, _hands in teams),
        short=sum(one.short for one in told) / len(told) if told else 0.0,
        left=sum(one.left for one in told),
        idle=idle / sum(time) if any(time) else 0.0,
    )


def _kinds(crew: Crew) -> tuple[Hand, ...]:
    """One hand for all with the same skills, and one for what nobody can do yet.

    An office that entered nobody is planned for people who can do everything.
    """
    skills = {hand.skills for hand in crew.hands} or {frozenset(Service)}
    new = frozenset(Service) - frozenset[Service]().union(*skills)
    every = [*sorted(skills, key=sorted), *(frozenset({one}) for one in sorted(new))]
    return tuple(Hand(code=str(place), name="", skills=one) for place, one in enumerate(every))


def team(need: Need, kinds: Sequence[Hand]) -> tuple[Hand, ...]:
    """As few of these as leave nothing of the need open; of each there are enough.

    Who can do most of what is lacking comes first.
    """
    chosen: list[Hand] = []
    while gap := lacking(need, chosen):
        useful = frozenset(need.able if gap.people else gap.able)
        fit = [one for one in kinds if one.skills & useful]
        missing = frozenset(gap.able)
        chosen.append(max(fit, key=lambda one: (len(one.skills & missing), -len(one.skills))))
    return tuple(chosen)


def _parts(services: Iterable[Service], hands: Iterable[Hand]) -> Sequence[frozenset[Service]]:
    """The services by who does them: two are in one part when somebody can do both."""
    parts = [frozenset({one}) for one in services]
    for hand in hands:
        linked = [part for part in parts if part & hand.skills]
        rest = [part for part in parts if not part & hand.skills]
        parts = [*rest, frozenset[Service]().union(*linked)]
    return parts


def _works(tasks: Iterable[Task]) -> "tuple[Work, ...]":
    from pmdesk.analytics.demand import staffing  # noqa: PLC0415  # numpy takes its time

    return tuple(
        staffing.Work(mean=one.mean, variance=one.variance, minutes=one.minutes) for one in tasks
    )


def _loads(seen: Past, service: Service, last: date) -> "Sequence[Load]":
    """Of the whole office, from the first day that is not known yet to the last of the week."""
    from pmdesk.analytics.demand import load, outlook  # noqa: PLC0415  # numpy takes its time

    history = seen.services.get(service)
    days = (last - seen.end).days + 1
    if history is None:
        return [load.Load(day=day, mean=0.0, variance=0.0) for day in _from(seen.end, days)]
    whole = load.pooled(history)
    return load.loads(whole, outlook.outlook(whole, days))


def _from(first: date, count: int) -> Sequence[date]:
    return [date.fromordinal(first.toordinal() + step) for step in range(count)]


def _shares(
    hours: Sequence[float], shifts: Sequence[Shift], service: Service
) -> Sequence[tuple[Shift, float]]:
    """Which part of a day's work each shift gets that does such work; none where no shift does."""
    able = [shift for shift in shifts if service in shift.services]
    shares = [0.0] * len(able)
    for hour, share in enumerate(hours if able else ()):
        those = _on_duty(able, hour)
        for place in those:
            shares[place] += share / len(those)
    return tuple(zip(able, shares, strict=True))


def _hours(seen: Past, service: Service, days: int) -> Sequence[Sequence[float]]:
    """Which part of each day's work falls into each hour: as before, where that is known."""
    from pmdesk.analytics.demand import load  # noqa: PLC0415  # numpy takes its time

    history = seen.hourly.get(service)
    if history is None:
        return [[(hour in _DAYTIME) / len(_DAYTIME) for hour in range(HOURS)]] * days
    shares: list[list[float]] = load.shape(load.pooled(history), days)[0].tolist()
    return shares


def _on_duty(shifts: Sequence[Shift], hour: int) -> list[int]:
    """The shifts that have that hour, or the next one to begin."""
    those = [place for place, shift in enumerate(shifts) if hour in shift.hours]
    return those or [min(range(len(shifts)), key=lambda place: (shifts[place].start - hour) % 24)]


def _task(load: "Load", share: float, crew: Crew, service: Service) -> Task:
    """Thinned: a part of what comes varies less than the whole, relative to pure chance."""
    mean = load.mean * share
    beyond = max(0.0, load.variance - load.mean)
    return Task(mean=mean, variance=mean + beyond * share**2, minutes=crew.minutes[service])
