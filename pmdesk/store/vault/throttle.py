"""A growing wait after wrong passwords, kept in the folder so that a restart does not end it."""

import contextlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from pathlib import Path

from pmdesk.domain.office import Clock
from pmdesk.errors import StorageError, WrongKeyError
from pmdesk.i18n import N_
from pmdesk.store.vault.folder import THROTTLE, write_atomic

_FIRST = (0, 1, 2, 4, 8)  # seconds to wait after that many failures
_THEN = 30
_LONGEST = 900
_LONGEST_FILE = 4096


class TooSoonError(WrongKeyError):
    """The wait after wrong passwords is not over; `seconds` are left."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            N_("Too many wrong passwords: wait {seconds} seconds."),
            N_("Then try again, or ask an administrator to set a new password."),
            seconds=seconds,
        )
        self.seconds = seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Failures:
    """How many sign-ins failed in a row, and when the last one did."""

    count: int = 0
    last: float = 0.0  # seconds since 1970

    def left(self, now: datetime) -> int:
        """Whole seconds until the next attempt; a clock set back does not lengthen the wait."""
        passed = max(0.0, now.timestamp() - self.last)
        return ceil(max(0.0, delay(self.count) - passed))


def delay(failures: int) -> int:
    """Seconds to wait after that many failures in a row: 1, 2, 4, 8, then 30 s up to 15 min."""
    if failures < len(_FIRST):
        return _FIRST[failures]
    doublings = min(failures - len(_FIRST), 10)
    return min(_LONGEST, _THEN << doublings)


def failures(folder: Path) -> Failures:
    """What is on record; an unreadable record counts as none."""
    try:
        with (folder / THROTTLE).open("rb") as file:
            found = json.loads(file.read(_LONGEST_FILE))
        return Failures(count=max(0, int(found["failures"])), last=float(found["last"]))
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return Failures()


def wait(folder: Path, clock: Clock) -> int:
    """Whole seconds until somebody may try to sign in."""
    return _counted(folder, clock).left(clock.now())


def begin(folder: Path, clock: Clock) -> int:
    """The attempt is on record as failed until `succeed`; the failures before it."""
    before = _counted(folder, clock)
    left = before.left(clock.now())
    if left:
        raise TooSoonError(left)
    _record(folder, Failures(count=before.count + 1, last=clock.now().timestamp()))
    return before.count


def succeed(folder: Path) -> None:
    """No failure is on record."""
    _record(folder, Failures())


def _counted(folder: Path, clock: Clock) -> Failures:
    """What is on record; one that lies ahead of a clock set back is moved to now, or never ends."""
    found = failures(folder)
    now = clock.now().timestamp()
    if not found.last <= now:  # nor is a time that is no number
        found = replace(found, last=now)
        _record(folder, found)
    return found


def _record(folder: Path, found: Failures) -> None:
    text = json.dumps({"failures": found.count, "last": found.last})
    # on a full disk people must still be able to sign in; a copied folder has no throttle anyway
    with contextlib.suppress(StorageError):
        write_atomic(folder / THROTTLE, text.encode())
