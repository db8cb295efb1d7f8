"""Packed orders as columns: a million of them are counted in a blink."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from pmdesk.domain.orders.kinds import Service

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

ZERO = date(2000, 1, 1)  # days are counted from it
SERVICES = tuple(Service)
IN_TIME, LATE, GONE = 1, 2, 3  # gone: merged with another, or cancelled
NO_RESULT = "none"  # the tier of homes where nobody is classified


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Marks:
    """Orders, one column for each thing that is counted of them; home 0: a place that all share."""

    day: Ints
    hour: Ints
    service: Ints
    outcome: Ints
    building: Ints
    home: Ints

    @classmethod
    def unpacked(cls, packed: "array[int] | Ints") -> "Marks":
        """As the store packs them: day, hour + 1, service, outcome, building, home."""
        left = numbers(packed)
        home, left = left & 0xFFFFFF, left >> 24
        building, left = left & 0x3FFF, left >> 14
        outcome, left = left & 3, left >> 2
        service, left = left & 7, left >> 3
        return cls(
            day=left >> 5,
            hour=(left & 31) - 1,
            service=service,
            outcome=outcome,
            building=building,
            home=home,
        )

    def __len__(self) -> int:
        return len(self.day)

    def only(self, chosen: Flags) -> "Marks":
        """Those that are chosen."""
        return Marks(**{one.name: getattr(self, one.name)[chosen] for one in fields(self)})

    def on(self, day: int) -> "Marks":
        """As if all of them had come on that day."""
        return replace(self, day=np.full(len(self), day, dtype=np.int64))

    @property
    def weekday(self) -> Ints:
        """0 is Monday."""
        return (self.day + ZERO.weekday()) % 7


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lived:
    """Homes that somebody lives in, with their building and the place of their tier."""

    home: Ints
    building: Ints
    tier: Ints

    @classmethod
    def unpacked(
        cls, packed: "array[int]", names: Mapping[int, str], codes: Sequence[str]
    ) -> "Lived":
        """As the store packs them; tiers by their place in `codes`, where the last one is none."""
        left = numbers(packed)
        kinds, of_each = np.unique(left >> 38, return_inverse=True)
        places = {code: at for at, code in enumerate(codes)}
        none = places[NO_RESULT]
        tiers = [places.get(names.get(int(kind), NO_RESULT), none) for kind in kinds]
        return cls(
            home=left & 0xFFFFFF,
            building=left >> 24 & 0x3FFF,
            tier=np.array(tiers, dtype=np.int64)[of_each],
        )


def numbers(packed: "array[int] | Ints") -> Ints:
    """The packed numbers as a column."""
    return np.frombuffer(packed, dtype=np.int64) if len(packed) else np.zeros(0, dtype=np.int64)


def among(packed: Ints, some: Ints) -> Flags:
    """As many of the packed orders as `some` has; which of equal ones makes no difference."""
    order = np.argsort(packed, kind="stable")
    values = packed[order]
    kinds, wanted = np.unique(some, return_counts=True)
    flags = np.zeros(len(packed), dtype=np.bool_)
    if len(kinds):
        at = np.minimum(np.searchsorted(kinds, values), len(kinds) - 1)
        place = np.arange(len(values)) - np.searchsorted(values, values)  # among equal ones
        flags[order] = (kinds[at] == values) & (place < wanted[at])
    return flags


def number(day: date) -> int:
    """The day as marks have it."""
    return (day - ZERO).days


def day_of(count: int) -> date:
    """The day of that number."""
    return ZERO + timedelta(days=int(count))


def places(services: Iterable[Service]) -> tuple[int, ...]:
    """The services as marks have them."""
    return tuple(SERVICES.index(one) for one in services)
