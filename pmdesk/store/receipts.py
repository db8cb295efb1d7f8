"""Numbers of consent receipts: short enough to read out, and a slip of the tongue shows."""

from datetime import date

from sqlalchemy import Connection, select

from pmdesk.store import schema

_DIGITS = 5  # a day's running number, so that text order is number order
_event = schema.consent_event


def next_number(connection: Connection, day: date) -> str:
    """The first number of that day that no receipt has yet."""
    prefix = f"R{day:%Y%m%d}"
    of_day = select(_event.c.receipt).where(
        _event.c.receipt >= prefix, _event.c.receipt < f"R{int(prefix[1:]) + 1}"
    )
    last = connection.scalar(of_day.order_by(_event.c.receipt.desc()).limit(1))
    running = int(last[len(prefix) : -1]) + 1 if last else 1
    return number(day, running)


def number(day: date, running: int) -> str:
    """`R20260308000017`: the day, the running number of the day and a check digit."""
    digits = f"{day:%Y%m%d}{running:0{_DIGITS}}"
    return f"R{digits}{check_digit(digits)}"


def check_digit(digits: str) -> str:
    """By ISO 7064 MOD 11,10: any one wrong digit is noticed, and most swaps."""
    check = 10
    for digit in digits:
        check = (check + int(digit)) % 10 or 10
        check = check * 2 % 11
    return str((11 - check) % 10)
