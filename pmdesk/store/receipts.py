"""Numbers of consent receipts: short enough to read out, and a slip of the tongue shows."""

from datetime import date

from sqlalchemy import Connection, select

from pmdesk.store import running, schema

_DIGITS = 5  # a day's running number; a day of more receipts has longer ones
_event = schema.consent_event


def next_number(connection: Connection, day: date) -> str:
    """The first number of that day that no receipt has yet."""
    prefix = f"R{day:%Y%m%d}"
    of_day = select(_event.c.receipt).where(
        _event.c.receipt >= prefix, _event.c.receipt < f"R{int(prefix[1:]) + 1}"
    )
    last = connection.scalar(of_day.order_by(_event.c.receipt.desc()).limit(1))
    counted = int(last[len(prefix) : -1]) if last else 0
    return running.first_free(
        connection, _event.c.receipt, lambda count: number(day, count), counted
    )


def number(day: date, count: int) -> str:
    """`R20260308000017`: the day, the running number of the day and a check digit."""
    digits = f"{day:%Y%m%d}{count:0{_DIGITS}}"
    return f"R{digits}{running.check_digit(digits)}"
