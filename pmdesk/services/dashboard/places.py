"""The card that asks where disputes may come up: places, never people."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np

from pmdesk.analytics.buildings import building_words
from pmdesk.analytics.dashboard.guard import Question
from pmdesk.analytics.dashboard.homes import HOME_BITS
from pmdesk.analytics.dashboard.marks import GONE, SERVICES, Ints, Marks
from pmdesk.analytics.figures import HIDDEN, Cell, Figure, FigureKind, Series
from pmdesk.analytics.hot_spots import LEAST, Place, Rate, rates, watched
from pmdesk.analytics.rounding import is_hidden, rounded
from pmdesk.analytics.rounding import note as rounding_note
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
    own = _places(counting.marks.only(counting.inside(counting.scope)), names, asking.smallest)
    if sum(place.complaints for place in own) < LEAST:
        return _too_few(asking)
    return _ranked(asking, counting, names, own)


def _ranked(
    asking: Asking, counting: Counting, names: Mapping[str, int], own: Sequence[Place]
) -> Card:
    """The card of the buildings with the highest rates."""
    scope = asking.scope
    ranked = rates(own)[:MOST]
    hidden = _hidden(counting, [names[one.key] for one in ranked])
    if hidden is None:
        return asking.refused()
    earlier = Marks.unpacked(
        asking.work.order_marks.within(scope.since - timedelta(days=scope.days), scope.since)
    )
    before = {one.key: one for one in rates(_places(earlier, names, asking.smallest))}
    shown = [
        one
        for one in ranked
        if names[one.key] not in hidden and not is_hidden(one.complaints, asking.smallest)
    ]
    if not shown:
        return asking.too_small()
    figure = _figure(shown, ranked, set(watched(shown, before)))
    return asking.shown(
        figure.answer,
        figure,
        notes=(
            figure.note,
            rounding_note(asking.smallest),
            _(
                "How this is reckoned: where there are few orders the rate is drawn to the mean of"
                " all buildings (empirical Bayes), so that one complaint is no peak."
            ),
            _(
                "A home counts once, however often it complains. The page Attention compares three"
                " whole months with the homes of a building, so its order may differ."
            ),
        ),
        targets=(Target(page="watch", label=_("Watch")),),
    )


def _too_few(asking: Asking) -> Card:
    words = _("Fewer than {count} complaints came in this period: nothing can be said of places.")
    return asking.empty(words.format(count=LEAST), _("Choose a longer period."))


def _places(marks: Marks, names: Mapping[str, int], smallest: int) -> list[Place]:
    """Complaints and orders of each building, as they are told; those of few homes are left out.

    As in `services.watch` a home complains once.
    """
    is_complaint = (marks.service == _COMPLAINT) & (marks.outcome != GONE)
    size = max([0, *names.values(), int(marks.building.max(initial=0))]) + 1
    orders = np.bincount(marks.building, minlength=size)
    homes = np.bincount(_once(marks.building, marks.home), minlength=size)
    building, home = marks.building[is_complaint], marks.home[is_complaint]
    once = np.concatenate([_once(building, home), building[home == 0]])
    complaints = np.bincount(once, minlength=size)
    return [
        Place(
            key=name,
            complaints=rounded(int(complaints[key]), smallest),
            exposure=rounded(int(orders[key]), smallest),
        )
        for name, key in names.items()
        if orders[key] >= smallest and not is_hidden(int(homes[key]), smallest)
    ]


def _once(building: Ints, home: Ints) -> Ints:
    """The building of each home."""
    return np.asarray(np.unique(building[home > 0] << HOME_BITS | home[home > 0]) >> HOME_BITS)


def _hidden(counting: Counting, buildings: Sequence[int]) -> frozenset[int] | None:
    """The buildings of which nothing is shown; None: the whole card is not.

    Orders are asked about first: else complaints, being fewer, would be hidden in their stead.
    """
    scope, gone = counting.scope, set[int]()
    for services in (scope.services, frozenset({_COMPLAINT})):
        boxes = tuple(
            replace(scope, buildings=frozenset({one}), services=services) for one in buildings
        )
        found = counting.permitted(Question(scope=scope, boxes=boxes))
        if found is None:
            return None
        gone |= {one for one, parts in zip(buildings, found.hidden, strict=True) if parts is None}
    return frozenset(gone)


def _figure(shown: Sequence[Rate], ranked: Sequence[Rate], watch: set[str]) -> Figure:
    def cells(of: Callable[[Rate], float], digits: int = 1) -> tuple[Cell, ...]:
        return tuple(
            Cell(value=of(one), digits=digits) if one in shown else HIDDEN for one in ranked
        )

    return Figure(
        key="disputes",
        title=_("Where may disputes come up?"),
        answer=_answer(sorted(watch)),
        unit=_("homes that complain, of 100 orders"),
        kind=FigureKind.RANKED,
        axis=_("Building"),
        categories=tuple(building_words(one.key) for one in ranked),
        category_keys=tuple("watch" if one.key in watch else "none" for one in ranked),
        series=(
            Series(key="rate", label=_("rate"), cells=cells(lambda one: _HUNDRED * one.mean)),
            Series(key="low", label=_("from"), cells=cells(lambda one: _HUNDRED * one.low)),
            Series(key="high", label=_("to"), cells=cells(lambda one: _HUNDRED * one.high)),
            Series(
                key="events",
                label=_("homes that complain, about"),
                cells=cells(lambda one: one.complaints, 0),
            ),
            Series(
                key="raised",
                label=_("% sure of more than 1.5 times the mean"),
                cells=cells(lambda one: _HUNDRED * one.raised, 0),
            ),
        ),
        remarks=tuple(_("watch") if one.key in watch else "" for one in ranked) if watch else (),
        remark=_("Sign"),
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
