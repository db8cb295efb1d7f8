"""Garbage is collected on the GUI thread only: freeing a QObject on another one crashes Qt."""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1_000


def tidy() -> None:
    """What Python would have collected by now is collected, the oldest generation due first."""
    counts, limits = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > limits[generation]:
            gc.collect(generation)
            return


class Tidier(QObject):
    """While it lives, Python's own collector rests and this one works between two events."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rested = not gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(tidy)
        self._timer.start()

    def rest(self) -> None:
        """Python collects by itself again, if it did before."""
        self._timer.stop()
        if not self._rested:
            gc.enable()
