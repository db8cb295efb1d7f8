"""Consent: take decisions with their evidence, withdraw in one step, hand out the receipt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from pmdesk.domain import office
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.classification import Cause
from pmdesk.domain.consents import (
    Act,
    Answer,
    Channel,
    Consent,
    ConsentEvent,
    ConsentState,
    Decision,
    Evidence,
    Sheet,
    Shown,
)
from pmdesk.domain.fairness import FAIRNESS
from pmdesk.domain.fields import Option
from pmdesk.domain.notices import Notice
from pmdesk.domain.office import OfficeProfile
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import (
    CLASSIFICATION,
    ConsentForm,
    Purpose,
    PurposeCode,
    Retention,
)
from pmdesk.domain.reask import months_after
from pmdesk.domain.staff import Permission
from pmdesk.domain.training import Task
from pmdesk.errors import RefusedError
from pmdesk.i18n import LANGUAGES, N_, Words
from pmdesk.services import acts, training
from pmdesk.services.classification import reclassify
from pmdesk.services.consent import consent_items
from pmdesk.services.consent.consent_checks import (
    live_notice,
    refuse_unfit,
    rests_until,
    shown_state,
)
from pmdesk.services.session import Session, about

PROOF = "R-CONS"  # the retention of the record of decisions
_RESULT = Words("等级和标签", "tier and tags")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """One decision on a receipt."""

    purpose: Purpose
    event: ConsentEvent
    item: Words | None = None  # the receipt names it, the record does not
    retention: Retention | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the person takes home: what was decided, until when, and how to withdraw."""

    office: OfficeProfile
    person_name: str
    room: str
    lines: tuple[ReceiptLine, ...]
    at: datetime
    operator: str
    erased: tuple[Words, ...] = ()  # by a withdrawal
    proof: Retention | None = None  # why the record of the decision is kept
    proof_until: date | None = None

    @property
    def number(self) -> str:
        """The number of the first decision; the QR code holds nothing else."""
        return self.lines[0].event.receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One purpose that a person may decide on, with the notice to be shown first."""

    purpose: Purpose
    notice: Notice
    retention: Retention
    items: tuple[Option, ...] = ()  # each is decided on by itself
    state: ConsentState = ConsentState.NEVER_ASKED
    rests_until: date | None = None  # the person said no: not to be asked before that day
    no_since: date | None = None

    def shown(self, at: datetime) -> Shown:
        """That this notice was on the screen, or handed over, at that moment."""
        return Shown(version=self.notice.version, digest=self.notice.digest, at=at)


def choices(session: Session, person: PersonId) -> tuple[Choice, ...]:
    """The purposes that the person can decide on now, each with its live notice."""
    with session.reading(Permission.TAKE_CONSENT) as work:
        events = work.consents.events(person)
        found = []
        for purpose in work.catalogue.live().consenting:
            notice = work.catalogue.notice(purpose.code, session.language)
            if notice is not None and work.notices.is_intact(purpose.code, notice.version):
                mine = [event for event in events if event.purpose == purpose.code]
                found.append(_choice(session, work, person, notice, purpose, mine))
        return tuple(found)


def witnesses(session: Session) -> Mapping[str, str]:
    """The colleagues who may witness what the present user hears: names by uid."""
    with session.reading(Permission.TAKE_CONSENT) as work:
        everyone = work.staff.all()
    me = session.staff.uid
    return {one.uid: one.name for one in everyone if one.enabled and one.uid != me}


def decide(session: Session, person: PersonId, sheets: Sequence[Sheet]) -> Receipt:
    """Each decision stands as an event; consents given are live, their groups unlocked.

    A separate consent comes on a sheet of its own; a sheet with items takes the place of the one
    before it, item by item.
    """
    session.require(Permission.TAKE_CONSENT)
    if not any(sheet.answers for sheet in sheets):
        raise RefusedError(
            N_("No decision was made yet."),
            N_("Choose agree or disagree for at least one purpose."),
        )
    with session.writing(Permission.TAKE_CONSENT) as work:
        if any(sheet.agrees for sheet in sheets):  # a no is recorded by anybody, at once
            training.require(session, work, Task.CONSENT)
        refuse_unfit(session, work, person, sheets)
        lines = tuple(line for sheet in sheets for line in _recorded(session, work, person, sheet))
        reclassify(session, work, person, Cause.CONSENT)
        receipt = _receipt(session, work, person, lines)
        work.drafts.drop("consent", str(person))
        work.commit()
    return receipt


_TOLD = Evidence(channel=Channel.COUNTER, act=Act.ORAL)


def withdraw(
    session: Session,
    person: PersonId,
    purpose: PurposeCode,
    *,
    item: int | None = None,
    evidence: Evidence = _TOLD,
) -> Receipt:
    """The consent has ended: its values, tier and drafts are gone in the same transaction.

    Of an `item` only that item, and with the last one the whole consent. Oral, written and phone
    requests count alike, anybody of the staff takes them and no reason is asked (PIPL 15); erased
    is erased: a mistake is mended by taking consent anew.
    """
    with session.writing(Permission.RECEIVE_REQUESTS) as work:
        erased = recorded(work, person, purpose)
        line = ended(session, work, person, purpose, item=item, evidence=evidence)
        receipt = _receipt(session, work, person, (line,))
        work.commit()
    return replace(receipt, erased=erased)


def ended(  # what a withdrawal is made of
    session: Session,
    work: UnitOfWork,
    person: PersonId,
    purpose: PurposeCode,
    *,
    item: int | None = None,
    evidence: Evidence = _TOLD,
) -> ReceiptLine:
    """`withdraw`, as a part of the caller's work: here and at the rights desk it is the same."""
    live, given = _withdrawable(work, person, purpose, item)
    what = work.catalogue.live().purpose(purpose)
    event = work.consents.record(
        person,
        purpose,
        Decision.WITHDRAWN,
        notice=_as_shown(session, work, live),
        evidence=evidence,
        at=session.clock.now(),
        today=session.clock.today(),
        valid_until=None,
        item=item,
    )
    acts.withdrawn(session, work, person, purpose, given=given)
    session.log(work, "consent.withdrawn", about(person), fields=[purpose])
    if what.may_classify:
        reclassify(session, work, person, Cause.CONSENT)
    return ReceiptLine(purpose=what, event=event)


def _as_shown(session: Session, work: UnitOfWork, live: Consent) -> Notice:
    """The notice that was agreed to; one that was deleted by hand keeps nobody from leaving."""
    tongues = (session.language, *LANGUAGES)
    version = live.notice_version
    found = (work.catalogue.notice_version(live.purpose, version, one) for one in tongues)
    lost = Notice(
        purpose=live.purpose, version=version, language=session.language, text="", fields=()
    )
    return next((notice for notice in found if notice is not None), lost)


def _withdrawable(
    work: UnitOfWork, person: PersonId, purpose: PurposeCode, item: int | None
) -> tuple[Consent, str]:
    """The live consent, and the receipt of its item."""
    live = work.consents.live(person).get(purpose)
    items = work.consent_items.of(person)
    slots = {one.slot: one.receipt for one in items if one.purpose == purpose}
    if live is None or (item is not None and item not in slots):
        raise RefusedError(
            N_("There is no live consent to withdraw."), N_("Reload the page to see the state.")
        )
    return live, slots[item] if item is not None else ""


def recorded(work: UnitOfWork, person: PersonId, purpose: PurposeCode) -> tuple[Words, ...]:
    """The names of what is recorded for the purpose and falls with its consent."""
    catalogue = work.catalogue.live()
    answers = work.answers.get(person, purpose)
    values = answers.values if answers else {}
    present = work.answers.sealed(person)
    names = [f.label for f in catalogue.answers(purpose) if values.get(f.key) is not None]
    names += [field.label for field in catalogue.sealed(purpose) if field.key in present]
    if purpose == FAIRNESS and work.fairness.of(person) is not None:
        names += [field.label for field in catalogue.sealed(purpose)]
    if any(item.purpose == purpose for item in work.consent_items.of(person)):
        names += [field.label for field in catalogue.items(purpose)]
    if purpose == CLASSIFICATION and work.classifications.of(person) is not None:
        names.append(_RESULT)
    return tuple(names)


def changed(person: PersonId) -> office.Changes:
    """What a decision or withdrawal changed."""
    return office.Changes.of(
        office.RESIDENTS, office.CONSENTS, office.CLASSIFICATION, people=[person]
    )


def _choice(  # what a choice is made of
    session: Session,
    work: UnitOfWork,
    person: PersonId,
    notice: Notice,
    purpose: Purpose,
    events: Sequence[ConsentEvent],
) -> Choice:
    catalogue = work.catalogue.live()
    shown = shown_state(session, work, person, purpose, events)
    until = rests_until(session, work, person, purpose, events, shown)
    return Choice(
        purpose=purpose,
        notice=notice,
        retention=catalogue.kept(purpose),
        items=_options(catalogue, purpose),
        state=shown,
        rests_until=until,
        no_since=_no_since(session, work, person, events) if until else None,
    )


def _no_since(
    session: Session, work: UnitOfWork, person: PersonId, events: Sequence[ConsentEvent]
) -> date | None:
    """The day of the no, said under this entry or an earlier one of the same number."""
    if events:
        return events[0].at.astimezone(session.clock.local().tzinfo).date()
    return work.optouts.since(work.people.get(person).mobile, today=session.clock.today())


def _options(catalogue: Catalogue, purpose: Purpose) -> tuple[Option, ...]:
    if purpose.consent is not ConsentForm.PER_ITEM:
        return ()
    return tuple(option for field in catalogue.items(purpose.code) for option in field.options)


# ---- recording ------------------------------------------------------------------------------


def _recorded(
    session: Session, work: UnitOfWork, person: PersonId, sheet: Sheet
) -> tuple[ReceiptLine, ...]:
    catalogue = work.catalogue.live()
    by_item = any(
        catalogue.purpose(code).consent is ConsentForm.PER_ITEM for code in sheet.purposes
    )
    if not by_item:
        return tuple(_record(session, work, person, sheet, answer) for answer in sheet.answers)
    # a no ends what was agreed to before; so it comes first, and then each yes anew
    ordered = sorted(sheet.answers, key=lambda answer: answer.agreed)
    for code in sheet.purposes:
        work.consent_items.clear(person, code)
    slot, lines = 0, {}
    for answer in ordered:
        slot += answer.agreed
        mine = slot if answer.agreed else None
        lines[answer] = _record(session, work, person, sheet, answer, mine)
    return tuple(lines[answer] for answer in sheet.answers)


def _record(  # one answer of one sheet
    session: Session,
    work: UnitOfWork,
    person: PersonId,
    sheet: Sheet,
    answer: Answer,
    slot: int | None = None,
) -> ReceiptLine:
    purpose = work.catalogue.live().purpose(answer.purpose)
    decision = Decision.GIVEN if answer.agreed else Decision.REFUSED
    today = session.clock.today()
    own = answer.own_initiative
    was_live = answer.purpose in work.consents.live(person)
    evidence = replace(sheet.evidence, own_initiative=own, shown_at=sheet.shown[answer.purpose].at)
    event = work.consents.record(
        person,
        answer.purpose,
        decision,
        notice=live_notice(session, work, purpose),
        evidence=evidence,
        at=session.clock.now(),
        today=today,
        valid_until=_until(purpose, today) if answer.agreed else None,
        item=slot,
    )
    if slot is not None:
        consent_items.put(session, work, event, answer.item)
    if answer.agreed:
        acts.agreed(work, person, answer.purpose)
    elif was_live:  # a no takes back what was agreed to before
        acts.withdrawn(session, work, person, answer.purpose)
    session.log(work, f"consent.{decision.value}", about(person), fields=[answer.purpose])
    names = {option.code: option.label for option in _options(work.catalogue.live(), purpose)}
    return ReceiptLine(
        purpose=purpose,
        event=event,
        item=names.get(answer.item),
        retention=work.catalogue.live().kept(purpose),
    )


def _until(purpose: Purpose, today: date) -> date | None:
    return months_after(today, purpose.months) if purpose.months else None


def _receipt(
    session: Session, work: UnitOfWork, person: PersonId, lines: tuple[ReceiptLine, ...]
) -> Receipt:
    who = work.people.get(person)
    kept = {one.code: one for one in work.catalogue.live().retentions}
    proof = kept.get(PROOF)
    months = proof.months if proof else None
    return Receipt(
        office=work.office.get(),
        person_name=who.name,
        room=who.room,
        lines=lines,
        at=session.clock.now(),
        operator=session.staff.name,
        proof=proof,
        proof_until=months_after(session.clock.today(), months) if months else None,
    )
