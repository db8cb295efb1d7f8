"""A year of work orders for a demo office: invented, and the same for the same seed and day."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from pmdesk.domain.orders.floor import Floor
from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.moving import Terms
from pmdesk.domain.orders.order import Move, Order, OrderChannel, OrderId, OrderState, Spot
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports.orders import OrderLine
from pmdesk.domain.staff import Permission
from pmdesk.domain.working_days import WorkingCalendar
from pmdesk.services.calendars import calendar
from pmdesk.services.demo_cases import (
    AFTERWARDS,
    CASES,
    CLUSTER,
    DAYTIME,
    HOLIDAY,
    HOURS,
    OFFICE,
    SHARES,
    WEEK,
    WORKERS,
    YEAR,
    Case,
)
from pmdesk.services.order_kinds import shipped
from pmdesk.services.orders import floor, moving, registering
from pmdesk.services.orders.intake import Intake
from pmdesk.services.session import Session

DAYS = 365
LOUD_DAYS = 230  # building work in one house, until today: both periods of the watch are loud
_LOUD = 0.7  # complaints a day about it
_A_DAY = (4.0, 25.0)  # orders of a small and of a large office
_PEOPLE = 25  # who ask for one thing a day
_BUSY = (1.3, 1.0, 0.8, 1.1, 0.9)  # one house after the other
_IN_TIME = 0.93  # share of orders
_URGED = 0.07
_RATED = 0.6
_HANGING = 0.5  # of what has just become due
_LATE = timedelta(hours=5)  # nothing is late for longer
_CHANNELS = (OrderChannel.PHONE,) * 6 + (OrderChannel.COUNTER,) * 3 + (OrderChannel.STAFF,)
_STARS = ((5, 52), (4, 30), (3, 11), (2, 4), (1, 3))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Home:
    """A home, and somebody who lives there."""

    building: str
    entrance: str
    room: str
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class _Estate:
    """Where orders come from, and what decides on how many."""

    dice: Random
    now: datetime
    local: datetime  # the same, on the office's wall
    by: str
    homes: Mapping[str, Sequence[_Home]]  # by building
    floor: Floor
    working: WorkingCalendar
    a_day: float

    @property
    def loud(self) -> str:
        """The house with the building work."""
        return tuple(self.homes)[1 % len(self.homes)]


def fill(session: Session, seed: int) -> int:
    """The book holds a year of orders until now; how many. Without residents there are none."""
    dice = Random(f"orders {seed}")  # noqa: S311  # repeatable by design, no secret
    with session.writing(Permission.CONFIGURE) as work:
        homes = _homes(work.people.by_home())
        if not homes:
            return 0
        people = sum(map(len, homes.values()))
        estate = _Estate(
            dice=dice,
            now=session.clock.now(),
            local=session.clock.local(),
            by=session.staff.uid,
            homes=homes,
            floor=floor.in_force(work, session.clock.today()).floor,
            working=calendar(work),
            a_day=min(max(people / _PEOPLE, _A_DAY[0]), _A_DAY[1]),
        )
        count = work.orders.add_many(_year(estate))
        session.log(work, "demo.orders", row={"orders": count, "seed": seed})
        work.commit()
    return count


def ask(session: Session) -> None:
    """A few orders of today are under way, each moved on at the desk: one waits for a resident."""
    asked = (
        Intake(service=Service.REPAIR, kind="lift", words="电梯困人，已救出", area="电梯"),
        Intake(service=Service.REPAIR, kind="facility", words="地下车库灯不亮", area="地下车库"),
        Intake(service=Service.CLEANING, kind="waste", words="装修垃圾未清运", area="垃圾房"),
        Intake(
            service=Service.REPAIR, kind="facility", words="围栏松动，等业主大会定", area="围栏"
        ),
    )
    entered = [registering.register(session, one).order for one in asked]
    worker = Terms(assignee=WORKERS[Service.REPAIR][0])
    for order in (entered[0], entered[1], entered[3]):
        moving.move(session, order, Move.ASSIGN, worker)
    for move in (Move.START, Move.FINISH):
        moving.move(session, entered[0], move)
    moving.move(session, entered[3], Move.WAIT, Terms(reason="等业主大会决定"))
    moving.urge(session, entered[1], "住户又打来电话")


def _homes(people: Mapping[tuple[str, str, str, str], PersonId]) -> Mapping[str, Sequence[_Home]]:
    """One resident for each home, in an order that is the same each time."""
    found: dict[str, dict[tuple[str, str], _Home]] = {}
    for (building, entrance, room, _name), person in sorted(people.items()):
        home = _Home(building=building, entrance=entrance, room=room, person=person)
        found.setdefault(building, {}).setdefault((entrance, room), home)
    return {building: tuple(homes.values()) for building, homes in found.items()}


# ---- when -----------------------------------------------------------------------------------


def _year(estate: _Estate) -> Iterator[OrderLine]:
    """The orders day by day, numbered as they came."""
    today = estate.local.date()
    for back in range(DAYS, -1, -1):
        day = today - timedelta(days=back)
        numbers: Counter[date] = Counter()
        for at, service, building, case in sorted(_of_day(estate, day, back), key=_first):
            numbers[day] += 1
            # from 501 on: what the desk registers on these days has the smaller numbers
            yield _line(estate, at, service, building, case, f"W{day:%Y%m%d}-{500 + numbers[day]}")


_Asked = tuple[datetime, Service, str, Case]


def _first(asked: _Asked) -> tuple[datetime, str, str]:
    return asked[0], asked[1].value, asked[2]


def _of_day(estate: _Estate, day: date, back: int) -> Iterator[_Asked]:
    """What was asked on that day, in no order; nothing that lies ahead."""
    parts = [_BUSY[place % len(_BUSY)] for place in range(len(estate.homes))]
    for service, share in SHARES.items():
        factor = _factor(estate.working, service, day)
        for building, part in zip(estate.homes, parts, strict=True):
            mean = estate.a_day * share * factor * part / sum(parts)
            for _one in range(_poisson(estate.dice, mean)):
                case = _case(estate.dice, service)
                yield from _at(estate, day, service, building, case)
    if back < LOUD_DAYS:
        for _one in range(_poisson(estate.dice, _LOUD)):
            yield from _at(estate, day, Service.COMPLAINT, estate.loud, CLUSTER)


def _at(
    estate: _Estate, day: date, service: Service, building: str, case: Case
) -> Iterator[_Asked]:
    hour = estate.dice.choices(range(24), HOURS.get(service, DAYTIME))[0]
    wall = datetime.combine(day, time(hour, estate.dice.randrange(60)), estate.local.tzinfo)
    if wall < estate.local:
        yield wall, service, building, case


def _factor(working: WorkingCalendar, service: Service, day: date) -> float:
    """How many times an ordinary day's orders: weekday, season, holidays and the days behind."""
    month = YEAR[service][day.month - 1] if service in YEAR else 1.0
    if working.days.get(day) is False:
        return HOLIDAY[service] * month
    weekday = 0 if working.days.get(day) else day.weekday()  # a worked weekend is a working day
    behind = any(working.days.get(day - timedelta(days=back)) is False for back in (1, 2))
    return WEEK[service][weekday] * month * (AFTERWARDS[service] if behind else 1.0)


def _poisson(dice: Random, mean: float) -> int:
    """A count with that mean."""
    left, count, floor_ = dice.random(), 0, math.exp(-mean)
    while left > floor_:
        left *= dice.random()
        count += 1
    return count


def _case(dice: Random, service: Service) -> Case:
    cases = CASES[service]
    return dice.choices(cases, [case.often for case in cases])[0]


# ---- what -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Course:
    """How far an order has come by now, and when it got there."""

    state: OrderState
    started: datetime | None = None
    finished: datetime | None = None
    closed: datetime | None = None


def _line(
    estate: _Estate, wall: datetime, service: Service, building: str, case: Case, number: str
) -> OrderLine:
    home = None if case.area else estate.dice.choice(estate.homes[building])
    urgency = shipped().suggested(case.words, shipped().of(case.kind)).urgency
    received = wall.astimezone(UTC)
    promised = estate.floor.due(service, urgency)
    course = _course(estate, received, promised, urgency)
    order = Order(
        id=OrderId(0),  # the book gives it
        number=number,
        service=service,
        kind=case.kind,
        urgency=urgency,
        state=course.state,
        channel=estate.dice.choice(_CHANNELS),
        spot=Spot(building=building, area=case.area),
        person=home.person if home else None,
        words=case.words,
        received_at=received,
        received_by=estate.by,
        due_at=received + promised,
        assignee="" if course.state is OrderState.NEW else _worker(estate.dice, service),
        started_at=course.started,
        finished_at=course.finished,
        closed_at=course.closed,
        urged=int(estate.dice.random() < _URGED),
        rating=_rating(estate.dice) if course.closed else None,
    )
    return OrderLine(
        order=order,
        day=wall.date(),
        hour=wall.hour,
        entrance=home.entrance if home else "",
        room=home.room if home else "",
    )


def _course(estate: _Estate, received: datetime, promised: timedelta, urgency: Urgency) -> _Course:
    """Most is done in time, some is not; what would lie ahead has not happened yet."""
    dice = estate.dice
    in_time, hangs = dice.random() < _IN_TIME, dice.random() < _HANGING
    share = dice.betavariate(2, 4) if in_time else 1 + dice.expovariate(1.5)
    finished = received + promised * share
    started = received + (finished - received) * dice.uniform(0.1, 0.7)
    closed = finished + timedelta(hours=dice.uniform(1, 30 if urgency else 6))
    late = estate.now - received - promised
    if hangs and timedelta(0) < late < _LATE and urgency is not Urgency.EMERGENCY:
        return _Course(state=OrderState.WORKING, started=min(started, estate.now))
    if finished >= estate.now and (late >= _LATE or urgency is Urgency.EMERGENCY):
        finished = max(received, estate.now - timedelta(minutes=1))
        started = min(started, finished)
    if closed < estate.now:
        return _Course(state=OrderState.CLOSED, started=started, finished=finished, closed=closed)
    if finished < estate.now:
        return _Course(state=OrderState.CALLBACK, started=started, finished=finished)
    if started < estate.now:
        return _Course(state=OrderState.WORKING, started=started)
    return _Course(state=OrderState.ASSIGNED if dice.random() < _RATED else OrderState.NEW)


def _worker(dice: Random, service: Service) -> str:
    return dice.choice(WORKERS.get(service, OFFICE))


def _rating(dice: Random) -> int | None:
    """What somebody who was asked says; many say nothing."""
    if dice.random() > _RATED:
        return None
    stars, weights = zip(*_STARS, strict=True)
    return int(dice.choices(stars, weights)[0])
