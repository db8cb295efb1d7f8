"""How values of one purpose, or of one field of it, go."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, delete, null, select, update

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.fairness import FAIRNESS
from pmdesk.domain.fields import FieldKey, Kind
from pmdesk.domain.orders.order import COMPLAINTS, ORDERS
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import PurposeCode
from pmdesk.domain.quarantine import MOBILE, NAME, NOTE
from pmdesk.store import gate, schema, schema_acts, schema_consents, schema_fairness, traces
from pmdesk.store.orders import drafts, letting_go

_sealed = schema.sealed_value
_event = schema.consent_event
_item = schema_consents.consent_item
_note = schema_acts.service_note
_sample = schema_fairness.fairness_sample
_IN_ORDER_FORMS = frozenset({ORDERS, COMPLAINTS, NAME, MOBILE})


def erase_values(
    connection: Connection,
    catalogue: Catalogue,
    person: PersonId,
    purpose: PurposeCode,
    field: FieldKey,
) -> bool:
    """Nothing of the purpose (or of one field of it) is known; whether there was anything."""
    if field in _IN_ORDER_FORMS:
        drafts.forget_about(connection, person)
    gone = [
        bool(connection.execute(statement).rowcount)
        for statement in _statements(catalogue, person, purpose, field)
    ]
    if field in {ORDERS, COMPLAINTS}:
        gone.append(bool(letting_go.detach(connection, person, complaints=field == COMPLAINTS)))
    traces.erase(connection, person)
    return any(gone)


def _statements(
    catalogue: Catalogue, person: PersonId, purpose: PurposeCode, field: FieldKey
) -> Iterator[Any]:
    # of a consent for single items the journal names the receipt of the item
    of_receipt = select(_event.c.id).where(_event.c.receipt == field)
    items = delete(_item).where(_item.c.person == person, _item.c.purpose == purpose)
    yield items.where(_item.c.event.in_(of_receipt)) if field else items
    sealed = delete(_sealed).where(_sealed.c.person == person, _sealed.c.purpose == purpose)
    yield sealed.where(_sealed.c.field == field) if field else sealed
    if purpose == FAIRNESS:  # one seal for all answers: none can go alone
        yield delete(_sample).where(_sample.c.person == person)
    name, _colon, note = field.partition(":")  # "note_service:17" is one of the person's notes
    if name == NOTE:
        notes = delete(_note).where(_note.c.person == person)
        yield notes.where(_note.c.id == int(note)) if note else notes
    answers = gate.tables(catalogue).get(purpose)
    if answers is None:
        return
    if not field:
        yield delete(answers.table).where(answers.table.c.person == person)
        return
    known = next((one for one in answers.fields if one.key == field), None)
    if known is None:
        return
    if known.kind is Kind.CHOICES:
        child = answers.children[field]
        yield delete(child).where(child.c.person == person)
        yield _unknown(answers.table, person, {field + gate.KNOWN: 0})
    elif known.kind is Kind.PERIOD:
        both = {field + gate.FROM: null(), field + gate.TO: null()}
        yield _unknown(answers.table, person, both)
    else:
        yield _unknown(answers.table, person, {field: null()})


def _unknown(table: Table, person: PersonId, values: dict[str, Any]) -> Any:
    return update(table).where(table.c.person == person).values(values)
