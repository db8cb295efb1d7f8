"""The versions of the rules as the page knows them."""

from collections.abc import Mapping
from dataclasses import dataclass

from pmdesk.domain.classification import Ruleset, RulesetId, RulesetStatus
from pmdesk.domain.staff import Staff
from pmdesk.errors import PmdeskError
from pmdesk.rules.facts import Fact
from pmdesk.services import review, rule_life, rules, staff
from pmdesk.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The versions there are, who wrote them, and what rules may ask about."""

    versions: tuple[Ruleset, ...]
    names: dict[str, str]
    facts: tuple[Fact, ...]
    alone: bool  # nobody else may approve rules
    refusals: Mapping[RulesetId, PmdeskError]  # of versions that missed their day

    def of(self, ruleset: RulesetId | None) -> Ruleset | None:
        """That version; None when it is gone."""
        return next((one for one in self.versions if one.id == ruleset), None)

    def first_for(self, staff: Staff) -> Ruleset | None:
        """What the page opens with: the newest that is neither retired nor a colleague's draft."""
        unripe = {RulesetStatus.RETIRED, RulesetStatus.DRAFT}
        living = (v for v in self.versions if v.status not in unripe or _is_own(v, staff))
        return next(living, next(iter(self.versions), None))


def fetched(session: Session) -> Shelf:
    """The shelf as it is now."""
    return Shelf(
        versions=rules.versions(session),
        names=staff.names(session),
        facts=rules.offered(session),
        alone=review.only_approver(session),
        refusals={one.ruleset.id: one.refusal for one in rule_life.planned(session) if one.refusal},
    )


def _is_own(version: Ruleset, staff: Staff) -> bool:
    return (version.status, version.author) == (RulesetStatus.DRAFT, staff.uid)
