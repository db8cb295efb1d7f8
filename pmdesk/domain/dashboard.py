"""The eight questions of the charts page, and which part of the office they are asked about."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from pmdesk.domain.orders.kinds import Service
from pmdesk.i18n import Words

LONGEST = 366  # days that one card tells of
TARGET = 90  # % of what is promised that is to be done in time
SMALL_OFFICE = 1000  # homes, below which numbers are taken together further
FEWEST_HOMES = 20  # behind a card; below, the whole card says that there are too few


class CardKey(StrEnum):
    """Which question."""

    WHEN = "when"
    TIERS = "tiers"
    MOVES = "moves"
    STAFF = "staff"
    FAIR = "fair"
    CONSENT = "consent"
    LOAD = "load"
    DISPUTES = "disputes"


QUESTIONS: Mapping[CardKey, Words] = {
    CardKey.WHEN: Words("谁在什么时候需要服务？", "When is which service needed?"),
    CardKey.TIERS: Words("各等级需要多少服务？", "How much service does each tier need?"),
    CardKey.MOVES: Words("等级怎样变动？", "How do tiers change?"),
    CardKey.STAFF: Words("今后七天会来多少单？", "How many orders in the next seven days?"),
    CardKey.FAIR: Words("是否公平？", "Is it fair?"),
    CardKey.CONSENT: Words("同意覆盖到哪里？", "How far does consent reach?"),
    CardKey.LOAD: Words("积压与时限？", "What is waiting, and was it in time?"),
    CardKey.DISPUTES: Words("哪里易起纠纷？", "Where may disputes come up?"),
}
CARDS = tuple(CardKey)  # in the order in which they are shown
# what they tell does not depend on the filters: a part of the office has no figures of these
OF_THE_WHOLE = frozenset({CardKey.MOVES, CardKey.FAIR, CardKey.CONSENT})
# whatever the period, they rest on how things stand today: tiers, consents, the days to come
OF_TODAY = OF_THE_WHOLE | {CardKey.TIERS, CardKey.STAFF}


class CardState(StrEnum):
    """What a card has to say."""

    SHOWN = "shown"
    EMPTY = "empty"  # nothing to count yet, or nobody made it yet; the remedy says what to do
    TOO_SMALL = "too_small"  # 样本过小
    REFUSED = "refused"  # beside what was shown before it would tell of single homes


class Period(StrEnum):
    """The stretches of time that the filter bar offers beside free days."""

    MONTH = "month"  # the last whole month
    LAST_QUARTER = "last_quarter"  # of the calendar
    THIS_QUARTER = "this_quarter"  # up to its last whole week
    QUARTER = "quarter"  # the last three whole months
    HALF = "half"
    YEAR = "year"  # the last twelve whole months
    SO_FAR = "so_far"  # this month up to its last whole week


PERIODS: Mapping[Period, Words] = {
    Period.MONTH: Words("上个月", "Last month"),
    Period.LAST_QUARTER: Words("上季度", "Last quarter"),
    Period.QUARTER: Words("近三个整月", "Last three whole months"),
    Period.HALF: Words("近六个整月", "Last six whole months"),
    Period.YEAR: Words("近十二个整月", "Last twelve whole months"),
    Period.SO_FAR: Words("本月到上周末", "This month up to last week"),
    Period.THIS_QUARTER: Words("本季度到上周末", "This quarter up to last week"),
}
_QUARTER = 3  # months
_MONTHS = {Period.MONTH: 1, Period.QUARTER: _QUARTER, Period.HALF: 6, Period.YEAR: 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is looked at: days from `since` to before `until`, buildings, services; none: all."""

    since: date
    until: date
    buildings: tuple[str, ...] = ()
    services: tuple[Service, ...] = ()

    @property
    def days(self) -> int:
        """How many days it has; 0 when it ends before it begins."""
        return max(0, (self.until - self.since).days)

    @property
    def is_filtered(self) -> bool:
        """Whether it is less than the whole office."""
        return bool(self.buildings or self.services)

    def settled(self, today: date) -> "Scope":
        """Whole days that are over, at most a year, and each name once, in order."""
        until = min(self.until, today)
        since = max(self.since, until - timedelta(days=LONGEST))
        return replace(
            self,
            since=min(since, until),
            until=until,
            buildings=tuple(sorted(set(self.buildings))),
            services=tuple(one for one in Service if one in self.services),
        )


def scope_of(
    period: Period,
    today: date,
    buildings: tuple[str, ...] = (),
    services: tuple[Service, ...] = (),
) -> Scope:
    """The days of that period as seen today."""
    month = today.replace(day=1)
    quarter = _before(month, (today.month - 1) % _QUARTER)
    if period in (Period.SO_FAR, Period.THIS_QUARTER):
        since = month if period is Period.SO_FAR else quarter
        until = max(since, today - timedelta(days=today.weekday()))
    elif period is Period.LAST_QUARTER:
        since, until = _before(quarter, _QUARTER), quarter
    else:
        since, until = _before(month, _MONTHS[period]), month
    return Scope(since=since, until=until, buildings=buildings, services=services)


def _before(month: date, months: int) -> date:
    """The first day, so many months before."""
    count = month.year * 12 + month.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenView:
    """One set of orders whose numbers were shown, divided in one way, and what was hidden of it."""

    cut: str  # by what it was divided: `all`, `slot`, `tier`, `outcome`…
    since: date
    until: date
    buildings: frozenset[int] = frozenset()  # numbers of buildings; none: all
    services: frozenset[Service] = frozenset()
    hidden: frozenset[int] = frozenset()  # parts
