"""How a version of the rules comes into force: at once, on its day, or again as a new version."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pmdesk.domain import office
from pmdesk.domain.classification import Cause, Ruleset, RulesetId, RulesetStatus
from pmdesk.domain.office import Changes
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.progress import Progress
from pmdesk.domain.staff import Permission
from pmdesk.errors import ConflictError, PmdeskError, RefusedError
from pmdesk.i18n import N_
from pmdesk.services import review
from pmdesk.services.classification import table_of
from pmdesk.services.floor import require_floor
from pmdesk.services.records import assessments
from pmdesk.services.session import Session

FURTHEST = timedelta(days=366)
IN_FORCE = Changes.of(office.RULES, office.CLASSIFICATION)
_SCHEDULED = Changes.of(office.RULES)
_NOTHING = Changes.of()


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A version whose day is set; `refusal` says why it did not come into force on that day."""

    ruleset: Ruleset
    day: date
    scheduled_by: str  # uid
    refusal: PmdeskError | None


def activate(session: Session, ruleset: RulesetId, progress: Progress | None = None) -> Changes:
    """The approved version is the active one, and everyone is classified by it.

    It is one transaction: `progress` may raise, and then everything is as before.
    """
    with session.writing(Permission.APPROVE_RULES) as work:
        current = _approved(work, ruleset)
        require_ready(session, work, current)
        moved = _put_into_force(session, work, current, progress)
        session.log(work, "rules.active", _target(ruleset), row={"moved": moved})
        work.commit()
    return IN_FORCE


def schedule(session: Session, ruleset: RulesetId, day: date) -> Changes:
    """The approved version comes into force when the office is first open from that day on."""
    with session.writing(Permission.APPROVE_RULES) as work:
        current = _approved(work, ruleset)
        today = session.clock.today()
        if not today < day <= today + FURTHEST:
            raise RefusedError(
                N_("The day must be after today and within a year."),
                N_("To put the version into force today, press “Activate”."),
            )
        _refuse_taken(work, ruleset, day)
        require_ready(session, work, current)
        work.rulesets.schedule(ruleset, day, by=session.staff.uid)
        session.log(work, "rules.scheduled", _target(ruleset), row={"day": day.isoformat()})
        work.commit()
    return _SCHEDULED


def unschedule(session: Session, ruleset: RulesetId) -> Changes:
    """The version stays approved and waits until somebody puts it into force."""
    with session.writing(Permission.APPROVE_RULES) as work:
        _approved(work, ruleset)
        work.rulesets.schedule(ruleset, None, by="")
        session.log(work, "rules.unscheduled", _target(ruleset))
        work.commit()
    return _SCHEDULED


def restore(session: Session, ruleset: RulesetId) -> RulesetId:
    """A new draft of one's own that brings a retired version back; two people decide as always."""
    with session.writing(Permission.EDIT_RULES) as work:
        source = work.rulesets.get(ruleset)
        if source.status is not RulesetStatus.RETIRED:
            raise ConflictError(
                N_("Only a retired version can be brought back."),
                N_("Copy the version as a draft instead."),
            )
        table_of(work, source.document)  # it asks for nothing that is gone by now
        draft = work.rulesets.add(
            source.document,
            source.digest,
            author=session.staff.uid,
            at=session.clock.now(),
            examples=source.examples,
            restored_from=source.id,
        )
        session.log(work, "rules.draft", _target(draft), row={"restored": int(ruleset)})
        work.commit()
    return draft


def suspended(session: Session, work: UnitOfWork, ruleset: RulesetId, words: str) -> None:
    """The active version decides about nobody any more, in the caller's transaction.

    Everybody is served as the contract says; what a person decided about somebody stands. It comes
    back like any retired version: as a draft that two people decide about.
    """
    session.require(Permission.APPROVE_RULES)
    current = work.rulesets.get(ruleset)
    if current.status is not RulesetStatus.ACTIVE:
        raise ConflictError(
            N_("This version is not in force any more."), N_("Reload the list of versions.")
        )
    work.rulesets.move(
        ruleset,
        RulesetStatus.RETIRED,
        by=session.staff.uid,
        words=current.words,
        at=session.clock.now(),
    )
    ended = work.classifications.suspend(today=session.clock.today())
    row: dict[str, object] = {"reason": words, "ended": ended}
    session.log(work, "rules.suspended", _target(ruleset), row=row)


def due(session: Session) -> Changes:
    """A new day has begun while the office is open: what is due on it has come into force."""
    with session.store.reading() as work:
        if not any(_due(session, work)):
            return _NOTHING
    with session.store.writing() as work:
        changed = come_due(session, work)
        work.commit()
    return IN_FORCE if changed else _NOTHING


def come_due(session: Session, work: UnitOfWork) -> bool:
    """What is due has come into force, in the caller's transaction; whether anything has.

    Everything that activating asks for is asked again. What has lapsed meanwhile stays approved,
    the log says so, and the landing page and the version say why.
    """
    changed = False
    for ruleset in _due(session, work):
        row: dict[str, object] = {
            "day": str(ruleset.active_from),
            "scheduled_by": ruleset.scheduled_by,
        }
        refusal = _refusal(session, work, ruleset)
        if refusal is None:
            row["moved"] = _put_into_force(session, work, ruleset, None)
            changed = True
        action = "rules.active" if refusal is None else "rules.not_active"
        session.log(work, action, _target(ruleset.id), row=row)
    return changed


def planned(session: Session) -> tuple[Planned, ...]:
    """The versions whose day is set, the earliest first."""
    with session.reading(Permission.SEE_RULES) as work:
        return planned_in(session, work)


def planned_in(session: Session, work: UnitOfWork) -> tuple[Planned, ...]:
    """The same in the caller's transaction."""
    today = session.clock.today()
    return tuple(
        Planned(
            ruleset=one,
            day=day,
            scheduled_by=one.scheduled_by,
            refusal=_refusal(session, work, one) if day <= today else None,
        )
        for one, day in _set(work)
    )


def require_ready(session: Session, work: UnitOfWork, ruleset: Ruleset) -> None:
    """Everything that a version needs before it may decide about anybody."""
    require_floor(work.catalogue.live(), table_of(work, ruleset.document))
    assessments.require(session, work, ruleset)
    review.require(session, work, ruleset)


def _refusal(session: Session, work: UnitOfWork, ruleset: Ruleset) -> PmdeskError | None:
    try:
        require_ready(session, work, ruleset)
    except PmdeskError as error:
        return error
    return None


def _put_into_force(
    session: Session, work: UnitOfWork, ruleset: Ruleset, progress: Progress | None
) -> int:
    work.rulesets.move(
        ruleset.id,
        RulesetStatus.ACTIVE,
        by=session.staff.uid,
        words=ruleset.words,
        at=session.clock.now(),
    )
    return work.classifications.classify(
        work.rulesets.get(ruleset.id),
        today=session.clock.today(),
        cause=Cause.ACTIVATION,
        progress=progress,
    )


def _due(session: Session, work: UnitOfWork) -> Iterator[Ruleset]:
    today = session.clock.today()
    return (one for one, day in _set(work) if day <= today)


def _set(work: UnitOfWork) -> list[tuple[Ruleset, date]]:
    approved = (one for one in work.rulesets.all() if one.status is RulesetStatus.APPROVED)
    found = [(one, one.active_from) for one in approved if one.active_from is not None]
    return sorted(found, key=lambda pair: (pair[1], pair[0].version))


def _refuse_taken(work: UnitOfWork, ruleset: RulesetId, day: date) -> None:
    """RefusedError when another version is to begin on the same day."""
    for one, taken in _set(work):
        if taken == day and one.id != ruleset:
            raise RefusedError(
                N_("Version {version} is already set to begin on {day}."),
                N_("Take that day back first, or choose another one."),
                version=one.version,
                day=day.isoformat(),
            )


def _approved(work: UnitOfWork, ruleset: RulesetId) -> Ruleset:
    current = work.rulesets.get(ruleset)
    if current.status is not RulesetStatus.APPROVED:
        raise ConflictError(
            N_("Only an approved version can be activated."),
            N_("Let a second person approve it first."),
        )
    return current


def _target(ruleset: RulesetId) -> str:
    return f"ruleset:{ruleset}"
