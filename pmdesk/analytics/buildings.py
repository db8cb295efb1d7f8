"""How a building is named in words."""

from collections.abc import Iterable

from pmdesk.i18n import _


def building_words(name: str) -> str:
    """A bare number says what it counts; every other name stands as the office has it."""
    return _("Building {name}").format(name=name) if name.isdigit() else name


def building_entries(names: Iterable[str]) -> list[tuple[str, str]]:
    """What a list of buildings offers: the words, and the name itself."""
    return [(building_words(name), name) for name in names]
