"""Taking part in the fairness check: answers apart from the person, which nobody opens alone."""

import json
import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import groupby

from pmdesk.domain import office
from pmdesk.domain.acts import field_info
from pmdesk.domain.fairness import FAIRNESS, RETENTION, Participation, sample_info
from pmdesk.domain.fields import Field, FieldKey, Value
from pmdesk.domain.office import Changes
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.reask import months_after
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_
from pmdesk.services.locks import refuse_over
from pmdesk.services.session import Session, about

LENGTH = 256  # of every sample before it is sealed: its length tells nothing
SAMPLE = FieldKey("fairness_sample")  # stands for the answers in the log


def take_part(session: Session, person: PersonId, values: Mapping[FieldKey, Value]) -> Changes:
    """The answers stand under a new pseudonym; earlier ones of the person are gone."""
    with session.writing(Permission.EDIT_RESIDENTS) as work:
        work.people.get(person)
        refuse_over(session, work, person, FAIRNESS)
        told = _told(work, values)
        _put(session, work, person, told, session.clock.today())
        session.log(work, "fairness.joined", about(person), fields=[SAMPLE])
        work.commit()
    return Changes.of(office.RESIDENTS, people=[person])


def since(work: UnitOfWork, person: PersonId) -> date | None:
    """Since when the person takes part; None: not yet, or the answers were erased."""
    sample = work.fairness.of(person)
    if sample is not None:
        return sample.since
    live = work.consents.live(person).get(FAIRNESS)
    old = {field.key for field in questions(work)} & set(work.answers.sealed(person))
    return live.given_on if live and old else None


def people(session: Session, work: UnitOfWork) -> int:
    """How many take part, however long ago they answered."""
    waiting = {one.person for one in work.fairness.old_answers()}
    return work.fairness.count(today=session.clock.today()) + len(waiting)


def questions(work: UnitOfWork) -> tuple[Field, ...]:
    """What the sample asks."""
    return work.catalogue.live().sealed(FAIRNESS)


def opened(session: Session, pseudonym: str, blob: bytes) -> Mapping[str, str]:
    """The answers in clear, for the one pass of a report."""
    clear = session.accounts.open_sealed(sample_info(pseudonym), blob)
    answers: Mapping[str, str] = json.loads(clear)
    return answers


def move_old(session: Session, work: UnitOfWork) -> int:
    """No answer is sealed under a person's own number any more; how many people had one."""
    moved = 0
    for person, old in groupby(work.fairness.old_answers(), key=lambda one: one.person):
        told: dict[str, str] = {}
        for one in old:
            field = FieldKey(one.field)
            info = field_info(person, FAIRNESS, field)
            told[field] = session.accounts.open_sealed(info, one.blob).decode()
            work.answers.seal(person, FAIRNESS, field, b"")
        if work.fairness.of(person) is None:
            given = work.consents.live(person)[FAIRNESS].given_on
            _put(session, work, person, told, given)
        moved += 1
    return moved


def expire(session: Session, work: UnitOfWork) -> int:
    """Samples whose period after the report is over are gone; how many."""
    today = session.clock.today()
    before = months_after(today, -_months(work))
    return work.fairness.expire(before, at=session.clock.now(), today=today)


def first_to_go(work: UnitOfWork) -> date | None:
    """The day on which the next samples go."""
    reported = work.fairness.first()
    return months_after(reported, _months(work)) + timedelta(days=1) if reported else None


def _put(
    session: Session, work: UnitOfWork, person: PersonId, told: Mapping[str, str], day: date
) -> None:
    pseudonym = secrets.token_hex(16)
    clear = json.dumps(told, sort_keys=True).ljust(LENGTH).encode()
    blob = session.accounts.seal(sample_info(pseudonym), clear)
    work.fairness.put(person, Participation(pseudonym=pseudonym, since=day, blob=blob))
    for field in questions(work):
        work.answers.seal(person, FAIRNESS, field.key, b"")


def _told(work: UnitOfWork, values: Mapping[FieldKey, Value]) -> Mapping[str, str]:
    """The answers that are there, all of them from the lists."""
    asked: dict[str, Field] = {field.key: field for field in questions(work)}
    told = {str(key): str(value) for key, value in values.items() if value not in {None, ""}}
    wrong = [key for key, value in told.items() if key not in asked or asked[key].problems(value)]
    if wrong or not told:
        raise RefusedError(
            N_("The answers do not fit the questions of the fairness check."),
            N_("Choose one of the answers offered; a question may stay open, not all of them."),
        )
    return told


def _months(work: UnitOfWork) -> int:
    lines = (one.months for one in work.catalogue.live().retentions if one.code == RETENTION)
    return next((months for months in lines if months is not None), 6)
