"""Packed orders as tables of counts: by service, building and day, or by hour."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from pmdesk.analytics.dashboard.lattice import Floats
from pmdesk.analytics.dashboard.marks import SERVICES, Flags, Ints, Marks, number
from pmdesk.analytics.demand.history import History, Kinds
from pmdesk.domain.orders.kinds import Service

HOURS = 24
_STRAY = 0.1  # of what a day brought after
LEAST_HOURS = 0.5  # of the orders; fewer known hours say nothing of the day
_BUILDINGS = 1 << 14  # as marks have them


def begun(daily: Ints | Floats, quiet: int) -> int:
    """The place of the day from which on the book was kept.

    A few orders of long before, such as one that is open for years, make no book old: what lies
    before more than `quiet` silent days is left out where it is less than what came after, and a
    day brought less than a tenth.
    """
    told = np.flatnonzero(daily)
    silent = np.diff(told, prepend=-1) > quiet + 1
    for day in told[silent][::-1].tolist():
        before, after = daily[:day], daily[day:]
        if before.sum() < after.sum() and before.mean() < _STRAY * after.mean():
            return int(day)
    return 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Came:
    """Orders, the numbers of all buildings by their names, and what the calendar says of days."""

    marks: Marks
    buildings: Mapping[str, int]
    kinds: Kinds

    def begun(self, first: date, end: date, quiet: int) -> date:
        """The day from which on the book was kept, not before `first`."""
        daily = np.bincount(self.marks.day[self._within(first, end)] - number(first))
        return first + timedelta(days=begun(daily, quiet))

    def by_day(self, first: date, end: date) -> dict[Service, History]:
        """Of each service that was asked for, in each building; of no building comes last."""
        inside = self._within(first, end)
        return self._tables(first, end, inside, self._asked(inside), 1)

    def by_hour(self, first: date, end: date) -> dict[Service, History]:
        """As `by_day`, of what came at a known hour; nothing where too few hours are known."""
        inside = self._within(first, end)
        known = inside & (self.marks.hour >= 0)
        if not known.any() or known.sum() < LEAST_HOURS * inside.sum():
            return {}
        return self._tables(first, end, known, self._asked(inside), HOURS)

    def _within(self, first: date, end: date) -> Flags:
        return (self.marks.day >= number(first)) & (self.marks.day < number(end))

    def _asked(self, inside: Flags) -> frozenset[int]:
        """The services that were asked for, as marks have them."""
        return frozenset(np.unique(self.marks.service[inside]).tolist())

    def _tables(
        self, first: date, end: date, chosen: Flags, asked: frozenset[int], parts: int
    ) -> dict[Service, History]:
        groups, days = self._groups(), (end - first).days
        marks = self.marks.only(chosen)
        spot = self._places(groups)[marks.building] * days + marks.day - number(first)
        if parts > 1:
            spot = spot * parts + marks.hour
        size = len(groups) * days * parts
        found: dict[Service, History] = {}
        for place, service in enumerate(SERVICES):
            if place in asked:
                counts = np.bincount(spot[marks.service == place], minlength=size)
                shaped = counts.astype(np.float64).reshape(len(groups), days, parts)
                found[service] = History(
                    groups=groups, first=first, counts=shaped, kinds=self.kinds
                )
        return found

    def _groups(self) -> tuple[str, ...]:
        none = ("",) if (self.marks.building == 0).any() else ()
        return (*sorted(self.buildings), *none)

    def _places(self, groups: tuple[str, ...]) -> Ints:
        """The place of each building by its number."""
        places = np.zeros(_BUILDINGS, dtype=np.int64)
        for place, name in enumerate(groups):
            places[self.buildings.get(name, 0) % _BUILDINGS] = place
        return places
