"""The rules desk: draft, preview, submit, a second person decides, activate."""

from collections.abc import Mapping
from dataclasses import dataclass

from pmdesk.analytics.facts import facts
from pmdesk.domain import office
from pmdesk.domain.classification import Ruleset, RulesetId, RulesetStatus, TierCounts
from pmdesk.domain.office import Changes
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.progress import Progress
from pmdesk.domain.staff import FOREIGN, Permission
from pmdesk.domain.training import Task
from pmdesk.errors import ConflictError, DeniedError, RefusedError
from pmdesk.i18n import N_
from pmdesk.rules.check import Finding, Severity, check
from pmdesk.rules.compare import stale_reasons
from pmdesk.rules.facts import Fact
from pmdesk.rules.gone import with_gone
from pmdesk.rules.table import DecisionTable
from pmdesk.services import blocs, review, rule_life, training
from pmdesk.services.classification import table_of
from pmdesk.services.clean_names import require_fair_rules
from pmdesk.services.floor import require_floor, require_offered
from pmdesk.services.review import answering
from pmdesk.services.session import Session
from pmdesk.services.starters import starter_examples, starter_table

CHANGED = Changes.of(office.RULES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a table would do beside what is so now; fewer people than `smallest` are not shown."""

    before: Mapping[str, int]  # people per tier
    after: TierCounts
    smallest: int
    stale: tuple[Finding, ...] = ()  # rows whose reason may no longer be true
    partial: bool = False  # many more people change than the numbers may say

    @property
    def surely_counted(self) -> int:
        """From how many people on a change is in the numbers of a first preview."""
        return blocs.SPREAD * self.smallest


def versions(session: Session) -> tuple[Ruleset, ...]:
    """All versions, newest first."""
    with session.reading(Permission.SEE_RULES) as work:
        return work.rulesets.all()


def table(session: Session, ruleset: RulesetId) -> DecisionTable:
    """The decision table of a version; columns whose field is gone are marked in their names."""
    with session.reading(Permission.SEE_RULES) as work:
        document = work.rulesets.get(ruleset).document
        return DecisionTable.from_json(document, with_gone(document, facts(work.catalogue.live())))


def draft_from(session: Session, ruleset: RulesetId) -> RulesetId:
    """A new draft of one's own that holds what the version holds."""
    with session.writing(Permission.EDIT_RULES) as work:
        source = work.rulesets.get(ruleset)
        draft = work.rulesets.add(
            source.document,
            source.digest,
            author=session.staff.uid,
            at=session.clock.now(),
            examples=source.examples,
        )
        session.log(work, "rules.draft", _target(draft), row={"from": int(ruleset)})
        work.commit()
    return draft


def save_draft(session: Session, ruleset: RulesetId, edited: DecisionTable) -> Changes:
    """The draft holds the edited table."""
    with session.writing(Permission.EDIT_RULES) as work:
        refuse_foreign(session, work.rulesets.get(ruleset))
        require_floor(work.catalogue.live(), edited)
        require_offered(work.catalogue.live(), edited)
        require_fair_rules(session, work, edited)
        work.rulesets.rewrite(ruleset, edited.to_json(), edited.digest())
        session.log(work, "rules.save", _target(ruleset), row={"digest": edited.digest()})
        work.commit()
    return CHANGED


def discard(session: Session, ruleset: RulesetId) -> Changes:
    """The draft is gone; no other version can be deleted."""
    with session.writing(Permission.EDIT_RULES) as work:
        refuse_foreign(session, work.rulesets.get(ruleset))
        work.rulesets.discard(ruleset)
        session.log(work, "rules.discard", _target(ruleset))
        work.commit()
    return CHANGED


def offered(session: Session) -> tuple[Fact, ...]:
    """What rules may ask about, by the catalogue of today."""
    with session.reading(Permission.SEE_RULES) as work:
        return facts(work.catalogue.live())


def draft_from_starter(session: Session) -> RulesetId:
    """A new draft of one's own that holds the table an office starts with."""
    with session.writing(Permission.EDIT_RULES) as work:
        table = starter_table(facts(work.catalogue.live()))
        draft = work.rulesets.add(
            table.to_json(),
            table.digest(),
            author=session.staff.uid,
            at=session.clock.now(),
            examples=starter_examples(table),
        )
        session.log(work, "rules.draft", _target(draft))
        work.commit()
    return draft


def effect(session: Session, edited: DecisionTable) -> Effect:
    """People per tier now, and what the table would make of them; nobody is touched."""
    with session.reading(Permission.SEE_RULES) as work:
        active = work.rulesets.active()
        shown = blocs.counted(session, work, edited.to_json())
        return Effect(
            stale=stale_reasons(table_of(work, active.document), edited) if active else (),
            before=work.counts.tiers(),
            after=shown.counts,
            smallest=work.office.get().fewest_shown,
            partial=shown.partial,
        )


def preview(session: Session, edited: DecisionTable) -> TierCounts:
    """What the table would do today, as counts that tell of nobody; nobody is touched."""
    with session.reading(Permission.SEE_RULES) as work:
        return blocs.counted(session, work, edited.to_json()).counts


def submit(session: Session, ruleset: RulesetId) -> Changes:
    """The draft waits for a second person; its document is fixed from now on."""
    with session.writing(Permission.EDIT_RULES) as work:
        current = work.rulesets.get(ruleset)
        refuse_foreign(session, current)
        _refuse_findings(check(table_of(work, current.document)))
        require_fair_rules(session, work, table_of(work, current.document))
        _move(session, work, ruleset, RulesetStatus.SUBMITTED)
    return CHANGED


def withdraw(session: Session, ruleset: RulesetId) -> Changes:
    """Its author takes the version back before anybody decided; it is a draft again."""
    with session.writing(Permission.EDIT_RULES) as work:
        refuse_foreign(session, work.rulesets.get(ruleset))
        work.rulesets.move(ruleset, RulesetStatus.DRAFT, by="", words="", at=session.clock.now())
        session.log(work, "rules.withdrawn", _target(ruleset))
        work.commit()
    return CHANGED


def approve(session: Session, ruleset: RulesetId, words: str) -> Changes:
    """A second person stands for the version; it may be activated."""
    return _decide(session, ruleset, RulesetStatus.APPROVED, words)


def reject(session: Session, ruleset: RulesetId, words: str) -> Changes:
    """The version is refused, with the reason for its author."""
    return _decide(session, ruleset, RulesetStatus.REJECTED, words)


def activate(session: Session, ruleset: RulesetId, progress: Progress | None = None) -> Changes:
    """The approved version is the active one, and everyone is classified by it."""
    return rule_life.activate(session, ruleset, progress)


def _decide(session: Session, ruleset: RulesetId, status: RulesetStatus, words: str) -> Changes:
    with session.writing(Permission.APPROVE_RULES) as work:
        if status is RulesetStatus.APPROVED:
            training.require(session, work, Task.REVIEW)
        current = work.rulesets.get(ruleset)
        own = current.author == session.staff.uid
        if own and not answering.is_alone(work, current.author):
            raise answering.not_his_own()
        if current.status is not RulesetStatus.SUBMITTED:
            raise ConflictError(
                N_("This version does not wait for a decision."), N_("Reload the page.")
            )
        if not words.strip():
            raise RefusedError(
                N_("A decision needs a reason."), N_("Write one sentence why you decide so.")
            )
        if status is RulesetStatus.APPROVED:
            review.require(session, work, current, approving=True)
            answering.sign(session, work, current, words.strip())
        _move(session, work, ruleset, status, words.strip())
    return CHANGED


def _move(
    session: Session, work: UnitOfWork, ruleset: RulesetId, status: RulesetStatus, words: str = ""
) -> None:
    own = work.rulesets.get(ruleset).author == session.staff.uid
    # of the only person no second one is recorded: the signature says that he was alone
    by = "" if own else session.staff.uid
    work.rulesets.move(ruleset, status, by=by, words=words, at=session.clock.now())
    session.log(work, f"rules.{status.value}", _target(ruleset), row={"words": words})
    work.commit()


def refuse_foreign(session: Session, ruleset: Ruleset) -> None:
    """RefusedError when the draft is somebody else's."""
    if ruleset.author != session.staff.uid:
        raise DeniedError(
            N_("This draft belongs to a colleague."),
            N_("Copy it as a draft of your own."),
            act=Permission.EDIT_RULES,
            why=FOREIGN,
        )


def _refuse_findings(found: tuple[Finding, ...]) -> None:
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    if errors:
        raise RefusedError(
            N_("Not submitted: {count} findings must be mended first."),
            N_("They are listed below the grid."),
            count=len(errors),
        )


def _target(ruleset: RulesetId) -> str:
    return f"ruleset:{ruleset}"
