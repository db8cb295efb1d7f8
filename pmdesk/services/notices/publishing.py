"""Notices put into force: composed, checked, signed into the log, old consents made stale."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.notice_check import Finding, Setting, check
from pmdesk.domain.notices import Notice, major_of, newest_version, next_version
from pmdesk.domain.office import OfficeProfile
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purpose_plans import PurposePlan
from pmdesk.domain.purposes import PurposeCode
from pmdesk.errors import RefusedError
from pmdesk.i18n import LANGUAGES, N_, Words
from pmdesk.services import starters
from pmdesk.services.notice_texts import composed, dated
from pmdesk.services.session import Session

IMPRINTS = "notices"  # the target of log entries that prove what was put into force


def plan_in_force(work: UnitOfWork, code: PurposeCode) -> PurposePlan | None:
    """What the purpose says now: as last decided, else as shipped; None: it has no notice."""
    return next((plan for plan in plans_in_force(work) if plan.purpose.code == code), None)


def plans_in_force(work: UnitOfWork) -> tuple[PurposePlan, ...]:
    """The plan of each purpose of the live catalogue that has a notice, in its order."""
    live = work.catalogue.live()
    shipped = {plan.purpose.code: plan for plan in starters.plans(live)}
    found = []
    for purpose in live.purposes:
        plan = work.notices.source(purpose.code) or shipped.get(purpose.code)
        if plan is not None and live.is_open(purpose.code):
            found.append(_as_live(plan, live))
    return tuple(found)


def texts(
    plan: PurposePlan, catalogue: Catalogue, profile: OfficeProfile, version: str, day: str
) -> tuple[Notice, ...]:
    """The notice in both languages, as it would be put into force on that day."""
    return tuple(
        dated(composed(plan, catalogue, language), profile, version, day) for language in LANGUAGES
    )


def findings(
    plan: PurposePlan,
    catalogue: Catalogue,
    profile: OfficeProfile,
    notices: Iterable[Notice],
    day: str,
) -> tuple[Finding, ...]:
    """What these notices lack, the one after the other."""
    by_key = {str(field.key): field for field in catalogue.fields}
    setting = Setting(
        purpose=plan.purpose,
        fields=tuple(by_key[key] for key in plan.fields if key in by_key),
        profile=profile,
        particulars=plan.particulars,
        day=day,
    )
    return tuple(finding for notice in notices for finding in check(notice, setting))


def following(work: UnitOfWork, code: PurposeCode, *, major: bool) -> str:
    """The next version number of the purpose; none is ever used twice."""
    newest = newest_version(work.notices.used_versions(code))
    return starters.FIRST_VERSION if major_of(newest) == 0 else next_version(newest, major=major)


def put_into_force(
    session: Session, work: UnitOfWork, plan: PurposePlan, *, major: bool
) -> tuple[Notice, ...]:
    """The plan's notice is live in both languages; RefusedError when it lacks anything.

    The live catalogue is the one that the plan was applied to.
    """
    catalogue, profile = work.catalogue.live(), work.office.get()
    day = session.clock.today().isoformat()
    version = following(work, plan.purpose.code, major=major)
    notices = texts(plan, catalogue, profile, version, day)
    refuse_lacking(plan, findings(plan, catalogue, profile, notices, day))
    _add(session, work, notices)
    return notices


def refuse_lacking(plan: PurposePlan, found: Sequence[Finding]) -> None:
    """RefusedError when a notice lacks anything that the law wants said."""
    if found:
        raise RefusedError(
            N_("The notice on “{purpose}” cannot be put into force: {count} items are missing."),
            N_("Open it under “Purposes and notices”: each missing item is named there."),
            purpose=plan.purpose.name,
            count=len(found),
        ).coded("E_NOTICE_INCOMPLETE")


def found_notices(session: Session, work: UnitOfWork) -> None:
    """The shipped notices that are complete are live; the others wait for the particulars."""
    catalogue, profile = work.catalogue.live(), work.office.get()
    day = session.clock.today().isoformat()
    complete: list[Notice] = []
    for plan in starters.plans(catalogue):
        notices = texts(plan, catalogue, profile, starters.FIRST_VERSION, day)
        if not findings(plan, catalogue, profile, notices, day):
            complete += notices
    _add(session, work, complete)


def republish(session: Session, work: UnitOfWork) -> None:
    """Every notice says the particulars of the office, in a new minor version."""
    catalogue, profile = work.catalogue.live(), work.office.get()
    day = session.clock.today().isoformat()
    made: list[Notice] = []
    for plan in plans_in_force(work):
        version = following(work, plan.purpose.code, major=False)
        notices = texts(plan, catalogue, profile, version, day)
        refuse_lacking(plan, findings(plan, catalogue, profile, notices, day))
        made += notices
    _add(session, work, made)


def attest(session: Session, work: UnitOfWork) -> None:
    """The signed log holds the imprint of every notice, also of those of an older program."""
    if missing := work.notices.attest():
        session.log(work, "notice.attested", IMPRINTS, fields=missing)


def refuse_tampered(work: UnitOfWork, code: PurposeCode, version: str, name: Words) -> None:
    """RefusedError when the notice is not what was put into force."""
    if not work.notices.is_intact(code, version):
        raise RefusedError(
            N_("The notice on “{purpose}” was deleted or changed outside pmdesk."),
            N_("An administrator has to put it into force again under “Purposes and notices”."),
            purpose=name,
        ).coded("E_CONSENT_STALE")


def _add(session: Session, work: UnitOfWork, notices: Sequence[Notice]) -> None:
    for notice in notices:
        work.catalogue.add_notice(notice, at=session.clock.now())
    if notices:
        imprints = [notice.imprint for notice in notices]
        session.log(work, "notice.live", IMPRINTS, fields=imprints)


def _as_live(plan: PurposePlan, live: Catalogue) -> PurposePlan:
    """The plan with what the catalogue switched on or off meanwhile."""
    code = plan.purpose.code
    enabled = {f.key for f in live.fields if f.enabled and code in f.purposes}
    kept = tuple(key for key in plan.fields if key in enabled)
    added = tuple(f.key for f in live.fields if f.key in enabled and f.key not in plan.fields)
    return replace(plan, purpose=live.purpose(code), fields=(*kept, *added))
