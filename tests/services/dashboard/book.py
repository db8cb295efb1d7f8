"""Repairs of single homes, done in time, late, or still open; and what a card tells of them."""

from datetime import UTC, date, datetime, time, timedelta

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.order import OrderState
from tests.services.watch.events import line

TODAY = date(2026, 3, 2)
PROMISED = timedelta(hours=24)


def days_ago(count):
    return TODAY - timedelta(days=count)


def repair(number, building, room, day, *, late=False, done=True, **changes):
    """An order of that room; what is open has a month, or is past its time."""
    at = datetime.combine(day, time(2), UTC)
    end = at + (timedelta(hours=30) if late else timedelta(hours=2)) if done else None
    usual = {
        "service": Service.REPAIR,
        "kind": "plumbing",
        "state": OrderState.CLOSED if done else OrderState.NEW,
        "started_at": at + timedelta(hours=1) if done else None,
        "finished_at": end,
        "closed_at": end,
        "due_at": at + (PROMISED if done or late else timedelta(days=60)),
    }
    room = f"{room}01"
    return line(number, building=building, room=room, day=day, **{**usual, **changes})


def cells(card, figure, series):
    """Values of a series by category; None where nothing is told."""
    (chart,) = [one for one in card.figures if one.key == figure]
    (told,) = [one for one in chart.series if one.key == series]
    return {key: cell.value for key, cell in zip(chart.category_keys, told.cells, strict=True)}
