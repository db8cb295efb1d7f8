"""The first answer to an order: when somebody took it in hand, as its history tells."""

from collections.abc import Iterable
from datetime import datetime

from pmdesk.domain.orders.order import Deed, Move, OrderStep

# who is given it takes care of it; a call back is an answer before that
ANSWERS = frozenset({Move.ASSIGN.value, Deed.CALLED_BACK.value})


def standing(steps: Iterable[OrderStep]) -> tuple[OrderStep, ...]:
    """The history without the steps that were taken back, and without their taking back."""
    done: list[OrderStep] = []
    for step in steps:
        if step.act == Deed.TAKEN_BACK.value:
            del done[-1:]
        else:
            done.append(step)
    return tuple(done)


def answered_at(steps: Iterable[OrderStep]) -> datetime | None:
    """When somebody first took care; None while nobody did. A step taken back never was."""
    return next((step.at for step in standing(steps) if step.act in ANSWERS), None)
