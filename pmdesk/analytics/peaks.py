"""Where and when much happens again and again, for rounds; places only, never people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

WEEKDAYS = 7
LEAST = 5  # events of a place at that time of day; fewer are chance, and may point at somebody
_SHARE = 0.5  # of the mean of all weekdays; a Friday's trouble calls for nobody on Mondays
_APART = 2  # parts of the day between two rounds past the same place
PSEUDO_WEEKS = 4.0  # by which a weekday is drawn to the mean of all weekdays


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How often something happened at a place, by weekday and part of the day."""

    place: str
    weekday: int
    part: int
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """What is to be expected of a place on a weekday in a part of the day."""

    place: str
    weekday: int
    part: int
    rate: float  # events a week


def peaks(seen: Iterable[Seen], weeks: float) -> tuple[Peak, ...]:
    """Every time and place with enough behind it, the strongest first."""
    counted: dict[tuple[str, int], list[int]] = {}
    for one in seen:
        days = counted.setdefault((one.place, one.part), [0] * WEEKDAYS)
        days[one.weekday] += one.events
    found = [
        Peak(place=place, weekday=weekday, part=part, rate=rate)
        for (place, part), days in counted.items()
        if sum(days) >= LEAST
        for weekday, rate in enumerate(_rates(days, weeks))
        if rate >= _SHARE * sum(days) / WEEKDAYS / weeks
    ]
    return tuple(sorted(found, key=lambda one: (-one.rate, one.place, one.weekday, one.part)))


def strongest(found: Iterable[Peak], most: int) -> Mapping[int, tuple[Peak, ...]]:
    """By weekday the strongest peaks, in order of time; at most `most`, no place twice in a row."""
    told: dict[int, list[Peak]] = {}
    for one in found:
        day = told.setdefault(one.weekday, [])
        near = any(
            one.place == other.place and abs(one.part - other.part) < _APART for other in day
        )
        if len(day) < most and not near:
            day.append(one)
    return {
        weekday: tuple(sorted(day, key=lambda one: (one.part, one.place)))
        for weekday, day in told.items()
    }


def _rates(days: list[int], weeks: float) -> list[float]:
    """Events a week of each weekday, helped by the others: one weekday alone tells little."""
    mean = sum(days) / WEEKDAYS / weeks
    return [(events + PSEUDO_WEEKS * mean) / (weeks + PSEUDO_WEEKS) for events in days]
