"""How many people each shift needs, from what is expected of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.staffing import CAREFUL, HOURS, Cell, Crew, Shift, days_of
from pmdesk.services.forecasting import Past

if TYPE_CHECKING:
    from pmdesk.analytics.demand.load import Load
    from pmdesk.analytics.demand.staffing import Suggestion

STEP = 5  # per cent between two places of the slider
_DAYTIME = range(8, 20)  # when work is done whose hour nobody knows


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """The orders of one service that a shift has to reckon with."""

    mean: float
    variance: float
    minutes: int
    productive: float  # minutes of one person in that shift
    least: int  # people who are there whatever comes

    def suggested(self, careful: int) -> "Suggestion":
        """The people for that, and what is to be expected of so many."""
        from pmdesk.analytics.demand import staffing  # noqa: PLC0415  # numpy takes its time

        work = (staffing.Work(mean=self.mean, variance=self.variance, minutes=self.minutes),)
        found = staffing.suggested(work, careful / 100, self.productive)
        if found.people >= self.least:
            return found
        return staffing.judged(work, self.least, self.productive)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tradeoff:
    """What one place of the slider means for the whole week."""

    careful: int  # per cent
    shifts: int  # of one person each
    short: float  # share of tasks that are more than their people can do
    left: float  # orders that are not done in their shift
    idle: float  # share of the time for orders that is not needed


Tasks = Mapping[Cell, Mapping[Service, Task]]


def tasks(seen: Past, crew: Crew, week: date) -> Tasks:
    """Of each shift of the week that still can be planned, by service."""
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
                    made[(load.day, shift.code)][service] = _task(load, share, crew, shift, service)
    return made


def tradeoffs(found: Tasks) -> tuple[Tradeoff, ...]:
    """Each place of the slider, from bold to careful."""
    every = [task for shift in found.values() for task in shift.values() if task.mean or task.least]
    return tuple(_tradeoff(careful, every) for careful in range(CAREFUL.start, CAREFUL.stop, STEP))


def _tradeoff(careful: int, every: Sequence[Task]) -> Tradeoff:
    told = [task.suggested(careful) for task in every]
    people = sum(one.people for one in told)
    time = [one.people * task.productive for one, task in zip(told, every, strict=True)]
    idle = sum(one.idle * minutes for one, minutes in zip(told, time, strict=True))
    return Tradeoff(
        careful=careful,
        shifts=people,
        short=sum(one.short for one in told) / len(told) if told else 0.0,
        left=sum(one.left for one in told),
        idle=idle / sum(time) if people else 0.0,
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


def _task(load: "Load", share: float, crew: Crew, shift: Shift, service: Service) -> Task:
    """Thinned: a part of what comes varies less than the whole, relative to pure chance."""
    mean = load.mean * share
    beyond = max(0.0, load.variance - load.mean)
    return Task(
        mean=mean,
        variance=mean + beyond * share**2,
        minutes=crew.minutes[service],
        productive=crew.productive(shift),
        least=crew.least.get(service, 0),
    )
