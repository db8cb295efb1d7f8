"""Working days: weekends, public holidays and the weekends that are worked in exchange."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

_SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingCalendar:
    """Which days are worked; in a year that is not `known` only weekends are days off."""

    days: Mapping[date, bool] = field(default_factory=dict)  # True: worked, whatever weekday
    known: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether the office works on that day."""
        return self.days.get(day, day.weekday() < _SATURDAY)

    def after(self, start: date, count: int) -> date:
        """The `count`th working day after `start`; `start` itself does not count."""
        day = start
        for _step in range(count):
            day = next(self._working_from(day + _DAY))
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and with `end`; negative when past."""
        if end < start:
            return -self.between(end, start)
        span = ((start + _DAY * step) for step in range(1, (end - start).days + 1))
        return sum(self.is_working(day) for day in span)

    def unknown_years(self, start: date, end: date) -> tuple[int, ...]:
        """The years from `start` to `end` whose holidays are not known: weekends only."""
        years = range(start.year, end.year + 1)
        return tuple(year for year in years if year not in self.known)

    def with_days(self, days: Mapping[date, bool]) -> "WorkingCalendar":
        """The same calendar, in which what the office entered wins."""
        return replace(self, days={**self.days, **days})

    def _working_from(self, day: date) -> Iterator[date]:
        while True:
            if self.is_working(day):
                yield day
            day += _DAY
