"""What came in the past, as one table of counts, and which days were no ordinary ones."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Days = NDArray[np.bool_]  # one for each day

WEEK = 7
WORKDAYS = 5


class DayKind(IntEnum):
    """What the calendar makes of a day."""

    ORDINARY = 0  # as its weekday
    OFF = 1  # a public holiday
    EXCHANGED = 2  # a weekend that is worked


Kinds = Callable[[date], DayKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Orders of one service: for each group (a building), day and part of the day, how many."""

    groups: tuple[str, ...]
    first: date
    counts: Numbers  # groups × days × parts of a day (1, or 24 hours)
    kinds: Kinds

    @property
    def days(self) -> int:
        """How many days are told of."""
        return int(self.counts.shape[1])

    @property
    def end(self) -> date:
        """The day after the last one."""
        return self.first + timedelta(days=self.days)

    def until(self, days: int) -> "History":
        """Only the first days."""
        return replace(self, counts=self.counts[:, :days])

    def slots(self, start: int, count: int) -> tuple[Numbers, Days]:
        """Of `count` days from the day at `start`: days × weekdays, and which are public holidays.

        A row has a 1 at its weekday; a worked weekend is a fifth of each working day.
        """
        days = [self.first + timedelta(days=start + place) for place in range(count)]
        kinds = np.array([self.kinds(day) for day in days], dtype=np.int64)
        rows = np.eye(WEEK)[[day.weekday() for day in days]]
        rows[kinds == DayKind.EXCHANGED] = [1 / WORKDAYS] * WORKDAYS + [0.0] * (WEEK - WORKDAYS)
        return rows, kinds == DayKind.OFF

    def plain_days(self) -> Days:
        """The days that are as their weekday."""
        days = (self.first + timedelta(days=place) for place in range(self.days))
        return np.array([self.kinds(day) is DayKind.ORDINARY for day in days], dtype=np.bool_)
