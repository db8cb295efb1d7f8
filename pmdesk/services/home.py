"""What waits for a member of staff after signing in: drafts, consents, rules, open set-up steps."""

from dataclasses import dataclass
from datetime import date, timedelta

from pmdesk.analytics.fairness import gravest
from pmdesk.analytics.suppression import Margins, suppressed
from pmdesk.domain.classification import RulesetStatus
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.fairness import Verdict
from pmdesk.domain.masks import mask_name
from pmdesk.domain.orders.order import OrderId
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import Draft, UnitOfWork
from pmdesk.domain.ports.proof import LogQuery
from pmdesk.domain.purposes import CLASSIFICATION
from pmdesk.domain.staff import Permission
from pmdesk.domain.tiers import Tier
from pmdesk.services import drafts, retention, rule_life
from pmdesk.services.rule_life import Planned
from pmdesk.services.session import Session

_OF_PEOPLE = {"resident", "consent", drafts.ANSWERS}  # pages whose subject starts with a person

LOOKED_BACK = 7  # days in which a wrong passphrase is news
_MANY = 200
_MEGA = 1 << 20
_LEAST_FREE = 1 << 30  # bytes of disk; and as much as a backup and a change of keys take beside it
_COPIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDraft:
    """An unsaved form of the present user; `who` is masked, empty for somebody new."""

    draft: Draft
    who: str
    person: PersonId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TierCount:
    """People of a tier; None where the group is too small to be shown."""

    tier: Tier
    people: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """Which steps of setting up the office are done."""

    staff: bool
    rules: bool
    residents: bool

    @property
    def done(self) -> bool:
        """Nothing is left to do."""
        return self.staff and self.rules and self.residents


@dataclass(frozen=True, slots=True, kw_only=True)
class Disk:
    """The disk with the office, where it is nearly full; in MB."""

    free: int
    need: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The landing page; None and empty where the role does not cover a part."""

    drafts: tuple[OpenDraft, ...]
    residents: int
    expiring: int
    never_asked: int
    tiers: tuple[TierCount, ...]
    waiting: tuple[int, ...]  # version numbers this user may decide on
    approved: tuple[int, ...]  # version numbers that only need to be put into force
    planned: tuple[Planned, ...]  # versions whose day is set, or was missed
    set_up: SetUp | None
    wrong: int = 0  # passphrases tried in vain in the last days, for who sees the log
    clock_back_from: date | None = None  # the office was swept up to a day that is still to come
    fairness: Verdict | None = None  # of the rules in force, where it asks for somebody
    disk: Disk | None = None  # for who makes backups


def open_drafts(session: Session) -> tuple[OpenDraft, ...]:
    """What the present user began and did not save, newest first."""
    kept = drafts.mine(session)
    with session.reading(Permission.SEE_RESIDENTS) as work:
        return tuple(_open_draft(session, work, draft) for draft in kept)


def overview(session: Session) -> Overview:
    """Everything the landing page of this role says."""
    kept = open_drafts(session)
    may = session.staff.may
    decides = may(Permission.APPROVE_RULES)
    with session.reading(Permission.SEE_RESIDENTS) as work:
        states = work.counts.consent_states(CLASSIFICATION, today=session.clock.today())
        return Overview(
            drafts=kept,
            residents=work.people.count(),
            expiring=states[ConsentState.EXPIRING],
            never_asked=states[ConsentState.NEVER_ASKED],
            tiers=_tiers(work) if may(Permission.SEE_CHARTS) else (),
            waiting=_versions(work, RulesetStatus.SUBMITTED, session) if decides else (),
            approved=_unplanned(work) if decides else (),
            planned=rule_life.planned_in(session, work) if decides else (),
            set_up=_set_up(work) if may(Permission.MANAGE_STAFF) else None,
            wrong=_wrong(session, work) if may(Permission.SEE_AUDIT) else 0,
            clock_back_from=retention.clock_is_back(session, work),
            fairness=_fairness(work) if may(Permission.SEE_RULES) else None,
            disk=_disk(work) if may(Permission.BACK_UP) else None,
        )


def _open_draft(session: Session, work: UnitOfWork, draft: Draft) -> OpenDraft:
    subject, _colon, rest = draft.subject.partition(":")
    if draft.page == "order" and rest.isdecimal():
        return OpenDraft(draft=draft, who=work.orders.get(OrderId(int(rest))).number, person=None)
    if draft.page not in _OF_PEOPLE or not subject.isdecimal():
        return OpenDraft(draft=draft, who="", person=None)
    person = PersonId(int(subject))
    rows = work.people.rows([person], today=session.clock.today())
    who = f"{rows[0].room} {mask_name(rows[0].name)}" if rows else ""
    return OpenDraft(draft=draft, who=who, person=person if rows else None)


def _tiers(work: UnitOfWork) -> tuple[TierCount, ...]:
    smallest = work.office.get().fewest_shown
    tiers = work.catalogue.live().tiers
    counts = work.counts.tiers()
    # how many are classified in all is on the consent chart
    shown = suppressed(
        [[counts.get(tier.code, 0) for tier in tiers]],
        smallest,
        Margins(known_rows=True, columns=False),
    ).cells[0]
    return tuple(
        TierCount(tier=tier, people=people) for tier, people in zip(tiers, shown, strict=True)
    )


def _versions(work: UnitOfWork, status: RulesetStatus, unless_by: Session) -> tuple[int, ...]:
    author = unless_by.staff.uid
    return tuple(
        one.version for one in work.rulesets.all() if one.status is status and one.author != author
    )


def _unplanned(work: UnitOfWork) -> tuple[int, ...]:
    approved = (one for one in work.rulesets.all() if one.status is RulesetStatus.APPROVED)
    return tuple(one.version for one in approved if one.active_from is None)


def _wrong(session: Session, work: UnitOfWork) -> int:
    """How many wrong passphrases came before the sign-ins of the last days."""
    since = session.clock.now() - timedelta(days=LOOKED_BACK)
    query = LogQuery(since=since, actions=("sign_in.failed",))
    told = [entry.fields for entry in work.proof.page(query, before=None, limit=_MANY).entries]
    return sum(int(fields[0]) for fields in told if fields)


def _fairness(work: UnitOfWork) -> Verdict | None:
    """The gravest verdict of the last figures, if somebody has to look at it."""
    active = work.rulesets.active()
    report = work.fairness.report(active.id) if active else None
    if active is None or report is None or report.digest != active.digest:
        return None
    found = gravest([one.verdict for one in report.lines if not one.is_reference])
    return found if found in {Verdict.REVIEW, Verdict.WATCH} else None


def _disk(work: UnitOfWork) -> Disk | None:
    place = work.evidence.place()
    need = max(_LEAST_FREE, _COPIES * place.size)
    if place.free is None or place.free >= need:
        return None
    return Disk(free=place.free // _MEGA, need=-(-need // _MEGA))


def _set_up(work: UnitOfWork) -> SetUp:
    return SetUp(
        staff=sum(staff.enabled for staff in work.staff.all()) > 1,
        rules=work.rulesets.active() is not None,
        residents=work.people.count() > 0,
    )
