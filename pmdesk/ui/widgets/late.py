"""What is put into a page late stands in the order of Tab where it is seen."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def join_order(place: QWidget) -> None:
    """Tab comes to what `place` holds after what lies before it, not after the whole window."""
    others = [one for one in _after(place) if _takes_tab(one)]
    inside = [one for one in others if place.isAncestorOf(one)]
    outside = [one for one in others if not place.isAncestorOf(one)]
    for before, one in pairwise([*outside[-1:], *inside]):
        QWidget.setTabOrder(before, one)


def _after(place: QWidget) -> Iterator[QWidget]:
    """All of the window in the order of Tab, at last what lies just before `place`."""
    one = place.nextInFocusChain()
    while one is not None and one is not place:
        yield one
        one = one.nextInFocusChain()


def _takes_tab(one: QWidget) -> bool:
    return bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus) and one.focusProxy() is None
