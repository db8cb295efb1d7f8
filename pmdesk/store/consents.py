"""Consents in the store: events that stand for good, and the live rows all else hangs on."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.consents import Act, Channel, Consent, ConsentEvent, Decision, EventId, Evidence
from pmdesk.domain.notices import Notice
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import PurposeCode
from pmdesk.errors import ConflictError, StorageError
from pmdesk.i18n import N_
from pmdesk.store import receipts, schema, traces
from pmdesk.store.context import StoreContext
from pmdesk.store.people import gone

_event = schema.consent_event
_live = schema.consent
_person = schema.person


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
    ) -> ConsentEvent:
        """The event stands; GIVEN is live, every other decision erased what hung on it."""
        if self._connection.scalar(select(_person.c.id).where(_person.c.id == person)) is None:
            raise gone()
        event = self._add(
            {
                "person": person,
                "purpose": purpose,
                "decision": decision,
                "notice_version": notice.version,
                "notice_language": notice.language,
                "notice_digest": notice.digest,
                "valid_until": valid_until,
                "receipt": receipts.next_number(self._connection, today),
                "at": at,
                "by": self._uid,
                **_proof(evidence),
            }
        )
        if evidence.signature_png:
            self._read_back(event.id, evidence.signature_png)
        if decision is Decision.GIVEN:
            self._go_live(event, today)
        else:
            self._end(person, purpose)
        return event

    def expire(self, *, today: date, at: datetime) -> int:
        """Consents past their last day have ended, with all that hung on them; how many."""
        given = _live.join(_event, _event.c.id == _live.c.event)
        past = select(_event).select_from(given).where(_live.c.valid_until < today)
        ended = self._connection.execute(past).mappings().all()
        for old in ended:
            kept = {key: old[key] for key in _KEPT_AT_EXPIRY}
            number = receipts.next_number(self._connection, today)
            self._add(
                {
                    **kept,
                    "decision": Decision.EXPIRED,
                    "receipt": number,
                    "at": at,
                    "by": self._uid,
                }
            )
            self._end(old["person"], old["purpose"])
        return len(ended)

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

    def signature(self, event: EventId) -> bytes:
        """The PNG of the drawn signature; empty when the act was another."""
        found = select(_event.c.signature).where(_event.c.id == event)
        return self._connection.scalar(found) or b""

    def _add(self, values: Mapping[str, object]) -> ConsentEvent:
        try:
            added = self._connection.execute(insert(_event).values(values).returning(_event))
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

    def _end(self, person: PersonId, purpose: PurposeCode) -> None:
        gone = delete(_live).where(_live.c.person == person, _live.c.purpose == purpose)
        if self._connection.execute(gone).rowcount:
            traces.erase(self._connection, person)


_KEPT_AT_EXPIRY = (
    *("person", "purpose", "notice_version", "notice_language", "notice_digest", "channel"),
    *("act", "paper_ref", "witness", "given_by", "adult_confirmed"),
)


def _proof(evidence: Evidence) -> Mapping[str, object]:
    return {
        "channel": evidence.channel,
        "act": evidence.act,
        "paper_ref": evidence.paper_ref,
        "witness": evidence.witness,
        "given_by": evidence.given_by,
        "adult_confirmed": evidence.adult_confirmed,
        "signature": evidence.signature_png or None,
        "strokes": evidence.signature_strokes or None,
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
    )
