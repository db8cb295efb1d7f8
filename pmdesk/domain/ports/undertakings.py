"""What the use-cases ask of the register of confidentiality undertakings."""

from datetime import date
from typing import Protocol

from pmdesk.domain.undertaking import Signed


class Undertakings(Protocol):
    """Signatures that stand for good."""

    def add(self, signed: Signed) -> None: ...
    def latest(self, uid: str) -> Signed | None:
        """The newest signature of the account."""
        ...

    def expire(self, today: date) -> int:
        """Those of disabled accounts that ran out three years ago are gone; how many."""
        ...

    def first_to_go(self) -> date | None:
        """The day on which the next one goes; None while every account is in use."""
        ...
