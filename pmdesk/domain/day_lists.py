"""Lists of days as people paste them: a date a line, and whether that day is worked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_WORKED = re.compile(r"上班|working|work|班", re.IGNORECASE)
_UNTIL = re.compile(r"至|到|~|～|—|–|\.\.|\bto\b|\s-\s")
_LONGEST = 60  # days of one line


@dataclass(frozen=True, slots=True, kw_only=True)
class DayList:
    """What a text says about days, and which of its lines say nothing that can be read."""

    days: Mapping[date, bool]  # True: worked
    faults: tuple[int, ...]  # numbers of lines, from 1


def read(text: str) -> DayList:
    """Lines such as `2027-01-01`, `2027-02-05 至 2027-02-12` or `2027-02-14 上班`."""
    days: dict[date, bool] = {}
    faults = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            found = _days(line)
            days.update(dict.fromkeys(found, bool(_WORKED.search(line))))
            if not found:
                faults.append(number)
    return DayList(days=days, faults=tuple(faults))


def _days(line: str) -> tuple[date, ...]:
    """The days of the line; none when it cannot be read."""
    try:
        named = [date(*map(int, found.groups())) for found in _DATE.finditer(line)]
    except ValueError:
        return ()
    if not named or (len(named) > 1 and not _UNTIL.search(line)):
        return tuple(named)
    first, last = named[0], named[-1]
    count = (last - first).days + 1
    return tuple(first + timedelta(days=step) for step in range(count)) if count <= _LONGEST else ()
