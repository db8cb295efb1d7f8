"""What the page of service plans shows: every version, the tiers, and what the city caps."""

from collections.abc import Mapping
from dataclasses import dataclass

from pmdesk.domain.addons import Addon
from pmdesk.domain.office import Changes
from pmdesk.domain.orders.floor import ServicePlan
from pmdesk.domain.orders.plan_changes import plan_changes, same_contract
from pmdesk.domain.orders.plan_draft import CONTRACT, PlanDraft, drafted
from pmdesk.domain.staff import Permission
from pmdesk.domain.tiers import Tag, Tier
from pmdesk.services import addons, staff
from pmdesk.services.orders import floor
from pmdesk.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Versions newest first, the shipped one last, and what goes with them."""

    versions: tuple[ServicePlan, ...]
    in_force: ServicePlan  # as the city caps it
    names: Mapping[str, str]  # of staff, by uid
    tiers: tuple[Tier, ...]
    tags: tuple[Tag, ...]
    prices: tuple[Addon, ...]  # what is offered today, by name

    @property
    def newest(self) -> ServicePlan:
        """What an edit starts from."""
        return self.versions[0]

    @property
    def columns(self) -> tuple[str, ...]:
        """The contract and the tiers above it."""
        return (CONTRACT, *(tier.code for tier in self.tiers if tier.code != CONTRACT))

    @property
    def city_hours(self) -> int | None:
        """The time for complaints that the city asks, where it is shorter than the contract's."""
        hours = self.in_force.floor.complaint_hours
        return hours if hours < self.newest.floor.complaint_hours else None

    def contract_of(self, plan: ServicePlan) -> ServicePlan:
        """The version in which that plan's contract was published first."""
        first = plan
        for older in self.versions[self.versions.index(plan) :]:
            if not same_contract(drafted(older), drafted(plan)):
                break
            first = older
        return first

    def before(self, plan: ServicePlan) -> ServicePlan | None:
        """The version before that one; None for the shipped one."""
        at = self.versions.index(plan) + 1
        return self.versions[at] if at < len(self.versions) else None


def shelf(session: Session) -> Shelf:
    """All of it as it is now."""
    with session.reading(Permission.SEE_ORDERS) as work:
        catalogue = work.catalogue.live()
    return Shelf(
        versions=floor.versions(session),
        in_force=floor.current(session),
        names=staff.names(session),
        tiers=catalogue.tiers,
        tags=catalogue.tags,
        prices=addons.offered(session),
    )


def publish(session: Session, draft: PlanDraft, base: ServicePlan, reason: str = "") -> Changes:
    """The draft holds from today, unless somebody published another one after `base`.

    A draft that promises less names its `reason`; see `needs_reason`.
    """
    return floor.publish(session, draft.floors(), draft.plans(), base=base.version, reason=reason)


def needs_reason(draft: PlanDraft, base: ServicePlan) -> bool:
    """Whether the draft promises anybody less than a version that the office published.

    What falls below the contract needs none: no reason makes it possible.
    """
    barred = {fault.cell for fault in draft.faults()}
    changes = plan_changes(drafted(base), draft)
    return base.version > 0 and any(one.less and one.cell not in barred for one in changes)
