"""Orders counted for one card, as far as the account may see them beside what it saw before."""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

import numpy as np

from pmdesk.analytics.dashboard import guard
from pmdesk.analytics.dashboard.apart import grouped
from pmdesk.analytics.dashboard.guard import Permitted, Question, Seen
from pmdesk.analytics.dashboard.homes import counted
from pmdesk.analytics.dashboard.lattice import Box, inside
from pmdesk.analytics.dashboard.marks import (
    LATE,
    SERVICES,
    Flags,
    Ints,
    Marks,
    among,
    day_of,
    number,
    numbers,
    places,
)
from pmdesk.domain.dashboard import FEWEST_HOMES, SeenView
from pmdesk.domain.orders.kinds import Service
from pmdesk.services.dashboard.asking import Asking

NOWHERE = 0x3FFF  # the number of a building that is not there
_APART = 40_000  # days between the calendars


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Aside:
    """Orders as they stand now: no part of what came, so they have a calendar of their own."""

    orders: Ints  # packed
    calendar: int

    @property
    def shift(self) -> int:
        """Days by which its calendar lies beside that of what came."""
        return self.calendar * _APART


WAITING, FINISHED = 1, 2  # calendars
BY_LATE = "late"  # the cut into what is not late and what is
SERVED = "served"  # what the page Attention told of buildings; hidden: of which it did not


class Counting:
    """The orders of a scope, with all that is linked with them by what was shown before."""

    def __init__(
        self, asking: Asking, since: date, until: date, aside: Aside | None = None
    ) -> None:
        self._asking = asking
        self._aside = aside
        scope = asking.scope
        shift = aside.shift if aside else 0
        self.scope = Box(
            since=number(since) + shift,
            until=number(until) + shift,
            buildings=frozenset(self.buildings.get(one, NOWHERE) for one in scope.buildings),
            services=frozenset(places(scope.services)),
        )
        linked = guard.linked(
            Question(scope=self.scope, boxes=()), [_seen(view) for view in asking.seen]
        )
        self._served = [one for one in linked if one.cut == SERVED]
        self._seen = tuple(one for one in linked if one.cut != SERVED)
        self.is_first = not self._seen  # nothing of these orders was shown before
        self.came: Ints  # the days, also of what waits, all of which counts on one day
        self.marks = self._marks()

    @cached_property
    def buildings(self) -> Mapping[str, int]:
        """Numbers of buildings; an empty name is what belongs to none."""
        return {**self._asking.work.order_marks.buildings(), "": 0}

    @property
    def cuts(self) -> tuple[str, ...]:
        """In which ways orders of the scope were divided before."""
        return tuple(one.cut for one in self._seen)

    @property
    def services(self) -> tuple[Service, ...]:
        """Those looked at."""
        return self._asking.scope.services or SERVICES

    def inside(self, box: Box) -> Flags:
        """Which orders lie in the box."""
        return inside(self.marks, box)

    def homes(self, box: Box) -> int:
        """Different homes behind the orders of the box."""
        return counted(self.marks, self.inside(box))

    def is_small(self) -> bool:
        """Whether somebody, but fewer than a card may tell of, stands behind the scope."""
        return 0 < self.homes(self.scope) < FEWEST_HOMES

    def of_service(self, service: Service) -> Box:
        """The part of the scope that is this service."""
        return Box(
            since=self.scope.since,
            until=self.scope.until,
            buildings=self.scope.buildings,
            services=frozenset(places([service])),
        )

    def by_buildings(self, groups: Iterable[frozenset[int]]) -> tuple[Box, ...]:
        """The parts of the scope that are these buildings."""
        return tuple(replace(self.scope, buildings=one) for one in groups)

    def permitted(self, question: Question) -> Permitted | None:
        """What of the answer may be shown; it counts as shown from now on."""
        asking = self._asking
        start = [_seen(view) for view in asking.start]
        found = guard.permitted(self.marks, question, self._seen, asking.smallest, start)
        if found is not None:
            asking.told.extend(map(_view, found.told))
            asking.shown_now.extend(map(_view, found.fresh))
            self._seen = (*self._seen, *found.fresh)
        return found

    def served(self) -> tuple[Seen, ...]:
        """What the page Attention told of late orders, as far as anything else tells it apart."""
        known = frozenset(self.buildings.values())
        return tuple(
            Seen(cut=BY_LATE, box=replace(one.box, buildings=group))
            for one in self._served
            for group in self.apart(known - one.hidden)
        )

    def apart(self, buildings: frozenset[int]) -> tuple[frozenset[int], ...]:
        """The buildings by what any answer about late orders tells apart."""
        sets = {one.box.buildings for one in self._seen if one.cut == BY_LATE}
        return grouped(buildings, list({*sets, self.scope.buildings}))

    def tell_served(self, hidden: frozenset[int]) -> None:
        """The page Attention tells of all buildings but these from now on."""
        one = Seen(cut=SERVED, box=self.scope, hidden=hidden)
        self._asking.told.append(_view(one))
        if one not in self._served:
            self._asking.shown_now.append(_view(one))

    def by_part(self, box: Box, parts: Ints, count: int) -> Ints:
        """Orders of the box by part, also those of places that all share."""
        own = parts[self.inside(box) & (parts >= 0)]
        return np.asarray(np.bincount(own, minlength=count))

    def late(self) -> Flags:
        """What was done after its time, or is open though that is over."""
        now = self._asking.session.clock.now()
        overdue = numbers(self._asking.work.order_marks.overdue(now))
        return np.asarray((self.marks.outcome == LATE) | among(self._packed, overdue))

    def _marks(self) -> Marks:
        found = Marks.unpacked(self._packed)
        self.came = found.day
        return found.on(self.scope.since) if self._aside else found

    @cached_property
    def _packed(self) -> Ints:
        if self._aside:
            return self._aside.orders
        boxes = [self.scope, *(one.box for one in (*self._seen, *self._served))]
        since = day_of(min(box.since for box in boxes))
        return numbers(
            self._asking.work.order_marks.within(since, day_of(max(box.until for box in boxes)))
        )


def split(scope: Box, ends: Iterable[int]) -> tuple[Box, ...]:
    """The scope cut at these days."""
    inner = sorted({scope.since, scope.until, *(e for e in ends if scope.since < e < scope.until)})
    return tuple(
        Box(since=since, until=until, buildings=scope.buildings, services=scope.services)
        for since, until in itertools.pairwise(inner)
    )


@lru_cache(maxsize=10_000)  # what an account was shown is read again for each card
def _seen(view: SeenView) -> Seen:
    box = Box(
        since=number(view.since),
        until=number(view.until),
        buildings=view.buildings,
        services=frozenset(places(view.services)),
    )
    return Seen(cut=view.cut, box=box, hidden=view.hidden)


def _view(seen: Seen) -> SeenView:
    return SeenView(
        cut=seen.cut,
        since=day_of(seen.box.since),
        until=day_of(seen.box.until),
        buildings=seen.box.buildings,
        services=frozenset(SERVICES[one] for one in seen.box.services),
        hidden=seen.hidden,
    )
