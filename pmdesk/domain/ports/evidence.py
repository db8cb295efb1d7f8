"""What the self-audit asks of the store: counts over the whole office, never names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the office lies: whether something takes it to other computers, and how much fits."""

    synced_by: str | None  # the service that seems to copy the folder to the internet
    is_remote: bool
    free: int | None  # bytes on its disk, where the disk tells
    size: int  # of the file, in bytes


class Evidence(Protocol):
    """The program's own evidence."""

    def counts(self, today: date) -> Mapping[str, int]:
        """How many there are of each thing an auditor asks about."""
        ...

    def place(self) -> Place:
        """Where the file of the office lies."""
        ...
