"""What comes in the next days, by service and building: read from the book, never about a person.

numpy is imported where a forecast is made, not where the page is: signing in stays quick.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pmdesk.analytics.demand.expected import Expected, Method
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.ports.orders import Counted
from pmdesk.domain.staff import Permission
from pmdesk.domain.working_days import WorkingCalendar
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_
from pmdesk.services import calendars
from pmdesk.services.session import Session

if TYPE_CHECKING:
    from pmdesk.analytics.demand.history import History
    from pmdesk.analytics.demand.outlook import Outlook
    from pmdesk.analytics.demand.scores import Score

DAYS = 730  # of history: two of each holiday
HOURLY_DAYS = 182  # of which the hours are looked at
LONGEST = 60  # days ahead
_SOON = timedelta(days=14)  # ahead: by then the holidays should be entered
LEAST_HOURS = 0.5  # of the orders; fewer known hours say nothing of the day
QUIET = 28  # days without any order after which the book looks as if nobody kept it
SHOWN = 28  # days of the past in a picture
_HOURS = 24
_SATURDAY = 5
_NONE: Mapping[date, bool] = {}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What came before `end`, as tables of counts."""

    first: date
    end: date  # the day after the last one that is told of
    last_order: date
    services: Mapping[Service, "History"]  # days; only services that anybody asked for
    hourly: Mapping[Service, "History"]  # the last half year by hours; empty when too few are known
    unknown_years: tuple[int, ...]  # whose public holidays are not entered

    @property
    def days(self) -> int:
        """How many days are told of."""
        return (self.end - self.first).days

    @property
    def buildings(self) -> tuple[str, ...]:
        """All buildings; an empty name is what belongs to none."""
        return next(iter(self.services.values())).groups if self.services else ()

    @property
    def quiet(self) -> int:
        """How many days the book is silent at its end; 0 when that is nothing unusual."""
        silent = (self.end - self.last_order).days - 1
        return silent if silent > QUIET else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hourly:
    """What is expected of one hour."""

    hour: int
    mean: float
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretold:
    """The coming days of one service in each building, and how good such numbers were before."""

    service: Service
    outlook: "Outlook"
    score: "Score"  # in the customary unit
    hours: Mapping[Expected, tuple[Hourly, ...]]  # empty when only days are asked for

    @property
    def method(self) -> Method:
        """Where the numbers come from."""
        return self.outlook.method


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What one picture shows: the last weeks, the coming days, and how good such numbers were."""

    past: tuple[tuple[date, int], ...]
    outlook: "Outlook"  # of everything chosen as one
    hours: tuple[tuple[float, ...], ...]  # of each coming day; empty when no hours are known
    kinds: Mapping[date, int]  # 1: public holiday, 2: worked weekend; ordinary days are left out


def past(
    session: Session,
    as_of: date | None = None,
    *,
    hours: bool = False,
    days: Mapping[date, bool] = _NONE,
) -> Past:
    """What came before `as_of` (today when not given); RefusedError when nothing did.

    `days` are holidays (False) and worked weekends (True) over those the office has.
    """
    end = as_of or session.clock.today()
    with session.reading(Permission.SEE_ORDERS) as work:
        return gathered(work, end, hours=hours, days=days)


def gathered(
    work: UnitOfWork, end: date, *, hours: bool = False, days: Mapping[date, bool] = _NONE
) -> Past:
    """As `past`, within a transaction."""
    known = work.order_counts.days()
    if known is None or known[0] >= end:
        raise RefusedError(
            N_("There are no orders before {day}, so nothing can be foretold."),
            N_("Register orders or import the orders of the past, then look again."),
            day=end.isoformat(),
        )
    first = max(known[0], end - timedelta(days=DAYS))
    counted = work.order_counts.by_day(since=first, until=end)
    calendar = calendars.calendar(work).with_days(days)
    buildings = _buildings(work, counted)
    since = max(first, end - timedelta(days=HOURLY_DAYS))
    timed = work.order_counts.by_day(since=since, until=end, hours=True) if hours else ()
    return Past(
        first=first,
        end=end,
        last_order=min(known[1], end - _DAY),
        services=_tables(counted, buildings, first, end, calendar),
        hourly=_tables(timed, buildings, since, end, calendar) if _is_timed(timed) else {},
        unknown_years=tuple(
            year
            for year in calendars.unknown_years(work, first, end + _SOON)
            if year not in {day.year for day in days}
        ),
    )


def foretold(seen: Past, service: Service, days: int, *, hours: bool = False) -> Foretold:
    """What is expected of that service in each building, day by day (and hour by hour)."""
    from pmdesk.analytics.demand import outlook, scores  # noqa: PLC0415  # numpy takes its time

    history = seen.services[service]
    found = outlook.outlook(history, days)
    timed = _by_hour(seen, service, found, days) if hours else {}
    return Foretold(service=service, outlook=found, score=scores.scored(history), hours=timed)


def view(
    seen: Past, service: Service | None = None, building: str | None = None, days: int = 7
) -> View:
    """The picture of a service (all) in a building (all): everything chosen counts as one."""
    from pmdesk.analytics.demand import load, outlook  # noqa: PLC0415  # numpy takes its time

    history = _whole(seen.services, service, building)
    found = outlook.outlook(history, days)
    daily = history.counts[0, -SHOWN:, 0].tolist()
    first = seen.end - timedelta(days=len(daily))
    bars = tuple((first + timedelta(days=step), round(count)) for step, count in enumerate(daily))
    shares = load.shape(_whole(seen.hourly, service, building), days)[0] if seen.hourly else ()
    shown = (*(day for day, _count in bars), *(one.day for one in found.days))
    return View(
        past=bars,
        outlook=found,
        hours=tuple(
            tuple(one.mean * share for share in hours.tolist())
            for one, hours in zip(found.days, shares, strict=False)
        ),
        kinds={day: int(kind) for day in shown if (kind := history.kinds(day))},
    )


def _by_hour(
    seen: Past, service: Service, found: "Outlook", days: int
) -> dict[Expected, tuple[Hourly, ...]]:
    """Each expected day over its hours, as they were shared before; the sum stays the day's."""
    from pmdesk.analytics.demand import load, model  # noqa: PLC0415  # numpy takes its time
    from pmdesk.analytics.demand.counting import quantiles  # noqa: PLC0415  # as above
    from pmdesk.analytics.demand.trial import BAND  # noqa: PLC0415  # as above

    history = seen.hourly.get(service)
    if history is None:
        raise RefusedError(
            N_("The orders have no time of day, so only days can be foretold."),
            N_("Leave out the hours, or register orders in this program from now on."),
        )
    shares = load.shape(history, days)
    spreads = model.fitted(seen.services[service]).spread
    told = {}
    for place, one in enumerate(found.days):
        group, step = divmod(place, days)
        spread = float(spreads[group])
        told[one] = tuple(
            Hourly(hour=hour, mean=mean, low=low, high=high)
            for hour, share in enumerate(shares[group, step].tolist())
            for mean in [one.mean * share]
            for low, high in [quantiles(mean, spread, BAND)]
        )
    return told


def _buildings(work: UnitOfWork, counted: tuple[Counted, ...]) -> tuple[str, ...]:
    """Every building of the office, also one without an order; what belongs to none comes last."""
    named = {one.building for one in counted}
    return tuple(sorted({*work.premises.buildings(), *named}, key=lambda name: (not name, name)))


def _is_timed(timed: tuple[Counted, ...]) -> bool:
    known = sum(one.orders for one in timed if one.hour is not None)
    return bool(known) and known >= LEAST_HOURS * sum(one.orders for one in timed)


def _tables(
    counted: tuple[Counted, ...],
    buildings: tuple[str, ...],
    first: date,
    end: date,
    calendar: WorkingCalendar,
) -> dict[Service, "History"]:
    """By service: buildings × days × hours, where the counts have any; else one part a day."""
    import numpy as np  # noqa: PLC0415  # it takes its time

    from pmdesk.analytics.demand.history import DayKind, History  # noqa: PLC0415  # as above

    def kinds(day: date) -> DayKind:
        worked = calendar.days.get(day)
        if worked is False:
            return DayKind.OFF
        return DayKind.EXCHANGED if worked and day.weekday() >= _SATURDAY else DayKind.ORDINARY

    parts = _HOURS if any(one.hour is not None for one in counted) else 1
    places = {name: place for place, name in enumerate(buildings)}
    asked = {one.service for one in counted}
    tables = {
        service: np.zeros((len(buildings), (end - first).days, parts))
        for service in Service
        if service in asked
    }
    for one in counted:
        if parts == 1 or one.hour is not None:
            spot = places[one.building], (one.day - first).days, one.hour or 0
            tables[one.service][spot] += one.orders
    return {
        service: History(groups=buildings, first=first, counts=table, kinds=kinds)
        for service, table in tables.items()
    }


def _whole(
    histories: Mapping[Service, "History"], service: Service | None, building: str | None
) -> "History":
    """Everything chosen as one series; nothing at all where that service never came up."""
    from pmdesk.analytics.demand import load  # noqa: PLC0415  # numpy takes its time

    some = next(iter(histories.values()))
    chosen = [one for key, one in histories.items() if service in (None, key)]
    counts = sum((one.counts for one in chosen), start=0 * some.counts)
    history = replace(some, counts=counts)
    return load.pooled(history if building is None else load.chosen(history, [building]))
