"""Correcting one value at the rights desk: which fields can be, what stands there, what then."""

from collections.abc import Mapping
from dataclasses import dataclass

from pmdesk.domain.fields import Field, FieldKey, Home, Value
from pmdesk.domain.names import clean_name
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import CLASSIFICATION, PurposeCode
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_
from pmdesk.services import masking
from pmdesk.services.classification import reclassify
from pmdesk.services.refusal import screen
from pmdesk.services.residents import SHIELD
from pmdesk.services.session import Session, about
from pmdesk.services.value_words import value_words

NAME, MOBILE = "person_name", "mobile"
_REGISTER = (NAME, MOBILE)  # room and role are corrected on the person's page
SOURCE = "correction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A field with what stands in it now, as far as the present user sees it."""

    field: Field
    value: Value
    is_masked: bool = False


def stored(session: Session, person: PersonId) -> tuple[Stored, ...]:
    """The values that a person may have corrected here, those without a value too."""
    with session.reading(Permission.RECEIVE_REQUESTS) as work:
        catalogue = work.catalogue.live()
        live = work.consents.live(person)
        found = [catalogue.field(key) for key in _REGISTER]
        for purpose in catalogue.purposes:
            if not purpose.needs_consent or purpose.code in live:
                found += catalogue.answers(purpose.code)
        return tuple(_seen(session, one, _value(work, person, one)) for one in found)


def _seen(session: Session, field: Field, value: Value) -> Stored:
    seen = masking.value(session.staff.role, field, value)
    return Stored(field=field, value=seen, is_masked=seen != value)


def require_field(work: UnitOfWork, key: str) -> Field:
    """The field; RefusedError when the desk cannot correct such a one."""
    known = {field.key: field for field in work.catalogue.live().fields}
    field = known.get(FieldKey(key))
    if field is None or (field.home is not Home.ANSWERS and key not in _REGISTER):
        raise RefusedError(
            N_("This value is corrected on the person's page."),
            N_("Open the person's page, or choose another value."),
        )
    return field


def current(work: UnitOfWork, person: PersonId, field: Field) -> str:
    """What stands there now, in words."""
    return value_words(field, _value(work, person, field))


def correct(
    session: Session, work: UnitOfWork, person: PersonId, field: Field, value: Value
) -> str:
    """The corrected value stands, and what follows from it; the value in words."""
    if field.problems(value):
        raise RefusedError(
            N_("The corrected value does not fit “{field}”."),
            N_("Look at the entry again."),
            field=field.label,
        )
    screen.require_no_number({field.label: value if isinstance(value, str) else ""})
    if field.key in _REGISTER:
        _register(session, work, person, field, str(value or ""))
    else:
        _answer(session, work, person, field, value)
    session.log(work, "value.corrected", about(person), fields=[field.key])
    reclassify(session, work, person)
    return value_words(field, value)


def _register(
    session: Session, work: UnitOfWork, person: PersonId, field: Field, value: str
) -> None:
    who = work.people.get(person)
    work.people.save(
        person,
        clean_name(value)[0] if field.key == NAME else who.name,
        value if field.key == MOBILE else who.mobile,
        who.occupancies,
        revision=who.revision,
        at=session.clock.now(),
    )


def _answer(
    session: Session, work: UnitOfWork, person: PersonId, field: Field, value: Value
) -> None:
    purpose = PurposeCode(field.purpose)
    known = work.answers.get(person, purpose)
    values: Mapping[FieldKey, Value] = {**(known.values if known else {}), field.key: value}
    work.answers.put(person, purpose, values, source=SOURCE, at=session.clock.now())
    if field.key == SHIELD:
        work.people.shield(person, on=bool(value))
    if purpose == CLASSIFICATION:
        work.acts.unblock_tags(person)


def _value(work: UnitOfWork, person: PersonId, field: Field) -> Value:
    if field.key in _REGISTER:
        who = work.people.get(person)
        return who.name if field.key == NAME else who.mobile
    known = work.answers.get(person, PurposeCode(field.purpose))
    return known.values.get(field.key) if known else None
