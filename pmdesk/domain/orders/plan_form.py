"""A floor with its plans as plain numbers and texts, and back: for files and for the store."""

from collections.abc import Mapping
from typing import Any

from pmdesk.domain.orders.floor import Floor, Plans, Promise
from pmdesk.domain.orders.kinds import Service, Urgency

_Promises = Mapping[Service, Promise]


def plain(floor: Floor, plans: Plans) -> dict[str, Any]:
    """What JSON can hold of both; `floor_of` and `plans_of` read it."""
    return {
        "complaint_hours": floor.complaint_hours,
        "hours": {urgency.name.lower(): hours for urgency, hours in floor.hours.items()},
        "promises": _plain(floor.promises),
        "tiers": {tier: _plain(promises) for tier, promises in plans.tiers.items()},
    }


def floor_of(entry: Mapping[str, Any]) -> Floor:
    """The floor in it."""
    return Floor(
        promises=_promises(entry["promises"]),
        hours={urgency: entry["hours"][urgency.name.lower()] for urgency in Urgency},
        complaint_hours=entry["complaint_hours"],
    )


def plans_of(entry: Mapping[str, Any]) -> Plans:
    """The plans in it."""
    tiers: Mapping[str, Any] = entry.get("tiers", {})
    return Plans(tiers={tier: _promises(promises) for tier, promises in tiers.items()})


def _plain(promises: _Promises) -> dict[str, Any]:
    return {
        service.value: {
            "visits": one.visits,
            "respond": one.respond,
            "channels": sorted(one.channels),
        }
        for service, one in promises.items()
    }


def _promises(entry: Mapping[str, Any]) -> _Promises:
    return {
        Service(service): Promise(
            visits=one["visits"], respond=one["respond"], channels=frozenset(one["channels"])
        )
        for service, one in entry.items()
    }
