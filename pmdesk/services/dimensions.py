"""The income band: off until an admin proposes it with a necessity and a reviewer agrees."""

from dataclasses import dataclass

from pmdesk.domain import office
from pmdesk.domain.acts import EraseReason, Erasure, Method, Scope
from pmdesk.domain.consents import Decision
from pmdesk.domain.dimensions import (
    INCOME,
    INCOME_PURPOSE,
    Switch,
    SwitchState,
    has_band,
    problems,
    with_band,
    without_band,
)
from pmdesk.domain.fields import Field
from pmdesk.domain.office import Changes
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.errors import ConflictError, RefusedError
from pmdesk.i18n import N_
from pmdesk.services import starters
from pmdesk.services.notices import publishing
from pmdesk.services.session import Session

_TARGET = f"field:{INCOME}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """How things stand with the income band."""

    is_on: bool
    band: Field
    history: tuple[Switch, ...]  # newest first
    names: dict[str, str]  # of those who proposed and decided, by uid

    @property
    def waiting(self) -> Switch | None:
        """The proposal that a second person has to decide on."""
        newest = self.history[0] if self.history else None
        return newest if newest and newest.state is SwitchState.PROPOSED else None


def state(session: Session) -> Dimension:
    """Whether the band is collected, what is proposed, and what was decided before."""
    with session.reading(Permission.SEE_RESIDENTS) as work:
        return Dimension(
            is_on=has_band(work.catalogue.live()),
            band=starters.catalogue().field(INCOME),
            history=work.switches.all(INCOME),
            names={one.uid: one.name for one in work.staff.all()},
        )


def propose(session: Session, necessity: str, alternatives: str) -> Changes:
    """The proposal waits for a reviewer; nothing is collected yet."""
    session.require(Permission.EDIT_PURPOSES)
    if problems(necessity, alternatives):
        raise RefusedError(
            N_("A proposal says why the field is needed and which milder ways were considered."),
            N_("Write at least 15 characters in both fields."),
        ).coded("E_NO_PURPOSE")
    with session.writing(Permission.EDIT_PURPOSES) as work:
        if has_band(work.catalogue.live()):
            raise _moved()
        work.switches.propose(
            INCOME, necessity.strip(), alternatives.strip(), at=session.clock.now()
        )
        session.log(work, "field.propose", _TARGET, fields=[INCOME])
        work.commit()
    return Changes.of(office.PURPOSES)


def approve(session: Session, words: str) -> Changes:
    """The band is collected from now on: with its own purpose, notice and consent, only to add."""
    with session.writing(Permission.APPROVE_PURPOSES) as work:
        _decide(session, work, on=True, words=words)
        live = work.catalogue.live()
        shipped = starters.catalogue()
        work.catalogue.install(
            with_band(live, shipped.field(INCOME), shipped.purpose(INCOME_PURPOSE))
        )
        plans = publishing.plans_in_force(work)
        plan = next(one for one in plans if one.purpose.code == INCOME_PURPOSE)
        publishing.put_into_force(session, work, plan, major=False)
        work.commit()
    return Changes.of(office.PURPOSES, office.CONSENTS, office.RESIDENTS, office.RULES)


def refuse(session: Session, words: str) -> Changes:
    """The proposal is refused; the reason stands beside it."""
    with session.writing(Permission.APPROVE_PURPOSES) as work:
        _decide(session, work, on=False, words=words)
        work.commit()
    return Changes.of(office.PURPOSES)


def switch_off(session: Session) -> Changes:
    """Every value is erased and every consent to it has ended; one person may do so at once."""
    with session.writing(Permission.EDIT_PURPOSES) as work:
        live = work.catalogue.live()
        if not has_band(live):
            raise _moved()
        people = work.switches.people(INCOME_PURPOSE)
        for person in people:
            _end(session, work, person)
        work.catalogue.install(without_band(live))
        running = next(one for one in work.switches.all(INCOME) if one.state is SwitchState.ON)
        work.switches.end(running.id, at=session.clock.now())
        active = work.rulesets.active()
        if active is not None:
            work.classifications.classify(active, today=session.clock.today())
        session.log(work, "field.off", _TARGET, fields=[INCOME], row={"count": len(people)})
        work.commit()
    return Changes.of(
        office.PURPOSES, office.CONSENTS, office.RESIDENTS, office.RULES, office.CLASSIFICATION
    )


def _end(session: Session, work: UnitOfWork, person: PersonId) -> None:
    """The consent has ended, and the journal tells an older copy of the office that it has."""
    now, today = session.clock.now(), session.clock.today()
    work.consent_ends.end(person, INCOME_PURPOSE, Decision.EXPIRED, at=now, today=today)
    line = Erasure(
        at=now,
        by=session.staff.uid,
        person=person,
        scope=Scope(purpose=INCOME_PURPOSE),
        reason=EraseReason.PURPOSE_DONE,
        method=Method.ERASED,
        certificate=work.erasures.next_certificate(today),
    )
    work.erasures.write(line)


def _decide(session: Session, work: UnitOfWork, *, on: bool, words: str) -> None:
    newest = next(iter(work.switches.all(INCOME)), None)
    if newest is None or newest.state is not SwitchState.PROPOSED:
        raise _moved()
    if not words.strip():
        raise RefusedError(
            N_("A decision needs a reason."), N_("Write one sentence why you decide so.")
        )
    work.switches.decide(newest.id, on=on, words=words.strip(), at=session.clock.now())
    session.log(work, "field.on" if on else "field.refused", _TARGET, fields=[INCOME])


def _moved() -> ConflictError:
    return ConflictError(N_("This was decided meanwhile."), N_("Reload the page."))
