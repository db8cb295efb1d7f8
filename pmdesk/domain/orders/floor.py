"""What the contract promises everybody, and what a tier's plan adds to it.

The floor is a versioned object: the office's own contract in numbers. A plan can promise more than
the floor, never less; and nobody's tier decides who is next (PIPL 24; Civil Code 942).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pmdesk.domain.fields import Problem
from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.tiers import STANDARD
from pmdesk.i18n import N_

MOST_HOURS = 24 * 60  # of a promise; beyond that it is none
ROUNDS = frozenset({Service.CLEANING, Service.SECURITY})  # visits of common areas: nobody's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """How often somebody comes of one's own accord, how soon one answers, and by which ways."""

    visits: int = 0  # a year, beside what is ordered
    respond: int = 24  # hours until somebody takes care
    channels: frozenset[str] = frozenset({"counter", "phone"})

    def is_below(self, other: "Promise") -> bool:
        """Whether it promises less than the other in any respect."""
        return (
            self.visits < other.visits
            or self.respond > other.respond
            or not other.channels <= self.channels
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """The contract's promises to everybody, and how soon an order must be done."""

    promises: Mapping[Service, Promise]
    hours: Mapping[Urgency, int]  # until an order is done
    complaint_hours: int

    def due(self, service: Service, urgency: Urgency) -> timedelta:
        """How long an order may take, whoever asks; complaints have a clock of their own."""
        hours = self.hours[urgency]
        if service is Service.COMPLAINT:
            calm = urgency is Urgency.NORMAL
            hours = self.complaint_hours if calm else min(hours, self.complaint_hours)
        return timedelta(hours=hours)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plans:
    """For each tier, what each service is promised; what is not said is the floor."""

    tiers: Mapping[str, Mapping[Service, Promise]]

    def promise(self, tier: str, service: Service, floor: Floor) -> Promise:
        """What somebody of that tier is promised; never less than the floor."""
        base = floor.promises.get(service, Promise())
        if tier == STANDARD:
            return base
        return self.tiers.get(tier, {}).get(service, base)

    def answer(self, tier: str, service: Service, floor: Floor) -> timedelta:
        """How soon somebody takes care of an order of that tier; never later than the contract.

        A complaint is taken care of before its own time is over, which a city may shorten.
        """
        both = (self.promise(one, service, floor).respond for one in (STANDARD, tier))
        ends = (floor.complaint_hours,) if service is Service.COMPLAINT else ()
        return timedelta(hours=min(*both, *ends))


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePlan:
    """One version of both: who put it up, and the day from which it holds."""

    version: int  # 0: as shipped, nobody entered the own contract yet
    floor: Floor
    plans: Plans
    author: str = ""  # uid
    since: date | None = None
    reason: str = ""  # why it promises less than the version before


def problems(plans: Plans, floor: Floor) -> Iterator[Problem]:
    """Where a plan falls below the contract; such plans cannot be saved."""
    for tier, promises in plans.tiers.items():
        for service, promise in promises.items():
            base = plans.promise(STANDARD, service, floor)
            key = f"{tier}.{service}"
            if tier == STANDARD and promise != base:
                yield Problem(key=key, sentence=N_("Standard service is the contract itself."))
            elif promise.is_below(base):
                yield Problem(key=key, sentence=N_("Less than the contract promises everybody."))
            elif service in ROUNDS and promise.visits != base.visits:
                yield Problem(key=key, sentence=N_("Common areas are the same for everybody."))
            elif not 0 < promise.respond <= MOST_HOURS:
                yield Problem(
                    key=key,
                    sentence=N_("An answer takes 1 to {count} hours."),
                    places={"count": MOST_HOURS},
                )


def floor_problems(floor: Floor) -> Iterator[Problem]:
    """Where a floor promises nothing: an hour is the least, and danger never waits longest."""
    hours = [floor.hours.get(urgency, 0) for urgency in Urgency]
    if not all(0 < one <= MOST_HOURS for one in (*hours, floor.complaint_hours)):
        yield Problem(
            key="hours",
            sentence=N_("An order is done within 1 to {count} hours."),
            places={"count": MOST_HOURS},
        )
    elif hours != sorted(hours):
        yield Problem(key="hours", sentence=N_("What is more urgent may not take longer."))
    for service, promise in floor.promises.items():
        if not 0 < promise.respond <= MOST_HOURS or promise.visits < 0 or not promise.channels:
            yield Problem(
                key=f"floor.{service}",
                sentence=N_("An answer takes 1 to {count} hours."),
                places={"count": MOST_HOURS},
            )
