"""What the use-cases ask of the register of consents for single items."""

from collections.abc import Mapping
from typing import Protocol

from pmdesk.domain.consents import ConsentItem, EventId
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import PurposeCode


class ConsentItems(Protocol):
    """Items agreed to one by one; which they are is sealed."""

    def put(
        self, person: PersonId, purpose: PurposeCode, slot: int, event: EventId, blob: bytes
    ) -> None:
        """The item stands under the live consent, tied to the event that gave it."""
        ...

    def clear(self, person: PersonId, purpose: PurposeCode) -> None:
        """No item is left: a new sheet takes the place of the one before."""
        ...

    def of(self, person: PersonId) -> tuple[ConsentItem, ...]:
        """The live items of the person, by purpose and place on the sheet."""
        ...

    def sealed(self, person: PersonId, purpose: PurposeCode) -> Mapping[int, bytes]:
        """The sealed items by their place on the sheet."""
        ...
