"""Consents for single items in the store: a sealed blob for each, under the live consent."""

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.consents import ConsentItem, EventId
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import PurposeCode
from pmdesk.errors import ConflictError
from pmdesk.i18n import N_
from pmdesk.store import schema, schema_consents
from pmdesk.store.context import StoreContext

_item = schema_consents.consent_item
_event = schema.consent_event


class SqlConsentItems:
    """Items agreed to one by one; the database ties each to the event that gave it."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        del context  # whoever may open the office may see that there are items
        self._connection = connection

    def put(
        self, person: PersonId, purpose: PurposeCode, slot: int, event: EventId, blob: bytes
    ) -> None:
        """The item stands under the live consent, tied to the event that gave it."""
        row = insert(_item).values(
            person=person, purpose=purpose, item=slot, event=event, blob=blob
        )
        try:
            self._connection.execute(row)
        except IntegrityError as error:
            raise ConflictError(
                N_("An item needs a consent of its own; nothing was saved."),
                N_("Load the page anew and ask for this item on a sheet of its own."),
            ).coded("E_SEPARATE_CONSENT") from error

    def clear(self, person: PersonId, purpose: PurposeCode) -> None:
        """No item is left: a new sheet takes the place of the one before."""
        gone = delete(_item).where(_item.c.person == person, _item.c.purpose == purpose)
        self._connection.execute(gone)

    def of(self, person: PersonId) -> tuple[ConsentItem, ...]:
        """The live items of the person, by purpose and place on the sheet."""
        given = _item.join(_event, _event.c.id == _item.c.event)
        found = select(_event).select_from(given).where(_item.c.person == person)
        rows = self._connection.execute(found.order_by(_item.c.purpose, _item.c.item))
        return tuple(
            ConsentItem(
                purpose=PurposeCode(row.purpose),
                slot=row.item,
                receipt=row.receipt,
                given_on=row.at.astimezone().date(),
                valid_until=row.valid_until,
            )
            for row in rows
        )

    def sealed(self, person: PersonId, purpose: PurposeCode) -> Mapping[int, bytes]:
        """The sealed items by their place on the sheet."""
        of_consent = (_item.c.person == person) & (_item.c.purpose == purpose)
        rows = self._connection.execute(select(_item.c.item, _item.c.blob).where(of_consent))
        return {row.item: row.blob for row in rows}
