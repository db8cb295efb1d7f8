"""The proof of a person's consents: every decision with the very text it was made on (PIPL 69)."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pmdesk.domain.consents import ConsentEvent
from pmdesk.domain.office import OfficeProfile
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import AuditEntry, UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.i18n import Words
from pmdesk.services.session import Session, about


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """One decision and the text that was shown; empty when the office has it no more."""

    event: ConsentEvent
    purpose: Words
    operator: str
    witness: str
    text: str
    signature: bytes

    @property
    def is_whole(self) -> bool:
        """The text is the one whose digest the decision carries."""
        return hashlib.sha256(self.text.encode()).hexdigest() == self.event.notice_digest


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentProof:
    """All decisions of a person, oldest first, the texts, and the log about them."""

    office: OfficeProfile
    person: PersonId
    person_name: str
    room: str
    made_at: datetime
    operator: str
    decisions: tuple[Proven, ...]
    log: tuple[AuditEntry, ...]
    names: Mapping[str, str]  # of the staff, by uid

    @property
    def texts(self) -> Mapping[str, Proven]:
        """A decision on each text, by the digest it carries."""
        return {one.event.notice_digest: one for one in reversed(self.decisions)}


def gathered(session: Session, person: PersonId) -> ConsentProof:
    """The proof of everything the person decided; that it was made is logged."""
    with session.writing(Permission.SEE_RECORDS) as work:
        who = work.people.get(person)
        names = {one.uid: one.name for one in work.staff.all()}
        log = tuple(
            entry
            for entry in reversed(work.audit.about(about(person)))
            if entry.action.startswith("consent.")
        )
        made = ConsentProof(
            office=work.office.get(),
            person=person,
            person_name=who.name,
            room=who.room,
            made_at=session.clock.now(),
            operator=session.staff.name,
            decisions=tuple(
                _proven(work, event, names) for event in reversed(work.consents.events(person))
            ),
            log=log,
            names=names,
        )
        session.log(work, "consent.proof", about(person))
        work.commit()
    return made


def _proven(work: UnitOfWork, event: ConsentEvent, names: Mapping[str, str]) -> Proven:
    version, language = event.notice_version, event.notice_language
    notice = work.catalogue.notice_version(event.purpose, version, language)
    known = {one.code: one.name for one in work.catalogue.live().purposes}
    return Proven(
        event=event,
        purpose=known.get(event.purpose, Words(event.purpose, event.purpose)),
        operator=names.get(event.by, event.by),
        witness=names.get(event.witness, event.witness),
        text=notice.text if notice else "",
        signature=work.consents.signature(event.id),
    )


def as_json(proof: ConsentProof) -> bytes:
    """The proof for a machine: each text once, by its digest."""
    content = {
        "office": proof.office.name,
        "person": {"name": proof.person_name, "room": proof.room},
        "made_at": proof.made_at.isoformat(),
        "made_by": proof.operator,
        "decisions": [_decision(one) for one in proof.decisions],
        "notices": {
            digest: {"text": one.text, "matches": one.is_whole}
            for digest, one in proof.texts.items()
        },
        "log": [
            {
                "seq": entry.seq,
                "at": entry.at.isoformat(),
                "by": proof.names.get(entry.by, entry.by),
                "act": entry.action,
                "purposes": list(entry.fields),
            }
            for entry in proof.log
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _decision(one: Proven) -> dict[str, object]:
    event, other = one.event, one.event.representative
    return {
        "receipt": event.receipt,
        "purpose": event.purpose,
        "item": event.item,
        "decision": event.decision.value,
        "shown_at": event.shown_at.isoformat() if event.shown_at else None,
        "decided_at": event.at.isoformat(),
        "notice": {
            "version": event.notice_version,
            "language": event.notice_language,
            "sha256": event.notice_digest,
        },
        "channel": event.channel.value,
        "act": event.act.value,
        "paper": event.paper_ref,
        "operator": one.operator,
        "witness": one.witness,
        "of_age": event.adult_confirmed,
        "given_by": event.given_by.value,
        "representative": [other.name, other.relation, other.document] if other else None,
        "own_initiative": event.own_initiative,
        "valid_until": event.valid_until.isoformat() if event.valid_until else None,
        "signature_png": base64.b64encode(one.signature).decode() or None,
    }
