"""What the use-cases ask of the price list of add-on services and of the orders."""

from datetime import date, datetime
from typing import Protocol

from pmdesk.domain.addons import Addon, AddonId, AddonOrder, OrderId
from pmdesk.domain.people import PersonId


class Addons(Protocol):
    """Published prices stand for good; orders hang on the person."""

    def all(self) -> tuple[Addon, ...]:
        """Every line that was ever published, newest first."""
        ...

    def publish(self, name: str, content: str, unit: str, price: int, *, since: date) -> AddonId:
        """The line stands; an older price of the same name ended the day before."""
        ...

    def withdraw(self, addon: AddonId, *, until: date) -> None:
        """The line is offered up to that day."""
        ...

    def orders(self, person: PersonId | None = None) -> tuple[AddonOrder, ...]:
        """Of that person, or of everybody; newest first."""
        ...

    def get(self, order: OrderId) -> AddonOrder:
        """The order; NotFoundError when there is none."""
        ...

    def order(self, person: PersonId, addon: AddonId, *, on: date, at: datetime) -> OrderId:
        """The order stands at the published price; refused when that day had none."""
        ...

    def end_order(self, order: OrderId, *, on: date) -> None: ...
