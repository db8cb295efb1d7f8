"""Where a click on a card leads."""

from pmdesk.domain.dashboard import Scope
from pmdesk.domain.orders.order import OPEN
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.i18n import _
from pmdesk.services.dashboard.card import Target


def orders(scope: Scope) -> Target:
    """The orders that were counted, newest first."""
    return Target(
        page="orders",
        label=_("These orders"),
        query=OrderQuery(
            since=scope.since,
            until=scope.until,
            services=frozenset(scope.services),
            buildings=frozenset(scope.buildings),
            order="newest",
        ),
    )


def waiting(scope: Scope) -> Target:
    """What is open, as it is worked off."""
    return Target(
        page="orders",
        label=_("Open orders"),
        query=OrderQuery(
            states=OPEN, services=frozenset(scope.services), buildings=frozenset(scope.buildings)
        ),
    )
