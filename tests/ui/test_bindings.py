"""The Qt bindings keep Python's reference counts.

PySide6 6.12.0 on Python 3.11 drops references to `None` and `True` at each call, until the
interpreter aborts after some seconds of scrolling; hence the pin in `pyproject.toml`. From Python
3.12 on these objects are immortal and the fault cannot show.
"""

import sys

from PySide6.QtCore import QObject, Signal

ROUNDS = 500
SLACK = 50


class Bell(QObject):
    rung = Signal()


def test_a_void_call_keeps_the_count_of_none(qapp):
    thing = QObject()
    thing.setObjectName("a")
    before = sys.getrefcount(None)

    for _ in range(ROUNDS):
        thing.setObjectName("a")

    assert abs(sys.getrefcount(None) - before) < SLACK


def test_signals_and_events_keep_the_counts_of_none_and_true(qapp):
    bell = Bell()
    bell.rung.connect(lambda: None)
    before = sys.getrefcount(None), sys.getrefcount(True)

    for _ in range(ROUNDS):
        bell.rung.emit()
        qapp.processEvents()

    after = sys.getrefcount(None), sys.getrefcount(True)
    assert all(abs(now - then) < SLACK for now, then in zip(after, before, strict=True))
