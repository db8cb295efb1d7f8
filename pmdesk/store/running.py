"""Running numbers of a day that never run out, and the digit that shows a slip of the tongue."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Column, Connection, exists, select


def first_free(
    connection: Connection, column: Column[Any], number: Callable[[int], str], last: int
) -> str:
    """The first number after `last` that the column has not yet.

    Text order is number order only while all numbers are equally long. So the newest is looked for
    by what exists, in steps that double and then halve: few look-ups, however many there are.
    """

    def taken(running: int) -> bool:
        return bool(connection.scalar(select(exists().where(column == number(running)))))

    step = 1
    while taken(last + step):
        last, step = last + step, step * 2
    while step := step // 2:
        if taken(last + step):
            last += step
    return number(last + 1)


def check_digit(digits: str) -> str:
    """By ISO 7064 MOD 11,10: any one wrong digit is noticed, and most swaps."""
    check = 10
    for digit in digits:
        check = (check + int(digit)) % 10 or 10
        check = check * 2 % 11
    return str((11 - check) % 10)
