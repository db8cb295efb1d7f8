"""Orders in the copy of a person's data: number, what about, the own words, and each step."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.names import SERVICES, STATES, act_name
from pmdesk.domain.orders.order import OrderState
from pmdesk.i18n import _, said
from pmdesk.services.order_kinds import kind_name

_Row = Mapping[str, Any]


def rows(orders: Iterable[_Row], steps: Iterable[_Row]) -> Iterator[tuple[str, ...]]:
    """One row for each order, as its table in the store has it."""
    by_order: dict[int, list[str]] = defaultdict(list)
    for step in steps:
        words = f"{str(step['at'])[:10]} {said(act_name(step['act']))}"
        by_order[step["work_order"]].append(words)
    for one in orders:
        state = said(STATES[OrderState(one["state"])])
        if one["rating"]:
            state += " · " + _("rated {count} of 5").format(count=one["rating"])
        yield (one["number"], _about(one), one["words"], "\n".join((state, *by_order[one["id"]])))


def kept(orders: Iterable[_Row]) -> Iterator[tuple[str, str]]:
    """A line for each order that the archive keeps."""
    for one in orders:
        yield f"{one['number']} · {_about(one)}", f"{one['day']} {one['words']}".strip()


def _about(one: _Row) -> str:
    return f"{said(SERVICES[Service(one['service'])])} · {said(kind_name(one['kind']))}"
