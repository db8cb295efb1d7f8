"""How long a search may take before it honestly gives up."""

import time
from collections.abc import Callable

SECONDS = 0.08  # of computing: a check while somebody types answers within a tenth of a second


class Budget:
    """Runs out after `seconds` of computing in this thread, counted from when it is first asked.

    Without `seconds`, what somebody who types waits for is enough.
    """

    def __init__(
        self, seconds: float | None = None, clock: Callable[[], float] = time.thread_time
    ) -> None:
        self._seconds = SECONDS if seconds is None else seconds
        self._clock = clock
        self._end: float | None = None

    @property
    def is_spent(self) -> bool:
        """Whether there is no time left."""
        now = self._clock()
        if self._end is None:
            self._end = now + self._seconds
        return now >= self._end
