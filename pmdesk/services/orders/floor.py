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
from pmdesk.domain.orders.plan_changes import is_lower
from pmdesk.domain.orders.plan_draft import drafted
from pmdesk.domain.orders.plan_form import floor_of, plans_of
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.errors import ConflictError, RefusedError
from pmdesk.i18n import N_, Words
from pmdesk.services import calendars
from pmdesk.services.refusal import screen
from pmdesk.services.session import Session

LONGEST_REASON = 100
_HOURS = 24  # of a day
_SHORTEST_REASON = 4  # characters; less names no decision
_REASON = Words("降低承诺的依据", "Why less is promised")
_NO_REASON = N_("Name the owners' decision: its date or number.")


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


def publish(
    session: Session, floor: Floor, plans: Plans, *, base: int | None = None, reason: str = ""
) -> Changes:
    """Both hold from today; orders that are due already keep their time.

    With a `base`, nobody else may have published a version after that one. Whatever promises less
    than the version before names its `reason`: what was promised in public is part of the contract
    (Civil Code 938), so the owners decide.
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
        why = _reason(work, ServicePlan(version=0, floor=floor, plans=plans), reason)
        today = session.clock.today()
        version = work.service_plans.publish(floor, plans, since=today, reason=why)
        session.log(work, "plan.publish", f"plan:{version}")
        work.commit()
    return Changes.of(office.PLANS)


def reason_problem(reason: str) -> Problem | None:
    """What is wrong with the reason why less is promised."""
    text = reason.strip()
    if len(text) > LONGEST_REASON:
        return Problem(
            key="reason",
            sentence=N_("At most {count} characters"),
            places={"count": LONGEST_REASON},
        )
    if len(text) < _SHORTEST_REASON:
        return Problem(key="reason", sentence=_NO_REASON)
    return screen.number_problem("reason", _REASON, text)


def _reason(work: UnitOfWork, plan: ServicePlan, reason: str) -> str:
    """Why less is promised, where that is so; RefusedError where it should be named and is not.

    Nobody agreed to the numbers that came with the program: less than those needs no reason.
    """
    newest = next(iter(work.service_plans.all()), None)
    if newest is None or not is_lower(drafted(newest), drafted(plan)):
        return ""
    found = reason_problem(reason)
    if found is not None:
        raise RefusedError(
            N_("Less is promised than before, and no usable reason is named."),
            N_("Name the owners' decision: its date or number, in at most {count} characters."),
            count=LONGEST_REASON,
            keys=(found.key,),
        )
    return reason.strip()


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
