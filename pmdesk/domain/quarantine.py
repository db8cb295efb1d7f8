"""Quarantine (误收): what should never have been collected, taken away at once and then erased."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from pmdesk.domain.acts import EraseReason, Erasure, Method, Scope
from pmdesk.domain.fields import Field, FieldKey, Kind, Value
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import PurposeCode

QuarantineId = NewType("QuarantineId", int)

DAYS = 7  # so long somebody responsible may look into it; then it is erased
EVERYTHING = FieldKey("*")  # the whole person, found to be a minor
NAME, MOBILE, NOTE = FieldKey("person_name"), FieldKey("mobile"), FieldKey("note_service")
KEPT_AWAY = "（已隔离）"  # stands for a name that was taken away


class Mistake(StrEnum):
    """Why something should not have been collected."""

    MINOR = "minor"
    REFUSED = "refused"
    OTHER_PERSON = "other_person"
    NOT_NEEDED = "not_needed"
    NO_CONSENT = "no_consent"


ERASED_FOR: Mapping[Mistake, EraseReason] = {
    Mistake.MINOR: EraseReason.UNLAWFUL,
    Mistake.REFUSED: EraseReason.ACCIDENTAL,
    Mistake.OTHER_PERSON: EraseReason.ACCIDENTAL,
    Mistake.NOT_NEEDED: EraseReason.ACCIDENTAL,
    Mistake.NO_CONSENT: EraseReason.UNLAWFUL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """One value, or everything of a person, out of its place; the content is sealed."""

    id: QuarantineId
    person: PersonId
    purpose: PurposeCode  # empty for the whole person
    field: FieldKey
    mistake: Mistake
    at: datetime
    by: str  # uid
    until: date  # the last day it waits
    blob: bytes = dataclasses.field(repr=False)
    note: int | None = None  # which of the person's notes it was

    @property
    def is_everything(self) -> bool:
        """Whether it is all that was known of a person."""
        return self.field == EVERYTHING

    @property
    def scope(self) -> Scope:
        """What the journal says went."""
        if self.is_everything:
            return Scope()
        field = self.field if self.note is None else note_key(self.note)
        return Scope(purpose=self.purpose, field=field)

    def is_within(self, scope: Scope) -> bool:
        """Whether it goes when the scope goes."""
        whole = Scope(purpose=self.purpose)
        return scope in {self.scope, whole, Scope(purpose=self.purpose, field=self.field)}

    def erasure(self, *, by: str, at: datetime, certificate: str) -> Erasure:
        """The line of the journal when it goes for good."""
        return Erasure(
            at=at,
            by=by,
            person=self.person,
            scope=self.scope,
            reason=ERASED_FOR[self.mistake],
            method=Method.ERASED,
            certificate=certificate,
        )


def note_key(note: int) -> FieldKey:
    """How the journal names one note among those of a person."""
    return FieldKey(f"{NOTE}:{note}")


def until(day: date) -> date:
    """The last day that something taken away on `day` waits."""
    return day + timedelta(days=DAYS)


def seal_info(person: PersonId, key: FieldKey) -> tuple[str | int, ...]:
    """What the seal is bound to: it opens for this person and field only."""
    return ("pmdesk-quarantine", 1, int(person), key)


def plain(value: Value) -> object:
    """The value as JSON knows it."""
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def valued(described: Field, stored: object) -> Value:
    """The value of a field that `plain` wrote."""
    if described.kind is Kind.CHOICES and isinstance(stored, list):
        return tuple(str(part) for part in stored)
    if described.kind is Kind.PERIOD and isinstance(stored, list):
        first, last = stored
        return (_day(first), _day(last))
    if described.kind is Kind.DATE:
        return _day(stored)
    return stored if isinstance(stored, str | bool | int) else None


def _day(stored: object) -> date | None:
    return date.fromisoformat(stored) if isinstance(stored, str) else None
