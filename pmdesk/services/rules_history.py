"""The tiers a person had: since when, by which version and rule, and what changed them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pmdesk.analytics.facts import facts
from pmdesk.domain.acts import HUMAN
from pmdesk.domain.classification import Cause, Ruleset, TierPeriod
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.domain.tiers import STANDARD
from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, Words
from pmdesk.rules.table import DecisionTable
from pmdesk.services.session import Session, about

CAUSES: Mapping[Cause, str] = {
    Cause.RULES: N_("classified again on the date"),
    Cause.ACTIVATION: N_("a new version of the rules"),
    Cause.EDIT: N_("changed information"),
    Cause.CONSENT: N_("consent"),
    Cause.OBJECTION: N_("objection: the standard until a person decides"),
    Cause.HUMAN: N_("decided by a person"),
    Cause.TAG: N_("a tag was removed as wished"),
    Cause.USE: N_("use stopped or resumed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TierStep:
    """What held from one day to another; without a version nothing was decided, so the standard."""

    since: date
    until: date | None  # None: it still holds
    version: int | None
    tier: str
    name: Words  # of the tier
    tags: tuple[Words, ...]
    reason: str  # of the deciding rule, in its author's words; empty where a person decided
    cause: Cause


def history(session: Session, person: PersonId) -> tuple[TierStep, ...]:
    """The steps of the person, newest first; with the consent all of them are gone."""
    with session.writing(Permission.SEE_CLASSIFICATION) as work:
        session.log(work, "classification.history", about(person))
        found = steps(work, person)
        work.commit()
    return found


def steps(work: UnitOfWork, person: PersonId) -> tuple[TierStep, ...]:
    """The same in the caller's transaction, for pages and papers that log by themselves."""
    books = _Books(work)
    found: list[TierStep] = []
    later: TierPeriod | None = None
    for period in work.classifications.history(person):
        end = period.until
        if end is not None and (later is None or end < later.since):
            found.append(books.nothing(end, later))
        found.append(books.step(period))
        later = period
    return tuple(found)


class _Books:
    """The versions by which results were decided, each read once."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._read: dict[int, tuple[Ruleset, DecisionTable | None]] = {}

    def step(self, period: TierPeriod) -> TierStep:
        ruleset, table = self._version(period)
        names = {tier.code: tier.name for tier in self._work.catalogue.live().tiers}
        tags = {tag.code: tag.name for tag in self._work.catalogue.live().tags}
        by_person = period.rule == HUMAN
        rules = table.rules if table and not by_person else ()
        plain = Words(period.tier, period.tier)
        return TierStep(
            since=period.since,
            until=period.until,
            version=None if by_person else ruleset.version,
            tier=period.tier,
            name=names.get(period.tier, plain),
            tags=tuple(tags[code] for code in period.tags if code in tags),
            reason=next((rule.reason for rule in rules if rule.id == period.rule), ""),
            cause=period.cause,
        )

    def nothing(self, since: date, later: TierPeriod | None) -> TierStep:
        """Nothing is decided about the person in between: served as standard."""
        return TierStep(
            since=since,
            until=later.since if later else None,
            version=None,
            tier=STANDARD,
            name=self._work.catalogue.live().tier(STANDARD).name,
            tags=(),
            reason="",
            cause=Cause.USE,
        )

    def _version(self, period: TierPeriod) -> tuple[Ruleset, DecisionTable | None]:
        if period.ruleset not in self._read:
            ruleset = self._work.rulesets.get(period.ruleset)
            self._read[period.ruleset] = ruleset, self._table(ruleset)
        return self._read[period.ruleset]

    def _table(self, ruleset: Ruleset) -> DecisionTable | None:
        try:
            return DecisionTable.from_json(ruleset.document, facts(self._work.catalogue.live()))
        except PmdeskError:  # it asks for a field that is gone by now: its reasons cannot be read
            return None
