"""What the use-cases ask of the keys of the open office."""

from collections.abc import Sequence
from typing import Protocol

from pmdesk.domain.backups import Newer, Tell
from pmdesk.domain.keys import Kept
from pmdesk.domain.office import Clock
from pmdesk.domain.staff import Staff


class Keys(Protocol):
    """The data key and the key of sealed fields; each change closes the office."""

    def rotate(self, clock: Clock, tell: Tell, *, sealed: bool) -> None:
        """All active accounts hold a new data key, on demand also a new key of sealed fields."""
        ...

    def kept(self) -> tuple[Kept, ...]:
        """Copies of how the office was before, newest first."""
        ...

    def bring_back(
        self, name: str, present: tuple[Sequence[Staff], Newer], clock: Clock, tell: Tell
    ) -> int:
        """The office is as in that copy; how many erasures were done again."""
        ...
