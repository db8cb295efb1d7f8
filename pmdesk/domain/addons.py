"""Add-on services: a public price list, one price for everybody, and orders of one's own accord."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import NewType

from pmdesk.domain.fields import Problem
from pmdesk.domain.people import PersonId
from pmdesk.i18n import N_

AddonId = NewType("AddonId", int)
OrderId = NewType("OrderId", int)

LONGEST_NAME, LONGEST_UNIT = 30, 10
HIGHEST_PRICE = 10_000_000  # 分; a typing mistake beyond that


@dataclass(frozen=True, slots=True, kw_only=True)
class Addon:
    """One line of the price list: a service at a price, from and to when it is offered."""

    id: AddonId
    name: str
    unit: str  # such as 次, 月, 小时
    price: int  # 分, the same for everybody
    since: date
    until: date | None = None  # the last day; None while it is offered

    def offered_on(self, day: date) -> bool:
        """Whether it may be ordered on that day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddonOrder:
    """What a person ordered, at the price that was published that day."""

    id: OrderId
    person: PersonId
    addon: Addon
    price: int  # 分
    ordered_on: date
    ended_on: date | None = None


def problems(name: str, unit: str, price: int | None) -> tuple[Problem, ...]:
    """What must be mended before a line can be published."""
    found = []
    for key, text, most in (("name", name, LONGEST_NAME), ("unit", unit, LONGEST_UNIT)):
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
