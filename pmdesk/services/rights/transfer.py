"""The transfer package: contract and consented values of one person for a named recipient."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from pmdesk.domain import entrusting
from pmdesk.domain.acts import ExportList, ListKind
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.export_guard import Errand, ExportPurpose, Recipient
from pmdesk.domain.fields import Field, FieldKey, Value
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import CONTRACT, PurposeCode
from pmdesk.domain.records import Document
from pmdesk.domain.requests import Request
from pmdesk.i18n import _, said
from pmdesk.services.records import records
from pmdesk.services.session import Session
from pmdesk.services.value_words import value_words

OTHERS = frozenset({"emergency_contact", "emergency_phone"})  # data of other people


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """The file, what is in it, and its checksum."""

    file: bytes
    parts: tuple[str, ...]
    digest: str


def package(
    session: Session, work: UnitOfWork, request: Request, person: PersonId, recipient: str
) -> Package:
    """Only what the person gave under contract or consent; no tiers, nobody else's data."""
    catalogue = work.catalogue.live()
    values = [*_register(work, catalogue, person), *_answers(work, catalogue, person)]
    content = {
        "format": "pmdesk-transfer-1",
        "from": work.office.get().name,
        "to": recipient,
        "request": request.number,
        "made_at": session.clock.now().isoformat(),
        "values": values,
    }
    file = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()
    parts = dict.fromkeys(str(one["label"]) for one in values)
    return Package(file=file, parts=tuple(parts), digest=hashlib.sha256(file).hexdigest())


def enter_disclosure(
    session: Session, work: UnitOfWork, request: Request, recipient: str, made: Package
) -> None:
    """The list of what left the office and the book of disclosures know of the package."""
    person = request.person
    listed = ExportList(
        number=f"T-{request.number}",
        at=session.clock.now(),
        by=session.staff.uid,
        what=ListKind.TRANSFER,
        recipient=recipient,
        people=1,
        masked=False,
        errand=Errand(purpose=ExportPurpose.PERSON, recipient=Recipient.PERSON, to=recipient),
    )
    work.export_lists.add(listed, [] if person is None else [int(person)])
    document: Document = {
        "occasion": "provide",
        "foreign": False,
        "recipient": recipient,
        "given_on": session.clock.today(),
        "regular": False,
        "purpose": _("request {number} of the person (PIPL 45(3))").format(number=request.number),
        "method": _("file handed over after the identity check"),
        "categories": _(", ").join(made.parts)[:60],
        "people": 1,
        "media": "JSON",
        "scope_checked": True,
        "basis": "consent",
    }
    records.create(session, work, entrusting.DISCLOSURE, request.number, document)
    session.log(work, "disclosure.transfer", f"request:{request.id}", row={"sha256": made.digest})


def _register(
    work: UnitOfWork, catalogue: Catalogue, person: PersonId
) -> Iterator[dict[str, object]]:
    who = work.people.get(person)
    yield _entry(catalogue.field("person_name"), who.name)
    yield _entry(catalogue.field("mobile"), who.mobile)
    for home in who.occupancies:
        entry = _entry(catalogue.field("unit_ref"), home.unit.label)
        yield entry | {"role": home.role.value}


def _answers(
    work: UnitOfWork, catalogue: Catalogue, person: PersonId
) -> Iterator[dict[str, object]]:
    live = work.consents.live(person)
    frozen = work.acts.restrictions(person)
    for purpose in catalogue.purposes:
        known = work.answers.get(person, purpose.code)
        allowed = not purpose.needs_consent or purpose.code in live
        if known is None or not allowed or purpose.code in frozen:
            continue
        for field in catalogue.answers(purpose.code):
            if field.key not in OTHERS and known.values.get(FieldKey(field.key)) is not None:
                yield _entry(field, known.values[field.key], purpose.code)


def _entry(field: Field, value: Value, purpose: PurposeCode = CONTRACT) -> dict[str, object]:
    return {
        "purpose": str(purpose),
        "field": str(field.key),
        "label": said(field.label),
        "value": _plain(value),
        "words": value_words(field, value),
    }


def _plain(value: Value) -> object:
    if isinstance(value, tuple):
        return [None if part is None else str(part) for part in value]
    return value if isinstance(value, str | bool | int) else str(value)
