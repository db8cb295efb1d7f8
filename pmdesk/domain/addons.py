"""Add-on services: a public price list, one price for everybody, and orders of one's own accord."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from pmdesk.domain.fields import Problem
from pmdesk.domain.orders.order import OrderState
from pmdesk.domain.people import PersonId
from pmdesk.i18n import N_

AddonId = NewType("AddonId", int)
OrderId = NewType("OrderId", int)

LONGEST_NAME, LONGEST_CONTENT, LONGEST_UNIT = 30, 200, 10
HIGHEST_PRICE = 10_000_000  # 分; a typing mistake beyond that
_SOURCE = "addon:"  # of a work order, before the number of the order that it delivers
_DONE = frozenset({OrderState.CALLBACK, OrderState.CLOSED})


class Stage(StrEnum):
    """How far an order of a service is."""

    ORDERED = "ordered"
    UNDER_WAY = "under_way"  # a work order is open
    DELIVERED = "delivered"  # its newest work order is done; a monthly one goes on
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addon:
    """One line of the price list: a service at a price, from and to when it is offered."""

    id: AddonId
    name: str
    unit: str  # such as 次, 月, 小时
    price: int  # 分, the same for everybody
    since: date
    until: date | None = None  # the last day; None while it is offered
    content: str = ""  # what is delivered; empty in lines of before that was asked for

    def offered_on(self, day: date) -> bool:
        """Whether it may be ordered on that day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The work order by which a service is delivered."""

    number: str
    state: OrderState


@dataclass(frozen=True, slots=True, kw_only=True)
class AddonOrder:
    """What a person ordered, at the price that was published that day."""

    id: OrderId
    person: PersonId
    addon: Addon
    price: int  # 分
    ordered_on: date
    ended_on: date | None = None
    delivery: Delivery | None = None  # the newest that was not cancelled

    @property
    def stage(self) -> Stage:
        """How far it is."""
        if self.ended_on is not None:
            return Stage.ENDED
        if self.delivery is None:
            return Stage.ORDERED
        return Stage.DELIVERED if self.delivery.state in _DONE else Stage.UNDER_WAY

    @property
    def may_be_delivered(self) -> bool:
        """Whether a work order can be made now: it stands, and none is open."""
        return self.stage in {Stage.ORDERED, Stage.DELIVERED}


def source_of(order: OrderId) -> str:
    """What the work order of that order says about where it comes from."""
    return f"{_SOURCE}{order}"


def order_of(source: str) -> str:
    """The number of the order that a work order delivers; empty when it delivers none."""
    return source.removeprefix(_SOURCE) if source.startswith(_SOURCE) else ""


def problems(name: str, content: str, unit: str, price: int | None) -> tuple[Problem, ...]:
    """What must be mended before a line can be published."""
    found = []
    texts = (
        ("name", name, LONGEST_NAME),
        ("content", content, LONGEST_CONTENT),
        ("unit", unit, LONGEST_UNIT),
    )
    for key, text, most in texts:
        if not text.strip():
            found.append(Problem(key=key, sentence=N_("Please fill this in")))
        elif len(text.strip()) > most:
            words = N_("At most {count} characters")
            found.append(Problem(key=key, sentence=words, places={"count": most}))
    if price is None or not 0 <= price <= HIGHEST_PRICE:
        found.append(Problem(key="price", sentence=N_("A price is a sum of yuan, such as 80.00")))
    return tuple(found)


def yuan(price: int) -> str:
    """A price as people read it: 80.00."""
    return f"{price // 100}.{price % 100:02}"


def price_of(text: str) -> int | None:
    """The price in 分 that somebody typed in yuan; None when it is none."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("元").strip()
    if not re.fullmatch(r"[0-9]{1,6}(?:\.[0-9]{1,2})?", plain):
        return None
    whole, _dot, part = plain.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0"))
