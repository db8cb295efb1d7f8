"""The contract's floor and the service plans over it: versions that stand once published."""

import tomllib
from dataclasses import replace
from datetime import date
from functools import cache

from pmdesk.assets import asset
from pmdesk.domain import office
from pmdesk.domain.fields import Problem
from pmdesk.domain.office import Changes
from pmdesk.domain.orders import floor as floors
from pmdesk.domain.orders.floor import Floor, Plans, ServicePlan
from pmdesk.domain.orders.plan_form import floor_of, plans_of
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.errors import ConflictError, RefusedError
from pmdesk.i18n import N_
from pmdesk.services import calendars
from pmdesk.services.session import Session

_HOURS = 24  # of a day


@cache
def shipped() -> ServicePlan:
    """What holds until the office publishes its own contract; no tier is promised more."""
    with asset("orders/floor.toml").open("rb") as file:
        entry = tomllib.load(file)
    return ServicePlan(version=0, floor=floor_of(entry), plans=plans_of(entry))


def in_force(work: UnitOfWork, today: date) -> ServicePlan:
    """The version that holds on that day, complaints never slower than the city asks."""
    plan = work.service_plans.current(today) or shipped()
    days = calendars.city(work.requests.settings().city).complaint_days
    if days is None:
        return plan
    hours = min(plan.floor.complaint_hours, days * _HOURS)
    return replace(plan, floor=replace(plan.floor, complaint_hours=hours))


def current(session: Session) -> ServicePlan:
    """What is promised today."""
    with session.reading(Permission.SEE_ORDERS) as work:
        return in_force(work, session.clock.today())


def versions(session: Session) -> tuple[ServicePlan, ...]:
    """Every version that was ever published, newest first; the shipped one comes last."""
    with session.reading(Permission.SEE_ORDERS) as work:
        return (*work.service_plans.all(), shipped())


def problems(floor: Floor, plans: Plans) -> tuple[Problem, ...]:
    """What must be mended before both can be published: no plan falls below the contract."""
    return (*floors.floor_problems(floor), *floors.problems(plans, floor))


def publish(session: Session, floor: Floor, plans: Plans, *, base: int | None = None) -> Changes:
    """Both hold from today; orders that are due already keep their time.

    With a `base`, nobody else may have published a version after that one.
    """
    session.require(Permission.PLAN_SERVICE)
    found = problems(floor, plans)
    if found:
        raise RefusedError(
            N_("The plan is not saved: {count} promises need mending."),
            N_("Mend the marked promises; none may be less than the contract."),
            count=len(found),
            keys=tuple(one.key for one in found),
        )
    with session.writing(Permission.PLAN_SERVICE) as work:
        _require_tiers(work, plans)
        _require_newest(work, base)
        version = work.service_plans.publish(floor, plans, since=session.clock.today())
        session.log(work, "plan.publish", f"plan:{version}")
        work.commit()
    return Changes.of(office.PLANS)


def _require_newest(work: UnitOfWork, base: int | None) -> None:
    newest = next((one.version for one in work.service_plans.all()), shipped().version)
    if base is not None and base != newest:
        raise ConflictError(
            N_("Version {version} was published meanwhile."),
            N_("Look at what it changed, then enter your values again."),
            version=newest,
        )


def _require_tiers(work: UnitOfWork, plans: Plans) -> None:
    known = {tier.code for tier in work.catalogue.live().tiers}
    if set(plans.tiers) - known:
        raise RefusedError(
            N_("The plan names a tier that this office does not have."), N_("Reload the page.")
        )
