"""Days and times as foreign lists write them, on the wall clock of the office."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from pmdesk.services.exchange.sheet import Cell

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # where spreadsheets begin to count, on any wall
_SERIAL = re.compile(r"[2-6][0-9]{4}(?:\.[0-9]+)?")  # days since then
_SPELT = re.compile(
    r"(?P<year>[0-9]{4})(?:[-/.]|年)(?P<month>[0-9]{1,2})(?:[-/.]|月)(?P<day>[0-9]{1,2})日?"
    r"(?:[T\s]*(?:(?:星期|周)[一二三四五六日天])?\s*(?P<half>上午|下午|中午|晚上|凌晨|早上|AM|PM)?\s*"
    r"(?P<hour>[0-9]{1,2})(?:[:.]|时|点)(?P<minute>[0-9]{1,2})?分?(?:[:.]?(?P<second>[0-9]{1,2}))?秒?"
    r"(?:[.,][0-9]+)?\s*(?P<late>AM|PM)?\s*(?P<zone>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?",
    re.IGNORECASE,
)
_PACKED = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    r"(?:[T\s]?(?P<hour>[0-9]{2}):?(?P<minute>[0-9]{2}):?(?P<second>[0-9]{2})?)?"
)
_AFTERNOON = frozenset(("下午", "晚上", "PM"))
_MORNING = frozenset(("上午", "凌晨", "早上", "AM"))
_NOON = 12
_DAY = 24


class Moment(NamedTuple):
    """A moment on the office's wall; `has_time` when more than the day is known."""

    wall: datetime  # without a zone
    has_time: bool

    @property
    def day(self) -> date:
        """The day on the wall."""
        return self.wall.date()


def moment(cell: Cell, zone: tzinfo | None) -> Moment | None:
    """The moment that a cell tells; None when it tells none.

    Midnight to the second is a day without a time: so spreadsheets and databases write days.
    """
    if isinstance(cell, datetime):
        return _of(_on_wall(cell, zone))
    if isinstance(cell, date):
        return Moment(datetime.combine(cell, time()), False)
    if isinstance(cell, bool):
        return None
    text = unicodedata.normalize("NFKC", str(cell)).strip().strip("'")
    if _SERIAL.fullmatch(text):
        return _of(_EPOCH + timedelta(seconds=round(float(text) * 86_400)))
    found = _SPELT.fullmatch(text) or _PACKED.fullmatch(text.removesuffix(".0"))
    return _spelt(found.groupdict(), zone) if found else None


def _of(wall: datetime) -> Moment:
    return Moment(wall.replace(microsecond=0), wall.time().replace(microsecond=0) != time())


def _spelt(parts: dict[str, str | None], zone: tzinfo | None) -> Moment | None:
    half = (parts.get("half") or parts.get("late") or "").upper()
    hour = int(parts.get("hour") or 0)
    if half in _AFTERNOON and hour < _NOON:
        hour += _NOON
    elif half in _MORNING and hour == _NOON:
        hour = 0
    try:
        wall = datetime.combine(
            date(int(parts["year"] or 0), int(parts["month"] or 0), int(parts["day"] or 0)),
            time(hour % _DAY, int(parts.get("minute") or 0), int(parts.get("second") or 0)),
        ) + timedelta(days=hour // _DAY)  # 24:00 is the end of that day
    except (ValueError, OverflowError):
        return None
    if hour > _DAY or (hour == _DAY and wall.time() != time()):
        return None
    offset = parts.get("zone")
    if offset:
        told = datetime.fromisoformat(f"{wall.isoformat()}{offset.upper().replace('Z', '+00:00')}")
        return _of(_on_wall(told, zone))
    return _of(wall)


def _on_wall(told: datetime, zone: tzinfo | None) -> datetime:
    """The same moment as the office's clock showed it, without a zone."""
    return told if told.tzinfo is None else told.astimezone(zone).replace(tzinfo=None)
