"""Residents who take part in the fairness check, entered many at a time."""

from dataclasses import replace
from datetime import timedelta

from pmdesk.domain.consents import Decision
from pmdesk.domain.fairness import FAIRNESS
from pmdesk.domain.people import NewResident, PartyRole, PersonId
from pmdesk.services.fairness import taking_part
from tests.offices import P2, P6, PAPER, SPECIAL

WOMAN, MAN = "female", "male"
YOUNG, MIDDLE, OLD = "18_to_39", "40_to_59", "60_and_over"
GENDER, AGE = "fa_gender", "fa_age_band"


def sample(gender=WOMAN, age=YOUNG):
    """Answers to both questions."""
    return {GENDER: gender, AGE: age}


def joined(session, *cohorts, purposes=(P2, P6)):
    """The ids of new people: each cohort is (how many, answers to P6, answers to P2)."""
    people: list[PersonId] = []
    with session.store.writing() as work:
        for count, told, values in cohorts:
            ids = work.people.add_many(_new(len(people), count), at=session.clock.now())
            for person in ids:
                for purpose in purposes:
                    _agrees(session, work, person, purpose)
                if values:
                    now = session.clock.now()
                    work.answers.put(person, P2, values, source="counter", at=now)
                if told:
                    taking_part._put(session, work, person, told, session.clock.today())
            people.extend(ids)
        work.commit()
    return people


def unequal(session, women=(40, 20), men=(40, 40)):
    """Of so many women and men the first share has a special need and so tier 关怀."""
    return joined(
        session,
        (women[1], sample(WOMAN, YOUNG), SPECIAL),
        (women[0] - women[1], sample(WOMAN, MIDDLE), {}),
        (men[1], sample(MAN, YOUNG), SPECIAL),
        (men[0] - men[1], sample(MAN, MIDDLE), {}),
    )


def sealed_before(session, person, told):
    """The answers of somebody as offices sealed them before samples were apart."""
    from pmdesk.services.residents import seal_info

    with session.store.writing() as work:
        for key, value in told.items():
            blob = session.accounts.seal(seal_info(person, FAIRNESS, key), value.encode())
            work.answers.seal(person, FAIRNESS, key, blob)
        work.commit()


def _new(first, count):
    return [
        NewResident(
            name="王小明",
            mobile=f"138{first + number:08}",
            building="3",
            entrance="2",
            room=f"{first + number:04}",
            role=PartyRole.OWNER,
        )
        for number in range(count)
    ]


def _agrees(session, work, person, purpose):
    today = session.clock.today()
    work.consents.record(
        person,
        purpose,
        Decision.GIVEN,
        notice=work.catalogue.notice(purpose, "zh_CN"),
        evidence=replace(PAPER, paper_ref=f"{purpose}-{person}"),
        at=session.clock.now(),
        today=today,
        valid_until=today + timedelta(days=730),
    )
