"""How a building, and a place of an order, is named in words."""

from collections.abc import Iterable

from pmdesk.domain.orders.order import Spot
from pmdesk.i18n import _


def building_words(name: str) -> str:
    """A bare number says what it counts; every other name stands as the office has it."""
    return _("Building {name}").format(name=name) if name.isdigit() else name


def building_entries(names: Iterable[str]) -> list[tuple[str, str]]:
    """What a list of buildings offers: the words, and the name itself."""
    return [(building_words(name), name) for name in names]


def spot_words(spot: Spot) -> str:
    """Where an order is about; where only the building is known, it is said that it is one."""
    return spot.label if spot.room or spot.area else building_words(spot.building)
