"""The card that asks where disputes may come up: places, never people."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np

from pmdesk.analytics.buildings import building_words
from pmdesk.analytics.dashboard.guard import Question
from pmdesk.analytics.dashboard.homes import HOME_BITS
from pmdesk.analytics.dashboard.marks import GONE, SERVICES, Marks
from pmdesk.analytics.figures import HIDDEN, Cell, Figure, FigureKind, Series
from pmdesk.analytics.hot_spots import LEAST, Place, Rate, rates, watched
from pmdesk.domain.orders.kinds import Service
from pmdesk.i18n import _
from pmdesk.services.dashboard.asking import Asking
from pmdesk.services.dashboard.card import Card, Target
from pmdesk.services.dashboard.counting import Counting

MOST = 12  # buildings that are read at a glance
_COMPLAINT = SERVICES.index(Service.COMPLAINT)
_HUNDRED = 100


def disputes(asking: Asking) -> Card:
    """Homes that complain by 100 orders of each building, drawn to what all buildings share."""
    scope = replace(asking.scope, services=())
    asking = replace(asking, scope=scope)
    counting = Counting(asking, scope.since, scope.until)
    if counting.is_small():
        return asking.too_small()
    names = {
        name: key
        for name, key in counting.buildings.items()
        if name and (not scope.buildings or name in scope.buildings)
    }
    now = _places(counting.marks.only(counting.inside(counting.scope)), names)
    if sum(place.complaints for place in now) < LEAST:
        return _too_few(asking)
    ranked = rates(now)[:MOST]
    hidden = _hidden(counting, names, ranked)
    if hidden is None:
        return asking.refused()
    hidden |= {one.key for one in ranked if 0 < one.complaints < asking.smallest}
    if len(hidden) == len(ranked):
        return asking.too_small()
    earlier = Marks.unpacked(
        asking.work.order_marks.within(scope.since - timedelta(days=scope.days), scope.since)
    )
    before = {one.key: one for one in rates(_places(earlier, names))}
    figure = _figure(ranked, hidden, set(watched(ranked, before)) - hidden)
    return asking.shown(
        figure.answer,
        figure,
        notes=(
            figure.note,
            _("A home counts once, however often it complains; the page Watch counts alike."),
        ),
        targets=(Target(page="watch", label=_("Watch")),),
    )


def _too_few(asking: Asking) -> Card:
    words = _("Fewer than {count} complaints came in this period: nothing can be said of places.")
    return asking.empty(words.format(count=LEAST), _("Choose a longer period."))


def _places(marks: Marks, names: Mapping[str, int]) -> list[Place]:
    """Complaints and orders of each building; as in `services.watch` a home complains once.

    Otherwise both pages beside each other would tell of homes that complain again and again.
    """
    is_complaint = (marks.service == _COMPLAINT) & (marks.outcome != GONE)
    size = max([0, *names.values(), int(marks.building.max(initial=0))]) + 1
    orders = np.bincount(marks.building, minlength=size)
    building, home = marks.building[is_complaint], marks.home[is_complaint]
    homes = np.unique(building[home > 0] << HOME_BITS | home[home > 0])
    once = np.concatenate([homes >> HOME_BITS, building[home == 0]])
    complaints = np.bincount(once, minlength=size)
    return [
        Place(key=name, complaints=int(complaints[key]), exposure=float(orders[key]))
        for name, key in names.items()
    ]


def _hidden(
    counting: Counting, names: Mapping[str, int], ranked: Sequence[Rate]
) -> frozenset[str] | None:
    """The buildings whose numbers stay hidden; None: the whole card does."""
    scope = counting.scope
    of_all = tuple(replace(scope, buildings=frozenset({names[one.key]})) for one in ranked)
    boxes = (*of_all, *(replace(box, services=frozenset({_COMPLAINT})) for box in of_all))
    found = counting.permitted(Question(scope=scope, boxes=boxes))
    if found is None:
        return None
    half = len(ranked)
    return frozenset(
        one.key
        for one, whole, part in zip(ranked, found.hidden[:half], found.hidden[half:], strict=True)
        if whole is None or part is None
    )


def _figure(ranked: Sequence[Rate], hidden: frozenset[str], watch: set[str]) -> Figure:
    def cells(of: Callable[[Rate], float], digits: int = 1) -> tuple[Cell, ...]:
        return tuple(
            HIDDEN if one.key in hidden else Cell(value=of(one), digits=digits) for one in ranked
        )

    return Figure(
        key="disputes",
        title=_("Where may disputes come up?"),
        answer=_answer(sorted(watch)),
        unit=_("complaints of 100 orders, drawn to the mean of all buildings"),
        kind=FigureKind.RANKED,
        axis=_("Building"),
        categories=tuple(building_words(one.key) for one in ranked),
        category_keys=tuple("watch" if one.key in watch else "none" for one in ranked),
        series=(
            Series(key="rate", label=_("rate"), cells=cells(lambda one: _HUNDRED * one.mean)),
            Series(key="low", label=_("from"), cells=cells(lambda one: _HUNDRED * one.low)),
            Series(key="high", label=_("to"), cells=cells(lambda one: _HUNDRED * one.high)),
            Series(key="events", label=_("complaints"), cells=cells(lambda one: one.complaints, 0)),
            Series(
                key="raised",
                label=_("% sure of more than 1.5 times the mean"),
                cells=cells(lambda one: _HUNDRED * one.raised, 0),
            ),
        ),
        note=_(
            "To be watched: at least {least} complaints and well above the mean, in this period "
            "and in the one before. Four of ten such signs do not last. Use it to offer "
            "service, never for the tier of anybody."
        ).format(least=LEAST),
    )


def _answer(watch: Sequence[str]) -> str:
    if not watch:
        return _("No building stands out in this period and in the one before.")
    names = _(", ").join(building_words(one) for one in watch)
    return _("To be watched: {buildings}.").format(buildings=names)
