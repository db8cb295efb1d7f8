"""Residents: find, register, correct, and everything one page shows about a person."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pmdesk.domain import office
from pmdesk.domain.acts import field_info
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.classification import ResidentQuery, ResidentRow
from pmdesk.domain.fairness import FAIRNESS
from pmdesk.domain.fields import Field, FieldKey, Kind, Problem, Value
from pmdesk.domain.names import clean_name
from pmdesk.domain.office import Changes
from pmdesk.domain.people import Occupancy, PartyRole, Person, PersonId, Premises
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import CLASSIFICATION, CONTRACT, PurposeCode
from pmdesk.domain.staff import NOBODY, Permission
from pmdesk.errors import ConflictError, DeniedError, NotFoundError, RefusedError
from pmdesk.i18n import N_
from pmdesk.services import drafts, resident_page
from pmdesk.services.classification import reclassify
from pmdesk.services.locks import refuse_over
from pmdesk.services.masking import listed
from pmdesk.services.resident_page import ResidentDetail
from pmdesk.services.session import Session, about
from pmdesk.services.unsealing import require_reason

SHIELD = FieldKey("confidentiality_flag")
NEW = "new"  # the subject of a draft about somebody who is not in the register yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What a clerk enters about a person under the service contract (P1)."""

    name: str
    mobile: str
    building: str
    entrance: str
    room: str
    role: PartyRole


def found(session: Session, query: ResidentQuery) -> "array[int]":
    """The ids of the residents that a list shows, in order."""
    with session.reading(Permission.SEE_RESIDENTS) as work:
        return work.people.ids(query, today=session.clock.today())


def rows(session: Session, ids: Sequence[int]) -> tuple[ResidentRow, ...]:
    """The masked rows of these ids, in their order."""
    with session.reading(Permission.SEE_RESIDENTS) as work:
        plain = work.people.rows(ids, today=session.clock.today())
    return tuple(map(listed, plain))


def buildings(session: Session) -> tuple[str, ...]:
    """The buildings of the register, in natural order."""
    with session.reading(Permission.SEE_RESIDENTS) as work:
        return work.premises.buildings()


def catalogue(session: Session) -> Catalogue:
    """What may be recorded, and the words for it."""
    with session.reading(Permission.SEE_RESIDENTS) as work:
        return work.catalogue.live()


def look_alikes(session: Session, entry: Registration) -> tuple[ResidentRow, ...]:
    """Residents who may be the same person: a warning, never a ban (equal names are common)."""
    with session.reading(Permission.EDIT_RESIDENTS) as work:
        unit = work.premises.find(entry.building, entry.entrance, entry.room)
        ids = work.people.look_alikes(entry.name, entry.mobile, unit.id if unit else None)
        return tuple(map(listed, work.people.rows(ids, today=session.clock.today())))


def problems(entry: Registration, fields: Mapping[str, Field]) -> tuple[Problem, ...]:
    """What must be mended before `entry` can be registered."""
    name, odd = clean_name(entry.name)
    checked = [
        *fields["person_name"].problems(name),
        *fields["mobile"].problems(entry.mobile),
        *((odd,) if odd else ()),
    ]
    if not entry.room.strip() or not entry.building.strip():
        checked.append(Problem(key="unit_ref", sentence=N_("Which building and room?")))
    return tuple(checked)


def register(session: Session, entry: Registration, draft: str = NEW) -> PersonId:
    """The person is in the register under P1, findable at once; no consent is needed for that.

    The draft that the entry was typed in is gone in the same moment.
    """
    with session.writing(Permission.EDIT_RESIDENTS) as work:
        _refuse_problems(problems(entry, _fields(work)))
        person = work.people.add(
            clean_name(entry.name)[0],
            entry.mobile,
            (_occupancy(work, entry),),
            at=session.clock.now(),
        )
        session.log(work, "resident.register", about(person), fields=("person_name", "mobile"))
        work.drafts.drop("resident", draft)
        work.commit()
    return person


def correct(session: Session, person: PersonId, entry: Registration, *, revision: int) -> Changes:
    """The register holds the corrected values; ConflictError when somebody saved meanwhile."""
    with session.writing(Permission.EDIT_RESIDENTS) as work:
        _refuse_problems(problems(entry, _fields(work)))
        before = work.people.get(person)
        work.people.save(
            person,
            clean_name(entry.name)[0],
            entry.mobile,
            _moved(before, _occupancy(work, entry)),
            revision=revision,
            at=session.clock.now(),
        )
        session.log(work, "resident.correct", about(person), fields=_changed(before, entry))
        work.drafts.drop("resident", str(person))
        work.commit()
    return Changes.of(office.RESIDENTS, people=[person])


def detail(session: Session, person: PersonId, *, again: bool = False) -> ResidentDetail:
    """The person's page; opening it is logged, reading it `again` while it is open is not."""
    if again:
        with session.reading(Permission.SEE_RESIDENTS) as work:
            return resident_page.read(session, work, person)
    with session.writing(Permission.SEE_RESIDENTS) as work:
        result = resident_page.read(session, work, person)
        session.log(work, "resident.open", about(person))
        work.commit()
    return result


def save_answers(
    session: Session,
    person: PersonId,
    purpose: PurposeCode,
    values: Mapping[FieldKey, Value],
    *,
    source: str = "counter",
    known: Mapping[FieldKey, Value] | None = None,
) -> Changes:
    """Exactly these values stand, and the person's tier follows in the same transaction.

    ConflictError when `known`, the values the editor began with, no longer stand.
    """
    with session.writing(Permission.EDIT_RESIDENTS) as work:
        work.people.get(person)
        _refuse_problems(work.catalogue.live().problems(purpose, values))
        refuse_over(session, work, person, purpose)
        answers = work.answers.get(person, purpose)
        before = dict(answers.values) if answers else {}
        _refuse_conflict(before, known)
        work.answers.put(person, purpose, values, source=source, at=session.clock.now())
        changed = sorted(k for k in {*before, *values} if before.get(k) != values.get(k))
        if SHIELD in changed:
            work.people.shield(person, on=bool(values.get(SHIELD)))
        if purpose == CLASSIFICATION and changed:
            work.acts.unblock_tags(person)
        session.log(work, "answers.save", about(person), fields=changed, row=_plain(values))
        if purpose == CONTRACT or work.catalogue.live().purpose(purpose).may_classify:
            reclassify(session, work, person)
        work.drafts.drop(drafts.ANSWERS, drafts.answers_of(person, purpose))
        work.commit()
    return Changes.of(office.RESIDENTS, office.CLASSIFICATION, people=[person])


def seal_value(
    session: Session, person: PersonId, purpose: PurposeCode, field: FieldKey, value: str
) -> Changes:
    """The value is stored sealed: its writer cannot read it back without the ring.

    `value` is the text or code; of a multiple choice the codes, joined by commas.
    """
    with session.writing(Permission.EDIT_RESIDENTS) as work:
        _refuse_sample(purpose)
        refuse_over(session, work, person, purpose)
        _refuse_problems(_sealed_problems(work, purpose, field, value))
        blob = (
            session.accounts.seal(seal_info(person, purpose, field), value.encode())
            if value
            else b""
        )
        work.answers.seal(person, purpose, field, blob)
        session.log(work, "sealed.write", about(person), fields=[field])
        work.commit()
    return Changes.of(office.RESIDENTS, people=[person])


def open_sealed(
    session: Session, person: PersonId, purpose: PurposeCode, field: FieldKey, reason: str
) -> str:
    """The sensitive value in clear, for a stated reason; the act is logged before it is shown."""
    with session.writing(Permission.OPEN_SEALED) as work:
        _refuse_sample(purpose)
        require_reason(session, work, person, purpose, reason)
        blob = work.answers.sealed(person).get(field, b"")
        if not blob:
            raise NotFoundError(N_("Nothing is recorded in this field."), N_("Reload the page."))
        clear = session.accounts.open_sealed(seal_info(person, purpose, field), blob)
        session.log(work, "sealed.open", about(person), fields=[field], row={"reason": reason})
        work.commit()
    return clear.decode()


def seal_info(person: PersonId, purpose: PurposeCode, field: FieldKey) -> tuple[str | int, ...]:
    """What binds a sealed value to its place: it opens nowhere else."""
    return field_info(person, purpose, field)


def _refuse_sample(purpose: PurposeCode) -> None:
    """Answers to the fairness check are not the person's values: no path leads to one of them."""
    if purpose == FAIRNESS:
        raise DeniedError(
            N_("Answers to the fairness check are kept apart from the person; nobody opens one."),
            N_("The fairness report on the rules page shows figures of groups only."),
            act=Permission.OPEN_SEALED,
            why=NOBODY,
        )


def _sealed_problems(
    work: UnitOfWork, purpose: PurposeCode, key: FieldKey, value: str
) -> tuple[Problem, ...]:
    """A sealed field is as closed as any other: nothing that its list does not have."""
    known = (field for field in work.catalogue.live().sealed(purpose) if field.key == key)
    field = next(known, None)
    if field is None or not value:
        return ()  # the database refuses what is not in the catalogue
    return field.problems(tuple(value.split(",")) if field.kind is Kind.CHOICES else value)


def _fields(work: UnitOfWork) -> Mapping[str, Field]:
    return {field.key: field for field in work.catalogue.live().fields}


def _occupancy(work: UnitOfWork, entry: Registration) -> Occupancy:
    building, entrance, room = (
        part.strip() for part in (entry.building, entry.entrance, entry.room)
    )
    key = work.premises.ensure(building, entrance, room)
    unit = Premises(id=key, building=building, entrance=entrance, room=room)
    return Occupancy(unit=unit, role=entry.role)


def _moved(before: Person, home: Occupancy) -> tuple[Occupancy, ...]:
    """The first unit is `home`, further units stay; a unit that stays keeps its days."""
    first, others = before.occupancies[:1], before.occupancies[1:]
    same = next(
        (old for old in first if (old.unit.id, old.role) == (home.unit.id, home.role)), home
    )
    return (same, *(other for other in others if other.unit.id != home.unit.id))


def _refuse_problems(found: Sequence[Problem]) -> None:
    errors = [problem for problem in found if not problem.warning]
    if errors:
        raise RefusedError(
            N_("Not saved: {count} entries need mending first."),
            N_("Mend the marked fields and save again."),
            count=len(errors),
            keys=tuple(problem.key for problem in errors),
        )


def _refuse_conflict(
    stored: Mapping[FieldKey, Value], known: Mapping[FieldKey, Value] | None
) -> None:
    if known is not None and _filled(stored) != _filled(known):
        raise ConflictError(
            N_("Somebody else saved these entries meanwhile."),
            N_("Compare them with yours, then save again."),
        )


def _filled(values: Mapping[FieldKey, Value]) -> dict[FieldKey, Value]:
    return {key: value for key, value in values.items() if value is not None}


def _changed(before: Person, entry: Registration) -> tuple[str, ...]:
    home = before.occupancies[0] if before.occupancies else None
    label = "-".join(part for part in (entry.building, entry.entrance, entry.room) if part)
    pairs = (
        ("person_name", before.name, clean_name(entry.name)[0]),
        ("mobile", before.mobile, entry.mobile),
        ("unit_ref", before.room, label),
        ("party_role", home.role if home else None, entry.role),
    )
    return tuple(key for key, old, new in pairs if old != new)


def _plain(values: Mapping[FieldKey, Value]) -> dict[str, object]:
    return {key: repr(value) for key, value in sorted(values.items())}
