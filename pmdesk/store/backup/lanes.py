"""Two parts of one work side by side: SQLite and hashing let the other thread run meanwhile."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")

Look = Callable[[], None]  # raises when the other part has failed or was cancelled


class _StoppedError(Exception):
    """The other part failed: this one is not needed any more."""


def side_by_side(here: Callable[[Look], A], there: Callable[[Look], B]) -> tuple[A, B]:
    """What both return; when one raises, the other ends at its next look and the error is told."""
    stop = threading.Event()

    def look() -> None:
        if stop.is_set():
            raise _StoppedError

    def other() -> B:
        try:
            return there(look)
        except BaseException:
            stop.set()
            raise

    with ThreadPoolExecutor(max_workers=1) as pool:
        running = pool.submit(other)
        try:
            mine = here(look)
        except _StoppedError:
            running.result()  # raises what stopped this one
            raise
        except BaseException:
            stop.set()
            raise
        return mine, running.result()
