"""What is taken out of its place and how it is put back: by field, by note, or a whole person."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from pmdesk.domain.consents import Decision
from pmdesk.domain.fields import Field, FieldKey, Home
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import CONTRACT, PurposeCode
from pmdesk.domain.quarantine import (
    KEPT_AWAY,
    MOBILE,
    NAME,
    NOTE,
    Quarantined,
    note_key,
    plain,
    valued,
)
from pmdesk.errors import ConflictError, RefusedError
from pmdesk.i18n import N_
from pmdesk.services.session import Session

Content = Mapping[str, Any]


def packed(content: Content) -> bytes:
    """The bytes that are sealed."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def opened(data: bytes) -> Content:
    """What `packed` made of it."""
    return cast("Content", json.loads(data))


def removed(
    session: Session,
    work: UnitOfWork,
    person: PersonId,
    purpose: PurposeCode,
    key: FieldKey,
    note: int | None,
) -> Content | None:
    """The content of the field, which is empty now; None when it held nothing."""
    if key in {NAME, MOBILE}:
        content = particular(session, work, person, key)
    elif key == NOTE:
        content = _note(work, person, note)
    else:
        content = _value(session, work, person, purpose, key)
    if content is not None:  # drafts and log rows tell nothing of it either
        exactly = note_key(note) if key == NOTE and note is not None else key
        work.erasures.erase_values(person, purpose, exactly)
    return content


def bundle(session: Session, work: UnitOfWork, person: PersonId) -> Content:
    """Everything that the contract knows of the person, whose name and notes are gone now.

    What rested on consent is not in it: the consent of a minor is none, so nothing of it returns.
    """
    answers = work.answers.get(person, CONTRACT)
    stored = answers.values if answers else {}
    content = {
        "name": particular(session, work, person, NAME),
        "mobile": particular(session, work, person, MOBILE),
        "answers": {key: plain(value) for key, value in stored.items()},
        "notes": [_note(work, person, one.id) for one in work.service_notes.of(person)],
    }
    return {key: value for key, value in content.items() if value}


def put_back(session: Session, work: UnitOfWork, entry: Quarantined, content: Content) -> None:
    """The content stands in its place again; refused when something newer stands there."""
    if entry.is_everything:
        _put_person(session, work, entry.person, content)
    elif entry.field in {NAME, MOBILE}:
        _put_particulars(session, work, entry.person, content)
    elif entry.field == NOTE:
        _put_note(work, entry.person, content)
    else:
        _put_value(session, work, entry, content)


# ---- away -----------------------------------------------------------------------------------


def particular(
    session: Session, work: UnitOfWork, person: PersonId, key: FieldKey
) -> Content | None:
    """The name or number that the register held and holds no more; None when there was none."""
    who = work.people.get(person)
    held = who.name if key == NAME else who.mobile
    if held in {"", KEPT_AWAY}:
        return None
    work.people.save(
        person,
        KEPT_AWAY if key == NAME else who.name,
        "" if key == MOBILE else who.mobile,
        who.occupancies,
        revision=who.revision,
        at=session.clock.now(),
    )
    return {key: held}


def _note(work: UnitOfWork, person: PersonId, note: int | None) -> Content | None:
    found = next((one for one in work.service_notes.of(person) if one.id == note), None)
    if found is None:
        return None
    work.service_notes.drop(found.id)
    return {"text": found.text, "at": found.at.isoformat()}


def _value(
    session: Session, work: UnitOfWork, person: PersonId, purpose: PurposeCode, key: FieldKey
) -> Content | None:
    if key in {field.key for field in work.catalogue.live().items(purpose)}:
        return _items(session, work, person, purpose)
    blob = work.answers.sealed(person).get(key)
    if blob:
        return {"sealed": b64encode(blob).decode()}
    answers = work.answers.get(person, purpose)
    value = answers.values.get(key) if answers else None
    return None if value is None else {"value": plain(value)}


def _items(
    session: Session, work: UnitOfWork, person: PersonId, purpose: PurposeCode
) -> Content | None:
    """Items live and fall with the consent to each of them."""
    blobs = work.consent_items.sealed(person, purpose)
    if not blobs:
        return None
    now, today = session.clock.now(), session.clock.today()
    work.consent_ends.end(person, purpose, Decision.WITHDRAWN, at=now, today=today)
    return {"items": {str(slot): b64encode(blob).decode() for slot, blob in blobs.items()}}


# ---- back -----------------------------------------------------------------------------------


def _put_value(session: Session, work: UnitOfWork, entry: Quarantined, content: Content) -> None:
    field = _field(work, entry)
    if field.home is Home.SEALED:
        if entry.field in work.answers.sealed(entry.person):
            raise _newer()
        blob = b64decode(content["sealed"])
        work.answers.seal(entry.person, entry.purpose, entry.field, blob)
        return
    answers = work.answers.get(entry.person, entry.purpose)
    values = dict(answers.values) if answers else {}
    if values.get(entry.field) is not None:
        raise _newer()
    values[entry.field] = valued(field, content["value"])
    source = answers.source if answers else "quarantine"
    now = session.clock.now()
    work.answers.put(entry.person, entry.purpose, values, source=source, at=now)


def _field(work: UnitOfWork, entry: Quarantined) -> Field:
    live = work.catalogue.live()
    if entry.field in {one.key for one in live.items(entry.purpose)}:
        raise RefusedError(
            N_("Each item needs a consent of its own, so it cannot be put back."),
            N_("Erase it; the person may agree to the item anew."),
        ).coded("E_SEPARATE_CONSENT")
    known = (*live.answers(entry.purpose), *live.sealed(entry.purpose))
    field = next((one for one in known if one.key == entry.field), None)
    if field is None:
        raise RefusedError(
            N_("This field is not collected any more, so its value cannot be put back."),
            N_("Erase it."),
        ).coded("E_FIELD_PROHIBITED")
    return field


def _put_particulars(
    session: Session, work: UnitOfWork, person: PersonId, content: Content
) -> None:
    who = work.people.get(person)
    name, mobile = content.get(NAME), content.get(MOBILE)
    if (name and who.name != KEPT_AWAY) or (mobile and who.mobile):
        raise _newer()
    work.people.save(
        person,
        str(name or who.name),
        str(mobile or who.mobile),
        who.occupancies,
        revision=who.revision,
        at=session.clock.now(),
    )


def _put_note(work: UnitOfWork, person: PersonId, content: Content) -> None:
    work.service_notes.add(
        person, str(content["text"]), at=datetime.fromisoformat(str(content["at"]))
    )


def _put_person(session: Session, work: UnitOfWork, person: PersonId, content: Content) -> None:
    _put_particulars(
        session, work, person, {**content.get("name", {}), **content.get("mobile", {})}
    )
    fields = {field.key: field for field in work.catalogue.live().answers(CONTRACT)}
    stored = content.get("answers", {})
    values = {key: valued(field, stored.get(key)) for key, field in fields.items()}
    if any(value is not None for value in values.values()):
        now = session.clock.now()
        work.answers.put(person, CONTRACT, values, source="quarantine", at=now)
    for note in content.get("notes", ()):
        _put_note(work, person, note)


def _newer() -> ConflictError:
    return ConflictError(
        N_("Meanwhile something else was entered in this field."),
        N_("Erase what waits here, or clear the field on the person's page first."),
    )
