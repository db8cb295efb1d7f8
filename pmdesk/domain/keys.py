"""The keys of an office as the use-cases see them: when they were changed, and old copies kept."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

YEAR_DAYS = 365  # after so long the keys are changed anew
KEPT_DAYS = 30  # so long a copy of how the office was before stays

ROTATED = "key.rotate"  # the act, in the log
TARGET = "keys"


class Before(StrEnum):
    """What was about to happen when a copy of the office was put aside."""

    UPGRADE = "upgrade"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A copy of the office as it was before, in its own folder, for its administrators."""

    name: str  # of its file
    before: Before
    made_at: datetime
    schema: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyState:
    """How the keys of the office stand."""

    since: date  # the present key is this old
    rotated: bool  # or it is the first one
    due: bool  # a year is over, or somebody left
    left: int  # colleagues whose account was disabled since
    kept: tuple[Kept, ...]
