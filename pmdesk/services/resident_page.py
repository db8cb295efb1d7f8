"""What one page shows about a person: by purpose, what is known and why it may be locked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pmdesk.domain.acts import HUMAN, Dispute, Held, HumanRoute, Restriction, ServiceNote
from pmdesk.domain.classification import Classification
from pmdesk.domain.consents import Consent, ConsentEvent, ConsentItem, ConsentState, state
from pmdesk.domain.fairness import FAIRNESS
from pmdesk.domain.fields import Field, FieldKey
from pmdesk.domain.orders.floor import ServicePlan
from pmdesk.domain.people import Person, PersonId
from pmdesk.domain.ports import Answers, UnitOfWork
from pmdesk.domain.purposes import Purpose, PurposeCode, Retention
from pmdesk.domain.tiers import STANDARD, Tag, Tier
from pmdesk.services import masking, rules_history
from pmdesk.services.classification import table_of
from pmdesk.services.fairness import taking_part
from pmdesk.services.locks import LOCKED, Lock, damaged, is_damaged, lock
from pmdesk.services.orders import floor
from pmdesk.services.rules_history import TierStep
from pmdesk.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeGroup:
    """One purpose on a person's page: its fields, what is known, and why it may be locked."""

    purpose: Purpose
    state: ConsentState | None  # None: no consent is asked for it
    consent: Consent | None
    fields: tuple[Field, ...]
    sealed: tuple[Field, ...]
    sealed_present: frozenset[FieldKey]
    asked_by_item: tuple[Field, ...]  # each option has a consent of its own
    items: tuple[ConsentItem, ...]
    answers: Answers | None
    lock: Lock | None
    retention: Retention
    restriction: Restriction | None = None
    disputes: Mapping[FieldKey, Dispute] = field(default_factory=dict)
    held: Held | None = None  # earlier values wait for a new consent
    takes_part: date | None = None  # in the fairness check, since that day; nothing else is told


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentDetail:
    """Everything that one page shows about a person."""

    person: Person
    groups: tuple[PurposeGroup, ...]
    events: tuple[ConsentEvent, ...]
    classification: Classification | None
    tier: Tier  # without a consent: the standard that the contract promises
    tags: tuple[Tag, ...]
    reason: str  # of the rule that decided, in its author's words, or of the person who did
    route: HumanRoute | None = None  # the person objects to the engine
    decided_by: str = ""  # the name of who decided instead
    notes: tuple[ServiceNote, ...] = ()
    tiers: tuple[TierStep, ...] = ()  # what held before and holds now, newest first
    plan: ServicePlan | None = None  # what is promised today, to everybody and to tiers


def read(session: Session, work: UnitOfWork, person: PersonId) -> ResidentDetail:
    """Everything that the page of the person shows."""
    who = work.people.get(person)
    catalogue = work.catalogue.live()
    known = _known(work, person)
    result = work.classifications.of(person)
    return ResidentDetail(
        person=masking.on_page(session.staff.role, who),
        groups=tuple(
            _group(session, work, known, purpose)
            for purpose in catalogue.purposes
            if catalogue.answers(purpose.code)
            or catalogue.sealed(purpose.code)
            or catalogue.items(purpose.code)
        ),
        events=known.events,
        classification=result,
        tier=catalogue.tier(result.tier if result else STANDARD),
        tags=tuple(tag for tag in catalogue.tags if result and tag.code in result.tags),
        reason=_reason(work, result, known.route) if result else "",
        route=known.route,
        decided_by=_name(work, known.route),
        notes=work.service_notes.of(person),
        tiers=rules_history.steps(work, person),
        plan=floor.in_force(work, session.clock.today()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is read once for all groups of a person."""

    person: PersonId
    events: tuple[ConsentEvent, ...]
    live: Mapping[PurposeCode, Consent]
    sealed: frozenset[FieldKey]
    items: tuple[ConsentItem, ...]
    restrictions: Mapping[PurposeCode, Restriction]
    disputes: Mapping[FieldKey, Dispute]
    held: tuple[Held, ...]
    route: HumanRoute | None

    def last(self, purpose: PurposeCode) -> ConsentEvent | None:
        """The newest decision on the purpose."""
        return next((event for event in self.events if event.purpose == purpose), None)


def _known(work: UnitOfWork, person: PersonId) -> _Known:
    return _Known(
        person=person,
        events=work.consents.events(person),
        live=work.consents.live(person),
        sealed=frozenset(work.answers.sealed(person)),
        items=work.consent_items.of(person),
        restrictions=work.acts.restrictions(person),
        disputes=work.acts.disputes(person),
        held=work.consent_ends.held(person),
        route=work.acts.human_route(person),
    )


def _group(session: Session, work: UnitOfWork, known: _Known, purpose: Purpose) -> PurposeGroup:
    """What is frozen is not read: the page shows that it is there, and why it stays closed."""
    catalogue, code = work.catalogue.live(), purpose.code
    consent = known.live.get(code)
    frozen = known.restrictions.get(code)
    shown = _shown(session, known, purpose)
    closed = lock(session, purpose, shown) if shown in LOCKED else None
    if closed is None and consent is not None and is_damaged(work, consent):
        closed = damaged(session, purpose)
    sealed = catalogue.sealed(code)
    is_sample = code == FAIRNESS
    return PurposeGroup(
        purpose=purpose,
        state=shown if purpose.needs_consent else None,
        consent=consent,
        fields=catalogue.answers(code),
        sealed=sealed,
        sealed_present=frozenset() if is_sample else known.sealed & {field.key for field in sealed},
        asked_by_item=catalogue.items(code),
        items=tuple(item for item in known.items if item.purpose == code),
        answers=None if frozen or closed else _answers(session, work, known.person, code),
        lock=closed,
        retention=catalogue.kept(purpose),
        restriction=frozen,
        disputes={key: one for key, one in known.disputes.items() if one.purpose == code},
        held=next((one for one in known.held if one.purpose == code), None),
        takes_part=taking_part.since(work, known.person) if is_sample else None,
    )


def _answers(
    session: Session, work: UnitOfWork, person: PersonId, code: PurposeCode
) -> Answers | None:
    fields = work.catalogue.live().answers(code)
    return masking.answers(session.staff.role, fields, work.answers.get(person, code))


def _shown(session: Session, known: _Known, purpose: Purpose) -> ConsentState:
    """What the group shows; a purpose without consent is in force unless it is frozen."""
    frozen = purpose.code in known.restrictions
    if not purpose.needs_consent:
        return ConsentState.RESTRICTED if frozen else ConsentState.LIVE
    return state(
        known.last(purpose.code),
        known.live.get(purpose.code),
        session.clock.today(),
        restricted=frozen,
    )


def _name(work: UnitOfWork, route: HumanRoute | None) -> str:
    by = route.by if route else ""
    return next((one.name for one in work.staff.all() if by and one.uid == by), "")


def _reason(work: UnitOfWork, result: Classification, route: HumanRoute | None) -> str:
    if result.rule == HUMAN and route is not None:
        return route.reason
    document = work.rulesets.get(result.ruleset).document
    rules = table_of(work, document).rules
    return next((rule.reason for rule in rules if rule.id == result.rule), "")
