"""An import of past orders: what it brought, and whether it still counts."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

ImportId = NewType("ImportId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderImport:
    """One import; its orders stay in the book whatever becomes of it."""

    id: ImportId
    at: datetime
    by: str  # uid
    orders: int
    withdrawn_at: datetime | None = None

    @property
    def is_withdrawn(self) -> bool:
        """Whether its orders are cancelled and counted nowhere."""
        return self.withdrawn_at is not None
