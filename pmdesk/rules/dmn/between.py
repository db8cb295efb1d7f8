"""What lies between two neighbouring ends of a column: nothing, or an example of it."""

from datetime import date, timedelta
from decimal import Context, Decimal
from math import floor

from pmdesk.rules.dmn.spell import spelled
from pmdesk.rules.dmn.unary import Endpoint

_EXACT = Context(prec=200)
_DAY = timedelta(days=1)


def nothing_between(low: Endpoint | None, high: Endpoint | None) -> bool:
    """Whether no value lies strictly between the ends; None is open."""
    if isinstance(low, date) or isinstance(high, date):
        return _day_after(low) == high
    if isinstance(low, str) or isinstance(high, str):
        return high == ("" if low is None else f"{low}\0")
    return False


def between(low: Endpoint | None, high: Endpoint | None) -> str:
    """A value strictly between the ends, one of which may be open, as it is written in DMN."""
    if isinstance(low, date):
        return spelled(low + _DAY)
    if isinstance(high, date):
        return spelled(high - _DAY)
    if isinstance(low, Decimal) or isinstance(high, Decimal):
        return spelled(_number(low, high))
    return spelled("" if low is None else _text(str(low), high))


def _text(low: str, high: object) -> str:
    longer = (f"{low}{tail}" for tail in "a \0")
    return next(text for text in longer if not isinstance(high, str) or text < high)


def _day_after(low: object) -> date | None:
    if not isinstance(low, date):
        return date.min
    return None if low == date.max else low + _DAY


def _number(low: object, high: object) -> Decimal:
    if not isinstance(low, Decimal):
        return _EXACT.subtract(high, Decimal(1)) if isinstance(high, Decimal) else Decimal(0)
    whole = Decimal(floor(low) + 1)
    if not isinstance(high, Decimal) or whole < high:
        return whole
    return _EXACT.divide(_EXACT.add(low, high), Decimal(2))
