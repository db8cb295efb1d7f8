"""Objection to the engine: the standard at once, then a named person decides (PIPL 24(3))."""

from collections.abc import Sequence

from pmdesk.domain.acts import SHORTEST_REASON, HumanDecision
from pmdesk.domain.classification import Cause
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.domain.tiers import STANDARD
from pmdesk.errors import NotFoundError, RefusedError
from pmdesk.i18n import N_
from pmdesk.services.classification import reclassify, table_of
from pmdesk.services.session import Session, about


def object_to_tier(
    session: Session, work: UnitOfWork, person: PersonId, request: int | None = None
) -> None:
    """The person has the standard at once, and the engine decides no more."""
    session.staff.require(Permission.RECEIVE_REQUESTS)
    today = session.clock.today()
    work.acts.send_to_people(person, since=today, request=request, today=today)
    session.log(work, "classification.objected", about(person))


def decide_tier(
    session: Session,
    work: UnitOfWork,
    person: PersonId,
    tier: str | None,
    tags: Sequence[str],
    reason: str,
) -> None:
    """The named person's decision stands with its reason; no tier: the engine decides again."""
    session.staff.require(Permission.HANDLE_REQUESTS)
    words = reason.strip()
    if len(words) < SHORTEST_REASON:
        raise RefusedError(
            N_("A decision needs a reason of at least {count} characters."),
            N_("Write what you looked at and why you decide so; the person may read it."),
            count=SHORTEST_REASON,
        )
    if work.acts.human_route(person) is None:
        raise NotFoundError(
            N_("This person did not object to the tier."), N_("Reload the page to see the state.")
        )
    _count(session, work, person, tier, tags)
    if tier is None:
        work.acts.back_to_engine(person)
        reclassify(session, work, person, Cause.RULES)
    else:
        _decide(session, work, person, tier, tags, words)
    row: dict[str, object] = {"tier": tier or "", "reason": words}
    session.log(work, "classification.decided", about(person), fields=["tier"], row=row)


def delete_tag(session: Session, work: UnitOfWork, person: PersonId, tag: str) -> None:
    """The person has no such tag, and gets it from no rule before there are new answers."""
    session.staff.require(Permission.RECEIVE_REQUESTS)
    work.acts.block_tag(person, tag, since=session.clock.today())
    session.log(work, "classification.tag_deleted", about(person), fields=[tag])


def _count(
    session: Session, work: UnitOfWork, person: PersonId, tier: str | None, tags: Sequence[str]
) -> None:
    """That a person looked again, and whether the engine's result was changed, is counted."""
    active = work.rulesets.active()
    if active is None:
        return
    by_engine = (
        one
        for one in work.classifications.history(person)
        if one.cause not in {Cause.OBJECTION, Cause.HUMAN}
    )
    engine = next(((one.tier, frozenset(one.tags)) for one in by_engine), (STANDARD, frozenset()))
    is_changed = tier is not None and (tier, frozenset(tags)) != engine
    work.watch.reviewed(active.id, session.clock.today(), changed=is_changed)


def _decide(
    session: Session,
    work: UnitOfWork,
    person: PersonId,
    tier: str,
    tags: Sequence[str],
    reason: str,
) -> None:
    active = work.rulesets.active()
    if active is None:
        raise NotFoundError(
            N_("No rule set is active yet."), N_("Let a second person approve one first.")
        )
    scheme = table_of(work, active.document).scheme
    if tier not in scheme.tier_keys or not set(tags) <= set(scheme.tag_keys):
        raise RefusedError(
            N_("The active rules have no such tier or tag."),
            N_("Choose one of the list; the lowest is the standard of the contract."),
        ).coded("E_RULE_BASELINE")
    decision = HumanDecision(
        ruleset=active.id,
        tier=tier,
        tags=tuple(tags),
        reason=reason,
        by=session.staff.uid,
        at=session.clock.now(),
    )
    work.acts.decide(person, decision, today=session.clock.today())
