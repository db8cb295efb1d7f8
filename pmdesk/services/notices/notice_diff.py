"""Two versions of a notice side by side: which lines went, which came."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pmdesk.services.wording import notice_lines


class Mark(StrEnum):
    """What became of a line."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffLine:
    """A line of either version."""

    mark: Mark
    text: str


def difference(old: str, new: str) -> tuple[DiffLine, ...]:
    """Every line of both in order; what went stands before what came."""
    return tuple(_lines([*notice_lines(old)], [*notice_lines(new)]))


def _lines(old: list[str], new: list[str]) -> Iterator[DiffLine]:
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (DiffLine(mark=Mark.SAME, text=line) for line in old[a:b])
        else:
            yield from (DiffLine(mark=Mark.GONE, text=line) for line in old[a:b])
            yield from (DiffLine(mark=Mark.NEW, text=line) for line in new[c:d])
