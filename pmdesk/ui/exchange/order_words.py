"""Where the columns of a list of past orders may lead, in words, and what is enough."""

from collections.abc import Collection, Mapping

from pmdesk.i18n import N_
from pmdesk.services.order_import.columns import OrderTarget

TARGETS: Mapping[str, str] = {
    OrderTarget.SOURCE: N_("Order number"),
    OrderTarget.RECEIVED: N_("When it came"),
    OrderTarget.STARTED: N_("When the work began"),
    OrderTarget.FINISHED: N_("When the work was done"),
    OrderTarget.CLOSED: N_("When it was closed"),
    OrderTarget.STATE: N_("State"),
    OrderTarget.TYPE: N_("Type"),
    OrderTarget.SUBTYPE: N_("Kind within the type"),
    OrderTarget.WORDS: N_("What happened"),
    OrderTarget.BUILDING: N_("Building"),
    OrderTarget.ENTRANCE: N_("Entrance"),
    OrderTarget.ROOM: N_("Room number"),
    OrderTarget.LABEL: N_("Building, entrance and room in one"),
    OrderTarget.AREA: N_("Place that all share"),
    OrderTarget.NAME: N_("Who asked (a resident)"),
    OrderTarget.ASSIGNEE: N_("Who did it (a colleague)"),
    OrderTarget.RATING: N_("Rating, 1 to 5"),
}


def tells_when(chosen: Collection[str]) -> bool:
    """There is a column for the day on which an order came."""
    return OrderTarget.RECEIVED in chosen
