"""The one filter of all events of the application: Python is asked once for each, not thrice.

A page is built with ten thousand events, and each filter in Python costs a fifth of that time.
"""

import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QDropEvent, QInputEvent, QInputMethodEvent
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox
from shiboken6 import isValid
from typing_extensions import override

_TOUCHES = (QInputEvent, QInputMethodEvent, QDropEvent)
_ROLLED = (QComboBox, QAbstractSpinBox)  # what a mouse wheel would change


class Listener(Protocol):
    """A QObject that may take an event away; it is not kept alive by listening."""

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Whether nobody else gets the event."""
        ...


class _Ear(QObject):
    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self.listeners: list[weakref.ref[Listener]] = []
        self.rests = 0  # how many works are under way that want it to rest
        app.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, _TOUCHES) and not isinstance(watched, _ROLLED):
            return False
        for kept in reversed(self.listeners.copy()):  # as Qt does: who came last is asked first
            one = kept()
            if one is not None and isValid(one) and one.eventFilter(watched, event):
                return True
        return False


def listen(one: Listener) -> None:
    """It is asked about every key, mouse and input event, and about all of boxes that roll."""
    forget(one)
    _ear().listeners.append(weakref.ref(one))


def forget(one: Listener) -> None:
    """It is not asked any more."""
    ear = _ear()
    ear.listeners = [kept for kept in ear.listeners if kept() not in {None, one}]


@contextmanager
def resting() -> Iterator[None]:
    """Nobody is asked about anything meanwhile: for building, which no key or click can reach.

    It must not run an event loop. Boxes that roll and were built in it are not known to listeners.
    """
    app, ear = QCoreApplication.instance(), _ear()
    if app is None:
        raise RuntimeError
    ear.rests += 1
    app.removeEventFilter(ear)
    try:
        yield
    finally:
        ear.rests -= 1
        if not ear.rests:
            app.installEventFilter(ear)


def _ear() -> _Ear:
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError
    return app.findChild(_Ear) or _Ear(app)
