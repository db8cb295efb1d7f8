"""What makes a decision count: whether it was informed, free, proved and asked for at this time."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.consent_moves import Move, may
from pmdesk.domain.consents import (
    Act,
    Answer,
    Channel,
    ConsentEvent,
    ConsentState,
    Evidence,
    GivenBy,
    Representative,
    Sheet,
    state,
)
from pmdesk.domain.notices import Notice
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import ConsentForm, Purpose
from pmdesk.domain.reask import is_quiet, locked_until, months_after
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_
from pmdesk.services.acts.recalling import OFFERS
from pmdesk.services.notices.publishing import refuse_tampered
from pmdesk.services.session import Session

SITTING = timedelta(hours=12)  # a notice shown longer ago was not shown for this decision
_DIGITS = 6  # so many in a row are the number of a document


def refuse_unfit(
    session: Session, work: UnitOfWork, person: PersonId, sheets: Sequence[Sheet]
) -> None:
    """RefusedError unless every answer of these sheets may be recorded as it is."""
    catalogue = work.catalogue.live()
    events = work.consents.events(person)
    _refuse_backward_clock(session, work)
    _refuse_twice(sheets)
    for sheet in sheets:
        purposes = {code: catalogue.purpose(code) for code in sheet.purposes}
        _refuse_unasked(purposes.values())
        _refuse_mixed(sheet, purposes.values())
        _refuse_shared(sheet, sheets, events, purposes.values())
        for answer in sheet.answers:
            purpose = purposes[answer.purpose]
            _refuse_item(catalogue, purpose, answer)
            _refuse_unshown(session, work, purpose, sheet)
            _refuse_reasking(session, work, person, purpose, answer, events)
        if sheet.agrees:
            agreed = {a.purpose for a in sheet.answers if a.agreed}
            strong = [purpose for code, purpose in purposes.items() if code in agreed]
            _refuse_unproved(session, work, sheet, strong)


def is_separate(purpose: Purpose) -> bool:
    """Whether the consent needs a sheet of its own (PIPL 29)."""
    return purpose.consent in {ConsentForm.SEPARATE, ConsentForm.PER_ITEM}


def _refuse_backward_clock(session: Session, work: UnitOfWork) -> None:
    newest, here = work.consents.newest(), session.clock.local()
    last = max(
        work.sweeps.day(),
        newest.astimezone(here.tzinfo).date() if newest else here.date(),
    )
    if last > here.date():
        raise RefusedError(
            N_("The clock of this computer says {today}, but the office was at work on {last}."),
            N_("Set the date of the computer, then ask again. A withdrawal is always possible."),
            today=here.date().isoformat(),
            last=last.isoformat(),
        )


def _refuse_twice(sheets: Sequence[Sheet]) -> None:
    answers = [(a.purpose, a.item) for sheet in sheets for a in sheet.answers]
    pages = [code for sheet in sheets for code in sheet.purposes]
    if len(set(answers)) < len(answers) or len(set(pages)) < len(pages):
        raise RefusedError(
            N_("The same purpose was decided twice."), N_("Decide on each purpose once.")
        )


def _refuse_unasked(purposes: Iterable[Purpose]) -> None:
    for purpose in purposes:
        if not purpose.needs_consent:
            raise RefusedError(
                N_("“{purpose}” asks nobody for consent."),
                N_(
                    "The contract or the law is its basis: show the notice, there is nothing to"
                    " sign."
                ),
                purpose=purpose.name,
            )


# ---- separate consent -----------------------------------------------------------------------


def _refuse_mixed(sheet: Sheet, purposes: Iterable[Purpose]) -> None:
    agreed = {answer.purpose for answer in sheet.answers if answer.agreed}
    alone = [p for p in purposes if is_separate(p) and p.code in agreed]
    if alone and len(sheet.purposes) > 1:
        raise _needs_own_sheet(alone[0])


def _refuse_shared(
    sheet: Sheet,
    sheets: Sequence[Sheet],
    events: Iterable[ConsentEvent],
    purposes: Iterable[Purpose],
) -> None:
    """One signature or one paper number serves one separate consent, and nothing else."""
    agreed = {answer.purpose for answer in sheet.answers if answer.agreed}
    alone = [p for p in purposes if is_separate(p) and p.code in agreed]
    if not alone:
        return
    number, drawn = sheet.evidence.paper_ref.strip(), sheet.evidence.signature_png
    others = [other.evidence for other in sheets if other is not sheet]
    papers = {other.paper_ref.strip() for other in others}
    papers |= {one.paper_ref for one in events if one.purpose not in sheet.purposes}
    if (number and number in papers) or (drawn and drawn in {o.signature_png for o in others}):
        raise _needs_own_sheet(alone[0])


def _needs_own_sheet(purpose: Purpose) -> RefusedError:
    return RefusedError(
        N_("“{purpose}” needs a sheet and a signature of its own."),
        N_("Let the person sign for it apart: its number or signature serves nothing else."),
        purpose=purpose.name,
    ).coded("E_SEPARATE_CONSENT")


def _refuse_item(catalogue: Catalogue, purpose: Purpose, answer: Answer) -> None:
    by_item = purpose.consent is ConsentForm.PER_ITEM
    codes = {code for field in catalogue.items(purpose.code) for code in field.codes}
    unnamed = by_item and answer.agreed and not answer.item
    if unnamed or (answer.item and not (by_item and answer.item in codes)):
        raise RefusedError(
            N_("“{purpose}” is agreed to item by item."),
            N_("Let the person decide on each item."),
            purpose=purpose.name,
        ).coded("E_SEPARATE_CONSENT")


# ---- informed and free ----------------------------------------------------------------------


def _refuse_unshown(session: Session, work: UnitOfWork, purpose: Purpose, sheet: Sheet) -> None:
    notice = live_notice(session, work, purpose)
    refuse_tampered(work, purpose.code, notice.version, purpose.name)
    shown = sheet.shown.get(purpose.code)
    since = None if shown is None else session.clock.now() - shown.at
    if since is None or not timedelta(0) <= since <= SITTING:
        raise RefusedError(
            N_("The notice of “{purpose}” was not shown just now."),
            N_("Show it to its end, or print it and hand it over, then ask."),
            purpose=purpose.name,
        ).coded("E_NO_CONSENT")
    if shown is not None and (shown.version, shown.digest) != (notice.version, notice.digest):
        raise RefusedError(
            N_("The notice of “{purpose}” changed after it was shown."),
            N_("Show the new one, then ask again."),
            purpose=purpose.name,
        ).coded("E_CONSENT_STALE")


def _refuse_reasking(  # who, what and what came before
    session: Session,
    work: UnitOfWork,
    person: PersonId,
    purpose: Purpose,
    answer: Answer,
    events: Sequence[ConsentEvent],
) -> None:
    mine = [event for event in events if event.purpose == purpose.code]
    shown = shown_state(session, work, person, purpose, mine)
    if not may(shown, Move.AGREE if answer.agreed else Move.REFUSE):
        raise RefusedError(
            N_("The use of “{purpose}” is restricted at the person's wish."),
            N_("End the restriction at the rights desk first."),
            purpose=purpose.name,
        ).coded("E_BLOCKED_VALUE")
    until = rests_until(session, work, person, purpose, mine, shown)
    if until is not None and not answer.own_initiative:
        raise RefusedError(
            N_("The person said no to “{purpose}” and is not asked again before {date}."),
            N_("If the person came forward without being asked, tick that and record it."),
            purpose=purpose.name,
            date=until.isoformat(),
        )


def live_notice(session: Session, work: UnitOfWork, purpose: Purpose) -> Notice:
    """The notice of the purpose that is in force; RefusedError when it has none."""
    notice = work.catalogue.notice(purpose.code, session.language)
    if notice is None:
        raise RefusedError(
            N_("“{purpose}” has no live notice, so nobody can be asked."),
            N_("An administrator has to put a notice into force first."),
            purpose=purpose.name,
        )
    return notice


def shown_state(
    session: Session,
    work: UnitOfWork,
    person: PersonId,
    purpose: Purpose,
    events: Sequence[ConsentEvent],
) -> ConsentState:
    """The state of that purpose; `events` are its own, newest first."""
    live = work.consents.live(person).get(purpose.code)
    restricted = purpose.code in work.acts.restrictions(person)
    last = events[0] if events else None
    return state(last, live, session.clock.today(), restricted=restricted)


def rests_until(
    session: Session,
    work: UnitOfWork,
    person: PersonId,
    purpose: Purpose,
    events: Sequence[ConsentEvent],
    shown: ConsentState,
) -> date | None:
    """The first day on which the purpose may be asked about again; None when that is today.

    Who refused offers and is entered anew is known by the mark of the number (消保法 29).
    """
    today, months = session.clock.today(), work.office.get().reask_months
    if purpose.code == OFFERS and not events:
        since = work.optouts.since(work.people.get(person).mobile, today=today)
        until = months_after(since, months) if since else today
        return until if until > today else None
    return locked_until(
        events,
        shown,
        today,
        months=months,
        by_item=purpose.consent is ConsentForm.PER_ITEM,
    )


# ---- proved ---------------------------------------------------------------------------------


def _refuse_unproved(
    session: Session, work: UnitOfWork, sheet: Sheet, purposes: Sequence[Purpose]
) -> None:
    evidence = sheet.evidence
    if not evidence.adult_confirmed:
        raise RefusedError(
            N_("Consent is taken from adults only."),
            N_("Confirm that the person is of age; of minors this program collects nothing."),
        ).coded("E_MINOR")
    _refuse_act(evidence, purposes)
    _refuse_witness(session, work, evidence)
    _refuse_channel(session, sheet)
    _refuse_representative(evidence, purposes)


def _refuse_act(evidence: Evidence, purposes: Iterable[Purpose]) -> None:
    for purpose in purposes:
        if evidence.act is Act.ORAL and not purpose.oral_allowed:
            raise RefusedError(
                N_("“{purpose}” needs a signature or a signed sheet."),
                N_("Let the person sign on screen, or enter the number of the paper sheet."),
                purpose=purpose.name,
            ).coded("E_NO_CONSENT")
    if evidence.act is Act.DRAWN and not evidence.signature_png:
        raise RefusedError(
            N_("There is no signature yet."), N_("Let the person sign in the white field.")
        )
    if evidence.act is Act.PAPER and not evidence.paper_ref.strip():
        raise RefusedError(
            N_("The number of the signed sheet is missing."),
            N_("Enter it as it stands on the paper."),
        )


def _refuse_witness(session: Session, work: UnitOfWork, evidence: Evidence) -> None:
    if not evidence.witness and evidence.act is not Act.ORAL:
        return
    others = {one.uid for one in work.staff.all() if one.enabled} - {session.staff.uid}
    if evidence.witness not in others:
        raise RefusedError(
            N_("Word of mouth counts only with a second colleague as a witness."),
            N_("Choose the colleague who heard it. Nobody is the witness of his own act."),
        ).coded("E_NO_CONSENT")


def _refuse_channel(session: Session, sheet: Sheet) -> None:
    called = all(answer.own_initiative for answer in sheet.answers if answer.agreed)
    if sheet.evidence.channel is Channel.PHONE and not called and is_quiet(session.clock.local()):
        raise RefusedError(
            N_("Between 20:00 and 9:00 nobody is called for a consent."),
            N_("Call during the day. If the person rang of their own accord, tick that."),
        )
    if sheet.evidence.channel is Channel.VISIT and not sheet.evidence.home_respected:
        raise RefusedError(
            N_("On a visit nothing of the home is photographed or noted down."),
            N_("Confirm that it was so."),
        )


def _refuse_representative(evidence: Evidence, purposes: Iterable[Purpose]) -> None:
    other = evidence.representative
    if evidence.given_by is GivenBy.SELF and other is None:
        return
    if evidence.given_by is GivenBy.SELF or other is None or not _is_whole(other):
        raise RefusedError(
            N_("Who decided for the person is not complete."),
            N_("Enter name, relation and which document was seen."),
        )
    if any(_has_number(text) for text in (other.name, other.relation, other.document)):
        raise RefusedError(
            N_("Numbers of documents are not written down."),
            N_("Name the document only, for example “household register, seen”."),
        )
    alone = [purpose for purpose in purposes if is_separate(purpose)]
    if evidence.given_by is GivenBy.AGENT and alone:
        raise RefusedError(
            N_("An agent cannot agree to “{purpose}”: sensitive data are the person's own matter."),
            N_("Ask the person."),
            purpose=alone[0].name,
        ).coded("E_SEPARATE_CONSENT")


def _is_whole(other: Representative) -> bool:
    return all(text.strip() for text in (other.name, other.relation, other.document))


def _has_number(text: str) -> bool:
    run = 0
    for character in text:
        if character.isdigit():
            run += 1
        elif not character.isspace() and character not in "-·.":
            run = 0
        if run >= _DIGITS:
            return True
    return False
