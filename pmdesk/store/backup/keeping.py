"""Which backups stay: 7 days, 5 weeks, 12 months, the newest proved one, and pinned ones."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

DAYS, WEEKS, MONTHS = 7, 5, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Aged:
    """A backup as far as its age decides whether it stays."""

    path: Path
    at: datetime  # in the time zone of the office
    proved: bool
    pinned: bool = False


def outdated(backups: Sequence[Aged], today: date) -> tuple[Path, ...]:
    """Those that no day, week or month keeps; never a pinned one or the newest proved.

    Backups of days to come were made while the clock was wrong: they are counted apart, so that
    they push out none of today and do not stand for the newest one.
    """
    to_come = [one for one in backups if one.at.date() > today]
    so_far = [one for one in backups if one.at.date() <= today]
    return (*_outdated(so_far), *_outdated(to_come))


def _outdated(backups: Sequence[Aged]) -> tuple[Path, ...]:
    newest_first = sorted(backups, key=lambda one: one.at, reverse=True)
    kept = {
        one.path
        for rule, count in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS))
        for one in _newest_of_each(newest_first, rule, count)
    }
    kept |= {one.path for one in newest_first if one.at.date() == newest_first[0].at.date()}
    kept |= set([one.path for one in newest_first if one.proved][:1])
    kept |= {one.path for one in newest_first if one.pinned}
    return tuple(one.path for one in newest_first if one.path not in kept)


def _newest_of_each(
    newest_first: Sequence[Aged], rule: Callable[[date], Hashable], count: int
) -> Iterable[Aged]:
    """The newest backup of each of the newest `count` days, weeks or months with backups.

    Proved ones go before others: a backup that nobody proved pushes out none that was.
    """
    found: dict[Hashable, Aged] = {}
    for one in newest_first:
        period = rule(one.at.date())
        held = found.get(period)
        if held is None and len(found) == count:
            break
        if held is None or (one.proved and not held.proved):
            found[period] = one
    return found.values()


def _day(day: date) -> Hashable:
    return day


def _week(day: date) -> Hashable:
    return day.isocalendar()[:2]


def _month(day: date) -> Hashable:
    return (day.year, day.month)
