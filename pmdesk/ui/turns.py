"""Long work of the window itself, cut into pieces: one in each turn of the event loop."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


@dataclass(slots=True, kw_only=True, eq=False)
class _Row:
    pieces: Iterator[object]
    owner: QObject
    newest: str
    is_running: bool = False
    is_dropped: bool = False

    @property
    def is_seen(self) -> bool:
        return isinstance(self.owner, QWidget) and self.owner.isVisible()


class Turns(QObject):
    """Does the pieces of all rows one by one; keys and clicks are answered between two of them.

    What is seen comes first, else what was asked first. An owner that is gone needs nothing more.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        # a timer, as posted events are all delivered before anything that was typed
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._turn)

    @property
    def is_empty(self) -> bool:
        """Whether every piece is done."""
        return not self._rows

    def add(self, pieces: Iterator[object], *, owner: QObject, newest: str = "") -> None:
        """Each step of the iterator gets a turn, in place of older rows with the same `newest`."""
        if newest:
            self.drop(owner, newest)
        self._rows.append(_Row(pieces=pieces, owner=owner, newest=newest))
        self._timer.start()

    def drop(self, owner: QObject, newest: str) -> None:
        """What is left of that row is not done any more."""
        for row in self._rows:
            row.is_dropped |= row.owner is owner and row.newest == newest
        self._sweep()

    def hurry(self, owner: QObject, newest: str) -> None:
        """What is left of that row is done now: somebody asks for it already."""
        rows = [one for one in self._rows if one.owner is owner and one.newest == newest]
        for row in rows:
            if not row.is_running:
                row.is_dropped = True
                deque(row.pieces, maxlen=0)
        self._sweep()

    def clear(self) -> None:
        """Nothing that is left is done any more."""
        for row in self._rows:
            row.is_dropped = True
        self._sweep()

    def _turn(self) -> None:
        self._sweep()
        waiting = [one for one in self._rows if not one.is_running]
        if not waiting:
            self._timer.stop()
            return
        row = next((one for one in waiting if one.is_seen), waiting[0])
        row.is_running, is_over = True, True
        self._timer.start()  # anew, as a timer rests while its own answer asks the user something
        try:
            is_over = next(row.pieces, self) is self
        finally:
            row.is_running = False
            row.is_dropped |= is_over
            self._timer.start()
            self._sweep()

    def _sweep(self) -> None:
        self._rows = [one for one in self._rows if not one.is_dropped and isValid(one.owner)]
        if not self._rows:
            self._timer.stop()
