"""Sort keys that put 2栋 before 10栋, as text that compares like the eye does."""

import functools
import re
import unicodedata
from collections.abc import Sequence

from pmdesk.domain.people import Occupancy

_DIGITS = re.compile(r"\d+")
_WIDTH = 8
NOWHERE = "\uffff"  # people without a unit come last


@functools.lru_cache(maxsize=4096)  # the rooms of one building are those of the next
def natural(text: str) -> str:
    """The text with each number padded to the same width."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _DIGITS.sub(lambda found: found[0].zfill(_WIDTH), plain)


def position(entrance: str, room: str) -> str:
    """Where a unit stands within its building."""
    return f"{natural(entrance)} {natural(room)}"


def place(occupancies: Sequence[Occupancy]) -> str:
    """Where a person stands among all residents: by the first unit."""
    if not occupancies:
        return NOWHERE
    unit = occupancies[0].unit
    return f"{natural(unit.building)} {position(unit.entrance, unit.room)}"
