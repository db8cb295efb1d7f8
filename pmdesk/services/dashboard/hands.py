"""The card that asks how many orders will come: what came, what is expected, who is there."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from pmdesk.analytics.dashboard.guard import Question
from pmdesk.analytics.dashboard.lattice import Box, Floats
from pmdesk.analytics.dashboard.marks import day_of
from pmdesk.analytics.demand.expected import Method
from pmdesk.analytics.demand.history import DayKind, History
from pmdesk.analytics.demand.outlook import Outlook, outlook
from pmdesk.analytics.demand.tables import begun
from pmdesk.analytics.demand.trial import LEAST_DAYS
from pmdesk.analytics.figures import HIDDEN, NO_DATA, Cell, Figure, FigureKind, Series
from pmdesk.domain.orders.kinds import Service
from pmdesk.i18n import _
from pmdesk.services import calendars, forecast_words
from pmdesk.services.dashboard.asking import Asking
from pmdesk.services.dashboard.card import Card, Target
from pmdesk.services.dashboard.counting import Counting, split
from pmdesk.services.forecasting import DAYS, QUIET, SOON, Past
from pmdesk.services.staffing import plans, rosters

PAST = 14  # days shown before today
AHEAD = 7
_HUNDRED = 100
_SATURDAY = 5


def hands(asking: Asking) -> Card:
    """The last two weeks, the next seven days with their band, and what the roster can do."""
    there = Target(page="staffing", label=_("Staffing"))
    known = asking.work.order_counts.days(before=asking.today)
    if known is None:
        return asking.empty(
            _("No orders are known yet, so nothing can be expected."),
            _("Register orders, or import those of the past."),
            there,
        )
    since = asking.today - timedelta(days=PAST)
    counting = Counting(asking, since, asking.today)
    history = _history(asking, counting, max(known[0], asking.today - timedelta(days=DAYS)))
    known = history.first, known[1]
    if history.days < LEAST_DAYS:
        words = _("A forecast needs at least 4 weeks of orders; there are {days} days.")
        return asking.empty(
            words.format(days=history.days),
            _("Register orders, or import those of the past."),
            there,
        )
    if not history.counts.any():
        return asking.empty(
            _(
                "No orders of this kind came in the last {days} days, so nothing can be expected."
            ).format(days=history.days),
            _("Choose other buildings or services, or take a filter off.")
            if asking.scope.is_filtered
            else _("Register orders, or import those of the past."),
            there,
        )
    days = split(counting.scope, range(counting.scope.since, counting.scope.until))
    found = counting.permitted(Question(scope=counting.scope, boxes=days, tells_total=False))
    if found is None:
        return asking.refused()
    gone = frozenset(day for day, hidden in zip(days, found.hidden, strict=True) if hidden is None)
    ahead = outlook(history, AHEAD)
    figure = _figure(asking, counting, days, gone, ahead)
    doubts = forecast_words.warnings(_past(asking, *known))
    return asking.shown(figure.answer, figure, notes=(*doubts, _method(ahead)), targets=(there,))


def _past(asking: Asking, first: date, last: date) -> Past:
    """What makes numbers of the days to come doubtful, whichever orders are looked at."""
    since, end = max(first, asking.today - timedelta(days=DAYS)), asking.today
    return Past(
        first=since,
        end=end,
        last_order=last,
        services={},
        hourly={},
        unknown_years=calendars.unknown_years(asking.work, since, end + timedelta(days=SOON)),
    )


def _history(asking: Asking, counting: Counting, first: date) -> History:
    """All that is looked at as one series, from the day on which the book begins."""
    scope, calendar = counting.scope, calendars.calendar(asking.work)
    whole = _daily(asking, first)
    cut = begun(whole, QUIET)
    first += timedelta(days=cut)
    own = whole[cut:]
    if asking.scope.is_filtered:
        own = _daily(asking, first, scope.buildings, scope.services)

    def kinds(day: date) -> DayKind:
        worked = calendar.days.get(day)
        if worked is False:
            return DayKind.OFF
        return DayKind.EXCHANGED if worked and day.weekday() >= _SATURDAY else DayKind.ORDINARY

    return History(groups=("",), first=first, counts=own.reshape(1, -1, 1), kinds=kinds)


def _daily(
    asking: Asking,
    first: date,
    buildings: frozenset[int] = frozenset(),
    services: frozenset[int] = frozenset(),
) -> Floats:
    """How many came on each day up to today; of all buildings and services, or of these."""
    counts = np.zeros((asking.today - first).days)
    for day, orders in asking.work.order_marks.daily(
        first, asking.today, buildings, services
    ).items():
        counts[(day - first).days] = orders
    return counts


def _figure(
    asking: Asking,
    counting: Counting,
    days: tuple[Box, ...],
    gone: frozenset[Box],
    ahead: Outlook,
) -> Figure:
    past = [
        HIDDEN if day in gone else Cell(value=float(counting.inside(day).sum())) for day in days
    ]
    weekdays = {day_of(day.since).weekday() for day in gone if day in days[-AHEAD:]}
    copied = ahead.method is Method.LAST_WEEK  # its numbers are those of last week
    coming = [
        (HIDDEN,) * 3
        if copied and one.day.weekday() in weekdays
        else (Cell(value=one.mean), Cell(value=float(one.low)), Cell(value=float(one.high)))
        for one in ahead.days
    ]
    none, later = (NO_DATA,) * len(past), (NO_DATA,) * len(coming)
    dates = [*(day_of(day.since) for day in days), *(one.day for one in ahead.days)]
    roster = _roster(asking, [one.day for one in ahead.days])
    return Figure(
        key="hands",
        title=_("How many orders in the next seven days?"),
        answer=_answer(ahead, coming),
        unit=_("orders a day"),
        kind=FigureKind.OUTLOOK,
        axis=_("Day"),
        categories=tuple(f"{day:%m-%d}" for day in dates),
        category_keys=tuple(day.isoformat() for day in dates),
        series=(
            Series(key="past", label=_("came"), cells=(*past, *later)),
            Series(key="expected", label=_("expected"), cells=(*none, *(one[0] for one in coming))),
            Series(key="low", label=_("At least"), cells=(*none, *(one[1] for one in coming))),
            Series(key="high", label=_("At most"), cells=(*none, *(one[2] for one in coming))),
            Series(key="roster", label=_("the roster can do"), cells=(*none, *roster)),
        ),
        note=_("The band holds at least 80 % of days."),
    )


def _roster(asking: Asking, days: list[date]) -> tuple[Cell, ...]:
    """What the people on the roster can do on each day; nothing where none was made."""
    crew, _edition = plans.crew_in(asking.work)
    # of the whole office: of a few buildings it would tell what came there
    shares = rosters.mix(asking.work, asking.today, asking.scope.services or Service)
    can: dict[date, float] = {}
    for week in {day - timedelta(days=day.weekday()) for day in days}:
        roster, _saved = plans.roster_in(asking.work, week)
        if any(roster.cells.values()):
            can.update(rosters.capacity(crew, roster, shares))
    return tuple(Cell(value=can[day]) if day in can else NO_DATA for day in days)


def _answer(ahead: Outlook, coming: Sequence[Sequence[Cell]]) -> str:
    if any(one[0].value is None for one in coming):
        return _(
            "Some days of last week had too few homes, so the sum of the next 7 days is not told."
        )
    if not round(sum(one.mean for one in ahead.days)):
        return _("Hardly any orders are expected in the next 7 days.")
    words = _("{count} orders are expected in the next 7 days, most of them on {day}.")
    most = max(ahead.days, key=lambda one: one.mean)
    return words.format(
        count=f"{sum(one.mean for one in ahead.days):,.0f}", day=f"{most.day:%m-%d}"
    )


def _method(ahead: Outlook) -> str:
    """Where the numbers come from, and how good such numbers were."""
    if ahead.method is Method.LAST_WEEK:
        return _(
            "These are the numbers of last week: over {weeks} weeks the forecast was not "
            "better than copying it."
        ).format(weeks=ahead.trial.weeks)
    if ahead.method is Method.MEAN:
        return _("Less than four weeks are known: this is their mean.")
    return _(
        "Over {weeks} weeks the forecast (its median) was {share} % closer than last week's"
        " numbers."
    ).format(weeks=ahead.trial.weeks, share=round(_HUNDRED * ahead.trial.skill))
