"""The purposes as they stand: in force, planned, and what a plan would say and do."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.fields import Field
from pmdesk.domain.notice_check import Finding
from pmdesk.domain.notices import Notice, major_of
from pmdesk.domain.plan_check import PlanProblem, plan_problems
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.ports.notices import BrokenNotice, LiveVersion
from pmdesk.domain.purpose_plans import (
    Alteration,
    Proposal,
    PurposePlan,
    alterations,
    is_local,
)
from pmdesk.domain.purposes import Purpose, PurposeCode, Retention
from pmdesk.domain.staff import Permission
from pmdesk.errors import NotFoundError
from pmdesk.i18n import LANGUAGES, N_, Words
from pmdesk.services import starters
from pmdesk.services.notices import named_others, publishing
from pmdesk.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeRow:
    """A purpose as the list shows it."""

    purpose: Purpose
    retention: Retention
    version: str  # empty: it has no notice in force
    live: int
    stale: int
    proposal: Proposal | None
    broken: bool
    outdated: bool = False  # the books name other processors or recipients than its notice

    @property
    def is_local(self) -> bool:
        """Whether the office added it."""
        return is_local(self.purpose.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeDetail:
    """Everything about one purpose."""

    row: PurposeRow
    plan: PurposePlan | None  # the open proposal's, else the one in force; None: it has no notice
    catalogue: Catalogue
    versions: tuple[LiveVersion, ...]
    proposals: tuple[Proposal, ...]
    names: Mapping[str, str]  # of staff, by uid


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a plan would say and do; nothing is changed by looking."""

    notices: tuple[Notice, ...]
    before: tuple[Notice, ...]  # the notices in force
    problems: tuple[PlanProblem, ...]
    findings: tuple[Finding, ...]
    alterations: tuple[Alteration, ...]
    is_major: bool
    is_forced: bool  # the law makes it major, whatever the author wants
    version: str
    stale: int  # consents that would end at once

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands in its way."""
        return not self.problems and not self.findings

    def words(self, language: str) -> str:
        """The whole notice in that language."""
        return next((one.text for one in self.notices if one.language == language), "")


def shelf(session: Session) -> tuple[PurposeRow, ...]:
    """All purposes, and after them those that are only planned yet."""
    with _seeing(session) as work:
        return _rows(session, work)


def detail(session: Session, code: PurposeCode) -> PurposeDetail:
    """The purpose with its plan, versions and proposals."""
    with _seeing(session) as work:
        row = next((one for one in _rows(session, work) if one.purpose.code == code), None)
        if row is None:
            raise NotFoundError(N_("This purpose is gone."), N_("Go back to the list."))
        plan = row.proposal.plan if row.proposal else publishing.plan_in_force(work, code)
        live = grown(work.catalogue.live())
        return PurposeDetail(
            row=row,
            plan=plan,
            catalogue=plan.applied(live) if plan else live,
            versions=work.notices.versions(code),
            proposals=tuple(one for one in work.notices.all() if one.purpose == code),
            names={one.uid: one.name for one in work.staff.all()},
        )


def text_of(session: Session, code: PurposeCode, version: str, language: str) -> str:
    """A notice as it stands in the file; empty when that version is gone."""
    with _seeing(session) as work:
        notice = work.catalogue.notice_version(code, version, language)
        return notice.text if notice else ""


def notice_in_force(session: Session, code: PurposeCode, language: str) -> Notice:
    """The notice that people are shown now; RefusedError when there is none that is intact."""
    return sheet(session, code, language)[0]


def sheet(session: Session, code: PurposeCode, language: str) -> tuple[Notice, Purpose, str]:
    """What a printed notice needs: the text in force, its purpose, the name of the office."""
    with _seeing(session) as work:
        notice = work.catalogue.notice(code, language)
        if notice is None:
            raise NotFoundError(
                N_("This purpose has no notice in force yet."),
                N_("The reviewer puts the plan into force first."),
            )
        purpose = work.catalogue.live().purpose(code)
        publishing.refuse_tampered(work, code, notice.version, purpose.name)
        return notice, purpose, work.office.get().name


def look(session: Session, plan: PurposePlan) -> Look:
    """What the plan would say, lack and change."""
    with _seeing(session) as work:
        return looked(session, work, plan)


def broken(session: Session) -> tuple[BrokenNotice, ...]:
    """Notices that were deleted or changed outside the program."""
    with session.reading(Permission.SEE_RESIDENTS) as work:
        return work.notices.broken()


def offered(plan: PurposePlan, catalogue: Catalogue) -> tuple[Field, ...]:
    """The shipped fields that the notice of this purpose may name."""
    standard = {field.key: field.enabled for field in starters.catalogue().fields}
    return tuple(
        field
        for field in catalogue.fields
        if plan.purpose.code in field.purposes
        and field.key in standard
        and (field.enabled or standard[field.key])
    )


def _seeing(session: Session) -> AbstractContextManager[UnitOfWork]:
    edits = session.staff.may(Permission.EDIT_PURPOSES)
    return session.reading(Permission.EDIT_PURPOSES if edits else Permission.APPROVE_PURPOSES)


def _rows(session: Session, work: UnitOfWork) -> tuple[PurposeRow, ...]:
    live = grown(work.catalogue.live())
    known = {purpose.code for purpose in live.purposes}
    used = [purpose for purpose in live.purposes if live.is_open(purpose.code)]
    planned = [one for one in work.notices.all() if one.is_open and one.purpose not in known]
    counts = work.notices.live_consents()
    damaged = {one.purpose for one in work.notices.broken()}
    outdated = named_others.outdated(session, work)
    return tuple(
        PurposeRow(
            purpose=purpose,
            retention=live.kept(purpose),
            version=_version(work, purpose.code),
            live=counts.get(purpose.code, 0),
            stale=_stale(session, work, purpose),
            proposal=open_plan(work, purpose.code),
            broken=purpose.code in damaged and not _is_mended(work, purpose.code),
            outdated=outdated is not None and purpose.code == outdated.code,
        )
        for purpose in (*used, *(one.plan.purpose for one in reversed(planned)))
    )


def _is_mended(work: UnitOfWork, code: PurposeCode) -> bool:
    """Whether the version in force is whole: only consents to an older one are damaged still."""
    newest = work.notices.versions(code)[:1]
    return any(work.notices.is_intact(code, one.version) for one in newest)


def _version(work: UnitOfWork, code: PurposeCode) -> str:
    notice = work.catalogue.notice(code, LANGUAGES[0])
    return notice.version if notice else ""


def _stale(session: Session, work: UnitOfWork, purpose: Purpose) -> int:
    if not purpose.needs_consent:
        return 0
    states = work.counts.consent_states(purpose.code, today=session.clock.today())
    return states.get(ConsentState.STALE, 0)


def open_plan(work: UnitOfWork, code: PurposeCode) -> Proposal | None:
    """The plan for the purpose that still waits for somebody."""
    return next((p for p in work.notices.all() if p.purpose == code and p.is_open), None)


def _label(catalogue: Catalogue) -> Callable[[str], Words]:
    labels = {str(field.key): field.label for field in catalogue.fields}
    return lambda key: labels.get(key, Words(key, key))


def looked(session: Session, work: UnitOfWork, plan: PurposePlan) -> Look:
    """What the plan would say, lack and change, within a transaction."""
    code, day = plan.purpose.code, session.clock.today().isoformat()
    live = grown(work.catalogue.live())
    catalogue = plan.applied(live)
    known = any(purpose.code == code for purpose in live.purposes)
    now = publishing.plan_in_force(work, code) if known else None
    changed = alterations(now, plan, _label(catalogue)) if now else ()
    forced = any(one.asks_again for one in changed)
    is_major = forced or plan.wants_major
    version = publishing.following(work, code, major=is_major)
    notices = publishing.texts(plan, catalogue, work.office.get(), version, day)
    before = (work.catalogue.notice(code, language) for language in LANGUAGES)
    return Look(
        notices=notices,
        before=tuple(one for one in before if one is not None),
        problems=plan_problems(plan, _shipped(code), live),
        findings=publishing.findings(plan, catalogue, work.office.get(), notices, day),
        alterations=changed,
        is_major=is_major,
        is_forced=forced,
        version=version,
        stale=work.notices.older_consents(code, major_of(version)),
    )


def _shipped(code: PurposeCode) -> Purpose | None:
    return next((p for p in starters.catalogue().purposes if p.code == code), None)


def grown(live: Catalogue) -> Catalogue:
    """The catalogue with the retention of the office's own purposes, which older offices lack."""
    if any(one.code == starters.LOCAL_RETENTION for one in live.retentions):
        return live
    local = next(r for r in starters.catalogue().retentions if r.code == starters.LOCAL_RETENTION)
    return replace(live, retentions=(*live.retentions, local))
