"""Where disputes may come up: by building and topic, two periods in a row, never by person.

What is found here offers service. It is no field of the catalogue, so no rule can read it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pmdesk.analytics import hot_spots as finding
from pmdesk.analytics.buildings import building_words
from pmdesk.analytics.figures import Cell, Figure, FigureKind, Series
from pmdesk.analytics.hot_spots import LEAST, Place, Rate
from pmdesk.analytics.rounding import note as rounding_note
from pmdesk.analytics.rounding import rounded
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.ports.watch import Complained
from pmdesk.domain.staff import Permission
from pmdesk.domain.watch import EVERY_TOPIC, Alarm, Measure, month_start
from pmdesk.i18n import Words, _, ngettext, said
from pmdesk.services.office import smallest_count
from pmdesk.services.order_kinds import kind_name
from pmdesk.services.session import Session

MONTHS = 3  # of a period
MOST = 12  # buildings that are read at a glance
_EVERYTHING = Words("全部投诉", "All complaints")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Three whole months, the last day not included."""

    since: date
    until: date

    @property
    def words(self) -> str:
        """The first and the last month."""
        last = month_start(self.until, 1)
        return f"{self.since:%Y-%m} – {last:%Y-%m}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A building and a topic that stood out twice in a row."""

    building: str
    topic: str
    name: Words  # of the topic
    sentence: str
    measures: int = 0  # that are under way there
    late: int = 0  # of them overdue


@dataclass(frozen=True, slots=True, kw_only=True)
class HotSpots:
    """What the page shows; `is_short` while there are not two whole periods yet."""

    now: Period
    before: Period
    spots: tuple[Spot, ...]
    figure: Figure
    is_short: bool
    by_homes: bool  # compared with homes; otherwise with all orders
    smallest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """Complaints and what they are compared with, in one period, as both are told."""

    events: Mapping[tuple[str, str], float]  # by building and topic
    exposure: Mapping[str, float]

    def rates(self, topic: str) -> tuple[Rate, ...]:
        """Each building with its drawn rate, the highest first."""
        return finding.rates(
            [
                Place(key=name, complaints=self.events.get((name, topic), 0), exposure=exposure)
                for name, exposure in self.exposure.items()
            ]
        )

    def common(self, topic: str) -> float:
        """The rate of all buildings together."""
        total = sum(self.exposure.values())
        found = sum(self.events.get((name, topic), 0) for name in self.exposure)
        return found / total if total else 0.0


def hot_spots(session: Session) -> HotSpots:
    """Buildings that stood out in this period and in the one before."""
    smallest = max(LEAST, smallest_count(session))
    today = session.clock.today()
    now, before = periods(today)
    with session.reading(Permission.SEE_CHARTS) as work:
        days = work.order_counts.days()
        counted = [
            work.watch_counts.complaints(since=p.since, until=p.until) for p in (now, before)
        ]
        homes = work.watch_counts.homes()
        by_homes = all(homes.get(one.building) for some in counted for one in some)
        spans = [
            _Span(
                events=told_events(some, smallest),
                exposure=_exposure(work, period, homes if by_homes else None, smallest),
            )
            for some, period in zip(counted, (now, before), strict=True)
        ]
        measures = [one for one in work.watch.measures() if one.is_open]
    is_short = days is None or days[0] > before.since
    spots = () if is_short else _measured(_spots(spans[0], spans[1], smallest), measures, today)
    return HotSpots(
        now=now,
        before=before,
        spots=spots,
        figure=_figure(spans, now, spots, smallest, is_empty=days is None),
        is_short=is_short,
        by_homes=by_homes,
        smallest=smallest,
    )


def periods(today: date) -> tuple[Period, Period]:
    """The last three whole months, and the three before."""
    first, middle, last = (month_start(today, back) for back in (2 * MONTHS, MONTHS, 0))
    return Period(since=middle, until=last), Period(since=first, until=middle)


def topic_name(topic: str) -> Words:
    """What a topic is called."""
    return _EVERYTHING if topic == EVERY_TOPIC else kind_name(topic)


def told_events(counted: Sequence[Complained], smallest: int) -> Mapping[tuple[str, str], float]:
    """Complaints by building and topic, as they are told and reckoned with."""
    return {(one.building, one.topic): rounded(one.events, smallest) for one in counted}


def _exposure(
    work: UnitOfWork, period: Period, homes: Mapping[str, int] | None, smallest: int
) -> Mapping[str, float]:
    """Months of homes by building; where homes are not known, all orders, as they are told."""
    if homes is not None:
        return {name: float(count * MONTHS) for name, count in homes.items() if count}
    orders = Counter[str]()
    for one in work.order_counts.by_day(since=period.since, until=period.until):
        orders[one.building] += one.orders
    return {
        name: rounded(count, smallest)
        for name, count in orders.items()
        if name and count >= smallest
    }


def _spots(now: _Span, before: _Span, smallest: int) -> tuple[Spot, ...]:
    found = []
    for topic in dict.fromkeys(topic for _building, topic in now.events):
        rates, earlier = now.rates(topic), {one.key: one for one in before.rates(topic)}
        for name in finding.watched(rates, earlier):
            rate = next(one for one in rates if one.key == name)
            if min(rate.complaints, earlier[name].complaints) >= smallest:
                found.append((rate.raised, _spot(name, topic, rate, now.common(topic), smallest)))
    ordered = sorted(found, key=lambda pair: (-pair[0], pair[1].building, pair[1].topic))
    return tuple(spot for _raised, spot in ordered)


def _spot(building: str, topic: str, rate: Rate, common: float, smallest: int) -> Spot:
    words = _(
        "About {count} complaints in three months (rounded to multiples of {base}), about {times}"
        " times as often as in all buildings together (80 % interval {low}–{high}); it was so in"
        " the three months before as well."
    )
    sentence = words.format(
        count=round(rate.complaints),
        base=smallest,
        times=f"{rate.mean / common:.1f}",
        low=f"{rate.low / common:.1f}",
        high=f"{rate.high / common:.1f}",
    )
    return Spot(building=building, topic=topic, name=topic_name(topic), sentence=sentence)


def _measured(spots: Iterable[Spot], measures: Iterable[Measure], today: date) -> tuple[Spot, ...]:
    """With how many measures are under way at each, and how many of them are late."""
    here = [(one.plan.building, one.plan.topic, one.alarm(today)) for one in measures]
    under_way = Counter((building, topic) for building, topic, _alarm in here)
    late = Counter(place[:2] for place in here if place[2] is Alarm.OVERDUE)
    return tuple(
        replace(
            one,
            measures=under_way[one.building, one.topic],
            late=late[one.building, one.topic],
        )
        for one in spots
    )


def _figure(
    spans: Sequence[_Span], period: Period, spots: Sequence[Spot], smallest: int, *, is_empty: bool
) -> Figure:
    """How much more often than everywhere each building complains, drawn to what all share."""
    now, before = spans
    common = now.common(EVERY_TOPIC)
    rates = [one for one in now.rates(EVERY_TOPIC) if one.complaints >= smallest] if common else []
    earlier = {one.key: one for one in before.rates(EVERY_TOPIC)}
    watched = set(finding.watched(rates, earlier))
    some = rates[:MOST]
    return Figure(
        key="hot_spots",
        title=_("Where are there more complaints, all topics together?"),
        answer=_answer(len(some), watched, spots, smallest, is_empty=is_empty),
        unit=_("times the rate of all buildings, as it is with 80 % certainty; dashed: 1.5"),
        kind=FigureKind.RATIOS,
        axis=_("Building"),
        categories=tuple(building_words(one.key) for one in some),
        category_keys=tuple("watch" if one.key in watched else "plain" for one in some),
        series=(
            _series("ratio", _("times"), [one.mean / common for one in some]),
            _series("low", _("from"), [one.low / common for one in some]),
            _series("high", _("to"), [one.high / common for one in some]),
            _series("events", _("homes that complain, about"), [one.complaints for one in some]),
        )
        if some
        else (),
        limit=finding.RAISED,
        note=_note(period, len(now.exposure) - len(some), smallest),
    )


def _series(key: str, label: str, values: Sequence[float]) -> Series:
    digits = 0 if key == "events" else 2
    return Series(
        key=key, label=label, cells=tuple(Cell(value=one, digits=digits) for one in values)
    )


def _answer(
    shown: int, watched: set[str], spots: Sequence[Spot], smallest: int, *, is_empty: bool
) -> str:
    if is_empty:
        return _("There are no work orders yet. Complaints that are registered are counted here.")
    if not shown:
        words = _("No building has {count} complaints or more in these three months.")
        return words.format(count=smallest)
    if not watched:
        return _alone(spots)
    words = ngettext(
        "{count} building asks for attention: {names}.",
        "{count} buildings ask for attention: {names}.",
        len(watched),
    )
    names = _(", ").join(map(building_words, sorted(watched)))
    return words.format(count=len(watched), names=names)


def _alone(spots: Sequence[Spot]) -> str:
    """That no building stands out over all complaints; where one does on a topic, which."""
    names = [where(one.building, one.topic) for one in spots if one.topic != EVERY_TOPIC]
    if not names:
        return _("Over all complaints no building stands out clearly twice in a row.")
    words = _(
        "Over all complaints no building stands out clearly twice in a row, on a topic alone this"
        " does: {places}."
    )
    return words.format(places=_(", ").join(names))


def _note(period: Period, left: int, smallest: int) -> str:
    parts = [period.words]
    if left > 0:
        words = ngettext(
            "{count} building with fewer than {smallest} complaints is not drawn",
            "{count} buildings with fewer than {smallest} complaints are not drawn",
            left,
        )
        parts.append(words.format(count=left, smallest=smallest))
    parts += [_("a home counts once for each topic"), rounding_note(smallest)]
    return " · ".join(parts)


def where(building: str, topic: str) -> str:
    """A building and a topic in words."""
    return f"{building_words(building)} · {said(topic_name(topic))}"
