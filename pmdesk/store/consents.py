"""Consents in the store: events that stand for good, and the live rows all else hangs on."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.consents import (
    Act,
    Channel,
    Consent,
    ConsentEvent,
    Decision,
    EventId,
    Evidence,
    GivenBy,
    Representative,
)
from pmdesk.domain.notices import Notice
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import PurposeCode
from pmdesk.errors import ConflictError, StorageError
from pmdesk.i18n import N_
from pmdesk.store import receipts, schema, schema_consents, traces
from pmdesk.store.context import StoreContext
from pmdesk.store.intact import standing_in
from pmdesk.store.people import gone

_event = schema.consent_event
_live = schema.consent
_person = schema.person
_item = schema_consents.consent_item


class SqlConsents:
    """The record of decisions; ending a consent deletes its row, and the database the rest."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._uid = context.uid

    def record(  # noqa: PLR0913  # one event has these parts
        self,
        person: PersonId,
        purpose: PurposeCode,
        decision: Decision,
        *,
        notice: Notice,
        evidence: Evidence,
        at: datetime,
        today: date,
        valid_until: date | None,
        item: int | None = None,
    ) -> ConsentEvent:
        """The event stands; GIVEN is live, every other decision erased what hung on it.

        Of an `item` only that item has ended, and with the last one the consent.
        """
        if self._connection.scalar(select(_person.c.id).where(_person.c.id == person)) is None:
            raise gone()
        event = self._add(
            {
                "person": person,
                "purpose": purpose,
                "decision": decision,
                "valid_until": valid_until,
                "receipt": receipts.next_number(self._connection, today),
                "at": at,
                "by": self._uid,
                "item": item,
                **(self._agreed_to(person, purpose, decision) or _told(notice)),
                **_proof(evidence),
            }
        )
        if evidence.signature_png:
            self._read_back(event.id, evidence.signature_png)
        if decision is Decision.GIVEN:
            self._go_live(event, today)
        elif item is None or not self._outlives(person, purpose, item):
            self._end(person, purpose)
        return event

    def live(self, person: PersonId) -> Mapping[PurposeCode, Consent]:
        """The live consents of a person by purpose."""
        rows = self._connection.execute(select(_live).where(_live.c.person == person))
        return {
            PurposeCode(row.purpose): Consent(
                person=person,
                purpose=PurposeCode(row.purpose),
                event=EventId(row.event),
                notice_version=row.notice_version,
                given_on=row.given_on,
                valid_until=row.valid_until,
            )
            for row in rows
        }

    def events(self, person: PersonId) -> tuple[ConsentEvent, ...]:
        """Newest first."""
        of_person = select(_event).where(_event.c.person == person).order_by(_event.c.id.desc())
        return tuple(_read(row) for row in self._connection.execute(of_person))

    def newest(self) -> datetime | None:
        """The moment of the last decision on record; None before the first."""
        return self._connection.scalar(select(_event.c.at).order_by(_event.c.id.desc()).limit(1))

    def signature(self, event: EventId) -> bytes:
        """The PNG of the drawn signature; empty when the act was another."""
        found = select(_event.c.signature).where(_event.c.id == event)
        return self._connection.scalar(found) or b""

    def _agreed_to(
        self, person: PersonId, purpose: PurposeCode, decision: Decision
    ) -> Mapping[str, object]:
        """A withdrawal ends what was agreed to, whatever became of its text."""
        if decision is not Decision.WITHDRAWN:
            return {}
        told = (_event.c.notice_version, _event.c.notice_language, _event.c.notice_digest)
        that = (_live.c.person == person) & (_live.c.purpose == purpose)
        agreed = select(*told).join(_live, _live.c.event == _event.c.id).where(that)
        row = self._connection.execute(agreed).first()
        return row._asdict() if row else {}

    def _add(self, values: Mapping[str, object]) -> ConsentEvent:
        new = insert(_event).values(values).returning(_event)
        write = partial(self._connection.execute, new)
        try:
            if values["decision"] is Decision.WITHDRAWN:
                purpose = PurposeCode(str(values["purpose"]))
                added = standing_in(self._connection, purpose, write)
            else:
                added = write()
        except IntegrityError as error:
            raise ConflictError(
                N_("This notice version is not among the notices of the office."),
                N_("Put the notice into force first, then ask again."),
            ) from error
        return _read(added.one())

    def _read_back(self, event: EventId, signature: bytes) -> None:
        if self.signature(event) != signature:
            raise StorageError(
                N_("The signature could not be stored; nothing was saved."),
                N_("Check the disk, then let the person sign again."),
            )

    def _go_live(self, event: ConsentEvent, today: date) -> None:
        """The row is changed in place: to replace it would erase the answers."""
        now = {
            "event": event.id,
            "notice_version": event.notice_version,
            "given_on": today,
            "valid_until": event.valid_until,
        }
        row = upsert(_live).values(person=event.person, purpose=event.purpose, **now)
        self._connection.execute(
            row.on_conflict_do_update(index_elements=["person", "purpose"], set_=now)
        )

    def _outlives(self, person: PersonId, purpose: PurposeCode, item: int) -> bool:
        """The item is gone; whether the consent has others."""
        of_consent = (_item.c.person == person) & (_item.c.purpose == purpose)
        self._connection.execute(delete(_item).where(of_consent, _item.c.item == item))
        left = self._connection.scalar(select(_item.c.item).where(of_consent).limit(1))
        return left is not None

    def _end(self, person: PersonId, purpose: PurposeCode) -> None:
        gone = delete(_live).where(_live.c.person == person, _live.c.purpose == purpose)
        if self._connection.execute(gone).rowcount:
            traces.erase(self._connection, person)


def _told(notice: Notice) -> Mapping[str, object]:
    return {
        "notice_version": notice.version,
        "notice_language": notice.language,
        "notice_digest": notice.digest,
    }


def _proof(evidence: Evidence) -> Mapping[str, object]:
    other = evidence.representative
    return {
        "channel": evidence.channel,
        "act": evidence.act,
        "paper_ref": evidence.paper_ref,
        "witness": evidence.witness,
        "given_by": evidence.given_by,
        "adult_confirmed": evidence.adult_confirmed,
        "signature": evidence.signature_png or None,
        "strokes": evidence.signature_strokes or None,
        "representative": other.name if other else "",
        "relation": other.relation if other else "",
        "authority": other.document if other else "",
        "own_initiative": evidence.own_initiative,
        "shown_at": evidence.shown_at,
    }


def _read(row: Row[Any]) -> ConsentEvent:
    return ConsentEvent(
        id=EventId(row.id),
        person=PersonId(row.person),
        purpose=PurposeCode(row.purpose),
        decision=Decision(row.decision),
        notice_version=row.notice_version,
        notice_digest=row.notice_digest,
        at=row.at,
        by=row.by,
        channel=Channel(row.channel),
        act=Act(row.act),
        receipt=row.receipt,
        paper_ref=row.paper_ref,
        valid_until=row.valid_until,
        notice_language=row.notice_language,
        witness=row.witness,
        given_by=GivenBy(row.given_by),
        representative=_representative(row),
        adult_confirmed=row.adult_confirmed,
        own_initiative=row.own_initiative,
        shown_at=row.shown_at,
        item=row.item,
    )


def _representative(row: Row[Any]) -> Representative | None:
    if not row.representative:
        return None
    return Representative(name=row.representative, relation=row.relation, document=row.authority)
