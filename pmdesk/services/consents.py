"""Consent: take decisions with their evidence, withdraw in one step, hand out the receipt."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pmdesk.domain import office
from pmdesk.domain.consents import Act, Channel, ConsentEvent, Decision, Evidence
from pmdesk.domain.notices import Notice
from pmdesk.domain.office import OfficeProfile
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import Purpose, PurposeCode, Retention
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_
from pmdesk.services.classification import reclassify
from pmdesk.services.session import Session, about


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """One decision on a receipt."""

    purpose: Purpose
    event: ConsentEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the person takes home: what was decided, until when, and how to withdraw."""

    office: OfficeProfile
    person_name: str
    room: str
    lines: tuple[ReceiptLine, ...]
    at: datetime
    operator: str

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


def choices(session: Session) -> tuple[Choice, ...]:
    """The purposes that can be decided on now, each with its live notice."""
    with session.reading(Permission.TAKE_CONSENT) as work:
        found = []
        catalogue = work.catalogue.live()
        for purpose in catalogue.consenting:
            notice = work.catalogue.notice(purpose.code, session.language)
            if notice is not None:
                kept = catalogue.kept(purpose)
                found.append(Choice(purpose=purpose, notice=notice, retention=kept))
        return tuple(found)


def decide(
    session: Session,
    person: PersonId,
    decisions: Mapping[PurposeCode, bool],
    evidence: Evidence,
) -> Receipt:
    """Each decision stands as an event; consents given are live, their groups unlocked."""
    if not decisions:
        raise RefusedError(
            N_("No decision was made yet."),
            N_("Choose agree or disagree for at least one purpose."),
        )
    with session.writing(Permission.TAKE_CONSENT) as work:
        lines = tuple(
            _record(session, work, person, purpose, agreed, evidence)
            for purpose, agreed in decisions.items()
        )
        reclassify(session, work, person)
        receipt = _receipt(session, work, person, lines)
        work.drafts.drop("consent", str(person))
        work.commit()
    return receipt


def withdraw(session: Session, person: PersonId, purpose: PurposeCode) -> Receipt:
    """The consent has ended: its values, tier and drafts are gone in the same transaction.

    Oral, written and phone requests count alike and no reason is asked (PIPL 15); erased is
    erased: a mistake is mended by taking consent anew.
    """
    evidence = Evidence(channel=Channel.COUNTER, act=Act.ORAL)
    with session.writing(Permission.TAKE_CONSENT) as work:
        live = work.consents.live(person).get(purpose)
        if live is None:
            raise RefusedError(
                N_("There is no live consent to withdraw."), N_("Reload the page to see the state.")
            )
        what = work.catalogue.live().purpose(purpose)
        notice = work.catalogue.notice_version(purpose, live.notice_version, session.language)
        event = work.consents.record(
            person,
            purpose,
            Decision.WITHDRAWN,
            notice=notice or _notice(session, work, what),
            evidence=evidence,
            at=session.clock.now(),
            today=session.clock.today(),
            valid_until=None,
        )
        session.log(work, "consent.withdrawn", about(person), fields=[purpose])
        receipt = _receipt(session, work, person, (ReceiptLine(purpose=what, event=event),))
        work.commit()
    return receipt


def changed(person: PersonId) -> office.Changes:
    """What a decision or withdrawal changed."""
    return office.Changes.of(
        office.RESIDENTS, office.CONSENTS, office.CLASSIFICATION, people=[person]
    )


def _record(
    session: Session,
    work: UnitOfWork,
    person: PersonId,
    code: PurposeCode,
    agreed: bool,
    evidence: Evidence,
) -> ReceiptLine:
    purpose = work.catalogue.live().purpose(code)
    _refuse_weak(purpose, evidence, agreed)
    decision = Decision.GIVEN if agreed else Decision.REFUSED
    today = session.clock.today()
    event = work.consents.record(
        person,
        code,
        decision,
        notice=_notice(session, work, purpose),
        evidence=evidence,
        at=session.clock.now(),
        today=today,
        valid_until=_after(today, purpose.months) if agreed and purpose.months else None,
    )
    session.log(work, f"consent.{decision.value}", about(person), fields=[code])
    return ReceiptLine(purpose=purpose, event=event)


def _refuse_weak(purpose: Purpose, evidence: Evidence, agreed: bool) -> None:
    if not purpose.needs_consent:
        raise RefusedError(
            N_("“{purpose}” asks nobody for consent."),
            N_("The contract or the law is its basis: show the notice, there is nothing to sign."),
            purpose=purpose.name,
        )
    if not agreed:
        return
    if not evidence.adult_confirmed:
        raise RefusedError(
            N_("Consent is taken from adults only."),
            N_("Confirm that the person is of age; of minors this program collects nothing."),
        )
    if evidence.act is Act.ORAL and not purpose.oral_allowed:
        raise RefusedError(
            N_("“{purpose}” needs a signature or a signed sheet."),
            N_("Let the person sign on screen, or enter the number of the paper sheet."),
            purpose=purpose.name,
        )
    if evidence.act is Act.DRAWN and not evidence.signature_png:
        raise RefusedError(
            N_("There is no signature yet."), N_("Let the person sign in the white field.")
        )
    if evidence.act is Act.PAPER and not evidence.paper_ref.strip():
        raise RefusedError(
            N_("The number of the signed sheet is missing."),
            N_("Enter it as it stands on the paper."),
        )


def _notice(session: Session, work: UnitOfWork, purpose: Purpose) -> Notice:
    notice = work.catalogue.notice(purpose.code, session.language)
    if notice is None:
        raise RefusedError(
            N_("“{purpose}” has no live notice, so nobody can be asked."),
            N_("An administrator has to put a notice into force first."),
            purpose=purpose.name,
        )
    return notice


def _receipt(
    session: Session, work: UnitOfWork, person: PersonId, lines: tuple[ReceiptLine, ...]
) -> Receipt:
    who = work.people.get(person)
    return Receipt(
        office=work.office.get(),
        person_name=who.name,
        room=who.room,
        lines=lines,
        at=session.clock.now(),
        operator=session.staff.name,
    )


def _after(day: date, months: int) -> date:
    total = day.month - 1 + months
    year, month = day.year + total // 12, total % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
