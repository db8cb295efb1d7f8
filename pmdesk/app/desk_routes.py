"""The ways to the page of work orders, as the signals of other pages ask for them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.order import OrderId
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.ui.pages.orders import OrdersPage

# W20260302-001, its beginning from the year on, or its end with the dash
ORDER_NUMBER = re.compile(r"[Ww](?:19|20)[0-9]{2}(?:[0-9]{0,4}|[0-9]{4}-[0-9]*)|-[0-9]{3,}")


@dataclass(frozen=True, slots=True, weakref_slot=True)  # Qt holds its methods weakly
class DeskRoutes:
    """`open_page` answers with the page of a key, or None where this role has none."""

    open_page: Callable[[str], QWidget | None]

    def show_order(self, order: OrderId) -> None:
        """The page shows this order whole."""
        if (page := self._page()) is not None:
            page.show_order(order)

    def start_order(self, person: PersonId | None = None) -> None:
        """The page registers a new order, of this resident where one is named."""
        if (page := self._page()) is not None:
            page.start_order(person)

    def start_visit(self, person: PersonId, service: Service) -> None:
        """The page registers a visit of one's own accord to this resident."""
        if (page := self._page()) is not None:
            page.start_order(person, service)

    def open_draft(self, subject: str) -> None:
        """The form is open in which the draft of this subject is offered."""
        task, _colon, order = subject.partition(":")
        if (page := self._page()) is None:
            return
        if order.isdecimal():
            page.show_order(OrderId(int(order)))
            page.detail.go_on_with(task)
        else:
            page.start_order(draft=subject)

    def show_orders(self, query: OrderQuery) -> None:
        """The list shows these."""
        if (page := self._page()) is not None:
            page.show_query(query)

    def by_signal(self) -> Mapping[str, Callable[..., object]]:
        """What answers which signal."""
        return {
            "order_requested": self.show_order,
            "new_order_requested": self.start_order,
            "visit_requested": self.start_visit,
            "orders_requested": self.show_orders,
        }

    def _page(self) -> OrdersPage | None:
        page = self.open_page("orders")
        return page if isinstance(page, OrdersPage) else None
