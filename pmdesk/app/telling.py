"""How far a command is, on one line of the terminal; Ctrl-C stops it where nothing is half done."""

import signal
import sys
from types import FrameType, TracebackType
from typing import Self

from pmdesk.domain.progress import Progress
from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_


class StoppedError(PmdeskError):
    """Somebody pressed Ctrl-C, and the work rolled back."""

    def __init__(self) -> None:
        super().__init__(N_("Cancelled. Nothing was changed."))


class Telling:
    """While it is entered, one Ctrl-C waits for the next sign of progress; a second one does not.

    So a transaction is rolled back or comes through whole, and what is said of it is true.
    """

    def __init__(self) -> None:
        self._is_stopped = False
        self._width = 0

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGINT, self._stop)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        signal.signal(signal.SIGINT, self._before)
        self.wipe()

    def of(self, words: str) -> Progress:
        """What work calls that `words` name."""

        def tell(done: int, total: int) -> None:
            if self._is_stopped:
                raise StoppedError
            self._show(f"{words} {done:,} / {total:,}" if total else f"{words} {done:,}")

        return tell

    def wipe(self) -> None:
        """The line is free for a sentence."""
        if self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
            self._width = 0

    def _show(self, line: str) -> None:
        """Only a terminal shows it; a file would keep every step."""
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{line}")
            sys.stderr.flush()
            self._width = 2 * len(line)  # a Chinese character is two columns wide

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if self._is_stopped:
            signal.default_int_handler(number, frame)
        self._is_stopped = True
