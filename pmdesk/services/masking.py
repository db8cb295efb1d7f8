"""Values as the present user may see them: every mask follows from the table in domain.access."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from pmdesk.domain.access import LINES, FieldClass, Place, Sight, class_of, sight
from pmdesk.domain.classification import ResidentRow
from pmdesk.domain.fields import Field, Kind, Value
from pmdesk.domain.masks import mask_name, mask_phone, mask_text
from pmdesk.domain.people import Person
from pmdesk.domain.ports import Answers
from pmdesk.domain.staff import Role

_MASKS: Mapping[FieldClass, Callable[[str], str]] = {
    FieldClass.NAME: mask_name,
    FieldClass.CONTACT: mask_phone,
}


def seen(role: Role, kind: FieldClass, text: str, place: Place = Place.PAGE) -> str:
    """The text as that role sees it there, before anything is revealed."""
    return _as(sight(role, kind, place), kind, text)


def listed(row: ResidentRow) -> ResidentRow:
    """The row as lists show it to everybody: 王*明, 138****1234."""
    name, mobile = FieldClass.NAME, FieldClass.CONTACT
    return replace(
        row,
        name=_as(LINES[name].lists, name, row.name),
        mobile=_as(LINES[mobile].lists, mobile, row.mobile),
    )


def on_page(role: Role, person: Person) -> Person:
    """The person as the own page shows him before anything is revealed."""
    return replace(person, mobile=seen(role, FieldClass.CONTACT, person.mobile))


def value(role: Role, field: Field, stored: Value) -> Value:
    """The value of a field as that role sees it on the page of the person."""
    how = sight(role, class_of(field))
    if how is Sight.SHOWN or stored is None:
        return stored
    if how is Sight.HIDDEN or not isinstance(stored, str):
        return None
    if field.kind is Kind.PHONE:
        return mask_phone(stored)
    return _MASKS.get(class_of(field), mask_text)(stored)


def answers(role: Role, fields: Iterable[Field], stored: Answers | None) -> Answers | None:
    """The answers as that role sees them on the page of the person."""
    if stored is None:
        return None
    known = {field.key: field for field in fields}
    kept = {
        key: value(role, known[key], one) if key in known else one
        for key, one in stored.values.items()
    }
    return replace(stored, values=kept)


def _as(how: Sight, kind: FieldClass, text: str) -> str:
    if how is Sight.SHOWN:
        return text
    return "" if how is Sight.HIDDEN else _MASKS.get(kind, mask_text)(text)
