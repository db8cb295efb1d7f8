"""Widgets are built faster while nobody has to be asked about each of their events."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from pmdesk.ui import ear
from pmdesk.ui.forms import wheel

W = TypeVar("W", bound=QWidget)


def built(make: Callable[[], W]) -> W:
    """What `make` answers; building takes a quarter less than beside a filter in Python.

    It asks the user nothing: no key, click or wheel can reach what is not yet there.
    """
    with ear.resting():
        made = make()
    wheel.calm(made)
    return made
