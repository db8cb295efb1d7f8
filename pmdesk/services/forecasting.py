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
    from pmdesk.analytics.demand.tables import Came

DAYS = 730  # of history: two of each holiday
HOURLY_DAYS = 182  # of which the hours are looked at
LONGEST = 60  # days ahead
SOON = 14  # days ahead: by then the holidays should be entered
QUIET = 28  # days without any order after which the book looks as if nobody kept it
SHOWN = 28  # days of the past in a picture
_SATURDAY = 5
_NONE: Mapping[date, bool] = {}


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
    median: int
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
    hour_skill: float | None  # how much closer than last week's hours; None: not tested
    kinds: Mapping[date, int]  # 1: public holiday, 2: worked weekend; ordinary days are left out


def past(
    session: Session,
    as_of: date | None = None,
    *,
    hours: bool = False,
    days: Mapping[date, bool] = _NONE,
    ahead: int = SOON,
) -> Past:
    """What came before `as_of` (today when not given); RefusedError when nothing did of late.

    `days` are holidays (False) and worked weekends (True) over those the office has; years without
    any are told up to `ahead` days from then.
    """
    end = as_of or session.clock.today()
    with session.reading(Permission.SEE_ORDERS) as work:
        return gathered(work, end, hours=hours, days=days, ahead=ahead)


def gathered(
    work: UnitOfWork,
    end: date,
    *,
    hours: bool = False,
    days: Mapping[date, bool] = _NONE,
    ahead: int = SOON,
) -> Past:
    """As `past`, within a transaction."""
    known = work.order_counts.days(before=end)
    if known is None:
        raise RefusedError(
            N_("There are no orders before {day}, so nothing can be foretold."),
            N_("Register orders or import the orders of the past, then look again."),
            day=end.isoformat(),
        )
    if known[1] < end - timedelta(days=DAYS):
        raise RefusedError(
            N_("The last order before {day} is of {last}: too old to foretell anything from it."),
            N_("Choose a day soon after the last order."),
            day=end.isoformat(),
            last=known[1].isoformat(),
        )
    first = max(known[0], end - timedelta(days=DAYS))
    calendar = calendars.calendar(work).with_days(days)
    came = _came(work, first, end, calendar)
    first = came.begun(first, end, QUIET)
    since = max(first, end - timedelta(days=HOURLY_DAYS))
    return Past(
        first=first,
        end=end,
        last_order=known[1],
        services=came.by_day(first, end),
        hourly=came.by_hour(since, end) if hours else {},
        unknown_years=tuple(
            year
            for year in calendars.unknown_years(work, first, end + timedelta(days=ahead))
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
    from pmdesk.analytics.demand import load, outlook, trial  # noqa: PLC0415  # numpy takes its time

    history = _whole(seen.services, service, building)
    hourly = _whole(seen.hourly, service, building) if seen.hourly else None
    found = outlook.outlook(history, days)
    daily = history.counts[0, -SHOWN:, 0].tolist()
    first = seen.end - timedelta(days=len(daily))
    bars = tuple((first + timedelta(days=step), round(count)) for step, count in enumerate(daily))
    shares = load.shape(hourly, days)[0] if hourly else ()
    shown = (*(day for day, _count in bars), *(one.day for one in found.days))
    return View(
        past=bars,
        outlook=found,
        hours=tuple(
            tuple(one.mean * share for share in hours.tolist())
            for one, hours in zip(found.days, shares, strict=False)
        ),
        hour_skill=trial.hourly_skill(hourly) if hourly else None,
        kinds={day: int(kind) for day in shown if (kind := history.kinds(day))},
    )


def _by_hour(
    seen: Past, service: Service, found: "Outlook", days: int
) -> dict[Expected, tuple[Hourly, ...]]:
    """Each expected day over its hours, as they were shared before; the sum stays the day's."""
    from pmdesk.analytics.demand import load, model  # noqa: PLC0415  # numpy takes its time
    from pmdesk.analytics.demand.counting import quantiles  # noqa: PLC0415  # as above
    from pmdesk.analytics.demand.trial import LEVELS  # noqa: PLC0415  # as above

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
            Hourly(hour=hour, mean=mean, median=median, low=low, high=high)
            for hour, share in enumerate(shares[group, step].tolist())
            for mean in [one.mean * share]
            for low, median, high in [quantiles(mean, spread, LEVELS)]
        )
    return told


def _came(work: UnitOfWork, first: date, end: date, calendar: WorkingCalendar) -> "Came":
    """All orders of these days."""
    from pmdesk.analytics.dashboard.marks import Marks  # noqa: PLC0415  # numpy takes its time
    from pmdesk.analytics.demand.history import DayKind  # noqa: PLC0415  # as above
    from pmdesk.analytics.demand.tables import Came  # noqa: PLC0415  # as above

    def kinds(day: date) -> DayKind:
        worked = calendar.days.get(day)
        if worked is False:
            return DayKind.OFF
        return DayKind.EXCHANGED if worked and day.weekday() >= _SATURDAY else DayKind.ORDINARY

    marks = Marks.unpacked(work.order_marks.within(first, end))
    return Came(marks=marks, buildings=work.order_marks.buildings(), kinds=kinds)


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
