"""Whether plans are kept: the visits that are due, and how often somebody took care in time."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from pmdesk.analytics.delivered import Share, interval
from pmdesk.analytics.rounding import fewest, is_hidden, rounded
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.orders.floor import ROUNDS, ServicePlan
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.ports.orders import Answered, VisitPromise, VisitQuery, Visits
from pmdesk.domain.staff import Permission
from pmdesk.domain.tiers import STANDARD, Tier
from pmdesk.domain.watch import month_start
from pmdesk.services.masking import listed
from pmdesk.services.orders.floor import in_force, shipped
from pmdesk.services.session import Session

AHEAD = timedelta(days=14)  # so far the list looks; whoever is looked for is found further on
MOST = 200  # rows of the list
_YEAR = 365
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLine:
    """A visit that somebody is owed, as the list shows it: the name is masked."""

    person: PersonId
    who: str
    room: str  # empty where the resident asked for confidentiality
    service: Service
    tier: Tier
    last: date | None
    due: date
    days: int  # until it is due; negative: late


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitBoard:
    """The visits that are due soonest, and how many there are."""

    lines: tuple[VisitLine, ...]
    late: int
    week: int  # still due in this week
    all: int
    is_promised: bool  # whether any tier is promised visits at all
    next: date | None = None  # where none is due soon: the day of the first one after that
    then: int = 0  # how many are due on that day


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How often somebody took care in time in a month, from rounded counts."""

    month: date
    orders: int
    share: Share


def visits(session: Session, text: str = "") -> VisitBoard:
    """What is due in the next weeks; with a text, everything of the residents who fit."""
    with session.reading(Permission.SEE_CLASSIFICATION) as work:
        session.require(Permission.SEE_ORDERS)
        today = session.clock.today()
        promised = tuple(_promised(work, today))
        asked = VisitQuery(until=today + AHEAD, most=MOST)
        if text.strip():
            fitting = work.people.ids(ResidentQuery(text=text), today=today)
            asked = VisitQuery(among=fitting, most=MOST)
        found = work.service_plans.visits(promised, asked, today=today)
        then = _then(work, promised, today) if not (found.rows or text.strip()) else None
        people = sorted({one.person for one in found.rows})
        rows = {row.id: listed(row) for row in work.people.rows(people, today=today)}
        catalogue = work.catalogue.live()
        lines = tuple(
            VisitLine(
                person=one.person,
                who=rows[one.person].name,
                room=rows[one.person].room,
                service=one.service,
                tier=catalogue.tier(one.tier),
                last=one.last,
                due=one.due,
                days=(one.due - today).days,
            )
            for one in found.rows
            if one.person in rows
        )
    return VisitBoard(
        lines=lines,
        late=found.late,
        week=found.week,
        all=found.all,
        is_promised=bool(promised),
        next=then.rows[0].due if then else None,
        then=then.all if then else 0,
    )


def kept(session: Session) -> Kept | None:
    """Of the last whole month; None where too few orders came to tell anything."""
    now = session.clock.now()
    today = session.clock.today()
    since, until = month_start(today, 1), month_start(today)
    counted = Counter[bool]()
    with session.reading(Permission.SEE_CHARTS) as work:
        smallest = work.office.get().fewest_shown
        for first, last, plan in _spans(work, since, until):
            for one in work.service_plans.answers(since=first, until=last, now=now):
                in_time = _in_time(one, plan)
                if in_time is not None:
                    counted[in_time] += one.orders
    share = _share(counted[True], counted[False], smallest)
    total = round(rounded(counted.total(), smallest))
    return None if share is None else Kept(month=since, orders=total, share=share)


# ---- what is promised --------------------------------------------------------------------------


def _promised(work: UnitOfWork, today: date) -> Iterator[VisitPromise]:
    """By tier and service, where a plan promises somebody visits of the own home."""
    versions = (*work.service_plans.all(), shipped())
    held = [one for one in versions if one.since is None or one.since <= today]
    plan = held[0]
    for tier in plan.plans.tiers:
        for service in Service:
            visits_a_year = _visits(plan, tier, service)
            if visits_a_year:
                yield VisitPromise(
                    tier=tier,
                    service=service,
                    days=max(1, _YEAR // visits_a_year),
                    since=_since(held, tier, service),
                )


def _then(work: UnitOfWork, promised: tuple[VisitPromise, ...], today: date) -> Visits | None:
    """The visits of the first day on which any is due; None while nobody is promised one."""
    first = work.service_plans.visits(promised, VisitQuery(most=1), today=today)
    if not first.rows:
        return None
    day = VisitQuery(until=first.rows[0].due, most=1)
    return work.service_plans.visits(promised, day, today=today)


def _visits(plan: ServicePlan, tier: str, service: Service) -> int:
    """How often a year, where that is more than the contract; common areas are nobody's own."""
    base = plan.plans.promise(STANDARD, service, plan.floor).visits
    wanted = plan.plans.promise(tier, service, plan.floor).visits
    return wanted if wanted > base and service not in ROUNDS else 0


def _since(held: list[ServicePlan], tier: str, service: Service) -> date:
    """The day from which on visits were promised without a break."""
    first = date.min
    for plan in held:
        if not _visits(plan, tier, service):
            break
        first = plan.since or first
    return first


def _spans(work: UnitOfWork, since: date, until: date) -> Iterator[tuple[date, date, ServicePlan]]:
    """The days between both in parts, each with the plan that held."""
    begun = {one.since for one in work.service_plans.all() if one.since}
    days = sorted({since, until, *(day for day in begun if since < day < until)})
    for first, last in pairwise(days):
        yield first, last, in_force(work, first)


def _in_time(one: Answered, plan: ServicePlan) -> bool | None:
    """Whether the promise was kept; None while there is still time."""
    fits = one.hours * _HOUR <= plan.plans.answer(one.tier, one.service, plan.floor)
    return None if fits and one.waits else fits


def _share(in_time: int, late: int, smallest: int) -> Share | None:
    """From rounded counts; where few are late, or few are not, only on which side it lies."""
    total, count = rounded(in_time + late, smallest), in_time + late
    if not count or is_hidden(count, smallest):
        return None
    few_late, few_kept = is_hidden(late, smallest), is_hidden(in_time, smallest)
    bound = (smallest - 1) / fewest(total, smallest)
    if few_late and few_kept:
        return None
    if few_late:
        return Share(value=None, low=1 - bound, high=1.0)
    if few_kept:
        return Share(value=None, low=0.0, high=bound)
    whole = round(total)
    good = whole - round(rounded(late, smallest))
    low, high = interval(good, whole)
    return Share(value=good / whole, low=low, high=high)
